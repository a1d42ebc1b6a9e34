/**
 * Which frictions are claimed to cost outcomes, and why the others are not: the rule of moments of truth, for harm only.
 * It reads nothing; the numbers come in measured-friction.ts, what a claim costs is in costs.ts.
 */
import { plural } from "../../domain/moment-words.ts";
import { adjustForMany } from "../../stats/benjamini-hochberg.ts";
import { testMinimumEffect } from "../../stats/minimum-effect.ts";
import { testShareTrend } from "../../stats/share-trend.ts";
import { BUCKETS } from "../../stats/stratified-effect.ts";
import { describePlacebo, inPoints, intervalAt, LEAST, type PlaceboNumbers, shows } from "../moment-claims.ts";
import type { PainPoint, RejectedFriction } from "../pain-points-schema.ts";
import { allocateTouches, directCostOf, type MasksByTouch, priceTouches, rankPainPoints } from "./costs.ts";
import { type FrictionEffect, harmOf, isExit, type MeasuredFriction, type PainRules } from "./measured-friction.ts";

const LEVEL = 0.05;
const DEGREES = BUCKETS - 1;
/** Shares are compared with shares. */
const SHARES = { range: 1, scored: false } as const;

/** A friction with enough data. */
export interface TestedFriction {
  readonly measured: MeasuredFriction;
  readonly effect: FrictionEffect & { readonly effect: number; readonly error: number };
  readonly p: number;
  readonly q: number;
}

export type FrictionPlacebos = ReadonlyMap<MeasuredFriction, PlaceboNumbers>;

function leastOf(measured: MeasuredFriction, { least, leastExit }: PainRules): number {
  return isExit(measured) ? leastExit : least;
}

/** Tests all frictions that have enough data against the least effect, and adjusts for their number. */
export function testFrictions(all: readonly MeasuredFriction[], rules: PainRules): TestedFriction[] {
  const tested = all.flatMap((measured) => {
    const { effect = null, error = null, rows = 0, high = 0, low = 0 } = measured.effect ?? {};
    const enough = rows >= LEAST.rows && high >= LEAST.high && low >= LEAST.low && measured.exposed >= LEAST.customers;
    if (measured.effect === undefined || effect === null || error === null || !enough) return [];
    const p = testMinimumEffect(effect, error, leastOf(measured, rules), DEGREES);
    return [{ measured, effect: { ...measured.effect, effect, error }, p }];
  });
  const q = adjustForMany(tested.map(({ p }) => p));
  return tested.map((one, index) => ({ ...one, q: q[index] ?? 1 }));
}

function isHarm({ measured }: TestedFriction, rules: PainRules): boolean {
  return (harmOf(measured, rules)?.value ?? 0) > 0;
}

/** Whether a tested friction would be claimed if its placebo showed nothing: only then is the placebo looked at. */
export function needsPlacebo(tested: TestedFriction, rules: PainRules): boolean {
  return tested.q <= LEVEL && isHarm(tested, rules);
}

/** Whether those it happened to were as much worse before: fewer outcomes, less activity; of a bad outcome more of it. */
function wasBefore(effect: number, placebo: PainPoint["placebo"], { badOutcome }: PainRules): boolean {
  if (!shows(placebo, effect, SHARES) || placebo === null) return false;
  return badOutcome && placebo.of === "an earlier outcome" ? placebo.effect > 0 : placebo.effect < 0;
}

/** A change over all months of less than this part of the share is steady. */
const LEAST_CHANGE = 0.1;

/** Whether the friction comes more or less often, of as many touches; null with too few months to tell. */
export function describeTrend({ months }: Pick<MeasuredFriction, "months">): PainPoint["trend"] {
  const trend = testShareTrend(months);
  if (trend === null) return null;
  const [hits, n] = months.reduce(([sum, all], month) => [sum + month.hits, all + month.n], [0, 0]);
  if (trend.p > LEVEL || Math.abs(trend.change) < LEAST_CHANGE * (hits / n)) return "steady";
  return trend.change > 0 ? "growing" : "shrinking";
}

interface Kept {
  readonly tested: TestedFriction;
  readonly placebo: PainPoint["placebo"];
}

function claim({ tested, placebo }: Kept, level: number, touches: number, rules: PainRules): PainPoint {
  const { measured, effect, p, q } = tested;
  return {
    ...measured.facts,
    ...{ segment: null, incident: false, excess: null, perMonth: measured.perMonth },
    directCost: directCostOf(measured, rules),
    ...priceTouches(touches, harmOf(measured, rules) ?? { value: 0, error: 0 }, rules.worth),
    ...{ effect: effect.effect, ...intervalAt(effect.effect, effect.error, level), p, q },
    ...{ reach: effect.rows, crude: effect.crude, placebo, trend: describeTrend(measured) },
    label: placebo === null || shows(placebo, effect.effect, SHARES) ? "association, adjusted" : "likely cause",
  };
}

function explainTooFew({ effect, exposed }: MeasuredFriction): string {
  const { rows = 0, high = 0, low = 0 } = effect ?? {};
  return `${plural(rows, "touch", "touches")} of ${plural(exposed, "customer")} could be compared with others in the same situation, ${high} and ${low} of them with and without what is compared; ${LEAST.rows} of ${LEAST.customers} customers, ${LEAST.high} and ${LEAST.low} are needed.`;
}

