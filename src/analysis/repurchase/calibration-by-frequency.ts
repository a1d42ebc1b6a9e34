/**
 * Whether the forecast is right for rare and for frequent buyers: mean later purchases by purchases so far, expected and actual.
 * Totals over time are in tracking.ts.
 */
import { normalQuantile } from "../../stats/quantile.ts";
import type { RepurchaseReport } from "../repurchase-schema.ts";
import type { CutPatterns } from "./read-patterns.ts";

type FrequencyRow = RepurchaseReport["calibrationByFrequency"][number];

/** Repeat purchases that stand together at the upper end. */
const OR_MORE = 7;

/**
 * One row for each number of repeat purchases that a customer has. Interval of the actual mean: normal, at 95 %, not below 0.
 * Example: two customers without a repeat, who bought 0 and 2 later and of whom 0.5 each was expected → actual 1 [0, 2.96], expected .5.
 */
export function calibrateByFrequency(cut: CutPatterns, forecast: Float64Array): FrequencyRow[] {
  const { patterns, firstCount, later, having } = cut;
  const sums = Array.from({ length: OR_MORE + 1 }, () => ({ n: 0, y: 0, yy: 0, expected: 0 }));
  for (const [pattern, x] of patterns.x.entries()) {
    const sum = sums[Math.min(x, OR_MORE)] as (typeof sums)[number];
    sum.expected += (patterns.customers[pattern] as number) * (forecast[pattern] as number);
    for (let at = firstCount[pattern] as number; at < (firstCount[pattern + 1] as number); at++) {
      const count = having[at] as number;
      sum.n += count;
      sum.y += count * (later[at] as number);
      sum.yy += count * (later[at] as number) ** 2;
    }
  }
  return sums.flatMap(({ n, y, yy, expected }, frequency) => {
    if (n === 0) return [];
    const actual = y / n;
    // With one customer there is no spread to see: that of a Poisson count stands in.
    const variance = n > 1 ? Math.max(0, yy - n * actual ** 2) / (n - 1) : actual;
    const half = normalQuantile(0.975) * Math.sqrt(variance / n);
    return {
      ...{ frequency, orMore: frequency === OR_MORE, customers: n, actual },
      ...{ low: Math.max(0, actual - half), high: actual + half, expected: expected / n },
    };
  });
}
