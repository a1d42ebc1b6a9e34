/**
 * Purchase patterns for tests, written in whole days.
 * It checks nothing itself.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";

/** Repeats, recency and age in days, customers. */
type Row = readonly [x: number, recencyDays: number, ageDays: number, customers: number];

/** Without logGaps. */
export function patternsOf(rows: readonly Row[]): PurchasePatterns {
  const column = (read: (row: Row) => number) => Float64Array.from(rows, read);
  return {
    x: column(([x]) => x),
    recency: column(([, days]) => days / 7),
    age: column(([, , days]) => days / 7),
    customers: column(([, , , customers]) => customers),
    logGaps: 0,
  };
}
