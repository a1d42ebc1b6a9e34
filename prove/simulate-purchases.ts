/**
 * Populations of customers who buy as a model says, first bought on any day of three years, and are recorded by the day.
 * Whether fits find back what was put in is for purchase-models.proof.ts.
 */
import type { PurchasePatterns } from "../src/stats/purchase/purchase-model.ts";
import { openSeededRandom } from "../src/stats/seeded-random.ts";

/** Days in which customers first buy; at the end of the last one observation ends. */
const SPAN = 1096;

export interface Draws {
  readonly uniform: () => number;
  readonly gamma: (shape: number) => number;
  readonly beta: (a: number, b: number) => number;
  readonly exponential: () => number;
}

export function openDraws(seed: number): Draws {
  const uniform = openSeededRandom(seed * 7919 + 13);
  const exponential = () => -Math.log(1 - uniform());
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  /** Marsaglia & Tsang (2000). */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const z = normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const beta = (a: number, b: number) => {
    const [one, other] = [gamma(a), gamma(b)];
    return one / (one + other);
  };
  return { uniform, gamma, beta, exponential };
}

/** One customer: the next gap in weeks, and whether they leave after a purchase (the `nth` repeat; 0 is the first one). */
export interface Buyer {
  readonly gap: () => number;
  readonly leaves: (nth: number) => boolean;
  /** Weeks after the first purchase at which they leave at the latest. */
  readonly until: number;
}

/** Day of the first purchase and of each later one, each day once. */
function recordDays(buyer: Buyer, start: number): number[] {
  const days = [Math.floor(start)];
  let now = start;
  for (let nth = 0; !buyer.leaves(nth); nth++) {
    now += 7 * buyer.gap();
    if (now >= SPAN || now > start + 7 * buyer.until) break;
    if (Math.floor(now) !== days.at(-1)) days.push(Math.floor(now));
  }
  return days;
}

/** @param last days before the end after which nobody new comes; 0 is up to the end, SPAN − 1 all on the first day */
export function simulatePopulation(
  customers: number,
  draws: Draws,
  open: (draws: Draws) => Buyer,
  last = 0,
): PurchasePatterns {
  const sizes = new Map<number, number>();
  let logGaps = 0;
  for (let at = 0; at < customers; at++) {
    const days = recordDays(open(draws), draws.uniform() * (SPAN - last));
    const [first = 0, end = 0] = [days[0], days.at(-1)];
    for (let index = 1; index < days.length; index++)
      logGaps += Math.log(((days[index] ?? 0) - (days[index - 1] ?? 0)) / 7);
    const key = ((days.length - 1) * 2048 + (end - first)) * 2048 + (SPAN - 1 - first);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const pick = (of: (key: number) => number) => Float64Array.from(sizes.keys(), of);
  return {
    x: pick((key) => Math.floor(key / 2048 ** 2)),
    recency: pick((key) => (Math.floor(key / 2048) % 2048) / 7),
    age: pick((key) => (key % 2048) / 7),
    customers: Float64Array.from(sizes.values()),
    logGaps,
  };
}
