/**
 * The forecasts of single customers, put together: the model's outlook, money, segment, state, and why.
 * Which customers is decided before (pick-patterns.ts, read-customers.ts); what stands beside them is forecast-basis.ts.
 */
import type { Segment } from "../../domain/repurchase-words.ts";
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { dayToDate } from "../calendar-day.ts";
import type { CustomerForecast } from "../repurchase-schema.ts";
import { explainForecast } from "./because.ts";
import { type CustomerOutlook, outlookCustomers } from "./customer-outlook.ts";
import { patternKey, readKey } from "./customer-standing.ts";
import { judgeState, type UsualGaps } from "./lifecycle.ts";
import type { CustomerRow } from "./read-customers.ts";
import { segmentPatterns } from "./rfm.ts";
import { expectSpend, type SpendForecast } from "./spend.ts";
import type { FinalForecast } from "./study.ts";
import type { StudySpan } from "./study-span.ts";

/** What all customers are forecast with. */
export interface CustomerStudy {
  readonly span: StudySpan;
  readonly forecast: FinalForecast;
  readonly gaps: UsualGaps;
  /** Null where no order has a value in the workspace's currency. */
  readonly spend: SpendForecast | null;
}

/** The patterns of the rows, each once, and the place of each by its key. */
function collectPatterns(rows: readonly CustomerRow[]) {
  const keys = [...new Set(rows.map(({ key }) => key))];
  const read = keys.map(readKey);
  const patterns: PurchasePatterns = {
    x: Float64Array.from(read, ({ x }) => x),
    recency: Float64Array.from(read, ({ recencyDays }) => recencyDays / 7),
    age: Float64Array.from(read, ({ ageDays }) => ageDays / 7),
    customers: new Float64Array(keys.length).fill(1),
    logGaps: 0,
  };
  return { patterns, places: new Map(keys.map((key, place) => [key, place])) };
}

/** The segments of some patterns among all: fifths are of everybody. */
function findSegments(all: PurchasePatterns, places: ReadonlyMap<number, number>): Segment[] {
  const segments: Segment[] = new Array(places.size).fill("hibernating");
  for (const [at, segment] of segmentPatterns(all).entries()) {
    const place = places.get(patternKey(all, at));
    if (place !== undefined) segments[place] = segment;
  }
  return segments;
}

/** Whether the fitted model lets nobody go: by its form, or because dropout ran to its boundary. */
function letsNobodyLeave({ model, fit, patterns }: FinalForecast): boolean {
  return (
    model.id === "nbd" ||
    (fit.boundary !== null && model.alive(fit.parameters, patterns).every((alive) => alive > 0.999))
  );
}

function describeCustomer(
  row: CustomerRow,
  { span, forecast, gaps, spend }: CustomerStudy,
  outlook: CustomerOutlook,
  place: number,
  { segment, nobodyLeaves }: { readonly segment: Segment; readonly nobodyLeaves: boolean },
): CustomerForecast {
  const { x, recencyDays, ageDays } = readKey(row.key);
  const silentDays = ageDays - recencyDays;
  const of = (column: Float64Array | Int32Array) => column[place] as number;
  const [recency, age, alive, dueDays] = [recencyDays / 7, ageDays / 7, of(outlook.alive), of(outlook.dueDays)];
  const value = spend === null ? null : expectSpend(spend, row);
  const wasAway = row.lastGap > Math.round(7 * gaps.long);
  return {
    customer: row.customer,
    ...{ frequency: x, recency, age, lastOrder: dayToDate(span.end - silentDays), pAlive: alive },
    ...{ expectedOrders: of(outlook.expected), low: of(outlook.low), high: of(outlook.high) },
    atLeastOne: of(outlook.some),
    expectedValue: value === null ? null : of(outlook.expected) * value,
    // What nobody leaves has no end to add up to but the discount: an answer from beyond all data.
    residualValue: value === null || nobodyLeaves ? null : of(outlook.residual) * value,
    nextOrderDue: Number.isFinite(dueDays) ? dayToDate(span.end + Math.ceil(dueDays)) : null,
    segment,
    state: judgeState({ x, recency, age, chance: of(outlook.someInYear), wasAway }, gaps),
    because: explainForecast({ model: forecast.model.id, x, recencyDays, silentDays, alive, nobodyLeaves }),
  };
}

/** In the order of the rows. */
export function forecastCustomers(rows: readonly CustomerRow[], study: CustomerStudy): CustomerForecast[] {
  const { patterns, places } = collectPatterns(rows);
  const outlook = outlookCustomers(study.forecast, patterns, study.span.horizonDays);
  const segments = findSegments(study.forecast.patterns, places);
  const nobodyLeaves = letsNobodyLeave(study.forecast);
  return rows.map((row) => {
    const place = places.get(row.key) as number;
    return describeCustomer(row, study, outlook, place, { segment: segments[place] as Segment, nobodyLeaves });
  });
}
