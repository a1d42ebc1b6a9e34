/**
 * Who comes back: cohorts by the week or month of their first event (or first order), and the share that returns later.
 * A cell that nobody has reached yet is not zero but null with its reason; stickiness is in kpi-activity.ts.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { isInsufficient } from "../stats/estimate.ts";
import { estimateShare } from "../stats/proportion.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { askFrame, bindRoles, dayNumber, findEndOfData, hasRole } from "./kpi-frame.ts";

const daysSchema = z.int().min(1).max(3_650);

export const retentionQuerySchema = journeyScopeSchema
  .omit({ journey: true })
  .extend({
    /** Cohorts by calendar week (from Monday) or month of the first day. */
    cohort: z.enum(["week", "month"]).default("month"),
    /** What starts a customer and what counts as a return: any event, or orders. */
    event: z.enum(["any", "order"]).default("any"),
    /**
     * n-day: active on exactly that day; unbounded: on it or later; bracket: on a day after the previous
     * column's and up to it. Day 0 is the first one.
     */
    kind: z.enum(["n-day", "unbounded", "bracket"]).default("bracket"),
    /** Columns: days since the first, rising. */
    days: z.array(daysSchema).min(1).max(36).default([7, 14, 30, 60, 90, 180, 365]),
  })
  .refine(({ days }) => days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0)), {
    path: ["days"],
    error: "the days must rise",
  });
export type RetentionQuery = z.input<typeof retentionQuerySchema>;

const cellSchema = z.union([
  z.object({
    day: z.int(),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    /** Customers of the cohort who have reached this day, and how many of them returned. */
    n: z.int(),
    returned: z.int(),
  }),
  z.object({ day: z.int(), value: z.null(), reason: z.literal("not-yet-observable"), n: z.int(), required: z.int() }),
]);

export const retentionReportSchema = z.object({
  journey: z.literal("life"),
  kind: z.enum(["n-day", "unbounded", "bracket"]),
  event: z.enum(["any", "order"]),
  zone: z.string(),
  /** ISO 8601; null without any event. */
  endOfData: z.string().nullable(),
  /** By first day of the week or month, rising. */
  cohorts: z.array(z.object({ start: z.string(), customers: z.int(), cells: z.array(cellSchema) })),
  /** All cohorts as one. */
  all: z.object({ customers: z.int(), cells: z.array(cellSchema) }),
});
export type RetentionReport = z.infer<typeof retentionReportSchema>;
type Cell = z.infer<typeof cellSchema>;

interface CohortRow {
  readonly cohortStart: string;
  readonly members: number;
  /** Parallel to `days`. */
  readonly reached: readonly number[];
  readonly returned: readonly number[];
}

type ParsedQuery = z.output<typeof retentionQuerySchema>;

/** Whether a customer with these `ages` (days since the first, distinct, rising from 0) returns for the column `until`. */
function returnCondition(kind: ParsedQuery["kind"]): string {
  if (kind === "n-day") return "has(ages, until)";
  if (kind === "unbounded") return "ages[-1] >= until";
  return "arrayExists(age -> age > since AND age <= until, ages)";
}

/** What a customer's cohort and returns are read from. */
interface CohortColumns {
  /** Aliases: `firstDay`, and parallel to `days` `isReached` and `isBack`. */
  readonly aliases: readonly string[];
  /** First day of the customer's cohort, as text. */
  readonly start: string;
  /** Who stands in a cohort at all. */
  readonly where: readonly string[];
}

/**
 * The cohort of each row's customer, for the table here and for the customers behind one of its cells.
 * @param end end of data, milliseconds since 1970
 * @throws AppError invalid when orders are asked for and no touchpoint is one
 */
