/**
 * The graph in words and under the keyboard: names for screen readers, colours' steps, where arrows lead, what is in sight.
 */
import { describe, expect, it } from "vitest";
import { svgGraph } from "../../../charts/svg-graph.ts";
import { firstView, placeInRoom, uncover } from "./canvas-layout.ts";
import { breakName, drawGraph } from "./draw-graph.ts";
import { moveFocus, moveOfKey } from "./graph-focus.ts";
import { buildGraph, END, edgeId, type MapAnswer, START } from "./graph-model.ts";
import { graphSearchSchema } from "./graph-search.ts";
import { graphColumns, graphRows } from "./graph-tables.ts";
import { describeEdge, describeRest } from "./graph-words.ts";
import { heatOf } from "./heat.ts";
import { detours } from "./print-model.ts";
import { selectGraph } from "./select-graph.ts";
import { splitFields } from "./split-fields.ts";

const node = (touchpoint: string, events: number, starts: number, ends: number) => {
  return { touchpoint, stage: "purchase", events, journeys: events, starts, ends, score: null, medianSecondsAfter: 90 };
};
/** 10 journeys: 10 × details, 7 of them go on to <buy>, 2 come back once; 3 + 7 end. */
const ANSWER: MapAnswer = {
  journey: "visit",
  journeys: 10,
  nodes: [node("details", 12, 10, 5), node("<buy>", 7, 0, 5)],
  edges: [
    { from: "details", to: "<buy>", transitions: 7, journeys: 7, medianSeconds: 80, p90Seconds: 200 },
    { from: "<buy>", to: "details", transitions: 2, journeys: 2, medianSeconds: 10, p90Seconds: 20 },
  ],
};
const graph = buildGraph(ANSWER, { collapsed: [] });
const selection = selectGraph(graph, { detail: 100 });
const edgeOf = (from: string, to: string) => graph.edges.find(({ id }) => id === edgeId(from, to)) ?? graph.edges[0];
const names = (id: string) => graph.nodes.find((one) => one.id === id)?.name ?? id;

describe("describeEdge", () => {
  it("names both ends with count, n, share and time", () => {
    const edge = edgeOf("details", "<buy>");
    expect(edge && describeEdge(edge, names)).toBe("details to <buy>: 7 of 12, 58.3 %; median 1 min 20 s");
  });

  it("says where journeys start and end", () => {
    const [start, end] = [edgeOf(START, "details"), edgeOf("<buy>", END)];
    expect(start && describeEdge(start, names)).toBe("Journeys start with details: 10 of 10, 100.0 %");
    expect(end && describeEdge(end, names)).toBe("Journeys end with <buy>: 5 of 7, 71.4 % of its events");
  });
});

describe("describeRest", () => {
  it("counts what is not shown, and is silent when all is", () => {
    const rest = { touchpoints: 1, steps: 3, transitions: 1200, starts: 0, ends: 4 };
    expect(describeRest(rest)).toBe("Not shown: 3 other steps with 1,200 moves, 1 other touchpoint, 4 other ends.");
    expect(describeRest({ touchpoints: 0, steps: 0, transitions: 0, starts: 0, ends: 0 })).toBe("");
  });
});

describe("heatOf", () => {
  const [, own] = graph.nodes;
  if (!own) throw new Error("no node");

  it("takes fixed steps", () => {
    expect(heatOf({ ...own, events: 100, ends: 1 }, "drop-off")).toEqual({ step: 1, text: "1.0 %" });
    expect(heatOf({ ...own, events: 100, ends: 10 }, "drop-off")?.step).toBe(4);
    expect(heatOf({ ...own, medianSecondsAfter: 59 }, "time")?.step).toBe(0);
    expect(heatOf({ ...own, medianSecondsAfter: 604_800 }, "time")?.step).toBe(4);
    expect(heatOf({ ...own, medianSecondsAfter: null }, "time")).toBeUndefined();
  });

  it("reads a score on its own scale, and only there", () => {
    const score = (mean: number, scale: string) => ({ mean, low: null, high: null, n: 9, scale });
    expect(heatOf({ ...own, score: score(3, "1-5") }, "score")).toEqual({ step: 3, text: "3.00 of 1–5" });
    expect(heatOf({ ...own, score: score(8, "0-10") }, "score")?.step).toBe(0);
    expect(heatOf({ ...own, score: score(3, "") }, "score")).toEqual({ step: null, text: "3.00" });
  });
});

