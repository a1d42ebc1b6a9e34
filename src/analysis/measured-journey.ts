/**
 * The measured journey: which touchpoints customers pass, from which to which, how often and how fast.
 * It describes what happened; it does not say why (moments) nor draw it (web).
 */
import { z } from "zod";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { type NodeNames, nameNodes, nthInJourney, stepsOf } from "./journey-steps.ts";
import { countJourneys, countUnassigned } from "./journey-total.ts";
import { type NodeScore, nodeScoreSchema, readNodeScores } from "./node-scores.ts";

export const measuredJourneyQuerySchema = journeyScopeSchema.extend({
  by: z.enum(["touchpoint", "stage"]).default("touchpoint"),
  /** Edges walked by a smaller share of the journeys are summed up in `other`. 0 … 1. */
  minShare: z.number().min(0).max(1).default(0),
});
export type MeasuredJourneyQuery = z.input<typeof measuredJourneyQuerySchema>;

const nodeSchema = z.object({
  touchpoint: z.string(),
  stage: z.string().nullable(),
  /** Events = arrivals from other nodes + starts = departures + ends. */
  events: z.int(),
  journeys: z.int(),
  customers: z.int(),
  starts: z.int(),
  ends: z.int(),
  /** Mean of the scores that its own events carry; null without any. */
  score: nodeScoreSchema.nullable(),
  /** Exact median of the seconds until the journey's next event; null when every journey ends here. */
  medianSecondsAfter: z.number().nullable(),
});
const edgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  transitions: z.int(),
  journeys: z.int(),
  /** Persons whose step it was: those of the event arrived at. */
  customers: z.int(),
  medianSeconds: z.number(),
  p90Seconds: z.number(),
});
export const measuredJourneyReportSchema = z.object({
  journey: z.string(),
  journeys: z.int(),
  customers: z.int(),
  unassigned: z.int(),
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  other: z.object({ emptied: z.int(), excluded: z.int(), edges: z.int(), transitions: z.int() }),
});
export type MeasuredJourneyReport = z.infer<typeof measuredJourneyReportSchema>;
type MapNode = z.infer<typeof nodeSchema>;
type MapEdge = z.infer<typeof edgeSchema>;

/** One row of the engine's answer: all that arrives at `id` from `before` (0: the journey starts). */
interface Arrival {
  /** 0: this row. 1: all that leaves `before`, of which only the times are said. */
  readonly leaving: number;
  readonly before: number;
  readonly id: number;
  readonly events: number;
  readonly ends: number;
  readonly edgeJourneys: number;
  readonly edgeCustomers: number;
  readonly nodeJourneys: number;
  readonly nodeCustomers: number;
  readonly milliseconds: readonly [number, number];
}

/**
 * All arrivals in one pass. A row of a person is one customer, so distinct counts are counts of first sightings
 * inside its arrays; rows of objects may share customers, so there they are counted as sets.
 * The times of a node's departures are those of all steps from it: their states are put together, not read again.
 */
function arrivalsSql(frame: JourneyFrame, nodes: string): string {
  const columns = [
    "steps AS step",
    "arrayDifference(at) AS gap",
    "lasts AS last",
    `${nthInJourney(frame, "steps")} AS stepInJourney`,
    `${nthInJourney(frame, "nodes")} AS nodeInJourney`,
  ];
  if (!frame.person) columns.push("people AS person");
  else if (!frame.single)
    columns.push("arrayEnumerateUniq(steps) AS stepOfCustomer", "arrayEnumerateUniq(nodes) AS nodeOfCustomer");
  const customers = !frame.person
    ? ["uniqExactIf(person, person != 0)", "0"]
    : frame.single
      ? ["countIf(stepInJourney = 1)", "countIf(nodeInJourney = 1)"]
      : ["countIf(stepOfCustomer = 1)", "countIf(nodeOfCustomer = 1)"];
  const counts = ["events", "ends", "edgeJourneys", "nodeJourneys", "edgeCustomers", "nodeCustomers"];
  return `SELECT intDiv(step, 65536) AS before, step % 65536 AS id, grouping(id) AS leaving,
  ${counts.map((name) => `sum(${name}Here) AS ${name}`).join(", ")},
  quantilesExactInclusiveMerge(0.5, 0.9)(gaps) AS milliseconds
FROM (
WITH ${stepsOf(frame, nodes)}
SELECT step, count() AS eventsHere, sum(last) AS endsHere,
  countIf(stepInJourney = 1) AS edgeJourneysHere, countIf(nodeInJourney = 1) AS nodeJourneysHere,
  ${customers[0]} AS edgeCustomersHere, ${customers[1]} AS nodeCustomersHere,
  quantilesExactInclusiveState(0.5, 0.9)(gap) AS gaps
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows}
GROUP BY step)
GROUP BY GROUPING SETS ((before, id), (before))`;
}

