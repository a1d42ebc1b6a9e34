/**
 * A timebox that is planned: the days it begins with, what it weighs, and what speaks against it.
 */
import { describe, expect, it } from "vitest";
import { healthyInitiative } from "../../../../../src/delivery/initiative.case.ts";
import type { BrokenRule } from "../../../../../src/domain/dsdm/health.ts";
import {
  beginTimebox,
  countDays,
  findObjections,
  findTimeboxLacks,
  listPickable,
  makeTimebox,
  objectToPlan,
  proposeForIncrement,
  weighPicks,
} from "./timebox-form.ts";

const FIELDS = { ...beginTimebox("2026-03-18", 4), objective: "Pay later.", capacity: 10 };

describe("a planned timebox", () => {
  it("begins on the next Monday and ends on the Friday of the week after", () => {
    const days = (today: string) => {
      const { start, end } = beginTimebox(today, 1);
      return [start, end];
    };
    expect(days("2026-03-18")).toEqual(["2026-03-23", "2026-04-03"]);
    expect(days("2026-03-22")).toEqual(["2026-03-23", "2026-04-03"]);
    expect(days("2026-03-23")).toEqual(["2026-03-30", "2026-04-10"]);
    expect(countDays(FIELDS)).toBe(12);
  });

  it("takes what is not done, not in an open timebox, and no Won't", () => {
    const free = (one: ReturnType<typeof healthyInitiative>) => {
      for (const requirement of one.requirements) if (requirement.id === 9) requirement.timebox = null;
    };
    expect(listPickable(healthyInitiative(free)).map(({ id }) => id)).toEqual([9]);
  });

  it("says what is missing, and makes the action", () => {
    expect(findTimeboxLacks(beginTimebox("2026-03-18", 4))).toEqual(["an objective", "its capacity"]);
    expect(findTimeboxLacks({ ...FIELDS, end: "2026-03-01" })).toEqual(["a last day after the first"]);
    expect(makeTimebox(FIELDS, 2)).toEqual({
      type: "plan-timebox",
      increment: 2,
      title: "Timebox 4",
      objective: "Pay later.",
      format: "structured",
      start: "2026-03-23",
      end: "2026-04-03",
      capacity: 10,
    });
  });
});

describe("the increment", () => {
  const [requirement] = healthyInitiative().requirements;
  if (!requirement) throw new Error("the case has requirements");
  const undecided = { ...requirement, priority: { project: "should" as const, increment: null, timebox: null } };

  it("gets the project's priority where it has none, and keeps what was decided for it", () => {
    expect(proposeForIncrement(undecided, 1, "must")).toBe("should");
    expect(proposeForIncrement({ ...undecided, priority: { ...undecided.priority, project: null } }, 1, "must")).toBe(
      "must",
    );
    expect(proposeForIncrement(requirement, 1, "could")).toBeNull();
    expect(proposeForIncrement(requirement, 2, "could")).toBe("must");
  });
});

describe("objections", () => {
  const picks = new Map([
    [8, "must" as const],
    [5, "must" as const],
    [9, "should" as const],
  ]);

  it("name the share of Must with its figure, too much effort, and an unusual length", () => {
    const initiative = healthyInitiative();
    expect(weighPicks(picks, initiative.requirements)).toMatchObject({
      planned: 10,
      shares: { must: 0.7, should: 0.3 },
    });
    expect(objectToPlan({ ...FIELDS, picks, capacity: 9, end: "2026-05-10" }, initiative)).toEqual([
      "70 % of the effort is Must; at most 60 % leaves room to give way.",
      "10 days are planned, and the capacity is 9 days.",
      "It would take 49 days: six weeks are the most.",
    ]);
  });

  it("are silent about a sound plan, and about Musts that were waived", () => {
    const sound = new Map([
      [8, "must" as const],
      [9, "should" as const],
      [10, "could" as const],
    ]);
    expect(objectToPlan({ ...FIELDS, picks: sound }, healthyInitiative())).toEqual([]);
    const waived = healthyInitiative((one) => {
      one.waiver = { at: "2026-01-23T15:00:00.000Z", author: "Sofia", reason: "All four hold." };
    });
    expect(objectToPlan({ ...FIELDS, picks }, waived)).toEqual([]);
  });

  it("are the rules of the whole and of what is picked, errors first", () => {
    const rule = (id: number, subject: string, severity: BrokenRule["severity"]): BrokenRule => ({
      ...{ principle: 1, initiative: 1, message: "m", action: "a" },
      ...{ id, subject, severity },
    });
    const health = [
      rule(9, "initiative", "warning"),
      rule(4, "kpi conversion", "error"),
      rule(6, "initiative", "error"),
      rule(9, "timebox 1", "warning"),
      rule(2, "requirement 8", "error"),
      rule(2, "requirement 7", "error"),
      rule(36, "initiative", "warning"),
    ];
    expect(findObjections(health, picks).map(({ id, subject }) => `${id} ${subject}`)).toEqual([
      "2 requirement 8",
      "4 kpi conversion",
      "6 initiative",
      "9 initiative",
    ]);
  });
});
