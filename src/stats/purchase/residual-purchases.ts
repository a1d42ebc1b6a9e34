/**
 * How many purchases are still to come from a customer, for ever, discounted to today, under any model.
 * Their worth is this times the mean value of an order; forecasts up to a date are the models' own `expected`.
 */
import type { Parameters, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

const WEEKS_A_YEAR = 365.25 / 7;
/** Weeks: from here on the looks ahead lie evenly in the logarithm of time. */
const NEAR = 4;
/** Discounted to e^−25, nothing is left. */
const FAR = 25;
/** Nodes and weights of 16-point Gauss-Legendre on [−1, 1], the positive half (Abramowitz & Stegun, table 25.4). */
const NODES = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
] as const;

/** Times ahead in weeks, and how much the expected purchases up to then count. */
function chooseLooks(perWeek: number): { weeks: number; weight: number }[] {
  const half = Math.log1p(FAR / perWeek / NEAR) / 2;
  return NODES.flatMap(([node, weight]) => [-node, node].map((at) => ({ at, weight }))).map(({ at, weight }) => {
    const later = Math.exp(half * (1 + at));
    const weeks = NEAR * (later - 1);
    return { weeks, weight: perWeek * Math.exp(-perWeek * weeks) * NEAR * later * half * weight };
  });
}

/**
 * Discounted expected residual purchases by pattern: ∫ e^−δt dE(t) over all t to come = δ ∫ e^−δt E(t) dt, E the model's
 * `expected`, δ = ln(1 + yearlyRate) a year. Method: Gauss-Legendre in the logarithm of time, 16 looks ahead; within 1e-4.
 * Source: Fader, Hardie & Lee (2005), "RFM and CLV: using iso-value curves", where the Pareto/NBD has a closed form.
 * @param yearlyRate above 0; throws RangeError else: without discount there need be no end
 * @example Pareto/NBD of CDNOW, x = 2, t_x = 30.43, T = 38.86, 10 % a year // 8.172
 */
export function discountResidualPurchases(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
  yearlyRate = 0.1,
): Float64Array {
  if (!(yearlyRate > 0)) throw new RangeError("A discount above 0 a year is required");
  const residual = new Float64Array(patterns.x.length);
  for (const { weeks, weight } of chooseLooks(Math.log1p(yearlyRate) / WEEKS_A_YEAR)) {
    const expected = model.expected(parameters, patterns, weeks);
    for (let i = 0; i < residual.length; i++) residual[i] = (residual[i] ?? 0) + weight * (expected[i] ?? 0);
  }
  return residual;
}
