/**
 * The same customers in far fewer patterns, for a first look at a likelihood: times of like customers become their mean.
 * It is for finding where to start only; no reported number comes from it.
 */
import type { PurchasePatterns } from "./purchase-model.ts";

const AGES = 10;
/** How much wider each class of the time since the last purchase is than the one before it. */
const GROWTH = 2;

/**
 * Patterns with the same x, a like age (tenths of the oldest) and a like time since the last purchase (doubling from a
 * week), merged by their weighted means. Sums of customers, x and times stay as they are.
 */
export function coarsenPatterns(patterns: PurchasePatterns): PurchasePatterns {
  const { x, recency, age, customers, logGaps } = patterns;
  const oldest = age.reduce((a, b) => Math.max(a, b), 0);
  const cells = new Map<string, { x: number; customers: number; recency: number; age: number }>();
  for (let i = 0; i < x.length; i++) {
    const [n, t, T] = [customers[i] ?? 0, recency[i] ?? 0, age[i] ?? 0];
    const since = Math.round(Math.log1p(T - t) / Math.log(GROWTH));
    const key = `${x[i]} ${Math.floor((AGES * T) / (oldest || 1))} ${since}`;
    const cell = cells.get(key) ?? { x: x[i] ?? 0, customers: 0, recency: 0, age: 0 };
    if (cell.customers === 0) cells.set(key, cell);
    cell.customers += n;
    cell.recency += n * t;
    cell.age += n * T;
  }
  const merged = [...cells.values()];
  return {
    x: Float64Array.from(merged, (cell) => cell.x),
    recency: Float64Array.from(merged, (cell) => cell.recency / cell.customers),
    age: Float64Array.from(merged, (cell) => cell.age / cell.customers),
    customers: Float64Array.from(merged, (cell) => cell.customers),
    logGaps,
  };
}
