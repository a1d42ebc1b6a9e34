/**
 * The measured journey: which touchpoints customers pass, from which to which, how often and how fast.
 * It describes what happened; it does not say why (moments) nor draw it (web).
 */
import { z } from "zod";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { countJourneys, countUnassigned } from "./journey-total.ts";

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

/** Name of the stage of touchpoints that have none. */
export const UNMAPPED = "unmapped";

/** One row of the engine's answer: all that arrives at `id` from `before` (0: the journey starts). */
interface Arrival {
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

/** What stands for a node: touchpoint ids as they are, or the stage each belongs to (from 1). */
interface NodeNames {
  /** Placeholders for transform(), undefined: no change. */
  readonly transform: string | undefined;
  readonly name: (id: number) => { readonly name: string; readonly stage: string | null };
}

function nameNodes(touchpoints: readonly Touchpoint[], by: "touchpoint" | "stage", frame: JourneyFrame): NodeNames {
  if (by === "touchpoint") {
    const byId = new Map(touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
    return {
      transform: undefined,
      name: (id) => ({ name: byId.get(id)?.name ?? `#${id}`, stage: byId.get(id)?.stage ?? null }),
    };
  }
  const stages = [...new Set(touchpoints.map((touchpoint) => touchpoint.stage ?? UNMAPPED))];
  const ids = frame.bag.bind(
    touchpoints.map(({ id }) => id),
    "Array(UInt16)",
  );
  const stageIds = frame.bag.bind(
    touchpoints.map(({ stage }) => stages.indexOf(stage ?? UNMAPPED) + 1),
    "Array(UInt16)",
  );
  return {
    transform: `arrayMap(id -> transform(id, ${ids}, ${stageIds}, toUInt16(0)), ids)`,
    name: (id) => {
      const stage = stages[id - 1] ?? UNMAPPED;
      return { name: stage, stage: stage === UNMAPPED ? null : stage };
    },
  };
}

/**
 * All arrivals in one pass. A row of a person is one customer, so distinct counts are counts of first sightings
 * inside its arrays; rows of objects may share customers, so there they are counted as sets.
 */
function arrivalsSql(frame: JourneyFrame, nodes: string): string {
  const nth = (name: string) => (frame.single ? `arrayEnumerateUniq(${name})` : `arrayEnumerateUniq(numbers, ${name})`);
  const columns = [
    "steps AS step",
    "arrayDifference(at) AS gap",
    "lasts AS last",
    `${nth("steps")} AS stepInJourney`,
    `${nth("nodes")} AS nodeInJourney`,
  ];
  if (!frame.person) columns.push("people AS person");
  else if (!frame.single)
    columns.push("arrayEnumerateUniq(steps) AS stepOfCustomer", "arrayEnumerateUniq(nodes) AS nodeOfCustomer");
  const customers = !frame.person
    ? ["uniqExactIf(person, person != 0)", "0"]
    : frame.single
      ? ["countIf(stepInJourney = 1)", "countIf(nodeInJourney = 1)"]
      : ["countIf(stepOfCustomer = 1)", "countIf(nodeOfCustomer = 1)"];
  return `WITH ${frame.aliases},
  ${nodes} AS nodes,
  arrayMap((before, node, first) -> toUInt32(if(first, 0, before)) * 65536 + node,
    arrayPopBack(arrayPushFront(nodes, toUInt16(0))), nodes, firsts) AS steps
SELECT intDiv(step, 65536) AS before, step % 65536 AS id, count() AS events, sum(last) AS ends,
  countIf(stepInJourney = 1) AS edgeJourneys, countIf(nodeInJourney = 1) AS nodeJourneys,
  ${customers[0]} AS edgeCustomers, ${customers[1]} AS nodeCustomers,
  quantilesExactInclusive(0.5, 0.9)(gap) AS milliseconds
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows}
GROUP BY step`;
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

function sumNodes(arrivals: readonly Arrival[], names: NodeNames, customers: ReadonlyMap<number, number>): MapNode[] {
  const nodes = new Map<number, MapNode>();
  for (const arrival of arrivals) {
    const { name, stage } = names.name(arrival.id);
    const node = nodes.get(arrival.id) ?? {
      touchpoint: name,
      stage,
      events: 0,
      journeys: 0,
      customers: customers.get(arrival.id) ?? 0,
      starts: 0,
      ends: 0,
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
  const nodes = names.transform ?? "ids";
  const [total, unassigned, arrivals, customers] = await Promise.all([
    countJourneys(context, frame),
    countUnassigned(context, frame),
    context.store.query<Arrival>(arrivalsSql(frame, nodes), { params: frame.bag.values, settings: ANALYSIS_SETTINGS }),
    frame.person ? new Map<number, number>() : countNodeCustomers(context, frame, nodes),
  ]);
  const edges = arrivals.filter(({ before }) => before !== 0).map((arrival) => toEdge(arrival, names));
  const shown = edges.filter((edge) => edge.journeys >= query.minShare * total.journeys);
  const transitions = (list: readonly MapEdge[]) => list.reduce((sum, edge) => sum + edge.transitions, 0);
  return {
    journey: frame.journey,
    journeys: total.journeys,
    customers: total.customers,
    unassigned,
    nodes: sumNodes(arrivals, names, customers),
    edges: shown.sort(compareEdges),
    other: {
      ...total.other,
      edges: edges.length - shown.length,
      transitions: transitions(edges) - transitions(shown),
    },
  };
}
