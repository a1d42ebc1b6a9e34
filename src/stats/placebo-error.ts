/**
 * How far a synthetic difference goes by chance alone: the same estimate with controls in the place of the treated units.
 * It needs controls that vary as the treated do; it cannot see a shock that hit the treated alone.
 */
import type { BlockPanel } from "./block-panel.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { fitWithTuning, type SyntheticDifference } from "./synthetic-difference.ts";

export interface Placebos {
  /** Standard error of the estimate. */
  readonly error: number;
  /** Estimates where nothing happened, one a placebo. */
  readonly estimates: Float64Array;
  /** Placebos' own misfits before the change, to hold the treated units' beside. */
  readonly fitErrors: Float64Array;
  /** Standard error of the effect in each period, for the band around the counterfactual. */
  readonly periodErrors: Float64Array;
  /** Every control stood in once (nothing was drawn), or so many random choices of controls. */
  readonly exhaustive: boolean;
}

/** Random choices of controls, as in the reference implementation. */
const REPLICATIONS = 200;

/** The panel of `order`'s controls alone, its last `treated` ones in the place of the treated. */
function pretend(
  { units, periods, before, values }: BlockPanel,
  order: readonly number[],
  treated: number,
): BlockPanel {
  const width = periods.length;
  const moved = new Float64Array(order.length * width);
  for (const [to, from] of order.entries()) moved.set(values.subarray(from * width, (from + 1) * width), to * width);
  return {
    units: order.map((at) => units[at] ?? ""),
    periods,
    before,
    controls: order.length - treated,
    values: moved,
  };
}

/** A random order of 0 … n − 1. Method: Fisher and Yates. */
function shuffle(n: number, random: () => number): number[] {
  const order = Array.from({ length: n }, (_, at) => at);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** With one treated unit and few controls each control stands in once: the limit of the random choices, without the dice. */
function listOrders(controls: number, treated: number, replications: number, random: () => number) {
  const all = Array.from({ length: controls }, (_, at) => at);
  if (treated > 1 || controls > replications)
    return { exhaustive: false, orders: Array.from({ length: replications }, () => shuffle(controls, random)) };
  return { exhaustive: true, orders: all.map((last) => [...all.filter((at) => at !== last), last]) };
}

/** The starting weights of a placebo: the treated units' own, without the controls that stand in for them. */
function startWeights(weights: Float64Array, order: readonly number[], treated: number): Float64Array {
  const kept = Float64Array.from(order.slice(0, order.length - treated), (at) => weights[at] ?? 0);
  const sum = kept.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? kept.map((weight) => weight / sum) : kept.fill(1 / kept.length);
}

/** Standard deviation with the divisor n, as the reference has it. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
}

/**
 * Source: Arkhangelsky et al. (2021), American Economic Review 111, 4088–4118, algorithm 4; penalties, stopping rule and
 * starting weights are those of the estimate, as in the authors' R package synthdid.
 * @param random a seeded generator in [0, 1); used only with several treated units, or more controls than `replications`
 * @returns no answer when there are not more controls than treated units, or fewer than three controls
 * @example cigarettes a head in 39 states, California from 1989 // about 8.4
 */
export function estimatePlaceboError(
  panel: BlockPanel,
  found: SyntheticDifference,
  random: () => number,
  replications = REPLICATIONS,
): Placebos | NoAnswer {
  const treated = panel.units.length - panel.controls;
  const required = Math.max(3, treated + 2);
  if (panel.controls < required) {
    const reason = `${panel.controls} controls cannot stand in for ${treated} treated: an error needs at least ${required}.`;
    return noAnswer("too-few", "unit", reason);
  }
  const { orders, exhaustive } = listOrders(panel.controls, treated, replications, random);
  const fits = orders.map((order) => {
    const start = { time: found.weights.time, unit: startWeights(found.weights.unit, order, treated) };
    return fitWithTuning(pretend(panel, order, treated), found.tuning, start);
  });
  const gapAt = (fit: SyntheticDifference, period: number) =>
    (fit.observed[period] ?? 0) - (fit.counterfactual[period] ?? 0);
  const error = spread(fits.map(({ estimate }) => estimate));
  if (!(error > 1e-12 * Math.max(...panel.values.map(Math.abs))))
    return noAnswer("no-variation", "value", "The controls do not vary: there is no chance to judge the change by.");
  return {
    error,
    estimates: Float64Array.from(fits, ({ estimate }) => estimate),
    fitErrors: Float64Array.from(fits, ({ fitError }) => fitError),
    periodErrors: Float64Array.from(panel.periods, (_, period) => spread(fits.map((fit) => gapAt(fit, period)))),
    exhaustive,
  };
}
