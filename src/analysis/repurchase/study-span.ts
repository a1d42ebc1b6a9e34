/**
 * From when to when a study looks: the first purchase day, the end of the calibration and the end of the data; and the weeks between.
 * Who bought what in them is read elsewhere.
 */
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { findLastDay } from "./last-day.ts";
import { ofOrderers, purchaseDayAliases } from "./purchase-days.ts";

/** Day numbers since 1970 in the workspace's zone. The calibration is [first, calibrationEnd], the hold-out (calibrationEnd, end]. */
export interface StudySpan {
  /** First purchase day of anybody in scope. */
  readonly first: number;
  readonly calibrationEnd: number;
  /** Calendar day of the last event of the workspace, the end of observation. */
  readonly end: number;
  readonly horizonDays: number;
}

interface SpanRow {
  readonly first: number;
  readonly buyers: number;
}

const LONGEST_HOLDOUT_DAYS = 39 * 7;
const SHORTEST_DAYS = 14;

/** A third in whole weeks: 39 weeks of 78 would leave as much to learn from as to test on, 39 of 117 and more are enough. */
function defaultHoldout(days: number): number {
  return Math.min(LONGEST_HOLDOUT_DAYS, 7 * Math.floor(days / 3 / 7));
}

/**
 * Null without an order of a known customer, when the data are shorter than two weeks, or when the hold-out leaves no day before it.
 * Example: orders from day 1,000, data to day 1,546, no hold-out asked for → a third of 546 days, 182: calibration to day 1,364.
 */
export async function readStudySpan(
  context: AnalysisContext,
  scope: JourneyScope,
  {
    holdoutDays,
    horizonDays,
  }: { readonly holdoutDays?: number | undefined; readonly horizonDays?: number | undefined },
): Promise<StudySpan | null> {
  const end = await findLastDay(context);
  if (end === null) return null;
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const [row] = await askFrame<SpanRow>(context, frame, {
    aliases: [...purchaseDayAliases(context, frame), "arrayJoin(arraySlice(purchaseDays, 1, 1)) AS firstDay"],
    select: ["min(firstDay) AS first", "count() AS buyers"],
    where: ofOrderers(context, frame),
  });
  if (!row || Number(row.buyers) === 0) return null;
  const { first } = row;
  const held = holdoutDays ?? defaultHoldout(end - first);
  const calibrationEnd = end - held;
  if (end - first < SHORTEST_DAYS || held === 0 || calibrationEnd < first) return null;
  return { first, calibrationEnd, end, horizonDays: horizonDays ?? held };
}

/** What a purchase day is: the first of a customer of the calibration, a later one, or one of somebody who came after it. */
const KINDS = ["firsts", "repeats", "others"] as const;

interface WeekRow {
  readonly purchase: readonly [week: number, kind: number];
  readonly counted: string;
}

/** Seven days that end with `end`, or with a whole number of weeks before or after the end of the calibration. */
export interface PurchaseWeek {
  /** First and last day of the week, day numbers; the first and last weeks may be cut short by the data. */
  readonly from: number;
  readonly to: number;
  /** First purchase days of customers first seen by the end of the calibration; their further purchase days; everybody else's. */
  readonly firsts: number;
  readonly repeats: number;
  readonly others: number;
}

/** Purchase days by week from the first to the last, weeks counted from the end of the calibration, none left out. */
export async function readPurchaseWeeks(
  context: AnalysisContext,
  scope: JourneyScope,
  { first, calibrationEnd, end }: StudySpan,
): Promise<PurchaseWeek[]> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const border = frame.bag.bind(calibrationEnd, "Int32");
  // Mapping over a list of one names the days once: an alias repeats its whole text, on every shard.
  const purchase = `(toInt32(floor((day - ${border} - 1) / 7)), multiIf(NOT early, 2, nth > 1, 1, 0))`;
  const early = `arrayWithConstant(length(days), days[1] <= ${border})`;
  const rows = await askFrame<WeekRow>(context, frame, {
    aliases: [
      ...purchaseDayAliases(context, frame),
      `arrayJoin(arrayMap(days -> arrayMap((day, nth, early) -> ${purchase}, days, arrayEnumerate(days), ${early}), [purchaseDays])[1]) AS purchase`,
    ],
    select: ["purchase", "toString(count()) AS counted"],
    where: ofOrderers(context, frame),
    groupBy: ["purchase"],
  });
  const counts = new Map(
    rows.map(({ purchase: [week, kind], counted }) => [`${week} ${KINDS[kind]}`, Number(counted)]),
  );
  const weekOf = (day: number) => Math.floor((day - calibrationEnd - 1) / 7);
  const weeks: PurchaseWeek[] = [];
  for (let week = weekOf(first); week <= weekOf(end); week++) {
    const from = calibrationEnd + 1 + 7 * week;
    const count = (kind: (typeof KINDS)[number]) => counts.get(`${week} ${kind}`) ?? 0;
    weeks.push({
      ...{ from: Math.max(from, first), to: Math.min(from + 6, end) },
      ...{ firsts: count("firsts"), repeats: count("repeats"), others: count("others") },
    });
  }
  return weeks;
}
