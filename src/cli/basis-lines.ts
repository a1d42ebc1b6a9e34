/**
 * The lines that head every answer: which journey, how many, under which filter and in which time zone.
 * A number without them is not shown.
 */
import { formatCount } from "./format.ts";

/** Which journeys and events an answer keeps. */
export interface ScopeFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly outside: boolean;
  readonly where: string | null;
}

/** What an answer rests on, as the API says it. */
export interface AnswerBasis {
  readonly zone: string;
  readonly filter: ScopeFilter;
}

function describePeriod({ from, to, outside }: ScopeFilter): string {
  if (!from && !to) return "all time";
  // Outside of all from a day on is before it, and the other way round.
  if (outside && !to) return `before ${from}`;
  if (outside && !from) return `from ${to}`;
  if (outside) return `before ${from} and from ${to}`;
  if (from && to) return `from ${from} up to ${to}`;
  return from ? `from ${from}` : `before ${to}`;
}

/** "from 2024-05-19 up to 2024-06-08, where channel = "web"". */
export function describeFilter(filter: ScopeFilter): string {
  return `${describePeriod(filter)}, ${filter.where ? `where ${filter.where}` : "no filter"}`;
}

/**
 * Two lines: a title with what is counted, and the filter.
 * @param counts e.g. "4,580 journeys of 397 customers"
 */
export function renderBasis(title: string, counts: string, { zone, filter }: AnswerBasis): string[] {
  return [`${title}: ${counts}`, `  ${describeFilter(filter)}, time zone ${zone}`, ""];
}

/** "4,580 case journeys of 397 customers". */
export function countJourneys(journey: string, journeys: number, customers?: number): string {
  const counted = formatCount(journeys, `${journey} journey`);
  return customers === undefined ? counted : `${counted} of ${formatCount(customers, "customer")}`;
}
