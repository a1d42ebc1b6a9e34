/**
 * The forecasts of single customers, put together: the model's outlook, money, segment, state, and why.
 * Which customers is decided before (pick-patterns.ts, read-customers.ts); what they rest on is customer-basis.ts.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { dayToDate } from "../calendar-day.ts";
import type { CustomerForecast } from "../repurchase-schema.ts";
import { explainForecast } from "./because.ts";
import { type ForecastBasis, modelOf } from "./customer-basis.ts";
import { type CustomerOutlook, outlookCustomers } from "./customer-outlook.ts";
import { readKey } from "./customer-standing.ts";
import { judgeState } from "./lifecycle.ts";
import type { CustomerRow } from "./read-customers.ts";
import { segmentOf } from "./rfm.ts";
import { expectSpend } from "./spend.ts";

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

function describeCustomer(
  row: CustomerRow,
  { span, fit, nobodyLeaves, gaps, spend, fifths }: ForecastBasis,
  outlook: CustomerOutlook,
  place: number,
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
    segment: segmentOf(fifths, x, silentDays),
    state: judgeState({ x, recency, age, chance: of(outlook.someInYear), wasAway }, gaps),
    because: explainForecast({ model: fit.model, x, recencyDays, silentDays, alive, nobodyLeaves }),
  };
}

/** In the order of the rows. */
export function forecastCustomers(rows: readonly CustomerRow[], basis: ForecastBasis): CustomerForecast[] {
  const { patterns, places } = collectPatterns(rows);
  const outlook = outlookCustomers({ ...basis, model: modelOf(basis) }, patterns, basis.span.horizonDays);
  return rows.map((row) => describeCustomer(row, basis, outlook, places.get(row.key) as number));
}
