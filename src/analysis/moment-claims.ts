/**
 * Which contrasts are claimed, and why the others are not: enough data, a least effect, error controlled over all tests, a placebo.
 * It reads nothing; effects come from stats/stratified-effect.ts, their tallies from moment-tallies.ts.
 */
import { plural } from "../domain/moment-words.ts";
import { adjustForMany } from "../stats/benjamini-hochberg.ts";
import { eValueOf } from "../stats/e-value.ts";
import { testMinimumEffect } from "../stats/minimum-effect.ts";
import { studentQuantile } from "../stats/quantile.ts";
import { type ArmEffect, BUCKETS } from "../stats/stratified-effect.ts";
import type { MomentCandidate } from "./moment-candidates.ts";
import type { Before } from "./moment-tallies.ts";
import type { MomentClaim, RejectedMoment } from "./moments-schema.ts";

export const LEAST = { rows: 200, high: 25, low: 25, customers: 100 } as const;
const LEVEL = 0.05;
/** A placebo this large, as part of the effect, is as good an explanation as the touch. */
const PLACEBO_SHARE = 1 / 3;
const DEGREES = BUCKETS - 1;
const ROUNDING = 1e-9;

export interface ClaimRules {
  /** Whether the outcome is a score. */
  readonly scored: boolean;
  /** Length of the score's scale; 1 for shares. A placebo is a share: effects are compared with it as parts of this. */
  readonly range: number;
  readonly least: number;
  /** Of one outcome, in the workspace's currency. */
  readonly worth: number | null;
}

/** A candidate with its numbers. */
export interface MeasuredContrast {
  readonly candidate: MomentCandidate;
  /** Undefined where no touch of it counts. */
  readonly effect: ArmEffect | undefined;
  readonly customers: number;
}

/** A contrast with enough data. */
export interface TestedContrast extends MeasuredContrast {
  readonly effect: ArmEffect & { readonly effect: number; readonly error: number };
  readonly p: number;
  readonly q: number;
}

export type PlaceboNumbers = Pick<ArmEffect, "effect" | "error" | "high" | "low"> & {
  readonly of: Before;
};

export function intervalAt(effect: number, error: number, level: number): { low: number; high: number } {
  const half = studentQuantile((1 + level) / 2, DEGREES) * error;
  return { low: effect - half, high: effect + half };
}

function isEnough({ effect, customers }: MeasuredContrast, { scored }: ClaimRules): boolean {
  if (!effect || effect.effect === null || effect.error === null) return false;
  const rows = scored ? effect.answers : effect.rows;
  return rows >= LEAST.rows && effect.high >= LEAST.high && effect.low >= LEAST.low && customers >= LEAST.customers;
}

/** Tests all contrasts that have enough data against the least effect, and adjusts for their number. */
export function testContrasts(contrasts: readonly MeasuredContrast[], rules: ClaimRules): TestedContrast[] {
  const enough = contrasts.filter((contrast) => isEnough(contrast, rules));
  const tested = enough.map(({ effect, ...contrast }) => {
    const sure = effect as TestedContrast["effect"];
    return { ...contrast, effect: sure, p: testMinimumEffect(sure.effect, sure.error, rules.least, DEGREES) };
  });
  const q = adjustForMany(tested.map(({ p }) => p));
  return tested.map((contrast, index) => ({ ...contrast, q: q[index] ?? 1 }));
}

/** Whether a tested contrast would be claimed if its placebo showed nothing. */
export function isSurprising({ q }: TestedContrast): boolean {
  return q <= LEVEL;
}

/** A placebo that can tell: 25 exposed touches with and 25 without what it compares. */
export function canTell({ effect, error, high, low }: Pick<PlaceboNumbers, "effect" | "error" | "high" | "low">) {
  // Without any error it is the same in every cell: the situation itself says it.
  return effect !== null && error !== null && error > 1e-9 && high >= LEAST.high && low >= LEAST.low;
}

/** A placebo with its 95 % interval; null where nothing could be compared. */
export function describePlacebo(placebo: PlaceboNumbers | undefined): MomentClaim["placebo"] {
  if (!placebo || placebo.effect === null || placebo.error === null) return null;
  const { of, effect, error } = placebo;
  return { of, effect, ...intervalAt(effect, error, 1 - LEVEL), p: testMinimumEffect(effect, error, 0, DEGREES) };
}

/** Whether the same difference, or one a third of it, was there before. */
export function shows(placebo: MomentClaim["placebo"], effect: number, { range }: Pick<ClaimRules, "range">): boolean {
  if (placebo === null || placebo.p >= LEVEL) return false;
  return Math.abs(placebo.effect) >= (Math.abs(effect) / range) * PLACEBO_SHARE;
}

function describeCandidate({ touchpoint, contrast, property, bad, where }: MomentCandidate) {
  return { touchpoint, contrast, property, bad, where };
}

function claim(tested: TestedContrast, placebo: MomentClaim["placebo"], level: number, rules: ClaimRules): MomentClaim {
  const { candidate, effect: numbers, customers, p, q } = tested;
  const { effect, error, rows } = numbers;
  const exposedRate = numbers.exposedMean ?? 0;
  const difference = exposedRate - effect;
  // Both are means with the same weights, so the rest is a share too; only rounding makes a share of nothing look like one.
  const comparisonRate = rules.scored ? difference : Math.min(1, difference < ROUNDING ? 0 : difference);
  const crude = numbers.crude ?? effect;
  const impact = rows * effect;
  return {
    ...describeCandidate(candidate),
    effect,
    ...intervalAt(effect, error, level),
    relative: rules.scored || comparisonRate === 0 ? null : effect / comparisonRate,
    p,
    q,
    reach: rows,
    customers,
    impact,
    money: rules.worth === null ? null : impact * rules.worth,
    eValue: rules.scored ? null : eValueOf(exposedRate, comparisonRate),
    label: placebo !== null && !shows(placebo, effect, rules) ? "likely cause" : "association, adjusted",
    crude,
    exposedRate,
    comparisonRate,
    simpson: crude * effect < 0,
    placebo,
    responseGap: numbers.responseGap,
  };
}

