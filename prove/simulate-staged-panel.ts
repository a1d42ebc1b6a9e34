/**
 * Simulated panels for a staged design with a known effect: parallel trends hold, errors of a unit hang together over time.
 * What an estimator makes of them is judged in effect-staged.proof.ts.
 */
import { openRandom } from "../src/ingest/demo/random.ts";
import { normalQuantile } from "../src/stats/quantile.ts";
import { NEVER, type StagedPanel } from "../src/stats/staged-panel.ts";

export interface PanelPlan {
  readonly units: number;
  readonly periods: number;
  /** First treated period and its share of the units (or clusters); the rest is never treated. */
  readonly groups: readonly (readonly [firstTreated: number, share: number])[];
  /** Mean effect in the first treated period; it grows by as much in each further one. */
  readonly effect: number;
  /** Units a cluster; clusters, not units, get a first treated period and share shocks. */
  readonly clusterSize?: number;
  /** Spend: two thirds of the values are 0, the others log-normal; otherwise normal. */
  readonly skewed?: boolean;
}

/** Correlation of a unit's errors from one period to the next. */
const SERIAL = 0.6;
const REST = Math.sqrt(1 - SERIAL ** 2);
/** Of a unit's or cluster's own level, and of a unit's own effect around the mean one, as a share of it. */
const LEVEL_SPREAD = 2;
const EFFECT_SPREAD = 0.5;

type Draw = () => number;

function drawFirstTreated(uniform: number, groups: PanelPlan["groups"]): number {
  let below = 0;
  for (const [firstTreated, share] of groups) {
    below += share;
    if (uniform < below) return firstTreated;
  }
  return NEVER;
}

/** An autoregressive error of variance 1, one number a period. */
function drawErrors(normal: Draw, periods: number): Float64Array {
  const errors = new Float64Array(periods);
  let error = normal();
  for (let time = 0; time < periods; time++) {
    errors[time] = error;
    error = SERIAL * error + REST * normal();
  }
  return errors;
}

/** What all units have in common: trends are alike whatever the group. */
const trendOf = (time: number) => 0.3 * time + Math.sin(time);

/** @param run the same run gives the same panel */
export function simulateStagedPanel(plan: PanelPlan, run: number): StagedPanel {
  const { units, periods, groups, effect, clusterSize = 1, skewed = false } = plan;
  const random = openRandom("staged panel", run);
  const trend = Float64Array.from({ length: periods }, (_, at) => trendOf(at));
  const normal = () => normalQuantile(Math.max(random.next(), 2 ** -54));
  const values = new Float64Array(units * periods);
  const firstTreated = new Float64Array(units);
  let first = NEVER;
  let shared: Float64Array = new Float64Array(periods);
  for (let unit = 0; unit < units; unit++) {
    if (unit % clusterSize === 0) {
      first = drawFirstTreated(random.next(), groups);
      shared = clusterSize > 1 ? drawErrors(normal, periods) : shared;
    }
    firstTreated[unit] = first;
    const level = LEVEL_SPREAD * normal();
    const own = effect * (1 + EFFECT_SPREAD * normal());
    const errors = drawErrors(normal, periods);
    for (let at = 0; at < periods; at++) {
      const error = (errors[at] ?? 0) + (shared[at] ?? 0);
      const noise = skewed ? (error > 0.43 ? Math.exp(error) : 0) : level + error;
      const gained = at + 1 >= first ? own * (at + 2 - first) : 0;
      values[unit * periods + at] = noise + (trend[at] ?? 0) + gained;
    }
  }
  return {
    periods: Array.from({ length: periods }, (_, at) => at + 1),
    units,
    values,
    firstTreated,
    cluster: clusterSize > 1 ? Int32Array.from(firstTreated, (_, unit) => Math.floor(unit / clusterSize)) : null,
    notes: [],
  };
}

/** The true value of each aggregate: effect·(1 + periods since), averaged with the planned shares. */
export function trueAggregates({ periods, groups, effect }: PanelPlan) {
  const cells = groups.flatMap(([first, share]) =>
    Array.from({ length: periods - first + 1 }, (_, since) => ({ first, share, since, value: effect * (since + 1) })),
  );
  const mean = (of: readonly { share: number; value: number }[]) =>
    of.reduce((sum, { share, value }) => sum + share * value, 0) / of.reduce((sum, { share }) => sum + share, 0);
  const plainly = (keyOf: (cell: (typeof cells)[0]) => number) => {
    const keys = [...new Set(cells.map(keyOf))];
    return keys.reduce((sum, key) => sum + mean(cells.filter((cell) => keyOf(cell) === key)), 0) / keys.length;
  };
  return {
    simple: mean(cells),
    group: mean(groups.map(([first, share]) => ({ share, value: (effect * (periods - first + 2)) / 2 }))),
    study: plainly(({ since }) => since),
    period: plainly(({ first, since }) => first + since),
  };
}
