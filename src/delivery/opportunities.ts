/**
 * Findings that nobody has settled, the most promising first: what they cost, how sure that is, and the effort to act on them.
 * It compares what was measured; whether a finding is acted on is for people to decide.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { FindingState, Portfolio } from "../domain/dsdm/report.ts";
import { listFindings } from "./initiative-report.ts";
import { findCost, isMonthly } from "./moscow-suggestion.ts";
import { findMedian } from "./velocity.ts";

type Opportunity = Portfolio["opportunities"][number];

const SETTLED: ReadonlySet<string> = new Set(["dismissed", "verified"]);
/** What is not claimed, or of unknown q, counts as sure as a coin. */
const UNSURE = 0.5;

/** Effort of the requirements that need it, over all initiatives that still go on; 0 is not estimated. */
function findEffort(finding: number, initiatives: readonly Initiative[]): number | null {
  const efforts = initiatives.flatMap(({ state, requirements }) =>
    state === "active" ? requirements.flatMap(({ need, effort }) => (need.finding === finding ? effort : [])) : [],
  );
  const sum = efforts.reduce((total, effort) => total + effort, 0);
  return sum > 0 ? sum : null;
}

function describe(finding: FindingState, initiatives: readonly Initiative[]): Opportunity {
  const q = finding.q ?? null;
  return {
    finding,
    confidence: finding.claimed && q !== null ? 1 - q : null,
    effort: findEffort(finding.id, initiatives),
    initiatives: initiatives.flatMap((one) => (listFindings(one).includes(finding.id) ? one.id : [])),
  };
}

/**
 * Sorted by cost × confidence ÷ effort, the greatest first. Cost is |money|, a month where all say over how many; findings without money come after all that have it,
 * among themselves by reach × |effect|, and those never measured last. Without confidence one half is taken, without effort
 * the median of the others (all alike where nobody estimated any); points count as days. The null itself is shown.
 */
export function listOpportunities(
  findings: Iterable<FindingState>,
  initiatives: readonly Initiative[],
): Portfolio["opportunities"] {
  const open = [...findings].filter(({ status }) => !SETTLED.has(status));
  const described = open.map((finding) => describe(finding, initiatives));
  const efforts = described.flatMap(({ effort }) => effort ?? []).sort((a, b) => a - b);
  const monthly = isMonthly(open);
  const usual = efforts.length > 0 ? findMedian(efforts) : 1;
  const rated = described.map((opportunity) => {
    const { finding, confidence, effort } = opportunity;
    const inMoney = finding.money !== null;
    const cost = findCost(finding, { inMoney, monthly });
    const score = cost === null ? -1 : (cost * (confidence ?? UNSURE)) / (effort ?? usual);
    return { opportunity, inMoney, score };
  });
  return rated
    .sort(
      (a, b) =>
        Number(b.inMoney) - Number(a.inMoney) ||
        b.score - a.score ||
        a.opportunity.finding.id - b.opportunity.finding.id,
    )
    .map(({ opportunity }) => opportunity);
}
