/**
 * In how many journeys, and of how many customers, the frictions of an incident were.
 * Which incidents there are is decided in incident-choice.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { Friction } from "./friction.ts";
import type { ChosenIncident } from "./incident-choice.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import { buildEvents, MASKS, placeFrictions } from "./incident-sql.ts";

export interface IncidentCount {
  readonly journeys: number;
  readonly customers: number;
}

/** What the weekly counts were read with. */
export interface CountedBy {
  readonly firstDay: number;
  readonly outcomeWait: number;
}

/** By the place of the incident in the list. */
export async function countIncidents(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  properties: readonly IncidentProperty[],
  incidents: readonly ChosenIncident[],
  { firstDay, outcomeWait }: CountedBy,
): Promise<Map<number, IncidentCount>> {
  if (incidents.length === 0) return new Map();
  const { frame } = rows.outcome;
  const places = placeFrictions(frictions);
  const events = buildEvents(context, rows, frictions, properties, outcomeWait);
  const firstWeek = (firstDay + 3) / 7;
  const conditions = incidents.map(({ series, window }, index) => {
    const { group, bit } = places[series.friction] ?? { group: 0, bit: 0 };
    const bind = (value: number, type: string) => frame.bag.bind(value, type);
    const segment =
      series.segment === null
        ? "1"
        : `${series.segment.property.ofRow ?? "partText"} = ${frame.bag.bind(series.segment.value, "String")}`;
    const week = `week >= ${bind(firstWeek + window.first, "Int32")} AND week < ${bind(firstWeek + window.end, "Int32")}`;
    return `if(arrayExists(a -> intDiv(a, ${MASKS}) = ${bind(group, "UInt32")} AND bitTest(a, ${bit}), placed) AND ${week} AND ${segment}, ${index + 1}, 0)`;
  });
  const customers = frame.person ? "uniqExact(owner)" : "uniqExactIf(person, person != 0)";
  const counts = await context.store.query<{ incident: number; inJourneys: number; ofCustomers: number }>(
    `WITH ${events.aliases},
  ${events.week} AS week,
  ${events.touch} AS touchId,
  ${events.exit} AS exitState,
  ${events.placed} AS placed
SELECT arrayJoin(arrayFilter(a -> a != 0, [${conditions.join(", ")}])) AS incident,
  uniqExact(${frame.single ? "owner" : "cityHash64(owner, number)"}) AS inJourneys, ${customers} AS ofCustomers
FROM ${frame.source}
ARRAY JOIN ${events.columns}${frame.single ? "" : ", numbers AS number"}
WHERE ${frame.rows} AND ${events.where}
GROUP BY incident`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(
    counts.map(({ incident, inJourneys: journeys, ofCustomers: customers }) => [incident - 1, { journeys, customers }]),
  );
}
