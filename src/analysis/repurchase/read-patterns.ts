/**
 * The customers who had bought by a cut-off, compressed to patterns of their purchase days, with what each pattern bought
 * in the days after it. One aggregate a cut-off; which days are purchases is said by purchase-days.ts.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { GrowingColumn } from "./growing-column.ts";
import { ofPurchasers, purchaseDayAliases } from "./purchase-days.ts";

/** Days since 1970 in the workspace's zone, both inclusive: who bought by `end` counts, and their purchases in (end, until]. */
export interface CutOff {
  readonly end: number;
  readonly until: number;
}

/** Customers at a cut-off by pattern, and how many purchase days each had after it: the counts of pattern i are `firstCount[i]` … `firstCount[i + 1]` − 1. */
export interface CutPatterns {
  readonly cutOff: CutOff;
  readonly patterns: PurchasePatterns;
  readonly firstCount: Uint32Array;
  /** Purchase days in (end, until], and how many customers of the pattern had that many. */
  readonly later: Uint16Array;
  readonly having: Float64Array;
}

interface PatternRow {
  readonly x: number;
  readonly r: number;
  readonly a: number;
  readonly n: number;
  readonly g: number;
  readonly ys: readonly [readonly number[], readonly number[]];
}

/** From the distinct purchase days: repeats, recency and age in days, Σ ln(gap in weeks), days bought on after the end. */
function patternAliases(end: string, until: string): string[] {
  const gaps = "arrayMap(gap -> log(gap / 7), arrayPopFront(arrayDifference(until)))";
  // Mapping over a list of one names the days once: chained aliases would repeat the whole text on every shard.
  const tuple = `arrayMap(until -> (length(until) - 1, until[-1] - until[1], ${end} - until[1], arraySum(${gaps})),
    arrayFilter(until -> notEmpty(until), [arrayFilter(day -> day <= ${end}, purchaseDays)]))`;
  return [
    `${tuple} AS histories`,
    "histories[1] AS history",
    `toUInt16(arrayCount(day -> day > ${end} AND day <= ${until}, purchaseDays)) AS later`,
  ];
}

/**
 * Patterns of the customers in scope. Reads a block at a time into columns of numbers: memory grows with patterns, not customers.
 * Example: bought on days 100, 107 and 114, cut off at 107 until 120 → x 1, recency 1, age 1 (weeks), one purchase later.
 */
export async function readPatterns(
  context: AnalysisContext,
  scope: JourneyScope,
  cutOff: CutOff,
): Promise<CutPatterns> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const { bag } = frame;
  const aliases = [
    frame.aliases,
    ...purchaseDayAliases(context, frame),
    ...patternAliases(bag.bind(cutOff.end, "Int32"), bag.bind(cutOff.until, "Int32")),
  ];
  const where = [frame.rows, "remaining > 0", ...ofPurchasers(context, frame), "notEmpty(histories)"];
  const blocks = context.store.stream<PatternRow>(
    `WITH ${aliases.join(",\n  ")}
SELECT history.1 AS x, history.2 AS r, history.3 AS a, toFloat64(count()) AS n, sum(history.4) AS g, sumMap([later], [toUInt32(1)]) AS ys
FROM ${frame.source} WHERE ${where.join(" AND ")} GROUP BY x, r, a`,
    { params: bag.values, settings: ANALYSIS_SETTINGS },
  );
  return collectPatterns(blocks, cutOff);
}

async function collectPatterns(blocks: AsyncIterable<readonly PatternRow[]>, cutOff: CutOff): Promise<CutPatterns> {
  const columns = { x: Float64Array, recency: Float64Array, age: Float64Array, customers: Float64Array };
  const x = new GrowingColumn(columns.x);
  const recency = new GrowingColumn(columns.recency);
  const age = new GrowingColumn(columns.age);
  const customers = new GrowingColumn(columns.customers);
  const firstCount = new GrowingColumn(Uint32Array);
  const later = new GrowingColumn(Uint16Array);
  const having = new GrowingColumn(Float64Array);
  let logGaps = 0;
  for await (const block of blocks)
    for (const row of block) {
      x.push(row.x);
      recency.push(row.r / 7);
      age.push(row.a / 7);
      customers.push(row.n);
      logGaps += row.g;
      firstCount.push(later.length);
      for (const count of row.ys[0]) later.push(count);
      for (const count of row.ys[1]) having.push(Number(count));
    }
  firstCount.push(later.length);
  const patterns = {
    ...{ x: x.toArray(), recency: recency.toArray(), age: age.toArray(), customers: customers.toArray() },
    logGaps,
  };
  return {
    cutOff,
    patterns,
    firstCount: firstCount.toArray(),
    later: later.toArray(),
    having: having.toArray(),
  };
}
