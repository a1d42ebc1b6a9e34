/**
 * Layouts that can be read: nothing overlaps, lanes stand in order, every edge runs from its node to its node.
 * How they look is judged by eye.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankByFlow } from "./flow-order.ts";
import type { Box, Point } from "./geometry.ts";
import { arrowHead, curveMiddle, curvePath, curveThrough } from "./geometry.ts";
import { type LayoutEdge, type LayoutNode, type LayoutOptions, layoutGraph } from "./layout-graph.ts";

const label = { width: 50, height: 16 };
const node = (id: string, lane: number): LayoutNode => ({ id, lane, width: 150, height: 48 });
const edge = (from: string, to: string, weight = 1): LayoutEdge => ({ id: `${from}>${to}`, from, to, weight, label });

const graphs = fc
  .record({
    lanes: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 16 }),
    steps: fc.array(fc.tuple(fc.nat(15), fc.nat(15), fc.integer({ min: 1, max: 500 })), { maxLength: 40 }),
    direction: fc.constantFrom("right" as const, "down" as const),
    byLane: fc.boolean(),
    perLevel: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ lanes, steps, direction, byLane, perLevel }) => {
    const inner = lanes.map((lane, index) => node(`n${index}`, lane));
    const nodes = [node("start", Number.NEGATIVE_INFINITY), ...inner, node("end", Number.POSITIVE_INFINITY)];
    const name = (index: number) => `n${index % lanes.length}`;
    const found = steps.map(([a, b, weight]) => edge(name(a), name(b), weight));
    const ends = [edge("start", "n0", 5), edge(name(lanes.length - 1), "end", 5)];
    const edges = [...new Map([...found, ...ends].map((one) => [one.id, one])).values()];
    const options: LayoutOptions = { direction, lanes: byLane, perLevel };
    return { nodes, edges, options };
  });

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a point lies on the rim of a box. */
function touches({ x, y }: Point, box: Box): boolean {
  const inside = x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;
  const within = x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
  return inside && !within;
}

describe("layoutGraph", () => {
  it("lets no two nodes overlap and places every edge between its nodes", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges, options }) => {
        const placed = layoutGraph(nodes, edges, options);
        const boxes = [...placed.nodes.values()];
        boxes.forEach((a, index) => {
          for (const b of boxes.slice(index + 1)) expect(overlap(a, b)).toBe(false);
        });
        for (const { id, from, to } of edges) {
          const { curve } = placed.edges.get(id) ?? { curve: curveThrough([]) };
          const [a, b] = [placed.nodes.get(from), placed.nodes.get(to)];
          expect(a && touches(curve.start, a), `${id} starts at its node`).toBe(true);
          expect(b && touches(curve.parts.at(-1)?.end ?? curve.start, b), `${id} ends at its node`).toBe(true);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("keeps everything inside its size, and gives the same picture twice", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges, options }) => {
        const placed = layoutGraph(nodes, edges, options);
        for (const { x, y, width, height } of [...placed.nodes.values(), ...placed.lanes]) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(placed.width);
          expect(y + height).toBeLessThanOrEqual(placed.height);
        }
        expect(layoutGraph(nodes, edges, options)).toEqual(placed);
      }),
      { numRuns: 20, seed: 8 },
    );
  });

  it("puts lanes in their order, start before and end behind them", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges, options }) => {
        const { direction } = options;
        const placed = layoutGraph(nodes, edges, { ...options, lanes: true });
        const along = (box: Box | undefined) => (direction === "right" ? box?.x : box?.y) ?? Number.NaN;
        const lanes = placed.lanes.map(({ lane }) => lane);
        expect(lanes).toEqual(lanes.toSorted((a, b) => a - b));
        expect(placed.lanes.map(along)).toEqual(placed.lanes.map(along).toSorted((a, b) => a - b));
        for (const { id, lane } of nodes.slice(1, -1)) {
          const band = placed.lanes.find((one) => one.lane === lane);
          const box = placed.nodes.get(id);
          expect(band && box && overlap(band, box)).toBe(true);
          expect(along(box)).toBeGreaterThan(along(placed.nodes.get("start")));
          expect(along(box)).toBeLessThan(along(placed.nodes.get("end")));
        }
      }),
      { numRuns: 30, seed: 9 },
    );
  });

  it("draws a chain of steps in the order of its steps", () => {
    const nodes = [node("start", Number.NEGATIVE_INFINITY), node("c", 3), node("a", 3), node("b", 3)];
    const edges = [edge("start", "a", 9), edge("a", "b", 9), edge("b", "c", 9), edge("c", "b", 1)];
    const { nodes: boxes } = layoutGraph(nodes, edges, { direction: "right", lanes: true, perLevel: 5 });
    const y = (id: string) => boxes.get(id)?.y ?? Number.NaN;
    expect(y("a")).toBeLessThan(y("b"));
    expect(y("b")).toBeLessThan(y("c"));
  });

  it("leaves nothing to draw of nothing", () => {
    expect(layoutGraph([], [], { direction: "right", lanes: true, perLevel: 5 }).nodes.size).toBe(0);
  });
});

describe("rankByFlow", () => {
  it("counts steps from the start", () => {
    const ranks = rankByFlow(
      ["a", "c", "b"],
      [
        { from: "a", to: "b", weight: 3 },
        { from: "b", to: "c", weight: 3 },
      ],
    );
    expect(ranks.get("b")).toBeCloseTo(1, 3);
    expect(ranks.get("c")).toBeCloseTo(2, 3);
  });

  it("sets nodes side by side that journeys walk between both ways alike", () => {
    // b: 1 from a; c: as often forth as back from b, once from a: both end at 1.
    const ranks = rankByFlow(
      ["a", "b", "c"],
      [
        { from: "a", to: "b", weight: 1 },
        { from: "a", to: "c", weight: 1 },
        { from: "b", to: "c", weight: 5 },
        { from: "c", to: "b", weight: 5 },
      ],
    );
    expect(ranks.get("b")).toBeCloseTo(1, 3);
    expect(ranks.get("c")).toBeCloseTo(1, 3);
  });
});

describe("curves", () => {
  const curve = curveThrough([
    { x: 0, y: 0 },
    { x: 10, y: 20 },
  ]);

  it("runs along the main axis at both ends", () => {
    expect(curvePath(curve)).toBe("M0 0C5 0 5 20 10 20");
    expect(curveMiddle(curve)).toEqual({ x: 5, y: 10 });
  });

  it("ends in an arrow head that points along it", () => {
    expect(arrowHead(curve, 10)).toBe("M10 20L0 25.5L0 14.5Z");
  });
});
