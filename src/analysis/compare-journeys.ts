/**
 * Two scopes on one map: periods, segments or outcomes side by side, each touchpoint and each step with its difference.
 * A difference is no cause: who stands in which scope was not drawn by lot.
 *
 * Method. Journeys and events of one customer are not independent. Each share counts its customers in 100 buckets
 * (kpi-frame.ts), takes from them how much wider than with independent units its spread is (design effect, at least 1),
 * and gets Wilson's interval on the effective n; differences combine two of these after Newcombe (stats/clustered.ts:
 * Korn & Graubard 1998, Newcombe 1998). The two scopes are taken to be independent, also where the same customers stand
 * in both: those are mostly alike in both, and then the interval is wider than it had to be. Intervals hold one by one:
 * of twenty steps without any difference about one looks like one.
 */
import { z } from "zod";
import type { AnalysisContext } from "./context.ts";
import {
  ANALYSIS_SETTINGS,
  buildJourneyFrame,
  type JourneyFrame,
  type JourneyScope,
  journeyScopeSchema,
} from "./journey-frame.ts";
import { customerBucket, type NodeNames, nameNodes, nthInJourney, stepsOf } from "./journey-steps.ts";
import { countJourneys, type JourneyTotal } from "./journey-total.ts";
import {
  addTo,
  type BucketCounts,
  describeDifference,
  describeShare,
  pairBuckets,
  shareDifferenceSchema,
  shareShape,
  sumOf,
} from "./share-report.ts";

/** The other scope of a comparison; the journey definition is the same. */
export const versusSchema = journeyScopeSchema.omit({ journey: true });

/** The other scope as a report names it. */
export const versusReportSchema = z.object({
  from: z.string().nullable(),
  to: z.string().nullable(),
  outside: z.boolean(),
  where: z.string().nullable(),
});

export const compareQuerySchema = journeyScopeSchema.extend({
  /** What it is compared with. */
  vs: versusSchema,
  by: z.enum(["touchpoint", "stage"]).default("touchpoint"),
});
export type CompareQuery = z.input<typeof compareQuerySchema>;

const sideSchema = z.object({
  journeys: z.int(),
  customers: z.int(),
  other: z.object({ emptied: z.int(), excluded: z.int() }),
});
/** Share of the side's journeys that have it in them. */
const nodeSideSchema = z.object({ events: z.int(), journeys: z.int(), ...shareShape });
/** Share of the `n` events of `from` that the next event of the journey follows as `to`. */
const edgeSideSchema = z.object({
  transitions: z.int(),
  n: z.int(),
  ...shareShape,
  medianSeconds: z.number().nullable(),
  journeys: z.int(),
});

export const compareReportSchema = z.object({
  journey: z.string(),
  /** The filter of `b`; that of `a` is the answer's own. */
  vs: versusReportSchema,
  a: sideSchema,
  b: sideSchema,
  /** Most events first, both sides together. `difference` is a − b in shares of 0 … 1, with a 95 % interval. */
  nodes: z.array(
    z.object({
      touchpoint: z.string(),
      stage: z.string().nullable(),
      a: nodeSideSchema,
      b: nodeSideSchema,
      difference: shareDifferenceSchema,
    }),
  ),
  /** Most transitions first, both sides together. */
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      a: edgeSideSchema,
      b: edgeSideSchema,
      difference: shareDifferenceSchema,
    }),
  ),
});
export type CompareReport = z.infer<typeof compareReportSchema>;

/** One row of the engine's answer: all that arrives at `id` from `before` (0: the journey starts). */
interface Arrival {
  readonly before: number;
  readonly id: number;
  readonly edgeJourneys: number;
  readonly milliseconds: number;
  /** Bucket, events, journeys whose first sight of the node it is. */
  readonly buckets: readonly (readonly [bucket: number, events: number, journeys: number])[];
}

/** Counts by step and bucket in one pass over the journeys; the times of a step are then put together from its buckets. */
function arrivalsSql(frame: JourneyFrame, nodes: string): string {
  return `SELECT intDiv(step, 65536) AS before, step % 65536 AS id, sum(edgeJourneysHere) AS edgeJourneys,
  quantileExactInclusiveMerge(0.5)(gaps) AS milliseconds,
  groupArray((bucket, eventsHere, nodeJourneysHere)) AS buckets
FROM (
WITH ${stepsOf(frame, nodes)},
  ${customerBucket(frame)} AS bucket
SELECT step, bucket, count() AS eventsHere, countIf(stepInJourney = 1) AS edgeJourneysHere,
  countIf(nodeInJourney = 1) AS nodeJourneysHere, quantileExactInclusiveState(0.5)(gap) AS gaps
FROM ${frame.source}
ARRAY JOIN steps AS step, arrayDifference(at) AS gap,
  ${nthInJourney(frame, "steps")} AS stepInJourney, ${nthInJourney(frame, "nodes")} AS nodeInJourney
WHERE ${frame.rows}
GROUP BY step, bucket)
GROUP BY step`;
}

/** What is known of a node or an edge in one scope; nothing happened: all zero. */
interface Tally {
  readonly events: Map<number, number>;
  readonly journeys: Map<number, number>;
  edgeJourneys: number;
  medianSeconds: number | null;
}

function emptyTally(): Tally {
  return { events: new Map(), journeys: new Map(), edgeJourneys: 0, medianSeconds: null };
}

const NOTHING = emptyTally();

