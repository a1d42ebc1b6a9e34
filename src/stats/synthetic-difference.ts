/**
 * Synthetic difference-in-differences: what a change did to one unit, or to a few that changed together, beside a mix of
 * controls that moved alike before it. How far chance alone would go is in placebo-error.ts; staggered starts are another design.
 */
import type { BlockPanel } from "./block-panel.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { fitSyntheticWeights } from "./synthetic-weights.ts";

/** How strong the penalty is and when the search for weights ends; both in the unit of the values. */
export interface WeightTuning {
  /** ζ of the units. */
  readonly unitZeta: number;
  /** ζ of the periods: next to nothing, only to have one solution. */
  readonly timeZeta: number;
  readonly tolerance: number;
}

export interface SyntheticWeights {
  /** ω, one a control, adding up to one. */
  readonly unit: Float64Array;
  /** λ, one a period before the change, adding up to one. */
  readonly time: Float64Array;
}

export interface SyntheticDifference {
  /** Mean effect on a treated unit in a period after the change, in the unit of the values. */
  readonly estimate: number;
  readonly weights: SyntheticWeights;
  readonly tuning: WeightTuning;
  /** Mean of the treated units in each period. */
  readonly observed: Float64Array;
  /** What the mix of controls says it would have been, moved to the level of the treated; one a period. */
  readonly counterfactual: Float64Array;
  /** Root of the mean squared gap between the two before the change, once their mean gap is taken out. */
  readonly fitError: number;
}

const STOP = 1e-5;
const TIME_PENALTY = 1e-6;

/** Standard deviation of the controls' changes from period to period before the change: the noise σ̂ (equation 5). */
function noiseOf({ controls, before, periods, values }: BlockPanel): number {
  const changes: number[] = [];
  for (let unit = 0; unit < controls; unit++)
    for (let period = 1; period < before; period++) {
      const at = unit * periods.length + period;
      changes.push((values[at] ?? 0) - (values[at - 1] ?? 0));
    }
  const mean = changes.reduce((sum, one) => sum + one, 0) / changes.length;
  return Math.sqrt(changes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (changes.length - 1));
}

/** ζ = (treated · periods after)^¼·σ̂ for units and 10⁻⁶·σ̂ for periods, steps down to 10⁻⁵·σ̂. */
export function tuneWeights(panel: BlockPanel): WeightTuning {
  const noise = noiseOf(panel);
  const cells = (panel.units.length - panel.controls) * (panel.periods.length - panel.before);
  return { unitZeta: cells ** 0.25 * noise, timeZeta: TIME_PENALTY * noise, tolerance: STOP * noise };
}

/** Mean over the units from `first` to before `end`, or the mix of them with `weights`; one a period. */
function mixUnits({ values, periods }: BlockPanel, first: number, weights: Float64Array): Float64Array {
  const mixed = new Float64Array(periods.length);
  for (const [at, weight] of weights.entries())
    for (let period = 0; period < mixed.length; period++)
      mixed[period] = (mixed[period] ?? 0) + weight * (values[(first + at) * periods.length + period] ?? 0);
  return mixed;
}

const equalWeights = (width: number) => new Float64Array(width).fill(1 / width);

const treatedMean = (panel: BlockPanel) =>
  mixUnits(panel, panel.controls, equalWeights(panel.units.length - panel.controls));

function fitUnitWeights(panel: BlockPanel, { unitZeta: zeta, tolerance }: WeightTuning, start?: Float64Array) {
  const { controls: width, before, periods } = panel;
  const values = new Float64Array(before * width);
  for (let unit = 0; unit < width; unit++)
    for (let period = 0; period < before; period++)
      values[period * width + unit] = panel.values[unit * periods.length + period] ?? 0;
  const target = treatedMean(panel).subarray(0, before);
  return fitSyntheticWeights({ values, width, target, zeta, tolerance, ...(start ? { start } : {}) });
}

function fitTimeWeights(panel: BlockPanel, { timeZeta: zeta, tolerance }: WeightTuning, start?: Float64Array) {
  const { controls, before: width, periods } = panel;
  const [values, target] = [new Float64Array(controls * width), new Float64Array(controls)];
  for (let unit = 0; unit < controls; unit++) {
    const own = panel.values.subarray(unit * periods.length, (unit + 1) * periods.length);
    values.set(own.subarray(0, width), unit * width);
    target[unit] = own.subarray(width).reduce((sum, one) => sum + one, 0) / (periods.length - width);
  }
  return fitSyntheticWeights({ values, width, target, zeta, tolerance, ...(start ? { start } : {}) });
}

/** Σ of a's entries times weights. */
function weigh(a: Float64Array, weights: Float64Array): number {
  return weights.reduce((sum, weight, at) => sum + weight * (a[at] ?? 0), 0);
}

const meanOf = (a: Float64Array) => a.reduce((sum, one) => sum + one, 0) / a.length;

/**
 * The difference-in-differences with given weights: (treated − Σω·controls) after, less the same before, weighted by λ.
 * With ω = 1/controls and λ = 1/periods it is the plain difference-in-differences.
 */
export function compareWithMix(panel: BlockPanel, weights: SyntheticWeights): Omit<SyntheticDifference, "tuning"> {
  const { before } = panel;
  const observed = treatedMean(panel);
  const mix = mixUnits(panel, 0, weights.unit);
  const gap = observed.map((value, period) => value - (mix[period] ?? 0));
  const level = weigh(gap.subarray(0, before), weights.time);
  const counterfactual = mix.map((value) => value + level);
  const plain = meanOf(gap.subarray(0, before));
  const fitError = Math.sqrt(meanOf(gap.subarray(0, before).map((value) => (value - plain) ** 2)));
  return { estimate: meanOf(gap.subarray(before)) - level, weights, observed, counterfactual, fitError };
}

/** Difference-in-differences with equal weights, the naive comparison. */
export function estimatePlainDifference(panel: BlockPanel): number {
  const weights = { unit: equalWeights(panel.controls), time: equalWeights(panel.before) };
  return compareWithMix(panel, weights).estimate;
}

/** The same with weights fitted from `start`, and a tuning that was found elsewhere: one placebo. */
export function fitWithTuning(panel: BlockPanel, tuning: WeightTuning, start?: SyntheticWeights): SyntheticDifference {
  const time = fitTimeWeights(panel, tuning, start?.time);
  const unit = fitUnitWeights(panel, tuning, start?.unit);
  return { ...compareWithMix(panel, { unit, time }), tuning };
}

/**
 * The effect of the change on the treated units. Source: Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American
 * Economic Review 111, 4088–4118, algorithm 1, without covariates.
 * @returns no answer with fewer than two controls or three periods before the change (the noise has then no spread)
 * @example cigarettes a head in 39 states, California from 1989 // −15.604; equal weights −27.349
 */
export function estimateSyntheticDifference(panel: BlockPanel): SyntheticDifference | NoAnswer {
  if (panel.controls < 2)
    return noAnswer(
      "too-few",
      "unit",
      `There is ${panel.controls} unit to compare with: a mix needs at least 2, better 10.`,
    );
  if (panel.before < 3)
    return noAnswer(
      "too-few",
      "time",
      `There are ${panel.before} periods before the change: at least 3 are needed, better 8.`,
    );
  return fitWithTuning(panel, tuneWeights(panel));
}
