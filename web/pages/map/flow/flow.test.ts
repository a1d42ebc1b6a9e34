/**
 * What stands behind the flow's parts, and where the arrow keys lead.
 * That the numbers of the drawer equal those clicked is tested with the API.
 */
import { describe, expect, it } from "vitest";
import { layoutSankey, type SankeyData } from "../../../charts/sankey-layout.ts";
import { flowSearchSchema } from "./flow-search.ts";
import { selectLink, selectNode } from "./select-flow.ts";
import { walkFlow } from "./walk-flow.ts";

/** 10 journeys: 4 A>B, 2 A>C, 1 A, 2 B>C, 1 B; C is not named at level 2. */
const DATA: SankeyData = {
  journeys: 10,
  levels: [
    {
      level: 1,
      ended: 0,
      nodes: [
        { touchpoint: "A", journeys: 7, rest: false },
        { touchpoint: "B", journeys: 3, rest: false },
      ],
    },
    {
      level: 2,
      ended: 2,
      nodes: [
        { touchpoint: "B", journeys: 4, rest: false },
        { touchpoint: "Other", journeys: 4, rest: true },
      ],
    },
  ],
  links: [
    { level: 1, from: "A", to: "B", journeys: 4 },
    { level: 1, from: "A", to: "Other", journeys: 2 },
    { level: 1, from: "B", to: "Other", journeys: 2 },
  ],
};
const layout = layoutSankey(DATA, 600);

function nodeOf(level: number, kind: string, touchpoint: string) {
  const node = layout.nodes.find((one) => one.level === level && one.kind === kind && one.touchpoint === touchpoint);
  if (!node) throw new Error(`no ${kind} ${touchpoint} at ${level}`);
  return node;
}

function linkOf(from: string, to: string) {
  const link = layout.links.find((one) => one.from.touchpoint === from && one.to.touchpoint === to);
  if (!link) throw new Error(`no link ${from} > ${to}`);
  return link;
}

describe("selectNode", () => {
  it("names a place, the rest of a level, or who had ended", () => {
    expect(selectNode(nodeOf(1, "touchpoint", "A"), layout).select).toEqual({
      kind: "position",
      step: 1,
      touchpoint: "A",
    });
    expect(selectNode(nodeOf(2, "rest", "Other"), layout).select).toEqual({
      kind: "position",
      step: 2,
      touchpoint: null,
      not: ["B"],
    });
    expect(selectNode(nodeOf(2, "ended", "Ended"), layout).select).toEqual({
      kind: "position",
      step: 2,
      touchpoint: null,
    });
  });
});

describe("selectLink", () => {
  it("names both ends, and what the rest is not", () => {
    expect(selectLink(linkOf("A", "B"), layout).select).toEqual({ kind: "link", level: 1, from: "A", to: "B" });
    expect(selectLink(linkOf("A", "Other"), layout).select).toEqual({
      kind: "link",
      level: 1,
      from: "A",
      to: null,
      toNot: ["B"],
    });
  });

  it("names those who end at a step", () => {
    expect(selectLink(linkOf("A", "Ended"), layout)).toEqual({
      title: "Journeys that end at step 1 with A",
      select: { kind: "position", step: 1, touchpoint: "A", last: true },
    });
  });
});

describe("walkFlow", () => {
  it("follows the thickest ribbon to the right and comes back", () => {
    const a = nodeOf(1, "touchpoint", "A").key;
    const link = walkFlow(layout, a, "ArrowRight");
    expect(link).toBe(linkOf("A", "B").key);
    expect(walkFlow(layout, link ?? "", "ArrowRight")).toBe(nodeOf(2, "touchpoint", "B").key);
    expect(walkFlow(layout, link ?? "", "ArrowLeft")).toBe(a);
  });

  it("goes up and down within a column and among a block's ribbons, and stops at the ends", () => {
    expect(walkFlow(layout, nodeOf(1, "touchpoint", "A").key, "ArrowDown")).toBe(nodeOf(1, "touchpoint", "B").key);
    expect(walkFlow(layout, nodeOf(1, "touchpoint", "A").key, "ArrowUp")).toBeUndefined();
    expect(walkFlow(layout, linkOf("A", "B").key, "ArrowDown")).toBe(linkOf("A", "Other").key);
    expect(walkFlow(layout, nodeOf(2, "ended", "Ended").key, "ArrowRight")).toBeUndefined();
  });
});

describe("flowSearchSchema", () => {
  it("opens a bad link with what is usual", () => {
    expect(flowSearchSchema.parse({ levels: "nonsense", top: 4000 })).toEqual({ levels: 5, top: 8 });
    expect(flowSearchSchema.parse({ levels: 7, top: 3 })).toEqual({ levels: 7, top: 3 });
  });
});
