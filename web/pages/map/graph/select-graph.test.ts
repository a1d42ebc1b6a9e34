/**
 * The graph and its levels of detail: everything adds up, everything hangs together, more detail takes nothing away.
 * Where things stand on the page is tested in layout/.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph, END, edgeId, type JourneyGraph, type MapAnswer, START, stageId } from "./graph-model.ts";
import { defaultDetail, selectGraph } from "./select-graph.ts";

const STAGES = ["awareness", "purchase", "support", null] as const;

/** The map of journeys as the API counts it, by hand. */
function mapOf(journeys: readonly (readonly number[])[], stageOf: (touchpoint: number) => string | null): MapAnswer {
  const nodes = new Map<number, { events: number; journeys: number; starts: number; ends: number }>();
  const edges = new Map<string, { from: number; to: number; transitions: number; journeys: number }>();
  for (const path of journeys) {
    path.forEach((touchpoint, index) => {
      const node = nodes.get(touchpoint) ?? { events: 0, journeys: 0, starts: 0, ends: 0 };
      node.events += 1;
      node.journeys += path.indexOf(touchpoint) === index ? 1 : 0;
      node.starts += index === 0 ? 1 : 0;
      node.ends += index === path.length - 1 ? 1 : 0;
      nodes.set(touchpoint, node);
      const to = path[index + 1];
      if (to === undefined) return;
      const key = `${touchpoint}>${to}`;
      const edge = edges.get(key) ?? { from: touchpoint, to, transitions: 0, journeys: 0 };
      edge.transitions += 1;
      edge.journeys += path.findIndex((one, at) => one === touchpoint && path[at + 1] === to) === index ? 1 : 0;
      edges.set(key, edge);
    });
  }
  const blank = { score: null, medianSecondsAfter: null };
  return {
    journey: "case",
    journeys: journeys.length,
    nodes: [...nodes].map(([id, node]) => ({ touchpoint: `t${id}`, stage: stageOf(id), ...node, ...blank })),
    edges: [...edges.values()].map(({ from, to, ...counts }) => {
      return { from: `t${from}`, to: `t${to}`, ...counts, medianSeconds: 60, p90Seconds: 90 };
    }),
  };
}

const stageOf = (touchpoint: number) => STAGES[touchpoint % STAGES.length] ?? null;
const journeys = fc.array(fc.array(fc.nat(29), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 60 });
const details = fc.integer({ min: 0, max: 100 });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Ids that can be reached from `root` over edges. */
function reach(edges: JourneyGraph["edges"], root: string, forwards: boolean): Set<string> {
  const reached = new Set([root]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of edges) {
      if (forwards && reached.has(from)) reached.add(to);
      if (!forwards && reached.has(to)) reached.add(from);
    }
  }
  return reached;
}

