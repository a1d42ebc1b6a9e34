/**
 * The one aggregate of the designs over time: a metric's two sums by part (group of customers), period and bucket.
 * Which parts are compared, and how, is decided in event-panel.ts and event-series.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { type AnalysisContext, seeHidden } from "../context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame } from "../journey-frame.ts";
import { customerBucket } from "../journey-steps.ts";
import { type CompiledMetric, compileMetric } from "./event-metric.ts";
import type { PeriodGrid } from "./event-periods.ts";

/** Customers are spread over so many buckets by their hash; what one of them does is independent of the others. */
export const BUCKETS = 100;

/** Units of one part. Sums are buckets × periods, bucket by bucket. */
export interface PartCells {
  /** Customers, or objects, a bucket. */
  readonly units: Float64Array;
  readonly numerators: Float64Array;
  /** What the sums are divided by: events of a mean or ratio; else customers known by the end of the period, or objects begun in it. */
  readonly denominators: Float64Array;
}

export function countUnitsOf(cells: PartCells | undefined): number {
  return cells ? cells.units.reduce((sum, one) => sum + one, 0) : 0;
}

/** How events are put into parts. */
export interface Parting {
  /** SQL of the alias `labels`: the part of each event that stays, parallel to `ids`; or that of the row alone. */
  readonly alias: string;
  /** Whether there is one for the row. */
  readonly constant: boolean;
}

export interface CellQuestion {
  readonly frame: JourneyFrame;
  readonly metric: CompiledMetric;
  readonly parting: Parting;
  readonly grid: PeriodGrid;
}

/**
 * Rows of customers, or of the objects of a type. Hidden touchpoints count, as they do in KPIs.
 * @throws AppError not-found for a unit that is neither, invalid for a filter that is not understood
 */
export function buildUnitFrame(context: AnalysisContext, { unit, where }: Pick<EffectQuestion, "unit" | "where">) {
  const person = unit === "customer" || unit === "day";
  if (!person && !context.objectTypes.includes(unit)) {
    const known = ["customer", "day", ...context.objectTypes].join(", ");
    throw new AppError("not-found", `There are no units «${unit}» here. Known: ${known}.`, { field: "unit", unit });
  }
  const scope = where === undefined ? {} : { where };
  return buildJourneyFrame(seeHidden(context), { ...scope, journey: person ? "life" : unit });
}

interface CellRow {
  readonly part: string;
  readonly start: number | string;
  readonly bucket: number;
  readonly amounts: number;
  readonly bases: number;
  readonly fresh: number;
}

interface Borders {
  /** Beginnings of the periods, the first one, and the end of the last. */
  readonly starts: string;
  readonly first: string;
  readonly end: string;
}

function bindBorders({ bag }: JourneyFrame, { borders }: PeriodGrid): Borders {
  const [first = 0, end = 0] = [borders[0], borders.at(-1)];
  return {
    starts: bag.bind(borders.slice(0, -1), "Array(Int64)"),
    first: bag.bind(first, "Int64"),
    end: bag.bind(end, "Int64"),
  };
}

/**
 * Of customers each event counts in its own period, and in a share the first one of a customer, part and period. A customer is
 * known in a part from the first event there, which may lie before the first period.
 */
function customersSql({ frame, metric, parting }: CellQuestion, { starts, first, end }: Borders): string {
  const inside = (array: string) =>
    `arrayMap((a, ms) -> toFloat64(if(ms >= ${first} AND ms < ${end}, a, 0)), ${array}, at)`;
  const key = parting.constant ? "begins" : "labels, begins";
  const once = `arrayMap((a, k) -> toFloat64(a > 0 AND k = 1), insides, arrayEnumerateUniq(${key}, arrayMap(a -> a > 0, insides)))`;
  const order = parting.constant ? "arrayEnumerate(ids)" : "arrayEnumerateUniq(labels)";
  const aliases = [
    frame.aliases,
    ...metric.aliases,
    parting.alias,
    ...(parting.constant ? ["labels[1] AS label"] : []),
    `arrayMap(ms -> roundDown(ms, ${starts}), at) AS begins`,
    `${inside(metric.numerators)} AS insides`,
    `${metric.binary ? once : "insides"} AS addends`,
    `${metric.denominators === null ? "arrayMap(ms -> toFloat64(0), at)" : inside(metric.denominators)} AS divisors`,
    `arrayMap((k, ms) -> toUInt8(k = 1 AND ms < ${end}), ${order}, at) AS news`,
  ];
  return `WITH ${aliases.join(",\n  ")}
SELECT toString(label) AS part, begin AS start, ${customerBucket(frame)} AS bucket,
  sum(addend) AS amounts, sum(divisor) AS bases, sum(new) AS fresh
FROM ${frame.source}
ARRAY JOIN ${parting.constant ? "" : "labels AS label, "}begins AS begin, addends AS addend, divisors AS divisor, news AS new
WHERE ${frame.rows} AND remaining > 0 AND (addend != 0 OR divisor != 0 OR new)
GROUP BY part, start, bucket`;
}