export function bindCohort(
  context: AnalysisContext,
  frame: JourneyFrame,
  query: Pick<ParsedQuery, "cohort" | "event" | "kind" | "days">,
  end: number,
): CohortColumns {
  const onlyOrders = query.event === "order";
  if (onlyOrders && !hasRole(context, "order"))
    throw new AppError("invalid", "Retention by orders needs a touchpoint with the role «order»; there is none.");
  const orders = bindRoles(context, frame, "order");
  const moments = onlyOrders ? `arrayFilter((ms, id) -> has(${orders}, id), at, ids)` : "at";
  const lastDay = dayNumber(context, frame, frame.bag.bind(end, "Int64"));
  const until = frame.bag.bind(query.days, "Array(Int32)");
  const since = frame.bag.bind([0, ...query.days.slice(0, -1)], "Array(Int32)");
  return {
    aliases: [
      `arrayCompact(arrayMap(ms -> ${dayNumber(context, frame, "ms")}, ${moments})) AS activeDays`,
      "activeDays[1] AS firstDay",
      "arrayMap(day -> day - firstDay, activeDays) AS ages",
      `arrayMap(until -> toUInt64(firstDay + until <= ${lastDay}), ${until}) AS isReached`,
      `arrayMap((since, until, seen) -> toUInt64(seen AND ${returnCondition(query.kind)}), ${since}, ${until}, isReached) AS isBack`,
    ],
    start: `toString(${query.cohort === "week" ? "toMonday" : "toStartOfMonth"}(toDate32(firstDay)))`,
    where: onlyOrders ? ["known = 1", "notEmpty(activeDays)"] : [],
  };
}

async function readCohorts(
  context: AnalysisContext,
  frame: JourneyFrame,
  query: ParsedQuery,
  end: number,
): Promise<CohortRow[]> {
  const { aliases, start, where } = bindCohort(context, frame, query, end);
  return askFrame<CohortRow>(context, frame, {
    aliases,
    select: [
      `${start} AS cohortStart`,
      "count() AS members",
      "sumForEach(isReached) AS reached",
      "sumForEach(isBack) AS returned",
    ],
    where,
    groupBy: ["cohortStart"],
  });
}

function toCells(days: readonly number[], row: Pick<CohortRow, "reached" | "returned">): Cell[] {
  return days.map((day, index): Cell => {
    const share = estimateShare(row.returned[index] ?? 0, row.reached[index] ?? 0);
    if (isInsufficient(share))
      return { day, value: null, reason: "not-yet-observable", n: share.n, required: share.required };
    return { day, ...share, returned: row.returned[index] ?? 0 };
  });
}

function addUp(
  rows: readonly CohortRow[],
  days: readonly number[],
): Pick<CohortRow, "members" | "reached" | "returned"> {
  const column = (key: "reached" | "returned") =>
    days.map((_, index) => rows.reduce((sum, row) => sum + (row[key][index] ?? 0), 0));
  return {
    members: rows.reduce((sum, { members }) => sum + members, 0),
    reached: column("reached"),
    returned: column("returned"),
  };
}

/**
 * The retention table of persons' lives, days counted in the workspace's zone.
 * Hidden touchpoints count like all others. A customer counts in a column once that day has been observed for them: first day + column ≤ last day of the data.
 * @throws AppError invalid (filter, days), or when orders are asked for and no touchpoint is one
 */
export async function analyzeRetention(workspace: AnalysisContext, input: RetentionQuery): Promise<RetentionReport> {
  const context = seeHidden(workspace);
  const query = retentionQuerySchema.parse(input);
  const { from, to, outside, where } = query;
  const frame = buildJourneyFrame(context, { journey: "life", from, to, outside, where });
  const end = await findEndOfData(context);
  const rows = end === null ? [] : await readCohorts(context, frame, query, end);
  const all = addUp(rows, query.days);
  return {
    journey: "life",
    kind: query.kind,
    event: query.event,
    zone: context.zone,
    endOfData: end === null ? null : new Date(end).toISOString(),
    cohorts: rows
      .toSorted((a, b) => a.cohortStart.localeCompare(b.cohortStart))
      .map((row) => ({ start: row.cohortStart, customers: row.members, cells: toCells(query.days, row) })),
    all: { customers: all.members, cells: toCells(query.days, all) },
  };
}
