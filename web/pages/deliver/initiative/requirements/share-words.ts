/**
 * Effort shares against 60, 20 and 20 in words. Pure; the rules say what is broken, with thresholds that can be set.
 */
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { formatShare } from "../../../../ui/format.ts";

type Shares = InitiativeReport["project"]["shares"];

interface ShareLine {
  readonly name: "Must" | "Should" | "Could";
  readonly share: string;
  readonly aim: string;
  /** In words; undefined while it is as it should be. */
  readonly off: string | undefined;
}

/** Half a percent is no more than how it is written. */
const SLACK = 0.005;

/** Must at most 60 %; Could about 20 %; Should the rest. */
export function compareShares(shares: Shares): ShareLine[] {
  if (!shares) return [];
  const { must, should, could } = shares;
  const over = must - 0.6;
  return [
    {
      name: "Must",
      share: formatShare(must, 0),
      aim: "at most 60 %",
      off: over > SLACK ? `${formatShare(over, 0)} too much: too little is left to give way` : undefined,
    },
    { name: "Should", share: formatShare(should, 0), aim: "about 20 %", off: undefined },
    {
      name: "Could",
      share: formatShare(could, 0),
      aim: "about 20 %",
      off: could < 0.15 - SLACK ? "little that can be dropped first" : undefined,
    },
  ];
}
