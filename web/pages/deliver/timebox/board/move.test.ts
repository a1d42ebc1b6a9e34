/**
 * What a move of a card means: steps, what is asked, what is refused; where keys lead; what is foreseen of it.
 */
import { describe, expect, it } from "vitest";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { type Cells, cellKey, readCellKey, sortIntoCells } from "./board-cells.ts";
import { type Carry, carryByKey, findNeighbour } from "./carry.ts";
import { foreseeMove } from "./foresee.ts";
import {
  COLUMNS,
  describeMove,
  findPlace,
  type Move,
  makeAction,
  type Place,
  planMove,
  ROWS,
  stepPlace,
} from "./move.ts";

const BOX = { id: 7, increment: 3, state: "running" } as const;

function card(id: number, more: Partial<Requirement> = {}): Requirement {
  const priority = { project: null, increment: null, timebox: null };
  return {
    ...({
      id,
      title: `Card ${id}`,
      priority,
      evidence: [],
      carried: [],
      timebox: null,
      increment: null,
    } as unknown as Requirement),
    ...{ effort: 4, remaining: 4, state: "to-do", version: 2 },
    ...more,
  };
}

const inBox = (timebox: "must" | "should" | "could" | "wont" | null, state: Requirement["state"] = "to-do") =>
  card(1, { timebox: 7, increment: 3, state, priority: { project: "must", increment: null, timebox } });

function planned(requirement: Requirement, to: Place): Move {
  const move = planMove(requirement, BOX, to);
  if (!move || "refused" in move) throw new Error(`no move: ${JSON.stringify(move)}`);
  return move;
}

describe("planMove", () => {
  it("takes a column for progress, which needs no reason", () => {
    const move = planned(inBox("must"), { column: "doing", row: "must" });
    expect(move).toMatchObject({ steps: ["progress"], asksReason: false, asksEvidence: false });
    expect(makeAction("progress", inBox("must"), move, BOX)).toEqual({
      ...{ type: "progress-requirement", requirement: 1, state: "doing" },
    });
  });

  it("asks for evidence where it is done without a passed test, and says that nothing is left", () => {
    const to: Place = { column: "done", row: "must" };
    const move = planned(inBox("must", "doing"), to);
    expect(move.asksEvidence).toBe(true);
    expect(makeAction("progress", inBox("must", "doing"), move, BOX)).toMatchObject({ state: "done", remaining: 0 });
    const test = (passed: boolean) => ({ at: "2026-01-01T00:00:00Z", author: "Ana", text: "tried", passed });
    expect(planned({ ...inBox("must"), evidence: [test(true)] }, to).asksEvidence).toBe(false);
    expect(planned({ ...inBox("must"), evidence: [test(true), test(false)] }, to).asksEvidence).toBe(true);
  });

  it("takes a row for the priority in the timebox, with a reason; both at once in that order", () => {
    const move = planned(inBox("must"), { column: "doing", row: "could" });
    expect(move).toMatchObject({ steps: ["prioritise", "progress"], asksReason: true });
    expect(makeAction("prioritise", inBox("must"), move, BOX)).toEqual({
      ...{ type: "prioritise", requirement: 1, version: 2, level: "timebox", priority: "could" },
    });
    expect(
      makeAction("prioritise", inBox("must"), planned(inBox("must"), { column: "to-do", row: "undecided" }), BOX),
    ).toMatchObject({
      priority: null,
    });
  });

  it("plans from the list into this timebox and its increment, then gives the priority of the row", () => {
    const listed = card(1);
    const move = planned(listed, { column: "to-do", row: "should" });
    expect(move).toMatchObject({ steps: ["plan-in", "prioritise"], asksReason: true });
    expect(makeAction("plan-in", listed, move, BOX)).toEqual({
      ...{ type: "plan-requirement", requirement: 1, version: 2, increment: 3, timebox: 7 },
    });
    // The step before has made a new version, and brought the priority along: nothing is left to send.
    const now = card(1, { timebox: 7, version: 3, priority: { project: null, increment: null, timebox: "should" } });
    expect(makeAction("prioritise", now, move, BOX)).toBeNull();
  });

  it("takes out of the timebox and keeps the increment", () => {
    const move = planned(inBox("could"), { column: "list", row: "could" });
    expect(move).toMatchObject({ steps: ["take-out"], asksReason: true });
    expect(makeAction("take-out", inBox("could"), move, BOX)).toMatchObject({ increment: 3, timebox: null });
  });

  it("does nothing where the card already is, and refuses what makes no sense", () => {
    expect(planMove(inBox("must"), BOX, { column: "to-do", row: "must" })).toBeUndefined();
    expect(planMove(card(1), BOX, { column: "list", row: "could" })).toBeUndefined();
    const list: Place = { column: "list", row: "must" };
    expect(planMove(inBox("must"), BOX, list)).toEqual({ refused: expect.stringContaining("Must stays") });
    expect(planMove(inBox("must"), { ...BOX, state: "planned" }, list)).toMatchObject({ steps: ["take-out"] });
    expect(planMove(inBox("could", "done"), BOX, list)).toEqual({ refused: expect.stringContaining("done") });
    for (const state of ["closed", "cancelled"] as const)
      expect(planMove(inBox("could"), { ...BOX, state }, { column: "doing", row: "could" })).toHaveProperty("refused");
  });

  it("says in words what will be done", () => {
    const move = planned(card(1), { column: "doing", row: "must" });
    expect(describeMove(move)).toBe("Plan it into the timebox, make it Must in it and set it to doing");
    expect(describeMove(planned(inBox("must"), { column: "to-do", row: "could" }))).toBe(
      "Change its priority in the timebox from Must to Could",
    );
  });
});

