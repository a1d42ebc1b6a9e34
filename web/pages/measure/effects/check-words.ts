/**
 * The checks of an effect under names that say what is good; the detail is the report's own.
 */
import type { Answer } from "../../../api/types.ts";

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
};

/** Failed, they leave no verdict. */
export const BLOCKS: ReadonlySet<string> = new Set(["sample-ratio", "pre-trends", "stop-date", "one-arm"]);

/** "switched-on-later" → "Switched on later". */
export function nameCheck(id: string): string {
  const words = id.replaceAll("-", " ");
  return TITLES[id] ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Those that failed and matter most first, then those that failed, then the others. */
export function sortChecks(checks: readonly Check[]): readonly Check[] {
  const rank = ({ id, passed }: Check) => (passed ? 2 : BLOCKS.has(id) ? 0 : 1);
  return checks.toSorted((a, b) => rank(a) - rank(b));
}

/** Times as people write them, in the workspace's zone: "2025-08-01T00:00:00.000Z" → "1 Aug 2025". */
export function readDetail(detail: string, formatDay: (iso: string) => string): string {
  return detail.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, formatDay);
}
