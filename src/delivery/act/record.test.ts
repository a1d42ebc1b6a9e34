import { describe, expect, it } from "vitest";
import type { DeliveryAction } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { BUSY, onDay, RUNNING, START } from "./act.case.ts";
import { act } from "./act.ts";
import { writeRecord } from "./record.ts";

const recordOf = (before: Initiative, action: DeliveryAction) =>
  writeRecord(before, act(before, action, onDay(5)), action.type, onDay(5));

describe("writeRecord", () => {
  it("tells of the first version against an empty document", () => {
    expect(writeRecord(null, START, "create-initiative", onDay(1))).toMatchObject({
      version: 1,
      subject: "initiative",
      changes: [
        { field: "title", before: "", after: "Faster checkout" },
        { field: "findings", before: [], after: [7] },
      ],
    });
  });

  it("names elements by their id and tells each field before and after, with author and reason", () => {
    const version = RUNNING.requirements.find(({ id }) => id === 3)?.version ?? 0;
    const action = { type: "prioritise", requirement: 3, version, level: "project", priority: "should" } as const;
    const record = recordOf(RUNNING, action);
    expect(record).toMatchObject({ subject: "requirement 3", author: "Vera", reason: "as agreed", at: onDay(5).at });
    expect(record.changes).toEqual([
      { field: "requirements[3].priority.project", before: "could", after: "should" },
      { field: "requirements[3].history[2]", before: null, after: expect.objectContaining({ from: "could" }) },
    ]);
  });

  it.each([
    [{ type: "set-kpi", kpi: 'odd "name"].x', baseline: null, target: 1 }, 'kpi odd "name"].x'],
    [{ type: "remove-department", department: "a" }, "department a"],
    [{ type: "decide-feedback", feedback: 1, text: "fixed" }, "feedback 1"],
    [{ type: "clear-blocker", timebox: 1, blocker: 1, outcome: null }, "timebox 1"],
    [{ type: "review-case", increment: 2, text: "fine", stillExpected: true }, "increment 2"],
    [{ type: "enter-phase", phase: "implementation" }, "initiative"],
    [{ type: "progress-requirement", requirement: 2, state: "done" }, "requirement 2"],
  ] satisfies [DeliveryAction, string][])("%o is about %s", (action, subject) => {
    expect(recordOf(BUSY, action).subject).toBe(subject);
  });

  it("is about the timebox that closes, whatever it carries into another one", () => {
    const both = act(BUSY, { type: "kick-off", timebox: 2 }, onDay(5));
    // Timebox 2 comes to run before 1 closes, and its burn-down goes up by what is carried over.
    const close: DeliveryAction = {
      type: "close-out",
      timebox: 1,
      accepters: [],
      retrospective: null,
      carry: [{ requirement: 1, to: 2 }],
    };
    const record = recordOf(both, close);
    expect(record.subject).toBe("timebox 1");
    expect(record.changes.map(({ field }) => field)).toContain("timeboxes[2].burn[0].remaining.undecided");
  });
});
