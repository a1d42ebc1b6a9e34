/**
 * The rows of the step matrix: their order, what is not listed, and that every column adds up.
 */
import { describe, expect, it } from "vitest";
import { walkGrid } from "../views/walk-grid.ts";
import { rankSteps } from "./step-rows.ts";

/** 10 journeys: at step 1 A 6, B 4; at step 2 B 5, C 2, ended 3. */
const ANSWER = {
  journeys: 10,
  steps: [
    {
      step: 1,
      ended: 0,
      cells: [
        { touchpoint: "A", journeys: 6, share: 0.6 },
        { touchpoint: "B", journeys: 4, share: 0.4 },
      ],
    },
    {
      step: 2,
      ended: 3,
      cells: [
        { touchpoint: "B", journeys: 5, share: 0.5 },
        { touchpoint: "C", journeys: 2, share: 0.2 },
      ],
    },
  ],
};

describe("rankSteps", () => {
  it("ranks by how often a touchpoint is passed and adds up to all journeys", () => {
    const rows = rankSteps(ANSWER, 10);
    expect(rows.map(({ label, counts }) => [label, ...counts])).toEqual([
      ["B", 4, 5],
      ["A", 6, 0],
      ["C", 0, 2],
      ["Ended before", 0, 3],
      ["All journeys", 10, 10],
    ]);
  });

  it("keeps what is not listed in one row, and knows what it is not", () => {
    const other = rankSteps(ANSWER, 1).find(({ kind }) => kind === "other");
    expect([other?.label, other?.counts]).toEqual(["Other: 2 touchpoints", [6, 2]]);
    expect(other?.select(1)).toEqual({ kind: "position", step: 2, touchpoint: null, not: ["B"] });
  });

  it("opens no empty cell", () => {
    const rows = rankSteps(ANSWER, 10);
    expect(rows[1]?.select(1)).toBeUndefined();
    expect(rows[3]?.select(1)).toEqual({ kind: "position", step: 2, touchpoint: null });
  });
});

describe("walkGrid", () => {
  const open = new Set(["0/0", "0/2", "1/1"]);
  const walk = (at: string, key: string) => walkGrid(at, key, 2, 3, (cell) => open.has(cell));

  it("skips what cannot be entered and stops at the edge", () => {
    expect(walk("0/0", "ArrowRight")).toBe("0/2");
    expect(walk("0/2", "ArrowRight")).toBeUndefined();
    expect(walk("0/2", "Home")).toBe("0/0");
    expect(walk("0/0", "End")).toBe("0/2");
    expect(walk("0/0", "ArrowDown")).toBeUndefined();
    expect(walk("0/0", "a")).toBeUndefined();
  });
});
