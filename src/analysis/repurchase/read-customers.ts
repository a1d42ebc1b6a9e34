/**
 * The customers of chosen patterns, the first of the best pattern first, and one customer by id.
 * Which patterns are worth asking for is decided before, on forecasts: nothing here reads all customers into memory.
 */
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame, type JourneyFrame, type JourneyScope } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { EACH_STANDING, standingAliases } from "./customer-standing.ts";
import { ofOrderers } from "./purchase-days.ts";

export interface CustomerRow {
  readonly customer: string;
  /** Of the pattern: readKey. */
  readonly key: number;
  /** Days; 0 without a repeat. */
  readonly lastGap: number;
  /** Repeat purchase days with a value, and what those add up to. */
  readonly pricedRepeats: number;
  readonly repeatSpend: number;
}

/** Patterns to read customers of, parallel: equal ranks (from 1) are in order of the customers' ids. */
export interface RankedPatterns {
  readonly keys: readonly number[];
  readonly ranks: readonly number[];
}

/** Of patterns where a long last gap makes a difference, only those with one, or only those without. */
export interface AwayCondition {
  readonly wasAway: boolean;
  /** Days that the last gap is longer than, or not. */
  readonly longDays: number;
}

const COLUMNS = [
  "ownerId AS customer",
  "toString(standing.1) AS patternKey",
  "standing.2 AS lastGap",
  "standing.3 AS pricedRepeats",
  "standing.4 AS repeatSpend",
];

type Row = Omit<CustomerRow, "key"> & { readonly patternKey: string };

function toCustomer({ patternKey, ...row }: Row): CustomerRow {
  return { ...row, key: Number(patternKey) };
}

function awayCondition(frame: JourneyFrame, away: AwayCondition | null): string[] {
  if (away === null) return [];
  return [`standing.2 ${away.wasAway ? ">" : "<="} ${frame.bag.bind(away.longDays, "Int32")}`];
}

/**
 * At most `top` customers of the patterns, by rank, then by id.
 * @param end last day of the data, days since 1970
 */
export async function readRankedCustomers(
  context: AnalysisContext,
  scope: JourneyScope,
  end: number,
  patterns: RankedPatterns,
  away: AwayCondition | null,
  top: number,
): Promise<CustomerRow[]> {
  if (patterns.keys.length === 0) return [];
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const keys = frame.bag.bind(patterns.keys, "Array(UInt64)");
  const ranks = frame.bag.bind(patterns.ranks, "Array(UInt32)");
  const rows = await askFrame<Row>(context, frame, {
    aliases: [
      ...standingAliases(context, frame, end),
      `transform(standing.1, ${keys}, ${ranks}, toUInt32(0)) AS place`,
    ],
    each: EACH_STANDING,
    select: COLUMNS,
    where: [...ofOrderers(context, frame), "place > 0", ...awayCondition(frame, away)],
    tail: `ORDER BY place, customer LIMIT ${frame.bag.bind(top, "UInt32")}`,
  });
  return rows.map(toCustomer);
}

/** One customer in scope; null for who has never bought, is not in scope, or is not known. */
export async function readCustomer(
  context: AnalysisContext,
  scope: JourneyScope,
  end: number,
  customer: string,
): Promise<CustomerRow | null> {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const id = frame.bag.bind(customer, "String");
  const [row] = await askFrame<Row>(context, frame, {
    aliases: standingAliases(context, frame, end),
    each: EACH_STANDING,
    select: COLUMNS,
    where: [`owner = cityHash64(${id})`, `ownerId = ${id}`, ...ofOrderers(context, frame)],
  });
  return row ? toCustomer(row) : null;
}
