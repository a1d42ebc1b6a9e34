/**
 * A cheap, even sample of customers to start a search from. What is fitted to it never is the answer: all customers are.
 */
import type { PurchasePatterns } from "./purchase-model.ts";

/** Σ customers. */
export function countCustomers({ customers }: PurchasePatterns): number {
  return customers.reduce((sum, value) => sum + value, 0);
}

/**
 * Every k-th customer in the order of the patterns, so that their spread is kept. Method: systematic sampling.
 * @param wanted how many customers; all patterns come back when there are no more than that
 * @example 10 customers of one pattern, 5 wanted // that pattern, with 5 customers
 */
export function sampleCustomers(patterns: PurchasePatterns, wanted: number): PurchasePatterns {
  const total = countCustomers(patterns);
  if (total <= wanted) return patterns;
  const step = total / wanted;
  const [rows, sizes]: [number[], number[]] = [[], []];
  let [seen, next] = [0, step / 2];
  for (let row = 0; row < patterns.customers.length; row++) {
    seen += patterns.customers[row] ?? 0;
    if (next >= seen) continue;
    const hits = Math.ceil((seen - next) / step);
    next += hits * step;
    rows.push(row);
    sizes.push(hits);
  }
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] ?? 0);
  const { x, recency, age } = patterns;
  return { x: pick(x), recency: pick(recency), age: pick(age), customers: Float64Array.from(sizes), logGaps: 0 };
}
