/**
 * The one aggregate behind the cohorts: purchase days, revenue and waits by cohort and by how long its customers are observed.
 * What is made of it is in cohort-cells.ts and keep-projection.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "../journey-frame.ts";
import { ofPurchasers, purchaseDayAliases } from "./purchase-days.ts";

/** Days of a period of the cells, and of one of the projection. */
const PERIOD_DAYS = 30;
const KEEPING_DAYS = 90;

/** Parallel: a key, and how many customers (or purchase days) have it. */
type Counts = readonly [keys: readonly number[], counts: readonly number[]];

/** Customers of one cohort that are observed for as many whole periods. Period 0 is the first purchase day. */
export interface CohortRow {
  /** First day of the month or quarter. */
  readonly cohortStart: string;
  /** Whole periods of 30 days from the first purchase day to the end of the data. */
  readonly observed: number;
  readonly members: number;
  /** By period: customers who bought in it. */
  readonly active: Counts;
  /** By period: purchase days, and what they brought net of what came back. */
  readonly bought: readonly [...Counts, spent: readonly number[]];
  /** By the period of the second purchase day: customers. */
  readonly repeated: Counts;
  /** By days from the first to the second purchase day; by days to the end of the data of those without one. */
  readonly waits: Counts;
  readonly waiting: Counts;
  /** By 1,000 × whole 90-day periods observed + the 90-day period of the last purchase day (0: the first day). */
  readonly keeping: Counts;
}

/** The two numbers in a key of `keeping`. */
export function readKeeping(key: number): { observed: number; lastPeriod: number } {
  return { observed: Math.floor(key / 1_000), lastPeriod: key % 1_000 };
}

/** Number of the period that holds an age in days: 0 for day 0, 1 for days 1 to `length`, … */
const periodOf = (age: string, length: number) => `toUInt32(intDiv(${age} + ${length - 1}, ${length}))`;

/**
 * One row a cohort and number of periods observed; linear in the customers' orders.
 * @param lastDay of the data, in days since 1970
 */
export async function readCohortRows(
  context: AnalysisContext,
  frame: JourneyFrame,
  cohort: "month" | "quarter",
  lastDay: number,
): Promise<CohortRow[]> {
  const aliases = [frame.aliases, ...purchaseDayAliases(context, frame)].join(",\n  ");
  const start = cohort === "month" ? "toStartOfMonth" : "toStartOfQuarter";
  const one = "[toUInt64(1)]";
  const wait = "days[2] - firstDay";
  const followed = `${frame.bag.bind(lastDay, "Int32")} - firstDay`;
  const keeping = `toUInt32(1000 * intDiv(${followed}, ${KEEPING_DAYS})) + ${periodOf("days[-1] - firstDay", KEEPING_DAYS)}`;
  // Joined, though one each: they are computed once however often they are read, and a number is cheap inside a lambda.
  return context.store.query<CohortRow>(
    `WITH ${aliases},
  arrayMap(day -> ${periodOf("(day - firstDay)", PERIOD_DAYS)}, days) AS periods
SELECT toString(${start}(toDate32(firstDay))) AS cohortStart, toUInt32(intDiv(${followed}, ${PERIOD_DAYS})) AS observed,
  count() AS members,
  sumMap(arrayDistinct(periods), arrayMap(period -> toUInt64(1), arrayDistinct(periods))) AS active,
  sumMap(periods, arrayMap(period -> toUInt64(1), periods), spend) AS bought,
  sumMapIf([periods[2]], ${one}, length(periods) > 1) AS repeated,
  sumMapIf([${wait}], ${one}, length(periods) > 1) AS waits,
  sumMapIf([${followed}], ${one}, length(periods) = 1) AS waiting,
  sumMap([${keeping}], ${one}) AS keeping
FROM ${frame.source}
ARRAY JOIN [purchaseDays[1]] AS firstDay, [purchaseDays] AS days, [daySpend] AS spend
WHERE ${[frame.rows, "remaining > 0", ...ofPurchasers(context, frame)].join(" AND ")}
GROUP BY cohortStart, observed
ORDER BY cohortStart, observed`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}
