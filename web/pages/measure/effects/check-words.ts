/**
 * The checks of an effect under names that say what is good; the detail is the report's own.
 */
import { BLOCKING_CHECKS } from "../../../../src/domain/effect.ts";
import type { Answer } from "../../../api/types.ts";
import { formatDate } from "../kpi-words.ts";

export type Check = NonNullable<Answer<"effect">["report"]>["checks"][number];

const TITLES: Readonly<Record<string, string>> = {
  "sample-ratio": "The groups are as large as planned",
  "steady-baseline": "The relative effect can be read",
  "one-arm": "Each customer stands in one group",
  "pre-trends": "The groups moved alike before",
  "stop-date": "The stop date is reached",
  registered: "Planned before the switch-on",
  "made-up-change": "No change is seen where there was none",
  "periods-before": "Enough periods before the change",
  "seasons-before": "Enough seasons before the change",
  "serial-correlation": "Neighbouring periods are not too much alike",
  "fit-before": "The mix fits the time before",
  controls: "Enough other groups for a mix",
  mix: "The mix stands on several groups",
  "thin-periods": "Every period has enough to count",
  "switch-on-inside": "Each switch-on lies where a period begins",
  "no-spread": "The values differ at all",
  "one-look": "The interval holds at every look",
};

/** Ids of what is only told: there is nothing to pass. */
const NOTES: Readonly<Record<string, string>> = {
  "switched-on-later": "A group got it after the data end",
  "last-group-as-control": "The last group to get it is what the others are compared with",
  "treated-from-start": "A group had it from the start",
  "lone-group": "A group of one is left out",
  "small-group": "A group is small",
  "unbalanced-units": "Some are not there in every period",
  "missing-values": "Values are missing",
};

/** Whether a check is only told. */
export function isNote({ id, passed }: Check): boolean {
  return passed && id in NOTES;
}

/** What is looked for, for people who are no statisticians. */
const MEANS: Readonly<Record<string, string>> = {
  "sample-ratio": "If the sizes differ more than chance explains, somebody is missing, and not by chance.",
  "steady-baseline": "A percentage of a number that may be close to zero says nothing.",
  "one-arm": "Whoever stands in both groups tells nothing about either, and is left out.",
  "pre-trends": "Only if they went together before does going apart afterwards mean something.",
  "stop-date": "Who stops when it looks best finds effects that are none.",
  registered: "What is fixed beforehand cannot be picked to please.",
  "made-up-change": "The same method is tried on a day when nothing was changed.",
  "periods-before": "The time before has to show how the number moves by itself.",
  "seasons-before": "A season has to be seen more than once to be told from a change.",
  "serial-correlation": "If one period is like the next, there are fewer independent ones than it seems.",
  "fit-before": "A mix that missed the time before cannot tell what would have come after.",
  controls: "With few others, any mix of them is a poor one, and the interval is rough.",
  mix: "A mix of one group is that group alone.",
  "thin-periods": "A number made of few events jumps about, and its interval is rough.",
};

export function explainCheck(id: string): string {
  return MEANS[id] ?? "";
}

/** "switched-on-later" → "Switched on later". */
export function nameCheck(id: string): string {
  const words = id.replaceAll("-", " ");
  return TITLES[id] ?? NOTES[id] ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Those that failed and matter most first, then those that failed, then the others. */
export function sortChecks(checks: readonly Check[]): readonly Check[] {
  const rank = ({ id, passed }: Check) => (passed ? 2 : BLOCKING_CHECKS.has(id) ? 0 : 1);
  return checks.toSorted((a, b) => rank(a) - rank(b));
}

/** Times as people write them: "2025-08-01T00:00:00.000Z" in the zone, "2025-08-01" as it is: "1 Aug 2025". */
export function readDates(text: string, formatDay: (iso: string) => string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, formatDay)
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/gu, formatDate);
}
