/**
 * Pain points in words, for people who are no statisticians: what it costs a month, what and where, how sure.
 * The name of a friction comes with the answer; nothing is computed here.
 */
import { countedAs, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { roundEnds, roundEstimate, sayEnds } from "../../../../src/domain/pain-words.ts";
import { describePeriod } from "../../../scope/scope.ts";
import { formatCount, formatCountOf, formatDecimal, formatDuration, formatShare, NONE } from "../../../ui/format.ts";
import { type Asked, type Friction, isClaimed, monthlyCost, type PainPoint, wholeCost } from "./pain-report.ts";

export const TREND_WORDS = { growing: "↑ growing", steady: "→ steady", shrinking: "↓ shrinking" } as const;

/** A counted number: "1,234", of small ones a digit: "3.4". */
export function formatAmount(value: number): string {
  const size = Math.abs(value);
  return size === 0 || size >= 10 ? formatCount(Math.round(value)) : formatDecimal(value, 1);
}

/** A counted sum: "1,234 EUR"; small ones keep their cents. */
export function formatSum(value: number, currency: string): string {
  const size = Math.abs(value);
  const number = size === 0 || size >= 100 ? formatCount(Math.round(value)) : formatDecimal(value, 2);
  return `${number} ${currency}`.trimEnd();
}

/** An estimate of what is lost: "24 orders lost", "3.4 outcomes lost", "12 more fall silent". */
export function describeLost(value: number, outcome: string): string {
  const amount = roundEstimate(value);
  if (outcome === "silence") return `${amount} more fall silent`;
  const { one, many } = countedAs(outcome);
  return `${amount} ${amount === "1" ? one : many} lost`;
}

/** An estimated cost in its unit, to two digits: "1,200 EUR", "24 outcomes lost". */
export function formatCost(value: number, unit: "money" | "outcomes", { outcome, currency }: Asked): string {
  return unit === "money" ? `${roundEstimate(value)} ${currency}`.trimEnd() : describeLost(value, outcome);
}

/** "80 %: 7,900 to 14,000"; "" where it is not known. */
export function describeRange({ low, high }: Pick<PainPoint["outcomesAtRisk"], "low" | "high">): string {
  return low === null || high === null ? "" : sayEnds(low, high);
}

/** Two facts apart from each other: what is counted, and what is estimated. */
export interface CostWords {
  /** "about 12,334 EUR a month". */
  readonly whole: string;
  /** "1,200 EUR handling, a fact"; or why there is none. Undefined where handling is no matter. */
  readonly fact: string | undefined;
  /** "about 11,134 EUR at risk, an estimate (80 %: 7,900 to 14,200)". */
  readonly estimate: string;
}

/** A claimed harm above zero of which nothing is left to count. */
const ELSEWHERE = "is counted with the other frictions of the same touches";
const isElsewhere = ({ outcomesAtRisk }: PainPoint) => outcomesAtRisk.value === 0;
const NO_EFFECT = "no effect of one is claimed";

export function describeCost(point: PainPoint, asked: Asked): CostWords {
  const cost = monthlyCost(point);
  const { directCost } = point;
  const fact = directCost === null ? undefined : `${formatSum(directCost, asked.currency)} for handling, a fact`;
  if (cost === undefined) return { whole: "cost not known", fact, estimate: NO_EFFECT };
  const { unit, estimate } = cost;
  const range = describeRange(estimate);
  if (isElsewhere(point)) {
    const whole = cost.fact > 0 ? `about ${formatCost(cost.fact, unit, asked)} a month` : "nothing of its own";
    return { whole, fact, estimate: `what it loses ${ELSEWHERE}` };
  }
  if (unit === "outcomes")
    return {
      whole: `about ${formatCost(estimate.value, unit, asked)} a month`,
      fact: fact === undefined ? undefined : `and ${fact}`,
      estimate: `an estimate (${range})`,
    };
  const said = formatCost(estimate.value, unit, asked);
  return {
    whole: `about ${formatCost(wholeCost(cost), unit, asked)} a month`,
    fact,
    estimate: `${fact === undefined ? "" : `${said} `}at risk, an estimate (${range})`,
  };
}

/**
 * A cost's parts in sentences.
 * @example "220 EUR of it is handling, a fact; the rest is at risk, an estimate: eight times in ten it lies between 0 and 640 EUR."
 */
export function explainCost(point: PainPoint, asked: Asked): string {
  const cost = monthlyCost(point);
  if (cost === undefined) return `What it costs is not known: ${NO_EFFECT}.`;
  if (isElsewhere(point)) return `What it loses ${ELSEWHERE}.`;
  const { unit, fact, estimate } = cost;
  const { directCost } = point;
  const price = unit === "money" ? ` ${asked.currency}`.trimEnd() : "";
  const range = `eight times in ten it lies between ${roundEnds(estimate.low, estimate.high).join(" and ")}${price}.`;
  if (unit === "outcomes") {
    const also =
      directCost === null ? "" : ` Besides, handling costs ${formatSum(directCost, asked.currency)} a month, a fact.`;
    return `It is an estimate: ${range}${also}`;
  }
  if (fact === 0) return `It is value at risk, an estimate: ${range}`;
  return `${formatSum(fact, asked.currency)} of it is handling, a fact; the rest is at risk, an estimate: ${range}`;
}

/** All of a cost in one line: for pictures, tables and screen readers. */
export function sayCost(point: PainPoint, asked: Asked): string {
  const { whole, fact, estimate } = describeCost(point, asked);
  return [whole, fact, estimate].filter((part) => part !== undefined).join("; ");
}

/** "1,234 of 5,678 times (21.7 %), 567 customers". */
export function describeFacts({ kind, events, of, customers, journeys }: Friction): string {
  const known = of > 0 && events <= of && kind !== "error-event";
  const times = known ? ` of ${formatCount(of)} times (${formatShare(events / of)})` : " times";
  const whose = customers > 0 ? formatCountOf(customers, "customer") : formatCountOf(journeys, "journey");
  return `${formatCount(events)}${times}, ${whose}`;
}

/** "over 26 h (nine in ten gaps of before are shorter; the median is 2 h); 1,200 hours a month"; of what is no wait undefined. */
export function describeWait({ wait, hoursPerMonth }: Friction): string | undefined {
  if (wait === null) return undefined;
  const from =
    wait.from === "target" ? "the target that was set" : "nine in ten gaps between events were shorter before";
  const median =
    wait.medianHours === null ? "" : `; half of all gaps are under ${formatDuration(wait.medianHours * 3_600)}`;
  const hours = hoursPerMonth === null ? "" : `; in all ${formatAmount(hoursPerMonth)} hours a month pass here`;
  return `Longer than ${formatDuration(wait.overHours * 3_600)} counts: ${from}${median}${hours}.`;
}

/** "4.2 (2.0 to 6.4)": sizes of a harm in points, whatever its sign. */
function formatSizes(effect: number, low: number, high: number): string {
  const size = (value: number) => formatDecimal(Math.abs(value) * 100, 1);
  const [least, most] = [low, high].toSorted((a, b) => Math.abs(a) - Math.abs(b)) as [number, number];
  const range =
    low < 0 && high > 0
      ? `${formatDecimal(low * 100, 1)} to ${formatDecimal(high * 100, 1)}`
      : `${size(least)} to ${size(most)}`;
  return `${size(effect)} points (95 %: ${range})`;
}

/** What one friction does: "each makes Order Completed 4.2 points (95 %: …) less likely". Undefined without an estimate. */
export function describeHarm(friction: Friction, { outcome }: Pick<Asked, "outcome">): string | undefined {
  const { kind, effect, low, high } = friction;
  if (effect === null || low === null || high === null) return undefined;
  const sizes = formatSizes(effect, low, high);
  if (kind === "drop-off") return `${sizes} ${effect < 0 ? "fewer" : "more"} end here than usual`;
  const more = effect > 0;
  return `each makes ${nameOutcome({ outcome })} ${sizes} ${more ? "more" : "less"} likely`;
}

/** The weeks of an incident, its last day included: "20 May 2024 – 9 Jun 2024". */
export function describeWeeks({ window: { from, to } }: Pick<Friction, "window">): string {
  return describePeriod(from.slice(0, 10), to.slice(0, 10));
}

/** Whom an incident hit: "everybody", "customer.platform = \"mobile\"". */
export function describeWhom({ segment }: Pick<PainPoint, "segment">): string {
  return segment === null ? "everybody" : segment.replace(/^(?:customer|prop)\./u, "").replaceAll(/[«»"]/gu, "");
}

/** "312 times where about 45 were usual". */
export function describeExcess({ excess }: Pick<PainPoint, "excess">): string {
  return excess === null
    ? NONE
    : `${formatCount(excess.events)} times where about ${formatAmount(excess.usual)} were usual`;
}

/** What an incident cost in all. */
export function describeExcessCost({ excess }: Pick<PainPoint, "excess">, asked: Asked): string {
  if (excess === null || excess.outcomes.value === null) return `cost not known: ${NO_EFFECT}`;
  const { outcomes, money } = excess;
  const lost = `about ${describeLost(excess.outcomes.value, asked.outcome)} in all (${describeRange(outcomes)})`;
  if (money.value === null || money.low === null || money.high === null) return lost;
  const { value, low, high } = money;
  return `about ${formatCost(value, "money", asked)} in all (${describeRange({ low, high })}); ${lost}`;
}

/** What a whole friction is, in one sentence for its page and for the title of a finding. */
export function summarize(friction: Friction, asked: Asked): string {
  if (!isClaimed(friction)) return `${friction.name}: no claim, ${friction.reason}`;
  if (friction.incident) {
    const cost = describeExcessCost(friction, asked);
    return `${friction.name}, ${describeWeeks(friction)}, ${describeWhom(friction)}: ${describeExcess(friction)}; ${cost}`;
  }
  const { whole } = describeCost(friction, asked);
  return monthlyCost(friction)?.unit === "money" ? `${friction.name} costs ${whole}` : `${friction.name}: ${whole}`;
}
