/**
 * The customers who had bought by a cut-off, compressed to patterns of their purchase days, with what each pattern bought
 * in the days after it. One aggregate a cut-off; which days are purchases is said by purchase-days.ts.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { GrowingColumn } from "./growing-column.ts";
import { ofOrderers, purchaseDayAliases } from "./purchase-days.ts";

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
  readonly pattern: readonly [x: number, recencyDays: number, ageDays: number];
  readonly members: number;
  readonly gaps: number;
  readonly counts: readonly [later: readonly number[], having: readonly number[]];
}

/**
 * `histories` of one customer, none or one: the pattern (repeats, recency and age in days), Σ ln(gap in weeks), days bought on after the end.
 * Mapping and joining over a list of one names the days once and drops who had not bought by the end: chained aliases would
 * repeat their whole text, on every shard.
 */
function historyAliases(end: string, until: string): string[] {
  const cut = `(arrayFilter(day -> day <= ${end}, days), arrayCount(day -> day <= ${until}, days))`;
  const pattern = `(toUInt32(length(cut.1) - 1), cut.1[-1] - cut.1[1], ${end} - cut.1[1])`;
  const gaps = "arraySum(arrayMap(gap -> log(gap / 7), arrayPopFront(arrayDifference(cut.1))))";
  return [
    `arrayMap(cut -> (${pattern}, ${gaps}, toUInt16(cut.2 - length(cut.1))),
    arrayFilter(cut -> notEmpty(cut.1), arrayMap(days -> ${cut}, [purchaseDays]))) AS histories`,
  ];
}

/**
 * Patterns of the customers in scope, always in the same order: asked again, fits are the same to the last digit.
 * Reads a block at a time into columns of numbers: memory grows with patterns, not customers.
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
    ...historyAliases(bag.bind(cutOff.end, "Int32"), bag.bind(cutOff.until, "Int32")),
  ];
  const blocks = context.store.stream<PatternRow>(
    `WITH ${aliases.join(",\n  ")}
SELECT history.1 AS pattern, toFloat64(count()) AS members, sum(history.2) AS gaps, sumMap([history.3], [toUInt32(1)]) AS counts
FROM ${frame.source} ARRAY JOIN histories AS history
WHERE ${[frame.rows, "remaining > 0", ...ofOrderers(context, frame)].join(" AND ")} GROUP BY pattern
ORDER BY pattern`,
    { params: bag.values, settings: ANALYSIS_SETTINGS },
  );
  return collectPatterns(blocks, cutOff);
}

type Column = GrowingColumn<Float64Array>;
type Columns = [x: Column, recency: Column, age: Column, customers: Column];

async function collectPatterns(blocks: AsyncIterable<readonly PatternRow[]>, cutOff: CutOff): Promise<CutPatterns> {
  const [x, recency, age, customers] = [0, 1, 2, 3].map(() => new GrowingColumn(Float64Array)) as Columns;
  const firstCount = new GrowingColumn(Uint32Array);
  const later = new GrowingColumn(Uint16Array);
  const having = new GrowingColumn(Float64Array);
  let logGaps = 0;
  for await (const block of blocks)
    for (const row of block) {
      x.push(row.pattern[0]);
      recency.push(row.pattern[1] / 7);
      age.push(row.pattern[2] / 7);
      customers.push(row.members);
      logGaps += row.gaps;
      firstCount.push(later.length);
      for (const count of row.counts[0]) later.push(count);
      for (const count of row.counts[1]) having.push(Number(count));
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
