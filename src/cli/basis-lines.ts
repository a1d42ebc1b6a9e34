/**
 * The lines that head every answer: which journey, how many, under which filter and in which time zone.
 * A number without them is not shown.
 */
import { formatCount } from "./format.ts";

/** What an answer rests on, as the API says it. */
export interface AnswerBasis {
  readonly zone: string;
  readonly filter: { readonly from: string | null; readonly to: string | null; readonly where: string | null };
}

function describePeriod({ from, to }: AnswerBasis["filter"]): string {
  if (from && to) return `from ${from} up to ${to}`;
  if (from) return `from ${from}`;
  return to ? `before ${to}` : "all time";
}

/**
 * Two lines: a title with what is counted, and the filter.
 * @param counts e.g. "4,580 journeys of 397 customers"
 */
export function renderBasis(title: string, counts: string, { zone, filter }: AnswerBasis): string[] {
  const conditions = filter.where ? `where ${filter.where}` : "no filter";
  return [`${title}: ${counts}`, `  ${describePeriod(filter)}, ${conditions}, time zone ${zone}`, ""];
}

/** "4,580 case journeys of 397 customers". */
export function countJourneys(journey: string, journeys: number, customers?: number): string {
  const counted = formatCount(journeys, `${journey} journey`);
  return customers === undefined ? counted : `${counted} of ${formatCount(customers, "customer")}`;
}