/** "+1.3 points (0.4 to 2.2)" of shares, "+0.31 points" of scores. */
export function inPoints(value: number, { scored }: Pick<ClaimRules, "scored">): string {
  const text = (Math.abs(value) * (scored ? 1 : 100)).toFixed(scored ? 2 : 1);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

function explainTooFew({ effect, customers }: MeasuredContrast, { scored }: ClaimRules): string {
  const { rows = 0, answers = 0, high = 0, low = 0 } = effect ?? {};
  const compared = scored ? plural(answers, "scored touch", "scored touches") : plural(rows, "touch", "touches");
  const parts = scored ? "above and at or below the middle of the scale" : "with and without the outcome";
  return `${compared} of ${plural(customers, "customer")} could be compared with others in the same situation, ${high} and ${low} of them ${parts}; ${LEAST.rows} of ${LEAST.customers} customers, ${LEAST.high} and ${LEAST.low} are needed.`;
}

function explainUnclear({ effect: { effect, error }, q }: TestedContrast, rules: ClaimRules): string {
  const { low, high } = intervalAt(effect, error, 1 - LEVEL);
  const size = `The difference is ${inPoints(effect, rules)} points (${inPoints(low, rules)} to ${inPoints(high, rules)})`;
  return Math.abs(effect) <= rules.least
    ? `${size}; less than ${inPoints(rules.least, rules).replace("+", "")} points are not worth a claim.`
    : `${size}; that it is more than ${inPoints(rules.least, rules).replace("+", "")} points may be chance (q = ${q.toFixed(2)}).`;
}

function explainBefore({ effect }: TestedContrast, placebo: NonNullable<MomentClaim["placebo"]>, rules: ClaimRules) {
  const shares = { ...rules, scored: false };
  const interval = `${inPoints(placebo.low, shares)} to ${inPoints(placebo.high, shares)}`;
  return `Before it happened they already differed by ${inPoints(placebo.effect, shares)} points (${interval}) in ${placebo.of}; after it by ${inPoints(effect.effect, rules)} points.`;
}

function reject(
  contrast: MeasuredContrast,
  reason: RejectedMoment["reason"],
  detail: string,
  placebo: MomentClaim["placebo"] = null,
): RejectedMoment {
  const { effect = null, error = null, crude = null, rows = 0 } = contrast.effect ?? {};
  const known = effect !== null && error !== null;
  const { low, high } = known ? intervalAt(effect, error, 1 - LEVEL) : { low: null, high: null };
  return {
    ...describeCandidate(contrast.candidate),
    ...{ effect: known ? effect : null, low, high, crude, placebo, reach: rows, reason, detail },
  };
}

export interface Decision {
  readonly claims: MomentClaim[];
  readonly rejected: RejectedMoment[];
}

/**
 * What is claimed, the largest impact first, and what is not, by reason, the closest first.
 * Intervals of claims are at 1 − .05·R/m (R claims out of m tests), so that on average 95 % of them hold their truth
 * (Benjamini & Yekutieli 2005, JASA 100, 71–81).
 * @param placebos of the surprising ones, by candidate; none where nothing could be compared
 */
export function decideMoments(
  contrasts: readonly MeasuredContrast[],
  tested: readonly TestedContrast[],
  placebos: ReadonlyMap<MomentCandidate, PlaceboNumbers>,
  rules: ClaimRules,
): Decision {
  const seen = new Set(tested.map(({ candidate }) => candidate));
  const rejected = contrasts
    .filter(({ candidate }) => !seen.has(candidate))
    .map((contrast) => reject(contrast, "too few", explainTooFew(contrast, rules)))
    .sort((a, b) => b.reach - a.reach);
  const unclear = tested
    .filter((contrast) => !isSurprising(contrast))
    .sort((a, b) => a.p - b.p || Math.abs(b.effect.effect) - Math.abs(a.effect.effect));
  const checked = tested.filter(isSurprising).map((contrast) => {
    const placebo = describePlacebo(placebos.get(contrast.candidate));
    const { effect } = contrast.effect;
    return { contrast, placebo, before: shows(placebo, effect, rules) && (placebo?.effect ?? 0) * effect > 0 };
  });
  const kept = checked.filter(({ before }) => !before);
  const level = 1 - (LEVEL * kept.length) / Math.max(1, tested.length);
  const before = checked.flatMap(({ contrast, placebo, before: was }) =>
    was && placebo
      ? [reject(contrast, "already different before", explainBefore(contrast, placebo, rules), placebo)]
      : [],
  );
  const size = ({ effect }: RejectedMoment) => Math.abs(effect ?? 0);
  return {
    claims: kept
      .map(({ contrast, placebo }) => claim(contrast, placebo, level, rules))
      .sort((a, b) => Math.abs(b.impact) - Math.abs(a.impact) || (a.where < b.where ? -1 : 1)),
    rejected: [
      ...before.sort((a, b) => size(b) - size(a)),
      ...unclear.map((contrast) => reject(contrast, "no clear effect", explainUnclear(contrast, rules))),
      ...rejected,
    ],
  };
}
