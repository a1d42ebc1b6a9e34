/**
 * Asked before an experiment starts: how many units and days it takes to see an effect, how likely so many see it, and the
 * smallest effect they can see, for one look at the end or for a look each day. What was seen is in welch-effect.ts.
 */
import { alwaysValidReach } from "./always-valid.ts";
import { CONFIDENCE } from "./estimate.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { noncentralTail } from "./noncentral-t.ts";
import { normalQuantile, studentQuantile } from "./quantile.ts";
import type { EffectScale } from "./welch-effect.ts";

/** The KPI as it is without the change: a mean with the variance of a unit, or a share. */
export type Baseline = { readonly mean: number; readonly variance: number } | { readonly share: number };

export interface Plan {
  readonly baseline: Baseline;
  /** Of the effect, and of the interval that will be read: absolute in the KPI's unit (.01 is one point), or relative. */
  readonly scale: EffectScale;
  /** The part of the units that gets the change, between 0 and 1; a half when left out. */
  readonly treatmentShare?: number;
  /** Of KPI and a covariate from before, which CUPED will use: 1 − correlation² of the variance is left. 0 when left out. */
  readonly correlation?: number;
  readonly confidence?: number;
  /** Units of both arms that an always-valid interval is tuned to, if that will be read; one look at the end when left out. */
  readonly tunedTo?: number;
}

export interface ArmUnits {
  readonly control: number;
  readonly treatment: number;
}

/** What a plan comes to with so many units. */
export interface PlannedTest extends ArmUnits {
  readonly effect: number;
  /**
   * Probability that the interval leaves 0 out when the effect is as planned; on which side hardly ever is the wrong one.
   * With daily looks it is that of the last look: looks before can only add.
   */
  readonly power: number;
  readonly standardError: number;
}

/** More than anybody has: beyond it an effect counts as out of reach. */
const MOST_UNITS = 1e12;

/** Hits, and misses, that the baseline lets expect in each arm before the normal distribution describes a share. */
const LEAST_HITS = 5;

interface PlannedArms {
  readonly mean: readonly [number, number];
  /** Of a unit, after CUPED. */
  readonly variance: readonly [number, number];
}

function refusal({
  baseline,
  scale,
  treatmentShare = 0.5,
  correlation = 0,
  confidence = CONFIDENCE,
  tunedTo,
}: Plan): NoAnswer | undefined {
  const within = (value: number, low: number, high: number) => value > low && value < high;
  if ("share" in baseline ? !within(baseline.share, 0, 1) : !(baseline.variance > 0 && Number.isFinite(baseline.mean)))
    return noAnswer(
      "out-of-range",
      "baseline",
      "A plan needs a baseline share between 0 and 1, or a mean with a variance above 0.",
    );
  if (scale === "relative" && "mean" in baseline && baseline.mean === 0)
    return noAnswer(
      "zero-baseline",
      "baseline",
      "The baseline mean is 0: nothing can be relative to it; plan an absolute effect.",
    );
  if (!within(treatmentShare, 0, 1))
    return noAnswer(
      "out-of-range",
      "treatmentShare",
      "The part of the units that gets the change lies between 0 and 1.",
    );
  if (!within(correlation, -1, 1))
    return noAnswer("out-of-range", "correlation", "The correlation with the time before lies between −1 and 1.");
  if (!within(confidence, 0, 1))
    return noAnswer("out-of-range", "confidence", "The confidence lies between 0 and 1, such as 0.95.");
  if (tunedTo !== undefined && !(tunedTo > 0 && Number.isFinite(tunedTo)))
    return noAnswer(
      "out-of-range",
      "tunedTo",
      "The units that the always-valid interval is tuned to are a number above 0.",
    );
  return undefined;
}

function powerRefusal({ confidence = CONFIDENCE }: Plan, power: number): NoAnswer | undefined {
  if (power > 1 - confidence && power < 1) return undefined;
  return noAnswer("out-of-range", "power", "The power lies above the error level, such as 0.05, and below 1.");
}

function effectRefusal(effect: number): NoAnswer | undefined {
  if (Number.isFinite(effect) && effect !== 0) return undefined;
  return noAnswer("out-of-range", "effect", "The effect to be seen is a number other than 0.");
}

/** Units that an arm needs whatever the effect: two, and for shares enough for a few hits and misses. */
function leastUnits({ baseline }: Plan): number {
  return "share" in baseline ? Math.ceil(LEAST_HITS / Math.min(baseline.share, 1 - baseline.share)) : 2;
}

