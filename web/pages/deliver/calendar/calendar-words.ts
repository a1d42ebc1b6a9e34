/**
 * Entries of the calendar in words: their kinds, their days, the page each leads to.
 */
import type { InitiativeSummary } from "../../../../src/domain/dsdm/report.ts";
import type { ScopeTarget } from "../../../ui/scope-link.tsx";
import { formatDays } from "../priority-words.ts";
import type { Entry } from "./calendar-lanes.ts";

export type Kind = Entry["kind"];

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  timebox: "Timebox",
  review: "Review",
  deployment: "Deployment",
  measurement: "Measurement",
  benefits: "Benefits assessment",
};

/** "Timebox “Checkout”, 2 – 13 March 2026, running". */
export function describeEntry({ kind, title, from, to, state }: Entry): string {
  return `${KIND_NAMES[kind]} “${title}”, ${formatDays(from, to)}${state === "" ? "" : `, ${state}`}`;
}

/** As the grid writes it: a review's timebox stands above it, so its stage is enough. */
export function shortenTitle({ kind, title }: Pick<Entry, "kind" | "title">): string {
  const [, stage] = /: review of the (\S+)$/u.exec(title) ?? [];
  return kind === "review" && stage !== undefined ? `${stage.charAt(0).toUpperCase()}${stage.slice(1)}` : title;
}

/** Where more is said of it: the board of the timebox that runs or comes next, else the initiative. */
export function targetOfEntry(entry: Entry, initiatives: readonly InitiativeSummary[]): ScopeTarget {
  const { kind, initiative, title, from } = entry;
  const near = initiatives.find(({ id }) => id === initiative)?.timebox;
  if (kind === "timebox" && near && near.title === title && near.start === from)
    return { to: "deliver/timebox", search: { initiative, timebox: near.id } };
  const tab = kind === "measurement" || kind === "benefits" ? "effect" : "timeboxes";
  return { to: "deliver/initiative", search: { id: initiative, tab } };
}

/** "2 Mar", the year on the first week of each. */
export function nameWeek(monday: string, withYear: boolean): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(withYear ? { year: "numeric" } : {}),
    timeZone: "UTC",
  }).format(new Date(monday));
}