describe("selectGraph", () => {
  it("adds up at every level of detail", () => {
    fc.assert(
      fc.property(journeys, details, (paths, detail) => {
        const graph = buildGraph(mapOf(paths, stageOf), { collapsed: [] });
        const { edges, other, nodes } = selectGraph(graph, { detail });
        const shown = (kind: string) => sum(edges.filter((edge) => edge.kind === kind).map((edge) => edge.transitions));
        expect(shown("step") + other.transitions).toBe(sum(paths.map((path) => path.length - 1)));
        expect(shown("start") + other.starts).toBe(paths.length);
        expect(shown("end") + other.ends).toBe(paths.length);
        expect(nodes.length - 2 + other.touchpoints).toBe(graph.nodes.length - 2);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("lets every shown node be reached from the start and reach the end", () => {
    fc.assert(
      fc.property(journeys, details, (paths, detail) => {
        const { nodes, edges } = selectGraph(buildGraph(mapOf(paths, stageOf), { collapsed: [] }), { detail });
        const [from, to] = [reach(edges, START, true), reach(edges, END, false)];
        for (const { id } of nodes) {
          expect(from.has(id), `${id} from the start`).toBe(true);
          expect(to.has(id), `${id} to the end`).toBe(true);
        }
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it("takes nothing away when detail is added, and shows everything in the end", () => {
    fc.assert(
      fc.property(journeys, details, details, (paths, one, two) => {
        const graph = buildGraph(mapOf(paths, stageOf), { collapsed: [] });
        const less = selectGraph(graph, { detail: Math.min(one, two) });
        const more = new Set(selectGraph(graph, { detail: Math.max(one, two) }).edges.map(({ id }) => id));
        for (const { id } of less.edges) expect(more.has(id)).toBe(true);
        expect(selectGraph(graph, { detail: 100 }).other).toEqual({
          touchpoints: 0,
          steps: 0,
          transitions: 0,
          starts: 0,
          ends: 0,
        });
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("shows what is asked for whatever the detail", () => {
    const paths = [...Array.from({ length: 50 }, () => [1, 2, 3, 4, 5, 6, 7, 8]), [1, 20, 21]];
    const graph = buildGraph(mapOf(paths, stageOf), { collapsed: [] });
    const rare = edgeId("t20", "t21");
    expect(selectGraph(graph, { detail: 0 }).edges.some(({ id }) => id === rare)).toBe(false);
    const { nodes, edges } = selectGraph(graph, { detail: 0, keepEdges: [rare] });
    expect(edges.some(({ id }) => id === rare)).toBe(true);
    expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["t20", "t21"]));
    const ways = new Set(edges.map(({ id }) => id));
    expect(ways.has(edgeId("t1", "t20")) && ways.has(edgeId("t21", END))).toBe(true);
  });

  it("shows the only way to a busy node though few walk it", () => {
    // t9 is walked a hundred times by one journey, and reached through t30 alone.
    const paths = [...Array.from({ length: 20 }, () => [1, 2, 3, 4]), [1, 30, ...Array.from({ length: 100 }, () => 9)]];
    const { nodes } = selectGraph(buildGraph(mapOf(paths, stageOf), { collapsed: [] }), { detail: 0 });
    expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["t9", "t30"]));
  });

  it("begins with everything where that is little, and with a readable part where it is not", () => {
    const small = buildGraph(mapOf([[1, 2, 3]], stageOf), { collapsed: [] });
    expect(defaultDetail(small)).toBe(100);
    const many = Array.from({ length: 400 }, (_, k) =>
      Array.from({ length: 8 }, (_, i) => (k * 7 + i * i * (k % 11)) % 40),
    );
    const large = buildGraph(mapOf(many, stageOf), { collapsed: [] });
    const { nodes, edges } = selectGraph(large, { detail: undefined });
    expect(large.edges.length).toBeGreaterThan(200);
    expect(nodes.length - 2).toBeLessThanOrEqual(18);
    expect(edges.length).toBeLessThanOrEqual(60);
  });
});

describe("buildGraph", () => {
  it("keeps all sums when stages are folded", () => {
    fc.assert(
      fc.property(journeys, fc.subarray(["awareness", "purchase", "support", "unmapped"]), (paths, collapsed) => {
        const answer = mapOf(paths, stageOf);
        const [whole, folded] = [buildGraph(answer, { collapsed: [] }), buildGraph(answer, { collapsed })];
        expect(folded.transitions).toBe(whole.transitions);
        const inner = (graph: JourneyGraph) => graph.nodes.slice(1, -1);
        for (const key of ["events", "starts", "ends"] as const)
          expect(sum(inner(folded).map((node) => node[key]))).toBe(sum(inner(whole).map((node) => node[key])));
        for (const node of inner(folded)) {
          const out = sum(folded.edges.filter(({ from }) => from === node.id).map((edge) => edge.transitions));
          expect(out, `${node.id}: departures and ends`).toBe(node.events);
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it("says nothing of journeys and times that sums cannot tell, and what the question by stage tells", () => {
    const paths = [
      [0, 4, 1, 0],
      [0, 1, 5],
    ];
    const answer = mapOf(paths, stageOf);
    const byStage = mapOf(
      paths.map((path) => path.map((id) => id % 4)),
      stageOf,
    );
    const named = {
      ...byStage,
      nodes: byStage.nodes.map((node) => ({ ...node, touchpoint: node.stage ?? "unmapped" })),
      edges: byStage.edges.map((edge) => ({
        ...edge,
        from: stageOf(Number(edge.from.slice(1))) ?? "unmapped",
        to: stageOf(Number(edge.to.slice(1))) ?? "unmapped",
      })),
    };
    const awareness = stageId("awareness");
    const alone = buildGraph(answer, { collapsed: ["awareness"] });
    expect(alone.nodes.find(({ id }) => id === awareness)?.journeys).toBeNull();
    // t0 and t4 both go to t1: how many journeys do cannot be summed.
    const mixed = alone.edges.find(({ id }) => id === edgeId(awareness, "t1"));
    expect(mixed).toMatchObject({ transitions: 2, journeys: null, medianSeconds: null });
    const known = buildGraph(answer, { collapsed: ["awareness", "purchase"], byStage: named });
    expect(known.nodes.find(({ id }) => id === awareness)?.journeys).toBe(2);
    expect(known.edges.find(({ id }) => id === edgeId(awareness, stageId("purchase")))?.journeys).toBe(2);
  });

  it("tells touchpoints apart from what its own ids mean", () => {
    const answer = mapOf([[1, 2]], stageOf);
    const odd = {
      ...answer,
      nodes: answer.nodes.map((node) => ({ ...node, touchpoint: node.touchpoint === "t1" ? "start:" : "stage:x" })),
      edges: answer.edges.map((edge) => ({ ...edge, from: "start:", to: "stage:x" })),
    };
    const ids = buildGraph(odd, { collapsed: [] }).nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});
