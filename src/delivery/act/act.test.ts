import { describe, expect, it } from "vitest";
import type { DeliveryAction } from "../../domain/dsdm/action.ts";
import { type Initiative, initiativeSchema } from "../../domain/dsdm/initiative.ts";
import { onDay, PREPARED, plan, play, prioritise, RUNNING, START, versionOf } from "./act.case.ts";
import { act } from "./act.ts";
import { findRequirement } from "./refusal.ts";

const timebox = (initiative: Initiative, id: number) => {
  const found = initiative.timeboxes.find((one) => one.id === id);
  if (!found) throw new Error(`no timebox ${id}`);
  return found;
};
const NONE = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };

const progress = (requirement: number, state: "to-do" | "doing" | "done", remaining?: number): DeliveryAction => ({
  type: "progress-requirement",
  requirement,
  state,
  ...(remaining === undefined ? {} : { remaining }),
});
const closeOut = (id: number, carry: { requirement: number; to: number | null }[] = []): DeliveryAction => ({
  type: "close-out",
  timebox: id,
  accepters: [{ person: "Vera", role: "business-visionary" }],
  retrospective: "less at once",
  carry,
});

describe("startInitiative", () => {
  it("is a valid document at version 1, in no phase yet", () => {
    expect(initiativeSchema.parse(START)).toEqual(START);
    expect(START).toMatchObject({ id: 1, version: 1, state: "active", phases: [], createdBy: "Vera", findings: [7] });
  });
});

