/**
 * Who gets a change and when, read off the question that a plan keeps.
 */
import { formatCountOf, formatDay, formatDuration } from "../../../ui/format.ts";
import type { Effect } from "./effect-words.ts";
import { nameEvents, type Question } from "./metric-words.ts";

/** "customer.group" → "group". */
export function nameField(field: string): string {
  return field.replace(/^(?:customer|prop)\./u, "").replace(/^"(.*)"$/u, "$1");
}

const list = (values: readonly string[]) =>
  values.length > 1 ? `${values.slice(0, -1).join(", ")} and ${values.at(-1)}` : (values[0] ?? "");

/** "group B, compared with group A". */
export function describeWho(question: Question, day: (iso: string) => string): string {
  const { by, audience, control, treatment, switchOn, design, at } = question;
  if (design === "series" || (by === undefined && audience === undefined)) return "everybody at once";
  if (audience !== undefined) return `whoever meets ${audience}, compared with all others`;
  const field = nameField(by ?? "");
  const others = control ? `${field} ${list(control)}` : `all others`;
  const starts = Object.entries(switchOn ?? {});
  const having =
    starts.length > 0
      ? starts.map(([value, since]) => `${value} (since ${day(since)})`).join(", ")
      : list(treatment ?? []);
  const from = at === undefined ? "" : `, each counted from the first ${nameEvents(at)} on`;
  return `${field} ${having === "" ? "other than these" : having}, compared with ${others}${from}`;
}

/** "switched on 1 Aug 2025, stopped 1 Nov 2025". */
export function describeWhen({ question, switchOn, until, zone }: Effect): string {
  const [on, stop] = [formatDay(switchOn, zone), formatDay(until, zone)];
  const within =
    question.withinMs === undefined ? "" : `; each watched for ${formatDuration(question.withinMs / 1000)}`;
  const days = Math.round((Date.parse(until) - Date.parse(switchOn)) / 86_400_000);
  return `switched on ${on}, stopped ${stop} (${formatCountOf(days, "day")})${within}; days in ${zone}`;
}