/** Distinct customers of each node, where rows are objects. */
async function countNodeCustomers(context: AnalysisContext, frame: JourneyFrame, nodes: string) {
  const rows = await context.store.query<{ id: number; persons: number }>(
    `WITH ${frame.aliases}
SELECT node AS id, uniqExactIf(person, person != 0) AS persons
FROM ${frame.source}
ARRAY JOIN ${nodes} AS node, people AS person
WHERE ${frame.rows}
GROUP BY node`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(rows.map(({ id, persons }) => [id, persons]));
}

/** What is known of nodes besides their arrivals. */
interface NodeFacts {
  readonly customers: ReadonlyMap<number, number>;
  readonly scores: ReadonlyMap<number, NodeScore>;
  readonly secondsAfter: ReadonlyMap<number, number>;
}

function sumNodes(arrivals: readonly Arrival[], names: NodeNames, facts: NodeFacts): MapNode[] {
  const nodes = new Map<number, MapNode>();
  for (const arrival of arrivals) {
    const { name, stage } = names.name(arrival.id);
    const node = nodes.get(arrival.id) ?? {
      touchpoint: name,
      stage,
      events: 0,
      journeys: 0,
      customers: facts.customers.get(arrival.id) ?? 0,
      starts: 0,
      ends: 0,
      score: facts.scores.get(arrival.id) ?? null,
      medianSecondsAfter: facts.secondsAfter.get(arrival.id) ?? null,
    };
    node.events += arrival.events;
    node.journeys += arrival.nodeJourneys;
    node.customers += arrival.nodeCustomers;
    node.starts += arrival.before === 0 ? arrival.events : 0;
    node.ends += arrival.ends;
    nodes.set(arrival.id, node);
  }
  return [...nodes.values()].sort((a, b) => b.events - a.events || (a.touchpoint < b.touchpoint ? -1 : 1));
}

function toEdge(arrival: Arrival, names: NodeNames): MapEdge {
  return {
    from: names.name(arrival.before).name,
    to: names.name(arrival.id).name,
    transitions: arrival.events,
    journeys: arrival.edgeJourneys,
    customers: arrival.edgeCustomers,
    medianSeconds: arrival.milliseconds[0] / 1000,
    p90Seconds: arrival.milliseconds[1] / 1000,
  };
}

function compareEdges(a: MapEdge, b: MapEdge): number {
  return b.transitions - a.transitions || (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1);
}

/**
 * The map of a scope. Times are exact medians and 90th percentiles, linearly interpolated, in seconds.
 * @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine)
 */
export async function analyzeMeasuredJourney(
  context: AnalysisContext,
  input: MeasuredJourneyQuery,
): Promise<MeasuredJourneyReport> {
  const query = measuredJourneyQuerySchema.parse(input);
  const frame = buildJourneyFrame(context, query);
  const names = nameNodes(context.touchpoints, query.by, frame);
  const [total, unassigned, rows, customers, scores] = await Promise.all([
    countJourneys(context, frame),
    countUnassigned(context, frame),
    context.store.query<Arrival>(arrivalsSql(frame, names.nodes), {
      params: frame.bag.values,
      settings: ANALYSIS_SETTINGS,
    }),
    frame.person ? new Map<number, number>() : countNodeCustomers(context, frame, names.nodes),
    readNodeScores(context, frame, names.nodes),
  ]);
  const arrivals = rows.filter(({ leaving }) => leaving === 0);
  const departures = rows.filter(({ leaving, before }) => leaving === 1 && before !== 0);
  const secondsAfter = new Map(departures.map(({ before, milliseconds }) => [before, milliseconds[0] / 1000]));
  const edges = arrivals.filter(({ before }) => before !== 0).map((arrival) => toEdge(arrival, names));
  const shown = edges.filter((edge) => edge.journeys >= query.minShare * total.journeys);
  const transitions = (list: readonly MapEdge[]) => list.reduce((sum, edge) => sum + edge.transitions, 0);
  return {
    journey: frame.journey,
    journeys: total.journeys,
    customers: total.customers,
    unassigned,
    nodes: sumNodes(arrivals, names, { customers, scores, secondsAfter }),
    edges: shown.sort(compareEdges),
    other: {
      ...total.other,
      edges: edges.length - shown.length,
      transitions: transitions(edges) - transitions(shown),
    },
  };
}
