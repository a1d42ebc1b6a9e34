/**
 * What customers spent on their purchase days, compressed: repeats with a value × mean spend, in steps of a fifth of a per cent.
 * What they will spend is expected in spend.ts.
 */
import type { SpendPatterns } from "../../stats/purchase/gamma-gamma.ts";
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { EACH_STANDING, standingAliases } from "./customer-standing.ts";
import { PatternIndex } from "./pattern-index.ts";
import { ofOrderers } from "./purchase-days.ts";

export interface SpendHistory {
  /** Customers with repeat purchase days that have a value; the first purchase day is left out, as it is from x. */
  readonly repeaters: SpendPatterns;
  /** In the workspace's currency: mean over all purchase days that have a value, first ones too; null where none has. */
  readonly mean: number | null;
  /** Of those purchase days: how many, and their variance over their squared mean. */
  readonly days: number;
  readonly relativeVariance: number;
}

/** Steps of the logarithm: means that differ by less than a fifth of a per cent are one, with their mean. */
const STEPS = 500;

interface Row {
  readonly repeats: number;
  readonly customers: number;
  readonly spent: number;
  readonly spentFirst: number;
  readonly pricedFirst: number;
  readonly squares: number;
}

/** @param end the last day of the data, days since 1970 */
export async function readSpend(context: AnalysisContext, scope: JourneyScope, end: number): Promise<SpendHistory> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const rows = await askFrame<Row>(context, frame, {
    aliases: standingAliases(context, frame, end),
    each: EACH_STANDING,
    select: [
      "standing.3 AS repeats",
      `if(repeats > 0, toInt32(round(${STEPS} * log(standing.4 / repeats))), 0) AS step`,
      "count() AS customers",
      "sum(standing.4) AS spent",
      "sum(standing.5) AS spentFirst",
      "countIf(standing.5 > 0) AS pricedFirst",
      "sum(standing.6) AS squares",
    ],
    where: ofOrderers(context, frame),
    groupBy: ["repeats", "step"],
    // Always in the same order: asked again, a fit is the same to the last digit.
    tail: "ORDER BY repeats, step",
  });
  const repeaters = rows.filter(({ repeats }) => repeats > 0);
  const money = rows.reduce((sum, { spent, spentFirst }) => sum + spent + spentFirst, 0);
  const days = rows.reduce((sum, { repeats, customers, pricedFirst }) => sum + repeats * customers + pricedFirst, 0);
  const squares = rows.reduce((sum, row) => sum + row.squares, 0);
  return {
    repeaters: {
      purchases: Float64Array.from(repeaters, ({ repeats }) => repeats),
      mean: Float64Array.from(repeaters, ({ spent, repeats, customers }) => spent / (repeats * customers)),
      customers: Float64Array.from(repeaters, ({ customers }) => customers),
    },
    mean: days === 0 ? null : money / days,
    days,
    relativeVariance: days === 0 ? 0 : Math.max(0, (squares * days) / money ** 2 - 1),
  };
}

/**
 * By pattern, what all its customers together spend a purchase day by the Gamma-Gamma model: expectedSpend
 * (stats/purchase/gamma-gamma.ts), summed where the customers are.
 */
export async function sumExpectedSpend(
  context: AnalysisContext,
  scope: JourneyScope,
  end: number,
  { p, q, v }: { readonly p: number; readonly q: number; readonly v: number },
  patterns: PurchasePatterns,
): Promise<Float64Array> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const { bag } = frame;
  const [shape, tail, scale] = [p, q - 1, v].map((value) => bag.bind(value, "Float64"));
  const aliases = [frame.aliases, ...standingAliases(context, frame, end)].join(",\n  ");
  const where = [frame.rows, "remaining > 0", ...ofOrderers(context, frame)].join(" AND ");
  const blocks = context.store.stream<{ patternKey: string; spend: number }>(
    `WITH ${aliases}
SELECT toString(standing.1) AS patternKey, sum(${shape} * (${scale} + standing.4) / (${shape} * standing.3 + ${tail})) AS spend
FROM ${frame.source} ARRAY JOIN ${EACH_STANDING} WHERE ${where} GROUP BY patternKey`,
    { params: bag.values, settings: ANALYSIS_SETTINGS },
  );
  const index = new PatternIndex(patterns);
  const sums = new Float64Array(patterns.x.length);
  for await (const block of blocks)
    for (const { patternKey, spend } of block) {
      const at = index.find(Number(patternKey));
      if (at !== undefined) sums[at] = spend;
    }
  return sums;
}
