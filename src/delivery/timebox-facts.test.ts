import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryAction } from "../domain/dsdm/action.ts";
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { Priority } from "../domain/dsdm/moscow.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { act } from "./act/act.ts";
import { CASE_TODAY, caseRequirement, doneOn, healthyInitiative } from "./initiative.case.ts";
import { describeTimebox } from "./timebox-facts.ts";
import { choosePace, type Velocity } from "./velocity.ts";

const NONE = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
const HERE = { increment: 2, timebox: 2 };

/** The running timebox of ten working days, 9 to 20 March, with these requirements instead. */
function running(requirements: readonly Requirement[], change: (initiative: Initiative) => void = () => {}) {
  return healthyInitiative((initiative) => {
    initiative.requirements = [...requirements];
    const timebox = initiative.timeboxes[1];
    if (timebox?.kickOff == null) throw new Error("the second timebox runs");
    timebox.kickOff.scope = requirements.map(({ id, priority, effort }) => ({
      ...{ requirement: id, priority: priority.timebox, effort },
    }));
    const total = { ...NONE };
    for (const { priority, effort } of requirements) total[priority.timebox ?? "undecided"] += effort;
    timebox.burn = [{ at: "2026-03-09T09:00:00.000Z", remaining: total }];
    change(initiative);
  });
}

function describeSecond(initiative: Initiative, today = CASE_TODAY, pace: Velocity | null = null, zone = "UTC") {
  const timebox = initiative.timeboxes[1];
  if (timebox === undefined) throw new Error("the case has a second timebox");
  return describeTimebox(initiative, timebox, pace, today, zone);
}

const started = (id: number, priority: Priority, effort: number, remaining: number) =>
  caseRequirement(id, priority, effort, { ...HERE, state: "doing", remaining, startedAt: "2026-03-10T09:00:00.000Z" });
const finished = (id: number, priority: Priority, effort: number) =>
  caseRequirement(id, priority, effort, { ...HERE, ...doneOn("2026-03-12", "2026-03-10") });

describe("efforts, shares and burn-down", () => {
  it("adds up what is planned, done and left, and draws each calendar day", () => {
    const facts = describeSecond(healthyInitiative());
    expect(facts).toMatchObject({
      requirements: [4, 5, 6, 7],
      effort: { ...NONE, must: 5, should: 3, could: 2 },
      done: { ...NONE, must: 3 },
      remaining: { ...NONE, must: 0.5, should: 3, could: 2 },
      shares: { must: 0.5, should: 0.3, could: 0.2 },
      workingDays: 10,
      elapsedDays: 7,
    });
    expect(facts.burnDown.map(({ day, ideal, must }) => [day.slice(8), ideal, must])).toEqual([
      ["09", 9, 5],
      ["10", 8, 5],
      ["11", 7, 5],
      ["12", 6, 2],
      ["13", 5, 2],
      ["14", 5, 2],
      ["15", 5, 2],
      ["16", 4, 2],
      ["17", 3, 0.5],
      ["18", 2, 0.5],
      ["19", 1, null],
      ["20", 0, null],
    ]);
  });

  it("reads the day of an entry in the workspace's zone", () => {
    const initiative = running([started(1, "must", 4, 3)], (one) => {
      one.timeboxes[1]?.burn.push({ at: "2026-03-11T23:30:00.000Z", remaining: { ...NONE, must: 3 } });
    });
    const find = (zone: string) =>
      describeSecond(initiative, CASE_TODAY, null, zone).burnDown.find(({ day }) => day === "2026-03-11")?.must;
    expect(find("UTC")).toBe(3);
    expect(find("Europe/Berlin")).toBe(4);
  });

  it("plans a line, and no points, before the kick-off; closed ones keep what they were closed with", () => {
    const initiative = healthyInitiative((one) => {
      const closed = one.timeboxes[0]?.closeOut;
      if (closed != null) {
        closed.delivered = { ...NONE, must: 5 };
        closed.undone = [{ requirement: 9, to: 3 }];
      }
    });
    const [closed, , planned] = initiative.timeboxes.map((one) => describeTimebox(initiative, one, null, CASE_TODAY));
    expect(planned?.burnDown[0]).toEqual({ day: "2026-03-23", ideal: 9, must: null, should: null, could: null });
    expect(planned).toMatchObject({ forecast: null, atRisk: [], proposal: null, elapsedDays: 0 });
    expect(closed).toMatchObject({ requirements: [1, 2, 3, 9], remaining: { ...NONE, should: 3, could: 2 } });
    expect(closed).toMatchObject({ forecast: null, atRisk: [], proposal: null, elapsedDays: 10 });
  });

  it("holds a timebox of one weekend, and one without requirements", () => {
    const initiative = running([], (one) => {
      Object.assign(one.timeboxes[1] ?? {}, { start: "2026-03-14", end: "2026-03-15" });
    });
    const facts = describeSecond(initiative);
    expect(facts).toMatchObject({ workingDays: 0, elapsedDays: 0, shares: null, forecast: null, atRisk: [] });
    expect(facts.burnDown.map(({ ideal }) => ideal)).toEqual([0, 0]);
  });

  it("ends on what remains, whatever was done when", () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: 9, max: 18 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(moves, fc.constantFrom<Priority>("must", "should", "could"), (entries, priority) => {
        const sorted = entries.toSorted(([a], [b]) => a - b);
        const left = sorted.at(-1)?.[1] ?? 20;
        const initiative = running([started(1, priority, 20, left)], (one) => {
          for (const [day, remaining] of sorted)
            one.timeboxes[1]?.burn.push({
              at: `2026-03-${String(day).padStart(2, "0")}T12:00:00.000Z`,
              remaining: { ...NONE, [priority]: remaining },
            });
        });
        const facts = describeSecond(initiative);
        const last = facts.burnDown.findLast(({ must }) => must !== null);
        const { must, should, could } = facts.remaining;
        expect(last).toMatchObject({ day: CASE_TODAY, must, should, could });
      }),
      { numRuns: 60 },
    );
  });
});