function unitsRefusal(plan: Plan, { control, treatment }: ArmUnits): NoAnswer | undefined {
  const least = leastUnits(plan);
  if (Math.min(control, treatment) >= least && Number.isFinite(control + treatment)) return undefined;
  return noAnswer(
    "too-few",
    "units",
    `With this baseline each arm needs at least ${least} units before anything can be foreseen.`,
  );
}

function planArms({ baseline, scale, correlation = 0 }: Plan, effect: number): PlannedArms | NoAnswer {
  const mean = "share" in baseline ? baseline.share : baseline.mean;
  const changed = mean + (scale === "relative" ? effect * Math.abs(mean) : effect);
  const left = 1 - correlation ** 2;
  if (!("share" in baseline))
    return { mean: [mean, changed], variance: [baseline.variance * left, baseline.variance * left] };
  if (!(changed >= 0 && changed <= 1))
    return noAnswer(
      "out-of-range",
      "effect",
      `The effect would take the share from ${mean} to ${changed}, outside 0 to 1.`,
    );
  return { mean: [mean, changed], variance: [mean * (1 - mean) * left, changed * (1 - changed) * left] };
}

/** The error and Welch's degrees of freedom that these arms will have, as `liftOf` computes them from data. */
function foresee(
  { scale }: Plan,
  { mean, variance }: PlannedArms,
  units: ArmUnits,
): { error: number; degrees: number } {
  const [a, b] = [variance[0] / units.control, variance[1] / units.treatment];
  const degrees = (a + b) ** 2 / (a ** 2 / (units.control - 1) + b ** 2 / (units.treatment - 1));
  const base = Math.abs(mean[0]);
  const error = scale === "absolute" ? Math.sqrt(a + b) : Math.sqrt(b + a * (mean[1] / base) ** 2) / base;
  return { error, degrees };
}

function testAt(plan: Plan, effect: number, arms: PlannedArms, units: ArmUnits): PlannedTest {
  const { error, degrees } = foresee(plan, arms, units);
  const { confidence = CONFIDENCE, tunedTo } = plan;
  const bound =
    tunedTo === undefined
      ? studentQuantile((1 + confidence) / 2, degrees)
      : alwaysValidReach(units.control + units.treatment, tunedTo, confidence);
  const shift = Math.abs(effect) / error;
  const power = Math.min(1, noncentralTail(bound, degrees, shift) + noncentralTail(bound, degrees, -shift));
  return { ...units, effect, power, standardError: error };
}

/**
 * The power of so many units to see an effect: that the two-sided Welch interval leaves 0 out. By the noncentral t.
 * A verdict of "better" also asks for an estimate of at least the minimum effect: see verdict-chances.ts.
 * Source: Cohen, Statistical Power Analysis (1988), 2; for shares with unpooled variances, as they will be tested.
 * @param effect on the plan's scale, below 0 for a fall
 * @example 20 and 20 units, one standard deviation // power .8689528 (R: power.t.test(n = 20, delta = 1))
 */
export function planPower(plan: Plan, effect: number, units: ArmUnits): PlannedTest | NoAnswer {
  const refused = refusal(plan) ?? effectRefusal(effect) ?? unitsRefusal(plan, units);
  if (refused) return refused;
  const arms = planArms(plan, effect);
  return "noAnswer" in arms ? arms : testAt(plan, effect, arms, units);
}

/** Whole units of both arms when the control has `control`. */
function splitUnits({ treatmentShare = 0.5 }: Plan, control: number): ArmUnits {
  return { control, treatment: Math.max(2, Math.ceil((control * treatmentShare) / (1 - treatmentShare) - 1e-9)) };
}

/** Control units by the normal formula: (z_α/2 + z_power)²·(v per control unit)/effect². */
function firstGuess(plan: Plan, effect: number, arms: PlannedArms, power: number): number {
  const { treatmentShare = 0.5, confidence = CONFIDENCE } = plan;
  const { error } = foresee(plan, arms, { control: 1, treatment: treatmentShare / (1 - treatmentShare) });
  return ((normalQuantile((1 + confidence) / 2) + normalQuantile(power)) * (error / effect)) ** 2;
}

