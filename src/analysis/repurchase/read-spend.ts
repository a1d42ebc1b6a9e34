/**
 * What customers spend a purchase day, compressed: repeats with a value × mean spend, in steps of a fifth of a per cent.
 * What one customer will spend is expected in spend.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { standingAliases } from "./customer-standing.ts";
import { ofPurchasers } from "./purchase-days.ts";

/** Customers with as many repeat purchase days that have a value, and nearly the same mean of them: parallel columns. */
export interface SpendPatterns {
  /** ≥ 1. */
  readonly x: Float64Array;
  /** Mean spend of a repeat purchase day, in the workspace's currency, > 0. */
  readonly mean: Float64Array;
  readonly customers: Float64Array;
}

export interface SpendHistory {
  readonly repeaters: SpendPatterns;
  /** Mean over all purchase days that have a value, first ones too; null where none has. */
  readonly mean: number | null;
}

/** Steps of the logarithm: means that differ by less than a fifth of a per cent are one, with their mean. */
const STEPS = 500;

interface Row {
  readonly repeats: number;
  readonly customers: number;
  readonly spent: number;
  readonly spentFirst: number;
  readonly pricedFirst: number;
}

/** @param end last day of the data, days since 1970 */
export async function readSpend(context: AnalysisContext, scope: JourneyScope, end: number): Promise<SpendHistory> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const rows = await askFrame<Row>(context, frame, {
    aliases: standingAliases(context, frame, end),
    select: [
      "standing.3 AS repeats",
      `if(repeats > 0, toInt32(round(${STEPS} * log(standing.4 / repeats))), 0) AS step`,
      "count() AS customers",
      "sum(standing.4) AS spent",
      "sum(standing.5) AS spentFirst",
      "countIf(standing.5 > 0) AS pricedFirst",
    ],
    where: ofPurchasers(context, frame),
    groupBy: ["repeats", "step"],
  });
  const repeaters = rows.filter(({ repeats }) => repeats > 0);
  const money = rows.reduce((sum, { spent, spentFirst }) => sum + spent + spentFirst, 0);
  const days = rows.reduce((sum, { repeats, customers, pricedFirst }) => sum + repeats * customers + pricedFirst, 0);
  return {
    repeaters: {
      x: Float64Array.from(repeaters, ({ repeats }) => repeats),
      mean: Float64Array.from(repeaters, ({ spent, repeats, customers }) => spent / (repeats * customers)),
      customers: Float64Array.from(repeaters, ({ customers }) => customers),
    },
    mean: days === 0 ? null : money / days,
  };
}
