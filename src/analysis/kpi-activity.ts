/**
 * Stickiness: on an average day, which share of the month's active customers is there?
 * Retention by cohort is in retention.ts.
 */
import { jackknifeInterval } from "../stats/clustered.ts";
import { startOf } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, dayNumber } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { type Kpi, missingKpi } from "./kpi-report.ts";
import { measureCustomers } from "./kpi-traffic.ts";

/** A "month" is the day itself and the 29 before it. */
const MONTH_DAYS = 30;

const ID = "stickiness";

interface ActivityRow {
  /** The part a customer as a whole is in. */
  readonly part: string;
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
async function readActivity(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): Promise<ActivityRow[]> {
  const month = frame.bag.bind(MONTH_DAYS, "Int32");
  return askFrame<ActivityRow>(context, frame, {
    aliases: [
      labelAlias(context, frame, grouping),
      `arrayCompact(arrayMap(ms -> ${dayNumber(context, frame, "ms")}, at)) AS activeDays`,
      "arrayDifference(activeDays) AS gaps",
      `arrayMap((gap, nth) -> toInt8(nth = 1 OR gap >= ${month}), gaps, arrayEnumerate(gaps)) AS opens`,
      "arrayPushBack(arrayPopFront(opens), toInt8(1)) AS closes",
      `arrayConcat(arrayMap((day, open) -> (day, toInt8(1), open), activeDays, opens),
    arrayMap(day -> (toInt32(day + ${month}), toInt8(0), toInt8(-1)), arrayFilter((day, last) -> last = 1, activeDays, closes))) AS changes`,
      "arrayJoin(changes) AS oneChange",
    ],
    select: [
      "toString(labels[1]) AS part",
      `${BUCKET} AS bucket`,
      ...["oneChange.1 AS day", "sum(oneChange.2) AS active", "sum(oneChange.3) AS change"],
    ],
    groupBy: ["part", "bucket", "day"],
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

/** Which days of the period count, as indexes: those that have a whole month behind them, of one time bucket or of all. */
type DayFilter = (index: number) => boolean;

/** Mean of daily/monthly over the days that count; days without a month's active are left out. */
function meanRatio(all: DailyCounts, counts: DayFilter, without?: DailyCounts): number | null {
  let sum = 0;
  let days = 0;
  for (let day = MONTH_DAYS - 1; day < all.daily.length; day++) {
    const monthly = (all.monthly[day] ?? 0) - (without?.monthly[day] ?? 0);
    if (monthly <= 0 || !counts(day)) continue;
    sum += ((all.daily[day] ?? 0) - (without?.daily[day] ?? 0)) / monthly;
    days++;
  }
  return days === 0 ? null : sum / days;
}

/** The days of some customers: of everybody, and of each bucket. */
interface Activity {
  readonly first: number;
  readonly days: number;
  readonly all: DailyCounts;
  readonly buckets: readonly DailyCounts[];
}

function readDays(rows: readonly ActivityRow[]): Activity {
  const activeDays = rows.filter(({ active }) => active > 0).map(({ day }) => day);
  const first = activeDays.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const last = activeDays.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  const days = activeDays.length === 0 ? 0 : last - first + 1;
  const buckets = new Map<number, ActivityRow[]>();
  for (const row of rows) {
    const bucket = buckets.get(row.bucket);
    if (bucket) bucket.push(row);
    else buckets.set(row.bucket, [row]);
  }
  return {
    ...{ first, days, all: countDays(rows, first, days) },
    buckets: [...buckets.values()].map((own) => countDays(own, first, days)),
  };
}

function estimateStickiness({ days, all, buckets }: Activity, customers: number, counts: DayFilter): Kpi {
  if (days < MONTH_DAYS) return missingKpi(ID, "The events span less than 30 days.", days, MONTH_DAYS);
  const value = meanRatio(all, counts);
  const without = buckets.flatMap((bucket) => meanRatio(all, counts, bucket) ?? []);
  if (value === null) return missingKpi(ID, "No day of this part has 30 days of events behind it.");
  const interval = jackknifeInterval(value, without);
  if (!interval) return missingKpi(ID, "Customers are needed in at least two of the 100 buckets.", buckets.length, 2);
  const [low, high] = [Math.max(0, interval.low), Math.min(1, interval.high)];
  return { id: ID, value, low, high, n: customers, unit: "share of customers" };
}

/**
 * Mean DAU/MAU over persons' events with the bucket jackknife's interval; n is the customers active in the part.
 * Over time a part is its days, each with the 30 days that end with it; by a trait it is the customers who have it.
 */
export async function measureStickiness(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const persons = await measureCustomers(context, frame, grouping);
  const customersOf = (part: string) => persons.of(part)[0]?.kpi.value ?? 0;
  if (grouping.kind !== "time" && grouping.kind !== "halves") {
    const rows = await readActivity(context, frame, grouping);
    return cutRows(rows, (own, part) => [{ kpi: estimateStickiness(readDays(own), customersOf(part), () => true) }]);
  }
  const activity = readDays(await readActivity(context, frame, { kind: "none" }));
  const partOf = (day: number): number => {
    if (grouping.kind === "time") return startOf(grouping.every, day);
    return day < grouping.middle ? grouping.first : grouping.middle;
  };
  return {
    parts: persons.parts,
    of: (part) => {
      const counts: DayFilter = (index) => String(partOf(activity.first + index)) === part;
      return [{ kpi: estimateStickiness(activity, customersOf(part), counts) }];
    },
  };
}
