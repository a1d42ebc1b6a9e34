/**
 * What the usual methods say of the same journeys: odds ratios, the top ten, a regression on touched flags, Markov removal.
 * They are here to be compared with (`waymark verify`); nothing in the product claims anything by them.
 */
import { adjustForMany } from "../stats/benjamini-hochberg.ts";
import { invertMatrix } from "../stats/invert-matrix.ts";
import { studentQuantile } from "../stats/quantile.ts";
import { incompleteBeta } from "../stats/special-functions.ts";
import type { AnalysisContext } from "./context.ts";
import { type Attempts, PLACES, readAttempts } from "./naive-attempts.ts";

export const NAIVE_METHODS = ["odds-ratio", "top-k", "regression", "markov"] as const;
export type NaiveMethod = (typeof NAIVE_METHODS)[number];

/** What a method says of one touchpoint. */
export interface NaiveClaim {
  readonly touchpoint: string;
  readonly claimed: boolean;
  /** Its size, in the method's own unit: a log odds ratio, a difference of shares, a share of the orders. */
  readonly effect: number;
  /** 95 % interval of a difference of shares; null for methods that have none. */
  readonly low: number | null;
  readonly high: number | null;
}

const FALSE_DISCOVERIES = 0.05;
const TOP = 10;
const TOP_REMOVED = 8;

interface Tested {
  readonly id: number;
  readonly effect: number;
  readonly error: number;
  readonly p: number;
}

