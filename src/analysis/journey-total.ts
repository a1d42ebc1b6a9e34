/**
 * The denominator: how many journeys and customers a scope holds, and what it leaves out and why.
 * Every view of a journey reports these numbers and adds up to them.
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "./journey-frame.ts";

export interface JourneyTotal {
  /** Journeys that start in the period, satisfy the filter and have an event left. */
  readonly journeys: number;
  /** Distinct persons in them; events without a customer count for nobody. */
  readonly customers: number;
  readonly other: {
    /** Journeys of which the filter dropped every event. */
    readonly emptied: number;
    /** Journeys that `has`, `count` or `customer.` left out. */
    readonly excluded: number;
  };
}

/** Counts the journeys of a frame. */
export async function countJourneys(context: AnalysisContext, frame: JourneyFrame): Promise<JourneyTotal> {
  const customers = frame.person
    ? "countIf(remaining > 0)"
    : "uniqExactArrayIf(arrayFilter(person -> person != 0, arrayDistinct(people)), remaining > 0)";
  const [row] = await context.store.query<Record<"started" | "fitting" | "left" | "persons", number>>(
    `WITH ${frame.aliases}
SELECT sum(inPeriod) AS started, sum(selected) AS fitting, sum(remaining) AS left, ${customers} AS persons
FROM ${frame.source}
WHERE ${frame.scope}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  const { started = 0, fitting = 0, left = 0, persons = 0 } = row ?? {};
  return { journeys: left, customers: persons, other: { emptied: fitting - left, excluded: started - fitting } };
}

/**
 * Events that stand in no journey of the frame's definition, whatever the filter: those without such an object,
 * or, for person-owned definitions, without a customer.
 */
export async function countUnassigned(context: AnalysisContext, frame: JourneyFrame): Promise<number> {
  const count = async (sql: string, params: Record<string, string>): Promise<number> => {
    const [row] = await context.store.query<{ events: number }>(sql, { params, settings: ANALYSIS_SETTINGS });
    return row?.events ?? 0;
  };
  if (context.objectTypes.length === 0) return 0;
  // An event of nobody stands only in the rows of its objects, perhaps in several: there it is counted by its id.
  const nobodys = (without: string) =>
    `SELECT uniqExactArray(arrayFilter((id, person, types) -> person = 0 AND ${without}, eventIds, customers, objectTypes)) AS events
FROM ${frame.source} WHERE ownerType != 'customer' AND has(customers, 0)`;
  if (frame.person) return count(nobodys("1"), {});
  const without = "NOT has(types, {type:String})";
  const params = { type: frame.journey };
  const persons = await count(
    `SELECT sum(arrayCount(types -> ${without}, objectTypes)) AS events FROM ${frame.source} WHERE ownerType = 'customer'`,
    params,
  );
  return persons + (await count(nobodys(without), params));
}