describe("keys", () => {
  const carry: Carry = {
    ...{ requirement: 1, title: "Card 1", by: "keys" },
    ...{ from: { column: "to-do", row: "must" }, over: { column: "to-do", row: "must" } },
  };

  it("lead over every cell and the list, and no further", () => {
    expect(stepPlace({ column: "list", row: "could" }, "right")).toEqual({ column: "to-do", row: "could" });
    expect(stepPlace({ column: "list", row: "could" }, "up")).toBeUndefined();
    expect(stepPlace({ column: "done", row: "must" }, "right")).toBeUndefined();
    expect(stepPlace({ column: "doing", row: "must" }, "down")).toEqual({ column: "doing", row: "should" });
    expect(stepPlace({ column: "doing", row: "undecided" }, "down")).toBeUndefined();
  });

  it("drop, put back, or say where the card is", () => {
    expect(carryByKey(carry, " ")).toEqual({ kind: "drop" });
    expect(carryByKey(carry, "Enter")).toEqual({ kind: "drop" });
    expect(carryByKey(carry, "Escape")).toEqual({ kind: "cancel" });
    expect(carryByKey(carry, "x")).toBeUndefined();
    expect(carryByKey(carry, "ArrowRight")).toMatchObject({ kind: "move", said: "Over Must, Doing." });
    expect(carryByKey(carry, "ArrowUp")).toMatchObject({ said: "This is the topmost row. Still over Must, To do." });
  });

  it("lead from card to card when none is in hand, over empty columns", () => {
    const columns = [[9, 8], [1, 2, 3], [], [4]];
    expect(findNeighbour(columns, 2, "down")).toBe(3);
    expect(findNeighbour(columns, 3, "down")).toBeUndefined();
    expect(findNeighbour(columns, 3, "right")).toBe(4);
    expect(findNeighbour(columns, 3, "left")).toBe(8);
    expect(findNeighbour(columns, 9, "left")).toBeUndefined();
  });
});

describe("cells", () => {
  const others = [card(2), card(3, { timebox: 8 }), card(4, { state: "done" }), inBox("must", "doing")];

  it("hold what is in the timebox by row and column, and beside it what is planned nowhere and not done", () => {
    const cells = sortIntoCells(others, 7);
    expect(cells.get("must/doing")?.map(({ id }) => id)).toEqual([1]);
    expect(cells.get("list")?.map(({ id }) => id)).toEqual([2]);
    expect([...cells.values()].flat()).toHaveLength(2);
  });

  it("stay the same arrays where no card changed", () => {
    const before: Cells = sortIntoCells(others, 7);
    const after = sortIntoCells([...others.slice(0, 3), inBox("must", "done")], 7, before);
    expect(after.get("list")).toBe(before.get("list"));
    expect(after.get("must/doing")).not.toBe(before.get("must/doing"));
  });

  it("are read from their keys", () => {
    for (const row of ROWS)
      for (const column of COLUMNS) expect(readCellKey(cellKey({ row, column }))).toEqual({ row, column });
    expect(readCellKey("list")).toMatchObject({ column: "list" });
    expect(readCellKey("")).toBeUndefined();
  });
});

describe("foreseeMove", () => {
  const effort = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
  const report = (requirements: readonly Requirement[]) =>
    ({
      initiative: { requirements },
      timeboxes: [{ timebox: 7, requirements: [], effort, done: effort, remaining: effort, shares: null }],
    }) as unknown as InitiativeReport;

  it("puts the card where it goes and leaves every other card the same object", () => {
    const [listed, must] = [card(2), inBox("must", "doing")];
    const move = planned(listed, { column: "doing", row: "could" });
    const after = foreseeMove(report([listed, must]), move, 7);
    const [moved, same] = after.initiative.requirements;
    expect(same).toBe(must);
    expect(moved && findPlace(moved, 7)).toEqual({ column: "doing", row: "could" });
    expect(after.timeboxes[0]).toMatchObject({
      requirements: [2, 1],
      effort: { must: 4, could: 4 },
      shares: { must: 0.5, should: 0, could: 0.5 },
    });
  });

  it("leaves nothing of what is done, and all of what is taken back", () => {
    const done = foreseeMove(
      report([inBox("must", "doing")]),
      planned(inBox("must", "doing"), { column: "done", row: "must" }),
      7,
    );
    expect(done.initiative.requirements[0]).toMatchObject({ state: "done", remaining: 0 });
    expect(done.timeboxes[0]).toMatchObject({ done: { must: 4 }, remaining: { must: 0 } });
    const back = { ...inBox("must", "done"), remaining: 0 };
    const again = foreseeMove(report([back]), planned(back, { column: "doing", row: "must" }), 7);
    expect(again.initiative.requirements[0]).toMatchObject({ state: "doing", remaining: 4 });
    const out = foreseeMove(report([inBox("could")]), planned(inBox("could"), { column: "list", row: "could" }), 7);
    expect(out.initiative.requirements[0]).toMatchObject({ timebox: null, priority: { timebox: null } });
  });
});
