/**
 * Events and the time between them in words.
 * Times are shown in the workspace's zone.
 */
import type { Answer } from "../../../api/types.ts";
import { formatCountOf, formatDecimal, formatDuration, formatMoment, formatValue } from "../../../ui/format.ts";

export type CustomerAnswer = Answer<"journeys">;
export type CustomerJourney = CustomerAnswer["journeys"][number];
export type JourneyEvent = CustomerJourney["events"][number];

const DAY = 86_400;

/** From one moment to the next; "" below a second. */
export function sayGap(before: string | undefined, after: string): string {
  if (before === undefined) return "";
  const seconds = (Date.parse(after) - Date.parse(before)) / 1000;
  if (!(seconds >= 1)) return "";
  if (seconds >= DAY) return `${formatCountOf(Math.floor(seconds / DAY), "day")} later`;
  return `${formatDuration(seconds)} later`;
}

/** Whether the gap is worth a line of its own. */
export function isLongGap(before: string | undefined, after: string): boolean {
  return before !== undefined && Date.parse(after) - Date.parse(before) >= DAY * 1000;
}

/** "web · 35.60 EUR · score 4 (csat)". */
export function describeEvent({ channel, value, currency, score, scale }: JourneyEvent): string {
  return [
    ...(channel === null ? [] : [channel]),
    ...(value === null ? [] : [formatValue(value, currency ?? "")]),
    ...(score === null
      ? []
      : [`score ${formatDecimal(score, Number.isInteger(score) ? 0 : 1)}${scale === null ? "" : ` (${scale})`}`]),
  ].join(" · ");
}

/** "order o1, session s7"; the journey's own object goes without saying. */
export function describeObjects({ objects }: JourneyEvent, owner?: string): string {
  return objects
    .filter(({ id }) => id !== owner)
    .map(({ type, id }) => `${type} ${id}`)
    .join(", ");
}

/** "3 Jan 2025, 10:00 · 8 events · 21 min". */
export function describeJourney({ start, events, durationSeconds }: CustomerJourney, zone: string): string {
  const lasts = durationSeconds > 0 ? ` · ${formatDuration(durationSeconds)}` : "";
  return `${formatMoment(start, zone)} · ${formatCountOf(events.length, "event")}${lasts}`;
}

/** What the journey is called: an object by its type and id, a person's journeys by their number. */
export function nameJourney({ owner }: CustomerJourney, index: number, definition: string): string {
  if (definition === "life") return "The whole life";
  if (definition === "visit" || definition === "order-cycle")
    return `${definition === "visit" ? "Visit" : "Order cycle"} ${index + 1}`;
  return `${definition} ${owner}`;
}

export interface NamedJourney extends CustomerJourney {
  readonly name: string;
  /** End of the journey before. */
  readonly before: string | undefined;
  /** How many of its events are left out here. */
  readonly hidden: number;
}

/** The first `shown` events, journey by journey; with `owner` of that one alone. */
export function takeEvents(
  { journeys, journey }: CustomerAnswer,
  owner: string | undefined,
  shown: number,
): NamedJourney[] {
  let left = shown;
  const named = journeys.map((one, index) => {
    return { ...one, name: nameJourney(one, index, journey), before: journeys[index - 1]?.end };
  });
  const chosen = owner === undefined ? named : named.filter((one) => one.owner === owner);
  return chosen.flatMap((one) => {
    if (left <= 0) return [];
    const events = one.events.slice(0, left);
    left -= events.length;
    return [{ ...one, events, hidden: one.events.length - events.length }];
  });
}
