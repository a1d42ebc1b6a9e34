/**
 * The Sankey's arithmetic: every column is as tall as all journeys, every ribbon as thick as those who take it.
 * How it looks in a browser is tested with the pages.
 */
import { describe, expect, it } from "vitest";
import { layoutSankey, type SankeyData } from "./sankey-layout.ts";
import { sankeySvg } from "./svg-sankey.ts";

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
    { level: 3, ended: 10, nodes: [] },
  ],
  links: [
    { level: 1, from: "A", to: "B", journeys: 4 },
    { level: 1, from: "A", to: "Other", journeys: 2 },
    { level: 1, from: "B", to: "Other", journeys: 2 },
  ],
};

const PAINT = {
  title: "Flow",
  color: (touchpoint: string) => (touchpoint === "A" ? "#111111" : "#222222"),
  formatCount: String,
  formatShare: (share: number) => `${share * 100} %`,
};

describe("layoutSankey", () => {
  const layout = layoutSankey(DATA, 600, 100);

  it("gives every column all journeys, ended ones last", () => {
    for (const level of [1, 2, 3]) {
      const column = layout.nodes.filter((node) => node.level === level);
      expect(column.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(10);
    }
    const second = layout.nodes.filter(({ level }) => level === 2).map(({ kind }) => kind);
    expect(second).toEqual(["touchpoint", "rest", "ended"]);
  });

  it("says what ends at each node, and carries on what had ended", () => {
    const ends = layout.links.filter(({ to }) => to.kind === "ended");
    expect(ends.map(({ from, level, journeys }) => [level, from.kind, from.touchpoint, journeys])).toEqual([
      [1, "touchpoint", "A", 1],
      [1, "touchpoint", "B", 1],
      [2, "touchpoint", "B", 4],
      [2, "rest", "Other", 4],
      [2, "ended", "Ended", 2],
    ]);
  });

  it("fills every node with its ribbons", () => {
    for (const node of layout.nodes) {
      const out = layout.links
        .filter(({ from }) => from.key === node.key)
        .reduce((sum, link) => sum + link.journeys, 0);
      const into = layout.links.filter(({ to }) => to.key === node.key).reduce((sum, link) => sum + link.journeys, 0);
      if (node.level < 3) expect(out).toBe(node.journeys);
      if (node.level > 1) expect(into).toBe(node.journeys);
      expect(node.height).toBeCloseTo(node.journeys * 10);
    }
  });

  it("leaves no two nodes of a column on each other", () => {
    for (const [index, node] of layout.nodes.entries()) {
      const next = layout.nodes[index + 1];
      if (next?.level === node.level) expect(next.y).toBeGreaterThanOrEqual(node.y + node.height);
    }
  });

  it("draws nothing for nobody", () => {
    const empty = layoutSankey({ journeys: 0, levels: [{ level: 1, ended: 0, nodes: [] }], links: [] }, 600);
    expect(empty.nodes).toEqual([]);
    expect(empty.links).toEqual([]);
  });
});

describe("sankeySvg", () => {
  it("is one drawing with every name in it", () => {
    expect(sankeySvg(DATA, PAINT, 632)).toMatchSnapshot();
  });

  it("keeps names that look like markup as text", () => {
    const odd: SankeyData = {
      journeys: 1,
      levels: [{ level: 1, ended: 0, nodes: [{ touchpoint: "<b>&", journeys: 1, rest: false }] }],
      links: [],
    };
    expect(sankeySvg(odd, PAINT)).toContain("&lt;b&gt;&amp;");
  });
});