/** Two-sided, by Student's t. */
function twoSided(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** Log odds ratio of the outcome with and without the touch; ½ is added to each count (Haldane 1956). */
function testOdds({ count, orders, pairs }: Attempts): Tested[] {
  return [...pairs.keys()].map((id) => {
    const both = pairs.get(id)?.get(id) ?? { attempts: 0, orders: 0 };
    const cells = [both.orders, both.attempts - both.orders, orders - both.orders];
    const [a, b, c] = cells.map((cell) => cell + 0.5) as [number, number, number];
    const d = count - orders - (both.attempts - both.orders) + 0.5;
    const effect = Math.log((a * d) / (b * c));
    const error = Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
    return { id, effect, error, p: twoSided(effect / error, count - 2) };
  });
}

/** Ordinary least squares of the outcome on a flag for each touch; flags that are always on have no coefficient. */
function testFlags({ count, orders, pairs }: Attempts): Tested[] {
  const ids = [...pairs.keys()].filter((id) => (pairs.get(id)?.get(id)?.attempts ?? 0) < count);
  const width = ids.length + 1;
  const squares = new Float64Array(width * width);
  const products = new Float64Array(width);
  squares[0] = count;
  products[0] = orders;
  for (const [i, a] of ids.entries()) {
    const own = pairs.get(a);
    products[i + 1] = own?.get(a)?.orders ?? 0;
    squares[i + 1] = own?.get(a)?.attempts ?? 0;
    squares[(i + 1) * width] = squares[i + 1] ?? 0;
    for (const [j, b] of ids.entries()) squares[(i + 1) * width + j + 1] = own?.get(b)?.attempts ?? 0;
  }
  const inverse = invertMatrix(squares, width);
  if (!inverse || count <= width) return [];
  const coefficient = (row: number) =>
    products.reduce((sum, product, at) => sum + (inverse[row * width + at] ?? 0) * product, 0);
  const coefficients = Array.from({ length: width }, (_, row) => coefficient(row));
  // With y of 0 and 1, Σy² = Σy.
  const explained = coefficients.reduce((sum, value, at) => sum + value * (products[at] ?? 0), 0);
  const variance = (orders - explained) / (count - width);
  return ids.map((id, at) => {
    const effect = coefficients[at + 1] ?? 0;
    const error = Math.sqrt(variance * (inverse[(at + 1) * width + at + 1] ?? 0));
    return { id, effect, error, p: twoSided(effect / error, count - width) };
  });
}

/**
 * Share of the orders whose paths pass a touch, in the Markov chain of the touches (Anderl et al. 2016): N = (I − Q)⁻¹,
 * P(pass k) = N_sk / N_kk, times P(order | k), over P(order | start).
 */
function rankByRemoval({ transitions, pairs }: Attempts): { readonly id: number; readonly effect: number }[] {
  const ids = [PLACES.start, ...pairs.keys()];
  const place = new Map(ids.map((id, at) => [id, at]));
  const width = ids.length;
  const flow = new Float64Array(width * width);
  const leaving = new Float64Array(width);
  const ordering = new Float64Array(width);
  for (const { from, to, count } of transitions) {
    const row = place.get(from) ?? PLACES.start;
    leaving[row] = (leaving[row] ?? 0) + count;
    const column = to > 0 ? place.get(to) : undefined;
    if (to === PLACES.ordered) ordering[row] = (ordering[row] ?? 0) + count;
    if (column !== undefined) flow[row * width + column] = (flow[row * width + column] ?? 0) + count;
  }
  const chain = flow.map((value, at) => {
    const row = Math.floor(at / width);
    return (row === at % width ? 1 : 0) - value / (leaving[row] || 1);
  });
  const visits = invertMatrix(chain, width);
  if (!visits) return [];
  const reach = (row: number) =>
    ordering.reduce((sum, count, at) => sum + ((visits[row * width + at] ?? 0) * count) / (leaving[at] || 1), 0);
  const all = reach(0);
  return ids.slice(1).map((id, nth) => {
    const at = nth + 1;
    const passes = (visits[at] ?? 0) / (visits[at * width + at] ?? 1);
    return { id, effect: all > 0 ? (passes * reach(at)) / all : 0 };
  });
}

function claimBySignificance(tests: readonly Tested[]): Set<number> {
  const adjusted = adjustForMany(tests.map(({ p }) => p));
  return new Set(tests.flatMap(({ id }, at) => ((adjusted[at] ?? 1) <= FALSE_DISCOVERIES ? [id] : [])));
}

function largest(tests: readonly { readonly id: number; readonly effect: number }[], count: number): number[] {
  return tests
    .toSorted((a, b) => b.effect - a.effect)
    .slice(0, count)
    .map(({ id }) => id);
}

/**
 * Asks each of the usual methods about every touchpoint of the `life` journeys.
 * An attempt ends with the outcome, or with a pause longer than the window.
 */
export async function analyzeNaiveMoments(
  context: AnalysisContext,
  { outcome, withinMs }: { readonly outcome: string; readonly withinMs: number },
): Promise<Record<NaiveMethod, NaiveClaim[]>> {
  const attempts = await readAttempts(context, outcome, withinMs);
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  const odds = testOdds(attempts);
  const flags = testFlags(attempts);
  const removal = rankByRemoval(attempts);
  const reach = studentQuantile(0.975, Math.max(1, attempts.count - flags.length - 1));
  const describe = (tests: readonly { id: number; effect: number; error?: number }[], claimed: ReadonlySet<number>) =>
    tests.map(({ id, effect, error }): NaiveClaim => {
      const half = error === undefined ? null : reach * error;
      const [low, high] = half === null ? [null, null] : [effect - half, effect + half];
      return { touchpoint: names.get(id) ?? "", claimed: claimed.has(id), effect, low, high };
    });
  const ranked = odds.map(({ id, effect }) => ({ id, effect }));
  const ends = [
    ...largest(ranked, TOP),
    ...largest(
      ranked.map(({ id, effect }) => ({ id, effect: -effect })),
      TOP,
    ),
  ];
  return {
    "odds-ratio": describe(ranked, claimBySignificance(odds)),
    "top-k": describe(ranked, new Set(ends)),
    regression: describe(flags, claimBySignificance(flags)),
    markov: describe(removal, new Set(largest(removal, TOP_REMOVED))),
  };
}
