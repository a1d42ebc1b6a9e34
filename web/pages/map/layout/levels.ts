/**
 * Which level (column, or row when the graph runs downwards) each node of a graph stands in.
 * With lanes a level belongs to one lane; without, levels follow the flow. Where on the level is layout-graph.ts' matter.
 */
import { type FlowEdge, rankByFlow } from "./flow-order.ts";

export interface LevelNode {
  readonly id: string;
  /** Lanes stand in this order; −Infinity: before them, Infinity: behind them. */
  readonly lane: number;
}

export interface Levels {
  readonly of: ReadonlyMap<string, number>;
  readonly count: number;
  /** Position in the flow, comparable on one level (or in one lane); smaller is earlier. */
  readonly ranks: ReadonlyMap<string, number>;
  /** First and last level of each lane that has nodes. Empty without lanes. */
  readonly lanes: readonly { readonly lane: number; readonly first: number; readonly last: number }[];
}

/** Cuts a list into as few parts of at most `size` as possible, of nearly equal length. */
function cut<Item>(list: readonly Item[], size: number): Item[][] {
  const parts = Math.max(1, Math.ceil(list.length / size));
  return Array.from({ length: parts }, (_, part) =>
    list.slice(Math.round((part * list.length) / parts), Math.round(((part + 1) * list.length) / parts)),
  );
}

/** Not an id: stands for all earlier lanes when the flow inside a lane is ranked. */
const OUTSIDE = "\u0000outside";

/** The flow inside a lane: its own steps, and where journeys come in from earlier lanes. */
function rankInLane(members: readonly LevelNode[], edges: readonly FlowEdge[], laneOf: ReadonlyMap<string, number>) {
  const [lane = 0] = members.map((node) => node.lane);
  const own = new Set(members.map(({ id }) => id));
  const inner = edges.flatMap((edge): FlowEdge[] => {
    if (!own.has(edge.to)) return [];
    if (own.has(edge.from)) return [edge];
    return (laneOf.get(edge.from) ?? 0) < lane ? [{ ...edge, from: OUTSIDE }] : [];
  });
  return rankByFlow([OUTSIDE, ...own], inner);
}

/**
 * Lanes side by side, each on levels of its own.
 * @param perLevel a lane with more nodes than this gets further levels
 */
export function laneLevels(nodes: readonly LevelNode[], edges: readonly FlowEdge[], perLevel: number): Levels {
  const laneOf = new Map(nodes.map(({ id, lane }) => [id, lane]));
  const ranks = new Map<string, number>();
  const of = new Map<string, number>();
  const lanes: { lane: number; first: number; last: number }[] = [];
  let level = 0;
  for (const lane of [...new Set(laneOf.values())].sort((a, b) => (a === b ? 0 : a < b ? -1 : 1))) {
    const members = nodes.filter((node) => node.lane === lane);
    const inLane = rankInLane(members, edges, laneOf);
    const rank = (id: string) => inLane.get(id) ?? 0;
    const first = level;
    for (const part of cut(
      [...members].sort((a, b) => rank(a.id) - rank(b.id)),
      perLevel,
    )) {
      for (const { id } of part) {
        of.set(id, level);
        ranks.set(id, rank(id));
      }
      level += 1;
    }
    if (Number.isFinite(lane)) lanes.push({ lane, first, last: level - 1 });
  }
  return { of, count: level, ranks, lanes };
}

/**
 * Levels along the flow: what comes later in the flow stands on a later level than what leads to it, at most `perLevel`
 * on one; before and behind stand what has no lane.
 */
export function flowLevels(nodes: readonly LevelNode[], edges: readonly FlowEdge[], perLevel: number): Levels {
  const ranks = rankByFlow(
    nodes.map(({ id }) => id),
    edges,
  );
  const rank = (id: string) => ranks.get(id) ?? 0;
  const inner = nodes.filter(({ lane }) => Number.isFinite(lane)).sort((a, b) => rank(a.id) - rank(b.id));
  const before = nodes.filter(({ lane }) => lane === Number.NEGATIVE_INFINITY);
  const behind = nodes.filter(({ lane }) => lane === Number.POSITIVE_INFINITY);
  const of = new Map(before.map(({ id }) => [id, 0]));
  const strongest = strongestIn(inner, edges, rank);
  const sizes = new Map<number, number>();
  for (const { id } of inner) {
    let level = Math.max(before.length > 0 ? 1 : 0, (of.get(strongest.get(id) ?? "") ?? -1) + 1);
    while ((sizes.get(level) ?? 0) >= perLevel) level += 1;
    of.set(id, level);
    sizes.set(level, (sizes.get(level) ?? 0) + 1);
  }
  const last = Math.max(0, ...of.values());
  for (const { id } of behind) of.set(id, last + 1);
  return { of, count: behind.length > 0 ? last + 2 : last + 1, ranks, lanes: [] };
}

/** The strongest predecessor of each node among those that stand earlier in the flow. */
function strongestIn(
  nodes: readonly LevelNode[],
  edges: readonly FlowEdge[],
  rank: (id: string) => number,
): Map<string, string> {
  const inner = new Set(nodes.map(({ id }) => id));
  const best = new Map<string, FlowEdge>();
  for (const edge of edges) {
    if (!inner.has(edge.from) || !inner.has(edge.to) || rank(edge.from) >= rank(edge.to)) continue;
    if (edge.weight > (best.get(edge.to)?.weight ?? 0)) best.set(edge.to, edge);
  }
  return new Map([...best].map(([id, edge]) => [id, edge.from]));
}