function sayDifference({ effect: { effect, error }, measured }: TestedFriction): string {
  const { low, high } = intervalAt(effect, error, 1 - LEVEL);
  const what = isExit(measured) ? "The difference in drop-offs" : "The difference";
  return `${what} is ${inPoints(effect, SHARES)} points (${inPoints(low, SHARES)} to ${inPoints(high, SHARES)})`;
}

function explainUnclear(tested: TestedFriction, rules: PainRules): string {
  const least = leastOf(tested.measured, rules);
  const limit = inPoints(least, SHARES).replace("+", "");
  return Math.abs(tested.effect.effect) <= least
    ? `${sayDifference(tested)}; less than ${limit} points are not worth a claim.`
    : `${sayDifference(tested)}; that it is more than ${limit} points may be chance (q = ${tested.q.toFixed(2)}).`;
}

function explainBefore(tested: TestedFriction, placebo: NonNullable<PainPoint["placebo"]>): string {
  const interval = `${inPoints(placebo.low, SHARES)} to ${inPoints(placebo.high, SHARES)}`;
  return `Before it happened they already differed by ${inPoints(placebo.effect, SHARES)} points (${interval}) in ${placebo.of}; after it by ${inPoints(tested.effect.effect, SHARES)} points${isExit(tested.measured) ? " in drop-offs" : ""}.`;
}

function reject(
  measured: MeasuredFriction,
  rules: PainRules,
  reason: RejectedFriction["reason"],
  detail: string,
  placebo: RejectedFriction["placebo"] = null,
): RejectedFriction {
  const { effect = null, error = null, crude = null, rows = 0 } = measured.effect ?? {};
  const known = effect !== null && error !== null;
  const { low, high } = known ? intervalAt(effect, error, 1 - LEVEL) : { low: null, high: null };
  return {
    ...{ ...measured.facts, perMonth: measured.perMonth, directCost: directCostOf(measured, rules) },
    ...{ effect: known ? effect : null, low, high, crude, placebo, reach: rows, reason, detail },
  };
}

function rejectUntested(measured: MeasuredFriction, all: readonly MeasuredFriction[], rules: PainRules) {
  const twin = measured.effect?.twin ?? null;
  const other = all.find(({ friction, bit }) => friction.touch === measured.friction.touch && bit === twin);
  return twin === null || other === undefined
    ? reject(measured, rules, "too few", explainTooFew(measured))
    : reject(
        measured,
        rules,
        "cannot be told apart",
        `It hardly ever comes without «${other.facts.name}»: what either does alone cannot be seen, and what they cost is counted there.`,
      );
}

function rejectTested(tested: TestedFriction, rules: PainRules): RejectedFriction {
  return tested.q <= LEVEL
    ? reject(
        tested.measured,
        rules,
        "not worse",
        `${sayDifference(tested)}: it is better, not worse, where this happens.`,
      )
    : reject(tested.measured, rules, "no clear effect", explainUnclear(tested, rules));
}

function byCost(a: RejectedFriction, b: RejectedFriction): number {
  return (b.directCost ?? -1) - (a.directCost ?? -1) || b.perMonth - a.perMonth || (a.name < b.name ? -1 : 1);
}

export interface PainDecision {
  /** By what they cost at least. */
  readonly painPoints: PainPoint[];
  /** Those that cost handling first, then by how often a month. */
  readonly rejected: RejectedFriction[];
}

/**
 * What is claimed, and what is not. Intervals of claims are at 1 − .05·R/m (R claims out of m tests), so that on average 95 %
 * of them hold their truth (Benjamini & Yekutieli 2005, JASA 100, 71–81); costs have 80 % intervals.
 * @param all every friction that was looked at
 * @param tested of them, by testFrictions
 * @param placebos of those that need one; none where nothing could be compared
 * @param masks eligible touches, finished or not, of each touchpoint by their flags
 */
export function decidePainPoints(
  all: readonly MeasuredFriction[],
  tested: readonly TestedFriction[],
  placebos: FrictionPlacebos,
  masks: MasksByTouch,
  rules: PainRules,
): PainDecision {
  const checked = tested
    .filter((one) => needsPlacebo(one, rules))
    .map((one) => ({ tested: one, placebo: describePlacebo(placebos.get(one.measured)) }));
  const isBefore = ({ tested: { effect }, placebo }: Kept) => wasBefore(effect.effect, placebo, rules);
  const kept = checked.filter((one) => !isBefore(one));
  const claimed = kept.map(({ tested: { measured } }) => measured);
  const touches = allocateTouches(all, claimed, masks, rules);
  const level = 1 - (LEVEL * kept.length) / Math.max(1, tested.length);
  const known = new Set(tested.map(({ measured }) => measured));
  return {
    painPoints: rankPainPoints(kept.map((one) => claim(one, level, touches.get(one.tested.measured) ?? 0, rules))),
    rejected: [
      ...checked.filter(isBefore).flatMap(({ tested: one, placebo }) => {
        const detail = placebo ? explainBefore(one, placebo) : "";
        return [reject(one.measured, rules, "already different before", detail, placebo)];
      }),
      ...tested.filter((one) => !needsPlacebo(one, rules)).map((one) => rejectTested(one, rules)),
      ...all.filter((one) => !known.has(one)).map((one) => rejectUntested(one, all, rules)),
    ].sort(byCost),
  };
}