describe("the forecast", () => {
  const past: Velocity = { low: 8, middle: 10, high: 12, n: 4, workingDays: 10 };

  it("goes on at its own pace once 30 % of the days are gone", () => {
    // 6 of 20 done in 6 days: 1 a day, 4 days are left.
    const initiative = running([finished(1, "must", 6), caseRequirement(2, "must", 14, HERE)], (one) => {
      for (const [day, must] of [
        ["10", 18],
        ["12", 16],
        ["16", 14],
      ] as const)
        one.timeboxes[1]?.burn.push({ at: `2026-03-${day}T12:00:00.000Z`, remaining: { ...NONE, must } });
    });
    const { forecast } = describeSecond(initiative, "2026-03-17", past);
    expect(forecast).toMatchObject({ middle: 10, basis: "this timebox", n: 6 });
    // Steps 0 2 0 2 0 2: s² = 6 ÷ 5; t(5) = 1.476; 4 days: √(1.2 · (4 + 16 ÷ 6)) = 2.8284. What is done stays done.
    expect(forecast?.low).toBe(6);
    expect(forecast?.high).toBeCloseTo(10 + 1.476 * 2.8284, 3);
  });

  it("claims no certainty where all the work is of today", () => {
    const initiative = running([started(1, "must", 10, 4)], (one) =>
      one.timeboxes[1]?.burn.push({ at: "2026-03-17T09:00:00.000Z", remaining: { ...NONE, must: 4 } }),
    );
    const { forecast } = describeSecond(initiative, "2026-03-17", past);
    expect(forecast).toMatchObject({ middle: 10, basis: "this timebox" });
    expect(forecast?.low).toBeCloseTo(6 + 4 * 0.6, 9);
    expect(forecast?.high).toBeCloseTo(6 + 4 * 1.6, 9);
  });

  it("goes by past timeboxes before, and while nothing was done", () => {
    const idle = running([caseRequirement(1, "must", 6, HERE)]);
    expect(describeSecond(idle, "2026-03-10", past).forecast).toEqual({
      ...{ low: 7.2, middle: 9, high: 10.8, basis: "past timeboxes", n: 4 },
    });
    expect(describeSecond(idle, "2026-03-16", past).forecast).toMatchObject({ middle: 5, basis: "past timeboxes" });
    expect(describeSecond(idle, "2026-03-16").forecast).toBeNull();
  });

  it("counts what was done before the timebox as done, not as its pace", () => {
    const initiative = running([started(1, "must", 8, 2)], (one) => {
      const timebox = one.timeboxes[1];
      if (timebox !== undefined)
        timebox.burn = [
          { at: "2026-03-09T09:00:00.000Z", remaining: { ...NONE, must: 5 } },
          { at: "2026-03-11T09:00:00.000Z", remaining: { ...NONE, must: 2 } },
        ];
    });
    // 3 of the 6 that are done were done here, in 5 days; 5 more bring 3.
    expect(describeSecond(initiative, "2026-03-16").forecast).toMatchObject({ middle: 9, n: 5 });
  });

  it("is never no number, and holds its middle", () => {
    const efforts = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(efforts, fc.integer({ min: 9, max: 24 }), (list, day) => {
        const requirements = list.map(([effort, left], index) =>
          started(index + 1, "must", effort, Math.min(effort, left)),
        );
        const { forecast } = describeSecond(running(requirements), `2026-03-${String(day).padStart(2, "0")}`, past);
        if (forecast === null) throw new Error("there is a past to tell from");
        expect(forecast.low).toBeLessThanOrEqual(forecast.middle);
        expect(forecast.middle).toBeLessThanOrEqual(forecast.high);
        expect(forecast.low).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what was decided with the actions", () => {
  /** By hand of the actions: they keep the burn-down. */
  function play(initiative: Initiative, action: DeliveryAction, day: string): Initiative {
    const at = `${day}T12:00:00.000Z`;
    return act(initiative, action, { author: "Anna", at, today: day, reason: "agreed" });
  }

  it("burns down to what remains, and proposes what may be dropped, whatever was worked", () => {
    const worked = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 10, max: 18 }), fc.integer({ min: 0, max: 4 })),
      { maxLength: 8 },
    );
    const efforts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(efforts, worked, (sizes, steps) => {
        const priorities = ["must", "must", "should", "should", "could", "could"] as const;
        const list = sizes.map((effort, index) =>
          caseRequirement(index + 1, priorities[index] ?? "must", effort, HERE),
        );
        let initiative = running(list);
        for (const [index, day, left] of steps.toSorted(([, a], [, b]) => a - b)) {
          const remaining = Math.min(left, sizes[index] ?? 0);
          const state = remaining === 0 ? "done" : "doing";
          const before = initiative.requirements[index];
          if (before?.state === state && before.remaining === remaining) continue;
          const progress = { type: "progress-requirement", requirement: index + 1, state, remaining } as const;
          initiative = play(initiative, progress, `2026-03-${day}`);
        }
        const { burnDown, remaining, proposal } = describeSecond(initiative);
        const last = burnDown.findLast(({ must }) => must !== null);
        expect(last).toMatchObject({ must: remaining.must, should: remaining.should, could: remaining.could });
        if (proposal === null || proposal.drop.length === 0) return;
        const requirements = proposal.drop.map(({ requirement }) => requirement);
        const decided = { timebox: 2, requirements, saved: proposal.saves, decidedBy: "Anna" };
        const after = play(initiative, { type: "drop-requirements", ...decided }, CASE_TODAY);
        const facts = describeSecond(after);
        expect(facts.shares).toEqual(proposal.sharesAfter);
        // What was enough is enough: the same pace now reaches the Musts.
        expect(facts.atRisk.length === 0 || !proposal.enough).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});

describe("a Must at risk", () => {
  it("is told when the pace goes elsewhere, and the Coulds are proposed", () => {
    // In 5 of 10 days 6 of 14 were done, a third of it on Musts: 6 more come, 2 of them for Musts; 4 Must days are left.
    const initiative = running([
      finished(1, "must", 2),
      caseRequirement(2, "must", 4, HERE),
      finished(3, "should", 4),
      caseRequirement(4, "could", 1, HERE),
      caseRequirement(5, "could", 2, HERE),
      started(6, "could", 1, 1),
    ]);
    const facts = describeSecond(initiative, "2026-03-16");
    expect(facts.atRisk).toEqual([
      {
        requirement: 2,
        missing: 2,
        why: "At this pace, 6 days more will be done by the end, and 33 % of the work goes to Musts: 2 days of it would be missing on 2026-03-20.",
      },
    ]);
    // 8 are left and 6 come: 2 have to go.
    expect(facts.proposal).toMatchObject({ saves: 2, needed: 2, freed: 2, enough: true });
    expect(facts.proposal?.drop).toEqual([{ requirement: 5, priority: "could", frees: 2, started: false }]);
    expect(facts.proposal?.sharesAfter).toEqual({ must: 6 / 12, should: 4 / 12, could: 2 / 12 });
    expect(facts.proposal?.ask.map(({ person }) => person)).toEqual(["Sofia", "Viktor", "Anna"]);
  });

  it("is saved by what was proposed, also where something begun is dropped", () => {
    const list = (dropped: boolean) =>
      running(
        [
          finished(1, "must", 2),
          caseRequirement(2, "must", 4, HERE),
          finished(3, "should", 2),
          started(4, "could", 6, 4),
        ],
        (one) => {
          const timebox = one.timeboxes[1];
          const could = one.requirements[3];
          if (!dropped || timebox === undefined || could === undefined) return;
          could.timebox = null;
          could.priority.timebox = null;
          const drop = { at: "2026-03-16T09:00:00.000Z", requirements: [4], saved: 2 };
          timebox.drops.push({ ...drop, decidedBy: "Anna", reason: "The card comes first." });
        },
      );
    // 6 of 14 were done in 5 days, 2 of them on the Must and 2 on the Could: 6 of 8 more are done.
    const before = describeSecond(list(false), "2026-03-16");
    expect(before.proposal).toMatchObject({ saves: 2, needed: 2, enough: true, drop: [{ requirement: 4, frees: 4 }] });
    const after = describeSecond(list(true), "2026-03-16");
    expect(after.forecast).toMatchObject({ middle: 10, basis: "this timebox" });
    expect(after).toMatchObject({ atRisk: [], proposal: null });
  });

  it("is none while the team does its Musts first and they fit", () => {
    expect(describeSecond(healthyInitiative()).atRisk).toEqual([]);
  });

  it("is in the order of the list, and no drop is enough when the Musts alone do not fit", () => {
    const initiative = running([
      finished(1, "must", 2),
      caseRequirement(2, "must", 2, HERE),
      caseRequirement(3, "must", 3, HERE),
      caseRequirement(4, "could", 1, HERE),
    ]);
    const facts = describeSecond(initiative, "2026-03-16");
    expect(facts.atRisk).toMatchObject([{ requirement: 3, missing: 3 }]);
    expect(facts.proposal).toMatchObject({ saves: 3, needed: 4, freed: 1, enough: false });
  });

  it("is a blocked one too, for which nothing is dropped", () => {
    const initiative = healthyInitiative((one) => {
      const blocker = { text: "No test account.", at: "2026-03-17T09:00:00.000Z", author: "Dan", clearedBy: null };
      const open = { ...blocker, clearedAt: null, outcome: null };
      one.timeboxes[1]?.blockers.push({ ...open, id: 1, requirement: 5 }, { ...open, id: 2, requirement: 6 });
    });
    const facts = describeSecond(initiative);
    expect(facts.atRisk).toEqual([{ requirement: 5, missing: 0, why: "It is blocked: No test account." }]);
    expect(facts.proposal).toBeNull();
    for (const one of initiative.timeboxes[1]?.blockers ?? []) one.clearedAt = "2026-03-18T09:00:00.000Z";
    expect(describeSecond(initiative).atRisk).toEqual([]);
  });

  it("is every open one once the timebox is over, and none when it does not run", () => {
    const initiative = running([caseRequirement(1, "must", 4, HERE), caseRequirement(2, "could", 1, HERE)]);
    const facts = describeSecond(initiative, "2026-03-23");
    expect(facts.atRisk).toEqual([
      { requirement: 1, missing: 4, why: "Its timebox is over: 4 days of it would be missing on 2026-03-20." },
    ]);
    expect(facts.proposal).toMatchObject({ needed: 5, freed: 1, enough: false });
    initiative.timeboxes[1] = { ...initiative.timeboxes[1], state: "planned" } as never;
    expect(describeSecond(initiative, "2026-03-23").atRisk).toEqual([]);
  });

  it("knows nothing while there is nothing to tell from", () => {
    const initiative = running([caseRequirement(1, "must", 400, HERE)]);
    expect(describeSecond(initiative, "2026-03-10")).toMatchObject({ forecast: null, atRisk: [], proposal: null });
    const pace = choosePace(healthyInitiative(), null);
    expect(describeSecond(initiative, "2026-03-10", pace)).toMatchObject({
      ...{ forecast: { basis: "past timeboxes" }, atRisk: [{ requirement: 1, missing: 391 }] },
    });
  });
});
