/**
 * MoSCoW priorities suggested from what the finding behind a requirement was measured to cost. They are proposals with their
 * figures; a person decides, and what has no measured finding gets none.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import { PRIORITY_NAMES, type Priority } from "../domain/dsdm/moscow.ts";
import type { FindingState, InitiativeReport } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { amountPerMonth } from "../domain/finding.ts";

type Suggestion = InitiativeReport["suggestions"][number];

/** Part of what all findings cost: a Must's, and a Should's. */
const MUST_COST = 0.25;
const SHOULD_COST = 0.1;
/** Cost for effort: part of the cost ÷ part of the effort; 1 is the initiative's mean. */
const MEAN_LEVERAGE = 1;
/** Suggested Musts, and Musts with Shoulds, hold at most so much of the effort. */
const MOST_MUST = 0.6;
const MOST_SHOULD = 0.8;

interface Measured {
  readonly requirement: Requirement;
  readonly finding: FindingState;
  /** What the finding costs, and which part that is of all. */
  readonly cost: number;
  readonly costPart: number;
  /** Effort of all requirements that act on this finding, as a part of all; 0 while nothing is estimated. */
  readonly effortPart: number;
}

/** 0 where no effort was estimated: then nothing is known of it. */
const findLeverage = ({ costPart, effortPart }: Measured) => (effortPart > 0 ? costPart / effortPart : 0);

/** In what findings are compared, so that like is compared with like. */
interface CostUnit {
  readonly inMoney: boolean;
  /** A month; else in all of the data that each was measured on. */
  readonly monthly: boolean;
}

/** Whether all that were measured say over how many months: then their costs are compared a month, else in all. */
export function isMonthly(findings: readonly FindingState[]): boolean {
  return findings.every(({ money, effect, months }) => (money === null && effect === null) || Boolean(months));
}

/** What a finding costs: money, or outcomes (reach × |effect|). @returns null where it was not measured */
export function findCost(finding: FindingState, { inMoney, monthly }: CostUnit): number | null {
  const { money, reach, effect, months } = finding;
  const outcomes = effect === null ? null : reach * effect;
  const cost = inMoney ? money : outcomes;
  if (cost === null) return null;
  return Math.abs(monthly ? (amountPerMonth(cost, months) ?? 0) : cost);
}

function listMeasured(initiative: Initiative, findings: ReadonlyMap<number, FindingState>) {
  const pairs = initiative.requirements.flatMap((requirement) => {
    const finding = requirement.need.finding === null ? undefined : findings.get(requirement.need.finding);
    return finding === undefined || requirement.state === "done" ? [] : [{ requirement, finding }];
  });
  const isSettled = ({ finding: { status } }: (typeof pairs)[number]) =>
    status === "dismissed" || status === "verified";
  const open = pairs.filter((pair) => !isSettled(pair));
  const inMoney = open.every(({ finding: { money, effect } }) => money !== null || effect === null);
  const unit = { inMoney, monthly: isMonthly(open.map(({ finding }) => finding)) };
  const costs = new Map(open.map(({ finding }) => [finding.id, findCost(finding, unit) ?? 0]));
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const efforts = new Map<number, number>();
  const priced = open.filter(({ finding }) => (costs.get(finding.id) ?? 0) > 0);
  for (const { finding, requirement } of priced)
    efforts.set(finding.id, (efforts.get(finding.id) ?? 0) + requirement.effort);
  const effort = [...efforts.values()].reduce((sum, one) => sum + one, 0);
  const measured = priced.map(({ requirement, finding }): Measured => {
    const [cost, own] = [costs.get(finding.id) ?? 0, efforts.get(finding.id) ?? 0];
    return { requirement, finding, cost, costPart: cost / total, effortPart: effort > 0 ? own / effort : 0 };
  });
  const settled = pairs.filter(isSettled);
  return { measured, settled, unit, effort };
}

/** By the figures alone, before the 60 and 80 % of effort. */
function rate(one: Measured): Priority {
  if (!one.finding.claimed) return "could";
  const leverage = findLeverage(one);
  if (one.costPart >= MUST_COST && leverage >= MEAN_LEVERAGE - 1e-9) return "must";
  return one.costPart >= SHOULD_COST || leverage >= MEAN_LEVERAGE ? "should" : "could";
}

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const percent = (part: number) => `${Math.round(part * 100)} %`;

function explain(one: Measured, suggested: Priority, { inMoney, monthly }: CostUnit, currency: string): string {
  const { finding, cost, costPart, effortPart } = one;
  const unit = inMoney ? currency : "outcomes";
  const span = monthly ? "a month" : "in the data it was measured on";
  const price = `Finding ${finding.id} costs ${number.format(cost)}${unit === "" ? "" : ` ${unit}`} ${span}`;
  const parts = `${percent(costPart)} of what this initiative’s findings cost`;
  const effort = effortPart > 0 ? ` for ${percent(effortPart)} of the effort` : ", its effort not estimated yet";
  const held =
    rate(one) !== suggested ? `, and ${PRIORITY_NAMES[rate(one)]}s already fill their part of the effort` : "";
  const doubt = finding.claimed ? "" : ", but it is not claimed, so at most Could";
  return `${price}, ${parts}${effort}${doubt}${held}.`;
}

/**
 * By the cost (a month, where all say so) of a requirement's finding as a part of the cost of all findings that open requirements act on, and by leverage:
 * that part ÷ the part of the effort which the finding's requirements take.
 * Must: claimed, at least 25 % of the cost, leverage at least 1. Should: claimed, at least 10 % or leverage above 1. Could: the
 * rest, and what is not claimed. Won’t: the finding was dismissed or is verified. The best leverage first, Musts stop at
 * 60 % of the effort and Shoulds at 80 % together with them; the first one may be greater.
 * None for a requirement that is done, has no finding, or one without a measured cost.
 * @param currency of the findings' money
 */
export function suggestPriorities(
  initiative: Initiative,
  findings: ReadonlyMap<number, FindingState>,
  currency = "",
): Suggestion[] {
  const { measured, settled, unit, effort } = listMeasured(initiative, findings);
  const ranked = measured.toSorted((a, b) => findLeverage(b) - findLeverage(a) || b.costPart - a.costPart);
  const taken = { must: 0, should: 0 };
  const suggestions = ranked.map((one, index): Suggestion => {
    const fits = (used: number, most: number) => index === 0 || used + one.requirement.effort <= most * effort + 1e-9;
    let priority = rate(one);
    if (priority === "must" && !fits(taken.must, MOST_MUST)) priority = "should";
    if (priority === "should" && !fits(taken.must + taken.should, MOST_SHOULD)) priority = "could";
    if (priority === "must" || priority === "should") taken[priority] += one.requirement.effort;
    return { requirement: one.requirement.id, priority, because: explain(one, priority, unit, currency) };
  });
  const dropped = settled.map(({ requirement, finding }): Suggestion => {
    const because = `Finding ${finding.id} is ${finding.status}: nothing is left to gain by it.`;
    return { requirement: requirement.id, priority: "wont", because };
  });
  return [...suggestions, ...dropped].sort((a, b) => a.requirement - b.requirement);
}