describe("act", () => {
  it("counts ids from 1 and versions by one", () => {
    expect(PREPARED.requirements.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(PREPARED.version).toBe(START.version + PREPARED.people.length + 1 + 2 + 3 + 6);
    const after = prioritise(PREPARED, 2, "project", "must");
    expect(after.version).toBe(PREPARED.version + 1);
    expect(after.requirements.map(({ version }) => version)).toEqual([1, 2, 1, 1, 1, 1]);
    expect(findRequirement(after, 2)).toMatchObject({ changedBy: "Vera", changedAt: onDay(2).at });
  });

  it("takes a reason that is blank for none", () => {
    expect(() => prioritise(PREPARED, 1, "project", "must", onDay(2, "Vera", "  "))).toThrow(/«reason»/);
  });

  it("takes up an initiative that ended by entering a phase, with a reason", () => {
    const stopped = act(START, { type: "decide-gate", phase: "feasibility", decision: "stop" }, onDay(2));
    expect(stopped.state).toBe("stopped");
    expect(() => act(stopped, { type: "add-increment", title: "x" }, onDay(3))).toThrow(/is stopped; enter a phase/);
    const enter = { type: "enter-phase", phase: "feasibility" } as const;
    expect(() => act(stopped, enter, onDay(3, "Vera", null))).toThrow(/«reason»/);
    expect(act(stopped, enter, onDay(3)).state).toBe("active");
  });
});

describe("phases", () => {
  it("agrees the scope when the business study goes, and closes with the post-project review", () => {
    const open = play(RUNNING, [
      { type: "enter-phase", phase: "business-study" },
      { type: "enter-phase", phase: "functional-model" },
      { type: "decide-gate", phase: "business-study", decision: "go" },
    ]);
    expect(open.baseline?.scope.slice(0, 4)).toEqual([
      { requirement: 1, priority: "must", effort: 6 },
      { requirement: 2, priority: "should", effort: 2 },
      { requirement: 3, priority: "could", effort: 2 },
      { requirement: 4, priority: null, effort: 1 },
    ]);
    expect(open.phases.map(({ until }) => until)).toEqual([onDay(2).at, null]);
    const closed = act(open, { type: "decide-gate", phase: "post-project", decision: "go" }, onDay(30));
    expect(closed.state).toBe("closed");
    expect(closed.phases.every(({ until }) => until !== null)).toBe(true);
  });

  it("stays open when it is worked on further", () => {
    const again = act(START, { type: "decide-gate", phase: "feasibility", decision: "again" }, onDay(2));
    expect(again.phases).toEqual([{ phase: "feasibility", from: onDay(2).at, until: null }]);
    expect(again.gates).toMatchObject([{ decision: "again", author: "Vera", reason: "as agreed" }]);
  });
});

describe("breadth", () => {
  const agreed = act(RUNNING, { type: "decide-gate", phase: "business-study", decision: "go" }, onDay(4));
  const breadthOf = (initiative: Initiative, id: number) => findRequirement(initiative, id).breadth;

  it("asks for what joins the scope and for changes to or from Must, and for nothing else", () => {
    const more = act(agreed, { type: "add-requirement", title: "New", effort: 1 }, onDay(5));
    expect(breadthOf(more, 7)).toBeNull();
    expect(breadthOf(prioritise(more, 7, "project", "wont"), 7)).toBeNull();
    expect(breadthOf(prioritise(more, 7, "project", "could"), 7)).toMatchObject({
      what: "added as Could",
      approvedBy: null,
    });
    expect(breadthOf(prioritise(more, 7, "timebox", "must"), 7)).toBeNull();
    expect(breadthOf(prioritise(agreed, 2, "project", "must"), 2)?.what).toBe("from Should to Must");
    expect(breadthOf(prioritise(agreed, 1, "project", "could"), 1)?.what).toBe("from Must to Could");
    expect(breadthOf(prioritise(agreed, 2, "project", "could"), 2)).toBeNull();
    expect(breadthOf(prioritise(agreed, 1, "project", "must"), 1)).toBeNull();
    expect(breadthOf(prioritise(RUNNING, 2, "project", "must"), 2)).toBeNull();
  });

  it("asks no more for what joined and was taken out again", () => {
    const more = act(agreed, { type: "add-requirement", title: "New", effort: 1 }, onDay(5));
    const joined = prioritise(more, 7, "project", "should");
    expect(breadthOf(prioritise(joined, 7, "project", "could"), 7)?.what).toBe("added as Should");
    expect(breadthOf(prioritise(joined, 7, "project", "wont"), 7)).toBeNull();
  });

  it("is approved by the visionary only", () => {
    const asked = prioritise(agreed, 2, "project", "must");
    const approve = { type: "approve-breadth", requirement: 2 } as const;
    expect(() => act(asked, approve, onDay(5, "Pia"))).toThrow(/Pia is no business visionary.*Ask Vera\./);
    const approved = act(asked, approve, onDay(5, "Vera"));
    expect(breadthOf(approved, 2)).toMatchObject({ approvedBy: "Vera", approvedAt: onDay(5).at });
    expect(() => act(approved, approve, onDay(5, "Vera"))).toThrow(/nothing about requirement 2 waits/);
  });
});

describe("requirements", () => {
  it("starts undecided, with all of its effort to do", () => {
    const after = act(
      PREPARED,
      { type: "add-requirement", title: "Part", effort: 4, splitFrom: 1, need: { finding: 7 } },
      onDay(2),
    );
    expect(findRequirement(after, 7)).toMatchObject({
      priority: { project: null, increment: null, timebox: null },
      need: { finding: 7, kpi: null, goal: null },
      remaining: 4,
      splitFrom: 1,
      version: 1,
    });
  });

  it("keeps what was left out and takes away what is null", () => {
    const edit = { type: "edit-requirement", requirement: 1 } as const;
    const owned = act(PREPARED, { ...edit, version: 1, owner: "Amal", need: { kpi: "nps" } }, onDay(2));
    expect(findRequirement(owned, 1)).toMatchObject({ owner: "Amal", title: "Requirement 1", effort: 6 });
    const free = act(owned, { ...edit, version: 2, owner: null, need: { goal: 3 } }, onDay(2));
    expect(findRequirement(free, 1)).toMatchObject({
      owner: null,
      need: { finding: null, kpi: "nps", goal: 3 },
      version: 3,
    });
  });

  it("tells of both when somebody else changed it", () => {
    const changed = act(
      PREPARED,
      { type: "edit-requirement", requirement: 1, version: 1, title: "Theirs" },
      onDay(2, "Amal"),
    );
    expect(() =>
      act(changed, { type: "edit-requirement", requirement: 1, version: 1, title: "Mine" }, onDay(3)),
    ).toThrow(
      expect.objectContaining({
        code: "conflict",
        message: expect.stringContaining("Amal changed requirement 1"),
        details: {
          field: "version",
          requirement: 1,
          yours: 1,
          current: findRequirement(changed, 1),
          changedBy: "Amal",
          changedAt: onDay(2).at,
        },
      }),
    );
  });

  it("counts what is left: all of it, as it was, or none", () => {
    const doing = act(PREPARED, progress(1, "doing"), onDay(3));
    expect(findRequirement(doing, 1)).toMatchObject({ remaining: 6, startedAt: onDay(3).at, doneAt: null });
    const less = act(doing, progress(1, "doing", 2), onDay(4));
    expect(findRequirement(less, 1)).toMatchObject({ remaining: 2, startedAt: onDay(3).at });
    const done = act(less, progress(1, "done"), onDay(5));
    expect(findRequirement(done, 1)).toMatchObject({ remaining: 0, startedAt: onDay(3).at, doneAt: onDay(5).at });
    expect(findRequirement(act(done, progress(1, "doing", 1), onDay(6)), 1)).toMatchObject({
      remaining: 1,
      doneAt: null,
    });
    expect(findRequirement(act(done, progress(1, "doing"), onDay(6)), 1)).toMatchObject({ remaining: 6, doneAt: null });
    expect(findRequirement(act(less, progress(1, "to-do"), onDay(6)), 1)).toMatchObject({
      remaining: 6,
      startedAt: null,
    });
  });

  it.each([
    ["to-do", undefined, 10, 10],
    ["doing", 3, 10, 7],
    ["doing", 3, 2, 0],
    ["done", undefined, 10, 0],
  ] as const)("estimated anew while %s with %s left, at %s: %s to do", (state, left, effort, expected) => {
    const worked = state === "to-do" ? PREPARED : act(PREPARED, progress(1, state, left), onDay(3));
    const edit = { type: "edit-requirement", requirement: 1, version: versionOf(worked, 1), effort } as const;
    expect(findRequirement(act(worked, edit, onDay(4)), 1)).toMatchObject({ effort, remaining: expected });
  });

  it("notes criteria that are gone while its timebox runs", () => {
    const edit = (initiative: Initiative, acceptance: string[]) =>
      findRequirement(
        act(
          initiative,
          { type: "edit-requirement", requirement: 1, version: versionOf(initiative, 1), acceptance },
          onDay(5),
        ),
        1,
      ).weakened;
    expect(edit(RUNNING, ["it works"])).toEqual([
      { at: onDay(5).at, author: "Vera", timebox: 1, before: ["it works", "in 2 s"] },
    ]);
    expect(edit(RUNNING, ["it works", "in 9 s"])).toHaveLength(1);
    expect(edit(RUNNING, ["in 2 s", "it works", "on phones"])).toEqual([]);
    expect(edit(PREPARED, [])).toEqual([]);
  });
});

describe("planning", () => {
  it("follows the increment of the timebox", () => {
    expect(findRequirement(plan(PREPARED, 4, 3), 4)).toMatchObject({ timebox: 3, increment: 2 });
    const out = plan(plan(PREPARED, 4, 3), 4, null, onDay(2), 2);
    expect(findRequirement(out, 4)).toMatchObject({ timebox: null, increment: 2, carried: [] });
  });

  it("takes priorities away that held for what it leaves, with an entry in the history", () => {
    const there = prioritise(prioritise(plan(PREPARED, 4, 2), 4, "timebox", "must"), 4, "increment", "should");
    const { priority, history } = findRequirement(plan(there, 4, 3, onDay(4, "Pia", "later")), 4);
    expect(priority).toEqual({ project: null, increment: null, timebox: null });
    expect(history.slice(2)).toEqual([
      { level: "increment", from: "should", to: null, author: "Pia", reason: "later", at: onDay(4).at },
      { level: "timebox", from: "must", to: null, author: "Pia", reason: "later", at: onDay(4).at },
    ]);
  });

  it("swaps equal effort in a running timebox, and refuses more", () => {
    const full =
      /timebox 1 is running and has room for 0 days of its 10; requirement 4 takes 1\. Take equal effort out/;
    expect(() => plan(RUNNING, 4, 1, onDay(5))).toThrow(full);
    const out = plan(RUNNING, 3, null, onDay(5), 1);
    expect(findRequirement(out, 3).carried).toEqual([{ from: 1, at: onDay(5).at, reprioritised: false }]);
    expect(() => plan(out, 5, 1, onDay(5))).toThrow(/room for 2 days of its 10; requirement 5 takes 3/);
    expect(findRequirement(plan(out, 4, 1, onDay(5)), 4)).toMatchObject({ timebox: 1, increment: 1 });
    expect(timebox(out, 1).burn.at(-1)).toEqual({ at: onDay(5).at, remaining: { ...NONE, must: 6, should: 2 } });
  });

  it("takes more than its capacity into a planned one: a rule tells of it", () => {
    const over = [1, 2, 3, 5].reduce((initiative, id) => plan(initiative, id, 2), PREPARED);
    expect(over.requirements.filter((one) => one.timebox === 2)).toHaveLength(4);
  });

  it("marks what was carried over as prioritised anew, also when confirmed, but not by planning the next timebox", () => {
    const carried = act(RUNNING, closeOut(1), onDay(13));
    expect(findRequirement(carried, 1).carried).toEqual([{ from: 1, at: onDay(13).at, reprioritised: false }]);
    expect(findRequirement(prioritise(carried, 1, "project", null), 1).carried[0]?.reprioritised).toBe(false);
    expect(findRequirement(prioritise(carried, 1, "timebox", "must"), 1).carried[0]?.reprioritised).toBe(false);
    const confirmed = findRequirement(prioritise(carried, 1, "project", "must", onDay(14)), 1);
    expect(confirmed.carried[0]?.reprioritised).toBe(true);
    expect(confirmed.history.at(-1)).toMatchObject({ from: "must", to: "must", reason: "as agreed" });
  });
});

describe("timeboxes", () => {
  it("agrees end, team, scope and the first point of the burn-down at the kick-off", () => {
    expect(timebox(RUNNING, 1)).toMatchObject({
      state: "running",
      kickOff: {
        end: "2026-03-13",
        members: [
          { person: "Lea", role: "team-leader" },
          { person: "Amal", role: "business-ambassador" },
          { person: "Dan", role: "solution-developer" },
          { person: "Tess", role: "solution-tester" },
        ],
        scope: [
          { requirement: 1, priority: "must", effort: 6 },
          { requirement: 2, priority: "should", effort: 2 },
          { requirement: 3, priority: "could", effort: 2 },
        ],
      },
      burn: [{ at: onDay(3).at, remaining: { ...NONE, must: 6, should: 2, could: 2 } }],
    });
  });

  it("burns down with progress, effort, scope and priority, one entry an instant", () => {
    const later = play(RUNNING, [progress(1, "doing", 4), progress(3, "done")], onDay(4));
    expect(timebox(later, 1).burn.slice(1)).toEqual([{ at: onDay(4).at, remaining: { ...NONE, must: 4, should: 2 } }]);
    const decided = prioritise(later, 2, "timebox", "could", onDay(5));
    expect(timebox(decided, 1).burn.at(-1)?.remaining).toEqual({ ...NONE, must: 4, could: 2 });
    const noted = act(decided, { type: "add-evidence", requirement: 3, text: "tried", passed: true }, onDay(6));
    expect(timebox(noted, 1).burn).toHaveLength(3);
  });

  it("moves its end by an exception that was granted for it, once", () => {
    const raised = act(RUNNING, { type: "raise-exception", text: "ill", timebox: 1 }, onDay(6, "Lea"));
    const move = { type: "move-end", timebox: 1, end: "2026-03-16", exception: 1 } as const;
    const answer = { type: "answer-exception", exception: 1, text: "three days" } as const;
    expect(() => act(raised, move, onDay(7))).toThrow(/exception 1 is not answered yet/);
    expect(() => act(raised, { ...answer, granted: true }, onDay(7, "Lea"))).toThrow(/Lea is no project manager or/);
    expect(() => act(act(raised, { ...answer, granted: false }, onDay(7, "Pia")), move, onDay(7))).toThrow(
      /Pia refused/,
    );
    const moved = act(act(raised, { ...answer, granted: true }, onDay(7, "Pia")), move, onDay(7));
    expect(timebox(moved, 1)).toMatchObject({
      end: "2026-03-16",
      kickOff: { end: "2026-03-13" },
      moves: [{ from: "2026-03-13", to: "2026-03-16", exception: 1, author: "Vera", reason: "as agreed" }],
    });
    expect(() => act(moved, { ...move, end: "2026-03-18" }, onDay(8))).toThrow(/moved the end already; raise another/);
  });

  it("drops Coulds and Shoulds, remembered with who chose", () => {
    const drop: DeliveryAction = {
      type: "drop-requirements",
      timebox: 1,
      requirements: [3],
      saved: 1,
      decidedBy: "Amal",
    };
    const dropped = act(RUNNING, drop, onDay(6, "Lea"));
    expect(findRequirement(dropped, 3)).toMatchObject({
      timebox: null,
      increment: 1,
      priority: { project: "could", timebox: null },
      carried: [{ from: 1 }],
      version: versionOf(RUNNING, 3) + 1,
    });
    expect(timebox(dropped, 1).drops).toEqual([
      { at: onDay(6).at, requirements: [3], saved: 1, decidedBy: "Amal", reason: "as agreed" },
    ]);
    expect(timebox(dropped, 1).burn.at(-1)?.remaining.could).toBe(0);
  });

  it("closes with what was planned and delivered, and carries over what is undone", () => {
    const drop: DeliveryAction = {
      type: "drop-requirements",
      timebox: 1,
      requirements: [3],
      saved: 1,
      decidedBy: "Amal",
    };
    const dropped = act(RUNNING, drop, onDay(6));
    const swapped = prioritise(plan(dropped, 4, 1, onDay(6)), 4, "timebox", "could");
    const worked = play(swapped, [progress(1, "done"), progress(2, "doing", 1)], onDay(9));
    const closed = act(worked, closeOut(1, [{ requirement: 2, to: 3 }]), onDay(13, "Vera", null));
    expect(timebox(closed, 1)).toMatchObject({
      state: "closed",
      // The dropped Could of 2 was agreed at the kick-off, that of 1 came later.
      closeOut: {
        planned: { ...NONE, must: 6, should: 2, could: 3 },
        delivered: { ...NONE, must: 6 },
        undone: [
          { requirement: 2, to: 3 },
          { requirement: 4, to: null },
        ],
        retrospective: "less at once",
      },
    });
    expect(findRequirement(closed, 1)).toMatchObject({ timebox: 1, state: "done", priority: { timebox: "must" } });
    expect(findRequirement(closed, 2)).toMatchObject({
      timebox: 3,
      increment: 2,
      state: "doing",
      remaining: 1,
      priority: { project: "should", timebox: null },
      carried: [{ from: 1, at: onDay(13).at, reprioritised: false }],
    });
    expect(findRequirement(closed, 2).history.at(-1)?.reason).toBe("Left timebox 1.");
    expect(findRequirement(closed, 4)).toMatchObject({ timebox: null, increment: 1, state: "to-do" });
    expect(timebox(closed, 1).burn).toEqual(timebox(worked, 1).burn);
  });

  it("cancels a planned one and empties it, without carrying over", () => {
    const planned = prioritise(plan(PREPARED, 4, 2), 4, "timebox", "could");
    const cancelled = act(planned, { type: "cancel-timebox", timebox: 2 }, onDay(4));
    expect(timebox(cancelled, 2).state).toBe("cancelled");
    expect(findRequirement(cancelled, 4)).toMatchObject({
      timebox: null,
      increment: 1,
      carried: [],
      priority: { timebox: null },
    });
  });
});
