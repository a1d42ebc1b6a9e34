/**
 * Simulated single series with a known change: a trend, two seasonal waves, errors that follow the ones before, and counts that
 * vary more than by chance. What an estimator makes of them is judged in effect-series.proof.ts.
 */
import { openRandom } from "../src/ingest/demo/random.ts";
import { normalQuantile } from "../src/stats/quantile.ts";

export interface SeriesPlan {
  readonly kind: "counts" | "means";
  readonly rows: number;
  readonly before: number;
  /** Periods of a season; 0 for none. */
  readonly season: number;
  /** Correlation of an error with the one before. For counts it is the latent rate's, of which chance hides a part. */
  readonly serial: number;
  /** Counts: how many times the variance of Poisson counts. */
  readonly dispersion: number;
  /** Change from the first period after: of a mean, or of the logarithm of a rate. */
  readonly effect: number;
}

export interface SimulatedSeries {
  readonly values: Float64Array;
  /** What counts are taken over; grows a little. */
  readonly offset: Float64Array;
}

const LEVEL = 100;
const SPREAD = 10;
const TREND = 0.2;

type Draw = () => number;

/** Poisson counts. Method: products of uniforms in parts of at most 30 (Knuth), which add up. */
function drawPoisson(mean: number, uniform: Draw): number {
  let [left, count] = [mean, 0];
  while (left > 0) {
    const limit = Math.exp(-Math.min(left, 30));
    for (let product = uniform(); product > limit; product *= uniform()) count++;
    left -= 30;
  }
  return count;
}

/** The same plan and number give the same series. */
export function simulateSeries(plan: SeriesPlan, run: number): SimulatedSeries {
  const { kind, rows, before, season, serial, dispersion } = plan;
  const uniform = openRandom("interrupted series", kind, rows, before, season, serial, dispersion, run).next;
  const normal = () => normalQuantile(Math.max(1e-12, uniform()));
  const rest = Math.sqrt(1 - plan.serial ** 2);
  const values = new Float64Array(plan.rows);
  const offset = values.map((_, at) => 1 + (0.1 * at) / plan.rows);
  // Of a log-normal rate with this spread, counts vary `dispersion` times as much as by chance.
  const spread = Math.sqrt(Math.log(1 + (plan.dispersion - 1) / LEVEL));
  let error = normal();
  for (let at = 0; at < plan.rows; at++) {
    if (at > 0) error = plan.serial * error + rest * normal();
    const angle = plan.season > 0 ? (2 * Math.PI * (at + 1)) / plan.season : 0;
    const waves = plan.season > 0 ? 0.2 * Math.sin(angle) + 0.1 * Math.cos(2 * angle) : 0;
    const course = (TREND * at) / plan.rows + waves;
    const change = at >= plan.before ? plan.effect : 0;
    if (plan.kind === "means") values[at] = LEVEL * (1 + course) + change + SPREAD * error;
    else {
      const rate = LEVEL * (offset[at] ?? 1) * Math.exp(course + change);
      values[at] = drawPoisson(rate * Math.exp(spread * error - spread ** 2 / 2), uniform);
    }
  }
  return { values, offset };
}
