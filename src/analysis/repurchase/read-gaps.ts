/**
 * How long the gaps between purchase days are, and who came back after a long one, as lifecycle.ts needs it.
 * What a gap says of a single customer is decided there.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { EACH_STANDING, standingAliases } from "./customer-standing.ts";
import { meanGap, type UsualGaps } from "./lifecycle.ts";
import { PatternIndex } from "./pattern-index.ts";
import { ofOrderers, purchaseDayAliases } from "./purchase-days.ts";

/** Of the gaps that customers came back after, this share is not longer than a long one. */
const LONG_SHARE = 0.9;

/** The shortest number of days that nine in ten gaps do not exceed; 0 without a gap. */
function findLong(rows: readonly { readonly gap: number; readonly gaps: number }[]): number {
  const rising = rows.toSorted((a, b) => a.gap - b.gap);
  const needed = LONG_SHARE * rising.reduce((sum, { gaps }) => sum + gaps, 0);
  let passed = 0;
  for (const { gap, gaps } of rising) {
    passed += gaps;
    if (passed >= needed) return gap;
  }
  return 0;
}

/** Everybody's gaps between purchase days, weeks. Only gaps that ended are seen. */
export async function readUsualGaps(
  context: AnalysisContext,
  scope: JourneyScope,
  patterns: PurchasePatterns,
): Promise<UsualGaps> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const rows = await askFrame<{ gap: number; gaps: number }>(context, frame, {
    aliases: purchaseDayAliases(context, frame),
    each: "arrayPopFront(arrayDifference(purchaseDays)) AS gap",
    select: ["gap", "count() AS gaps"],
    where: ofOrderers(context, frame),
    groupBy: ["gap"],
  });
  return { mean: meanGap(patterns), long: findLong(rows) / 7 };
}

/**
 * By pattern, how many customers' last gap was longer than a long one.
 * @param end last day of the data, days since 1970
 */
export async function countAway(
  context: AnalysisContext,
  scope: JourneyScope,
  patterns: PurchasePatterns,
  end: number,
  gaps: UsualGaps,
): Promise<Float64Array> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const rows = await askFrame<{ key: string; customers: number }>(context, frame, {
    aliases: standingAliases(context, frame, end),
    each: EACH_STANDING,
    select: ["toString(standing.1) AS key", "count() AS customers"],
    where: [...ofOrderers(context, frame), `standing.2 > ${frame.bag.bind(Math.round(7 * gaps.long), "Int32")}`],
    groupBy: ["key"],
  });
  const index = new PatternIndex(patterns);
  const away = new Float64Array(patterns.x.length);
  for (const { key, customers } of rows) {
    const at = index.find(Number(key));
    if (at !== undefined) away[at] = customers;
  }
  return away;
}