/**
 * The fewest units in each arm that see an effect with the power asked for.
 * @param effect the minimum effect on the plan's scale, below 0 for a fall
 * @param power between 0 and 1
 * @example one standard deviation with power .9 // 23 and 23 (R: power.t.test(power = .90, delta = 1), n 22.02110)
 */
export function planUnits(plan: Plan, effect: number, power = 0.8): PlannedTest | NoAnswer {
  const refused = refusal(plan) ?? powerRefusal(plan, power) ?? effectRefusal(effect);
  if (refused) return refused;
  const arms = planArms(plan, effect);
  if ("noAnswer" in arms) return arms;
  const guess = firstGuess(plan, effect, arms, power);
  if (!(guess < MOST_UNITS))
    return noAnswer(
      "unreachable",
      "effect",
      "No number of units that anybody has shows an effect so small: ask for a larger one.",
    );
  const reaches = (control: number) => testAt(plan, effect, arms, splitUnits(plan, control)).power >= power;
  // The smaller arm holds its least, so the control is counted up from there.
  const { treatmentShare = 0.5 } = plan;
  const least = Math.ceil(leastUnits(plan) * Math.max(1, (1 - treatmentShare) / treatmentShare) - 1e-9);
  if (reaches(least)) return testAt(plan, effect, arms, splitUnits(plan, least));
  let [low, high] = [least, Math.max(least + 1, Math.ceil(guess))];
  while (!reaches(high)) [low, high] = [high, Math.ceil(high * 1.1) + 2];
  // For one look the normal formula is short by a few units only.
  const near = Math.floor(guess * 0.95) - 2;
  if (near > low && !reaches(near)) low = near;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return testAt(plan, effect, arms, splitUnits(plan, high));
}

/** The largest effect there is room for: a share stays between 0 and 1. */
function roomFor({ baseline, scale }: Plan, direction: 1 | -1): number {
  if (!("share" in baseline)) return Number.POSITIVE_INFINITY;
  const room = direction > 0 ? 1 - baseline.share : baseline.share;
  // A hair inside, so that rounding does not step over the edge.
  return (scale === "relative" ? room / baseline.share : room) * (1 - 1e-12);
}

/**
 * The smallest effect that so many units see with the power asked for.
 * @param direction 1 for a rise, −1 for a fall: shares do not vary alike on both sides
 * @example 64 and 64 units, standard deviation 1, power .8 // .4991
 */
export function planEffect(plan: Plan, units: ArmUnits, power = 0.8, direction: 1 | -1 = 1): PlannedTest | NoAnswer {
  const refused = refusal(plan) ?? powerRefusal(plan, power) ?? unitsRefusal(plan, units);
  if (refused) return refused;
  const room = roomFor(plan, direction);
  const sees = (size: number) => {
    const found = planPower(plan, size * direction, units);
    return "noAnswer" in found ? found : found.power >= power;
  };
  const scale = planArms(plan, 0);
  if ("noAnswer" in scale) return scale;
  let [low, high] = [0, Math.min(room, foresee(plan, scale, units).error || room)];
  for (let seen = sees(high); seen !== true; seen = sees(high)) {
    if (typeof seen === "object") return seen;
    if (high >= room)
      return noAnswer(
        "unreachable",
        "units",
        "So few units see no effect that keeps the share between 0 and 1: more are needed.",
      );
    [low, high] = [high, Math.min(room, high * 2)];
  }
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (sees(middle) === true) high = middle;
    else low = middle;
  }
  return planPower(plan, high * direction, units);
}

/** How long it takes. */
export interface Duration {
  readonly days: number;
  /** Whole weeks, so that each weekday counts alike. */
  readonly weeks: number;
}

/**
 * Days until so many units have come, and the whole weeks that hold them.
 * @param units of both arms, such as control + treatment of `planUnits`
 * @param unitsPerDay new units a day that take part; those who come again do not count
 * @example planDuration(46, 10) // 5 days, 1 week
 */
export function planDuration(units: number, unitsPerDay: number): Duration | NoAnswer {
  if (!(unitsPerDay > 0 && Number.isFinite(unitsPerDay)))
    return noAnswer("out-of-range", "unitsPerDay", "Without units a day no experiment ends: give a number above 0.");
  if (!(units > 0 && Number.isFinite(units)))
    return noAnswer("out-of-range", "units", "The number of units is above 0.");
  const days = Math.ceil(units / unitsPerDay - 1e-9);
  return { days, weeks: Math.ceil(days / 7) };
}