interface Side {
  readonly total: JourneyTotal;
  readonly names: NodeNames;
  /** Journeys by bucket. */
  readonly journeys: BucketCounts;
  readonly nodes: ReadonlyMap<number, Tally>;
  /** By before·65536 + id. */
  readonly edges: ReadonlyMap<number, Tally>;
}

async function countBuckets(context: AnalysisContext, frame: JourneyFrame): Promise<BucketCounts> {
  const rows = await context.store.query<{ bucket: number; started: number }>(
    `WITH ${frame.aliases}
SELECT ${customerBucket(frame)} AS bucket, sum(remaining) AS started
FROM ${frame.source}
WHERE ${frame.rows}
GROUP BY bucket
HAVING started > 0`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(rows.map(({ bucket, started }) => [bucket, started]));
}

async function readSide(context: AnalysisContext, scope: JourneyScope, by: "touchpoint" | "stage"): Promise<Side> {
  const frame = buildJourneyFrame(context, scope);
  const names = nameNodes(context.touchpoints, by, frame);
  const [total, journeys, arrivals] = await Promise.all([
    countJourneys(context, frame),
    countBuckets(context, frame),
    context.store.query<Arrival>(arrivalsSql(frame, names.nodes), {
      params: frame.bag.values,
      settings: ANALYSIS_SETTINGS,
    }),
  ]);
  const nodes = new Map<number, Tally>();
  const edges = new Map<number, Tally>();
  for (const { before, id, edgeJourneys, milliseconds, buckets } of arrivals) {
    const node = nodes.get(id) ?? emptyTally();
    nodes.set(id, node);
    const edge: Tally = { ...emptyTally(), edgeJourneys, medianSeconds: milliseconds / 1000 };
    if (before !== 0) edges.set(before * 65_536 + id, edge);
    for (const [bucket, events, firstSights] of buckets) {
      addTo(node.events, bucket, events);
      addTo(node.journeys, bucket, firstSights);
      addTo(edge.events, bucket, events);
    }
  }
  return { total, names, journeys, nodes, edges };
}

type CompareNode = CompareReport["nodes"][number];
type CompareEdge = CompareReport["edges"][number];

function nodeSide(id: number, { nodes, journeys }: Side) {
  const { events, journeys: sights } = nodes.get(id) ?? NOTHING;
  const buckets = pairBuckets(sights, journeys);
  return { buckets, shown: { events: sumOf(events), journeys: sumOf(sights), ...describeShare(buckets) } };
}

function compareNode(id: number, a: Side, b: Side): CompareNode {
  const [first, second] = [nodeSide(id, a), nodeSide(id, b)];
  const { name, stage } = a.names.name(id);
  const difference = describeDifference(first.buckets, second.buckets);
  return { touchpoint: name, stage, a: first.shown, b: second.shown, difference };
}

function edgeSide(step: number, before: number, { nodes, edges }: Side) {
  const { events, edgeJourneys, medianSeconds } = edges.get(step) ?? NOTHING;
  const all = (nodes.get(before) ?? NOTHING).events;
  const buckets = pairBuckets(events, all);
  const counts = { transitions: sumOf(events), n: sumOf(all), journeys: edgeJourneys, medianSeconds };
  return { buckets, shown: { ...counts, ...describeShare(buckets) } };
}

function compareEdge(step: number, a: Side, b: Side): CompareEdge {
  const before = Math.floor(step / 65_536);
  const [first, second] = [edgeSide(step, before, a), edgeSide(step, before, b)];
  return {
    from: a.names.name(before).name,
    to: a.names.name(step % 65_536).name,
    a: first.shown,
    b: second.shown,
    difference: describeDifference(first.buckets, second.buckets),
  };
}

function keysOf(a: ReadonlyMap<number, Tally>, b: ReadonlyMap<number, Tally>): number[] {
  return [...new Set([...a.keys(), ...b.keys()])];
}

/** The other scope as a report names it. */
export function describeVersus({ from, to, outside, where }: z.infer<typeof versusSchema>) {
  return { from: from ?? null, to: to ?? null, outside: outside ?? false, where: where ?? null };
}

/** The other scope, under the same journey definition. */
export function versusScope(journey: string | undefined, vs: z.infer<typeof versusSchema>): JourneyScope {
  return { ...vs, journey };
}

/**
 * Two scopes on one map. Medians are exact, in seconds, null where a side has no such step.
 * @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine)
 */
export async function compareJourneys(context: AnalysisContext, input: CompareQuery): Promise<CompareReport> {
  const query = compareQuerySchema.parse(input);
  // One after the other: each already uses every core, and side by side they would only share the memory.
  const a = await readSide(context, query, query.by);
  const b = await readSide(context, versusScope(query.journey, query.vs), query.by);
  const nodes = keysOf(a.nodes, b.nodes).map((id) => compareNode(id, a, b));
  const edges = keysOf(a.edges, b.edges).map((step) => compareEdge(step, a, b));
  const sides = ({ a: one, b: two }: CompareNode) => one.events + two.events;
  const steps = ({ a: one, b: two }: CompareEdge) => one.transitions + two.transitions;
  const way = ({ from, to }: CompareEdge) => `${from}\u0000${to}`;
  return {
    journey: query.journey ?? context.defaultJourney,
    vs: describeVersus(query.vs),
    a: a.total,
    b: b.total,
    nodes: nodes.sort((x, y) => sides(y) - sides(x) || (x.touchpoint < y.touchpoint ? -1 : 1)),
    edges: edges.sort((x, y) => steps(y) - steps(x) || (way(x) < way(y) ? -1 : 1)),
  };
}
