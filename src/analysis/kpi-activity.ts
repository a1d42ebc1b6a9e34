/**
 * Stickiness: on an average day, which share of the month's active customers is there?
 * Retention by cohort is in retention.ts.
 */
import { jackknifeInterval } from "../stats/clustered.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, dayNumber } from "./kpi-frame.ts";
import { type Kpi, missingKpi } from "./kpi-report.ts";

/** A "month" is the day itself and the 29 before it. */
const MONTH_DAYS = 30;

interface ActivityRow {
  readonly bucket: number;
  readonly day: number;
  /** Customers active on this day. */
  readonly active: number;
  /** Change, on this day, of the number of customers active within the last 30 days. */
  readonly change: number;
}

/**
 * Each customer's active days become runs: a run opens on a day without activity in the 29 before it
 * and closes 30 days after its last. Sums of these changes are the month's actives, without comparing days pairwise.
 */
async function readActivity(context: AnalysisContext, frame: JourneyFrame): Promise<ActivityRow[]> {
  const month = frame.bag.bind(MONTH_DAYS, "Int32");
  return askFrame<ActivityRow>(context, frame, {
    aliases: [
      `arrayCompact(arrayMap(ms -> ${dayNumber(context, frame, "ms")}, at)) AS activeDays`,
      "arrayDifference(activeDays) AS gaps",
      `arrayMap((gap, nth) -> toInt8(nth = 1 OR gap >= ${month}), gaps, arrayEnumerate(gaps)) AS opens`,
      "arrayPushBack(arrayPopFront(opens), toInt8(1)) AS closes",
      `arrayConcat(arrayMap((day, open) -> (day, toInt8(1), open), activeDays, opens),
    arrayMap(day -> (toInt32(day + ${month}), toInt8(0), toInt8(-1)), arrayFilter((day, last) -> last = 1, activeDays, closes))) AS changes`,
      "arrayJoin(changes) AS oneChange",
    ],
    select: [`${BUCKET} AS bucket`, "oneChange.1 AS day", "sum(oneChange.2) AS active", "sum(oneChange.3) AS change"],
    groupBy: ["bucket", "day"],
  });
}

/** Per day of the period: active that day and within the month, of everybody or of one bucket. */
interface DailyCounts {
  readonly daily: Float64Array;
  readonly monthly: Float64Array;
}

function countDays(rows: readonly ActivityRow[], first: number, days: number): DailyCounts {
  const daily = new Float64Array(days);
  const monthly = new Float64Array(days);
  for (const { day, active, change } of rows) {
    // Runs that close after the last day are still open on it.
    if (day - first >= days) continue;
    daily[day - first] = (daily[day - first] ?? 0) + active;
    monthly[day - first] = (monthly[day - first] ?? 0) + change;
  }
  for (let day = 1; day < days; day++) monthly[day] = (monthly[day] ?? 0) + (monthly[day - 1] ?? 0);
  return { daily, monthly };
}

/** Mean of daily/monthly over the days that have a whole month behind them; days without a month's active are left out. */
function meanRatio(all: DailyCounts, without?: DailyCounts): number | null {
  let sum = 0;
  let days = 0;
  for (let day = MONTH_DAYS - 1; day < all.daily.length; day++) {
    const monthly = (all.monthly[day] ?? 0) - (without?.monthly[day] ?? 0);
    if (monthly <= 0) continue;
    sum += ((all.daily[day] ?? 0) - (without?.daily[day] ?? 0)) / monthly;
    days++;
  }
  return days === 0 ? null : sum / days;
}

function groupByBucket(rows: readonly ActivityRow[]): ActivityRow[][] {
  const groups = new Map<number, ActivityRow[]>();
  for (const row of rows) {
    const group = groups.get(row.bucket);
    if (group) group.push(row);
    else groups.set(row.bucket, [row]);
  }
  return [...groups.values()];
}

/** Mean DAU/MAU over persons' events with the bucket jackknife's interval. */
export async function measureStickiness(
  context: AnalysisContext,
  frame: JourneyFrame,
  customers: number,
): Promise<Kpi> {
  const id = "stickiness";
  const rows = await readActivity(context, frame);
  const activeDays = rows.filter(({ active }) => active > 0).map(({ day }) => day);
  const first = activeDays.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const last = activeDays.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  const days = activeDays.length === 0 ? 0 : last - first + 1;
  if (days < MONTH_DAYS) return missingKpi(id, "The events span less than 30 days.", days, MONTH_DAYS);
  const all = countDays(rows, first, days);
  const value = meanRatio(all);
  const buckets = groupByBucket(rows);
  const without = buckets.flatMap((bucket) => meanRatio(all, countDays(bucket, first, days)) ?? []);
  const interval = value === null ? null : jackknifeInterval(value, without);
  if (!interval) return missingKpi(id, "Customers are needed in at least two of the 100 buckets.", buckets.length, 2);
  return {
    id,
    ...interval,
    low: Math.max(0, interval.low),
    high: Math.min(1, interval.high),
    n: customers,
    unit: "share of customers",
  };
}
