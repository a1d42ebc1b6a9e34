/**
 * Simulated panels of units that move by common factors, some more and some less, with one or a few units that change:
 * no two trends are parallel. What an estimator makes of them is judged in effect-series.proof.ts.
 */
import { openRandom } from "../src/ingest/demo/random.ts";
import type { BlockPanel } from "../src/stats/block-panel.ts";
import { normalQuantile } from "../src/stats/quantile.ts";

export interface FactorPlan {
  readonly controls: number;
  readonly treated: number;
  readonly before: number;
  readonly after: number;
  /** Added to treated units in each period after the change. */
  readonly effect: number;
}

const FACTORS = 2;
const FACTOR_SERIAL = 0.8;
const ERROR_SERIAL = 0.3;
const LEVEL_SPREAD = 5;

/** An autoregressive course of variance 1. */
function drawCourse(length: number, serial: number, normal: () => number): Float64Array {
  let value = normal();
  return Float64Array.from({ length }, (_, at) => {
    if (at > 0) value = serial * value + Math.sqrt(1 - serial ** 2) * normal();
    return value;
  });
}

/** The same plan and number give the same panel. */
export function simulateFactorPanel(plan: FactorPlan, run: number): BlockPanel {
  const uniform = openRandom("factor panel", plan.controls, plan.treated, plan.before, plan.after, run).next;
  const normal = () => normalQuantile(Math.max(1e-12, uniform()));
  const [units, width] = [plan.controls + plan.treated, plan.before + plan.after];
  const factors = Array.from({ length: FACTORS }, () => drawCourse(width, FACTOR_SERIAL, normal));
  const common = drawCourse(width, FACTOR_SERIAL, normal).map((value, at) => 2 * value + 0.2 * at);
  const values = new Float64Array(units * width);
  for (let unit = 0; unit < units; unit++) {
    const level = LEVEL_SPREAD * normal();
    const loadings = factors.map(() => normal());
    const errors = drawCourse(width, ERROR_SERIAL, normal);
    for (let at = 0; at < width; at++) {
      const moved = factors.reduce((sum, factor, k) => sum + (loadings[k] ?? 0) * (factor[at] ?? 0), 0);
      const change = unit >= plan.controls && at >= plan.before ? plan.effect : 0;
      values[unit * width + at] = level + (common[at] ?? 0) + moved + (errors[at] ?? 0) + change;
    }
  }
  return {
    units: Array.from({ length: units }, (_, unit) => `unit ${unit + 1}`),
    periods: Array.from({ length: width }, (_, at) => at + 1),
    controls: plan.controls,
    before: plan.before,
    values,
  };
}