/** An object counts, with all that happened to it until the end, in the period and the part in which it begins. */
function objectsSql({ frame, metric, parting }: CellQuestion, { starts, first, end }: Borders): string {
  const sum = (array: string) => `toFloat64(arraySum((a, ms) -> if(ms < ${end}, a, 0), ${array}, at))`;
  const aliases = [
    frame.aliases,
    ...metric.aliases,
    parting.alias,
    `${sum(metric.numerators)} AS total`,
    `${metric.denominators === null ? "toFloat64(0)" : sum(metric.denominators)} AS divisor`,
  ];
  return `WITH ${aliases.join(",\n  ")}
SELECT toString(arrayFirst(label -> toString(label) != '${NO_VALUE}', labels)) AS part, roundDown(at[1], ${starts}) AS start,
  ${customerBucket(frame)} AS bucket,
  sum(${metric.binary ? "toFloat64(total > 0)" : "total"}) AS amounts, sum(divisor) AS bases, count() AS fresh
FROM ${frame.source}
WHERE ${frame.rows} AND remaining > 0 AND at[1] >= ${first} AND at[1] < ${end}
GROUP BY part, start, bucket`;
}

/** The part of events whose value is missing. Parts of values begin with a v: kpi-group.ts. */
export const NO_VALUE = "v";

interface OpenCells extends PartCells {
  readonly fresh: Float64Array;
}

const open = (periods: number): OpenCells => ({
  units: new Float64Array(BUCKETS),
  numerators: new Float64Array(BUCKETS * periods),
  denominators: new Float64Array(BUCKETS * periods),
  fresh: new Float64Array(BUCKETS * periods),
});

/** Customers stay known; objects count where they begin. */
function countUnits({ fresh, denominators }: OpenCells, periods: number, person: boolean): void {
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    for (let period = 0, known = 0; period < periods; period++) {
      const at = bucket * periods + period;
      known = (person ? known : 0) + (fresh[at] ?? 0);
      denominators[at] = known;
    }
}

/**
 * A metric by part, period and bucket of customers.
 * @returns by the part's label; parts without a unit are not in it
 * @throws AppError unavailable (a limit of the engine)
 */
export async function readCells(context: AnalysisContext, question: CellQuestion): Promise<Map<string, PartCells>> {
  const { frame, metric, grid } = question;
  const borders = bindBorders(frame, grid);
  const sql = frame.person ? customersSql(question, borders) : objectsSql(question, borders);
  const rows = await context.store.query<CellRow>(sql, { params: frame.bag.values, settings: ANALYSIS_SETTINGS });
  const periods = grid.names.length;
  const places = new Map(grid.borders.map((start, at) => [start, at]));
  const parts = new Map<string, OpenCells>();
  for (const { part: label, start, bucket, amounts, bases, fresh } of rows) {
    const part = label === "" ? NO_VALUE : label;
    const cells = parts.get(part) ?? open(periods);
    parts.set(part, cells);
    const at = bucket * periods + (places.get(Number(start)) ?? 0);
    cells.numerators[at] = (cells.numerators[at] ?? 0) + amounts;
    cells.denominators[at] = (cells.denominators[at] ?? 0) + bases;
    cells.fresh[at] = (cells.fresh[at] ?? 0) + fresh;
    cells.units[bucket] = (cells.units[bucket] ?? 0) + fresh;
  }
  if (metric.denominators === null) for (const cells of parts.values()) countUnits(cells, periods, frame.person);
  return parts;
}

/** The metric and rows of a question, ready to be put into parts. */
export function prepareCells(context: AnalysisContext, question: Pick<EffectQuestion, "unit" | "where" | "metric">) {
  const frame = buildUnitFrame(context, question);
  return { frame, metric: compileMetric(context, frame, question.metric) };
}

/** Both sums by period, over all buckets. */
export function addUpPeriods(cells: PartCells | undefined, periods: number) {
  const numerators = new Float64Array(periods);
  const denominators = new Float64Array(periods);
  for (let at = 0; cells && at < cells.numerators.length; at++) {
    const period = at % periods;
    numerators[period] = (numerators[period] ?? 0) + (cells.numerators[at] ?? 0);
    denominators[period] = (denominators[period] ?? 0) + (cells.denominators[at] ?? 0);
  }
  return { numerators, denominators };
}

/** A part's share, mean or ratio by period; null where a period has nothing to divide by. */
export function readRatios(cells: PartCells, periods: number): Float64Array | null {
  const { numerators, denominators } = addUpPeriods(cells, periods);
  if (!denominators.every((one) => one > 0)) return null;
  return numerators.map((one, period) => one / (denominators[period] ?? 1));
}