describe("moveFocus", () => {
  const walkable = { nodes: selection.nodes.map(({ id }) => id), edges: selection.edges };
  const there = edgeId("details", "<buy>");

  it("walks from node to edge to node along the strongest step, and back", () => {
    expect(moveFocus(walkable, { node: "details" }, "forward")).toEqual({ edge: there });
    expect(moveFocus(walkable, { edge: there }, "forward")).toEqual({ node: "<buy>" });
    expect(moveFocus(walkable, { node: "<buy>" }, "back")).toEqual({ edge: there });
    expect(moveFocus(walkable, { edge: there }, "back")).toEqual({ node: "details" });
  });

  it("goes round the nodes and round the steps of a node", () => {
    expect(moveFocus(walkable, { node: END }, "next")).toEqual({ node: START });
    expect(moveFocus(walkable, { edge: there }, "next")).toEqual({ edge: edgeId("details", END) });
    expect(moveFocus(walkable, { node: "details" }, "last")).toEqual({ node: END });
    expect(moveFocus(walkable, { node: START }, "back")).toBeUndefined();
    expect(moveOfKey("a")).toBeUndefined();
  });
});

describe("uncover", () => {
  it("moves only what would lie under the details", () => {
    const view = { x: 0, y: 5, zoom: 0.5 };
    expect(uncover(view, { right: 800, covered: 300 }, { width: 1000 })).toBe(view);
    // 1600 · 0.5 = 800, but only 1000 − 300 − 16 = 684 px are free.
    expect(uncover(view, { right: 1600, covered: 300 }, { width: 1000 })).toEqual({ x: -116, y: 5, zoom: 0.5 });
    expect(uncover(view, { right: 1600, covered: 0 }, { width: 1000 })).toBe(view);
  });
});

describe("firstView", () => {
  const room = { width: 600, height: 600 };

  it("shows the whole graph in the middle where it can be read", () => {
    expect(firstView({ width: 500, height: 300 }, room)).toEqual({ x: 50, y: 150, zoom: 1 });
    expect(firstView({ width: 1000, height: 500 }, room)).toEqual({ x: 0, y: 150, zoom: 0.6 });
  });

  it("begins at the start where the whole would be too small, and shows all of a very large one", () => {
    expect(firstView({ width: 1200, height: 500 }, room)).toEqual({ x: 0, y: 150, zoom: 0.6 });
    expect(firstView({ width: 6000, height: 500 }, room).zoom).toBeCloseTo(0.1);
  });
});

describe("the drawing", () => {
  const { layout } = placeInRoom(selection, "flow", { width: 1000, height: 600 });
  const drawing = drawGraph(selection, layout, { labels: "share", heat: "drop-off" });

  it("breaks long names once and never loses their beginning", () => {
    expect(breakName("Live Chat Conversation Started", 130)).toHaveLength(2);
    expect(breakName("Donaudampfschifffahrtsgesellschaft", 100)[0]).toMatch(/^Donau.*…$/u);
  });

  it("is well-formed SVG with every name and number, and no markup from names", () => {
    const svg = svgGraph(drawing, "The <journey>", "10 journeys");
    for (const text of ["details", "&lt;buy&gt;", "58.3 %", "The &lt;journey&gt;", "10 journeys", "10 % and more"])
      expect(svg).toContain(text);
    expect(svg).not.toMatch(/<buy>|NaN|undefined|style=|class=/u);
  });

  it("has a table twin with all nodes and edges", () => {
    const rows = graphRows(graph, selection, undefined, "touchpoint");
    expect(rows.map(({ what }) => what)).toEqual(["touchpoint", "touchpoint", "start", "step", "end", "end", "step"]);
    expect(graphColumns(false).map(({ value }) => value(rows[3] as never))).toEqual([
      "step",
      "details",
      "<buy>",
      7,
      12,
      7 / 12,
      7,
      null,
      80,
      200,
      "yes",
    ]);
  });
});

describe("the address", () => {
  it("opens whatever it says", () => {
    expect(graphSearchSchema.parse({ detail: "x", heat: 3, edge: "a", folded: 1, by: null })).toEqual({
      by: "touchpoint",
      folded: [],
      labels: "count",
      heat: "drop-off",
    });
    expect(graphSearchSchema.parse({ edge: ["a", 5], detail: "40" })).toMatchObject({ edge: ["a", "5"], detail: 40 });
  });
});

describe("splitFields", () => {
  it("offers the channel first and leaves out ids", () => {
    const fields = splitFields({
      channels: ["web", "app"],
      properties: [
        { name: "session", distinct: 9000 },
        { name: "browser", distinct: 4 },
        { name: "fixed", distinct: 1 },
      ],
      traits: [{ name: "country", distinct: 3 }],
    });
    expect(fields.map(({ value }) => value)).toEqual(["channel", "prop.browser", "customer.country"]);
  });
});

describe("detours", () => {
  it("names what is added and skipped, of ways that more than one journey takes", () => {
    const detour = { added: ["Wait", "Wait", "Chat"], skipped: ["Closed"] };
    const lines = detours([
      { journeys: 9, share: 0.9, detour: null },
      { journeys: 5, share: 0.05, detour },
      { journeys: 1, share: 0.01, detour },
    ]);
    expect(lines).toEqual([{ name: "with Wait, Wait +1, without Closed", text: "5, 5.0 %" }]);
  });
});
