/**
 * A timebox in words: amounts, days, capacity, forecast and proposal, each with its figures.
 */
import { describe, expect, it } from "vitest";
import type { DropProposal, TimeboxFacts } from "../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { describeMoveConflict, explainRefusal } from "./refusal-words.ts";
import {
  describeBurnDown,
  describeCapacity,
  describeElapsed,
  describeForecast,
  describeProposal,
  describeVelocity,
  formatAmount,
  judgeShares,
} from "./timebox-words.ts";

const EFFORT = { must: 6, should: 2, could: 2, undecided: 1, wont: 5 };
const FACTS = {
  ...{ workingDays: 10, elapsedDays: 4, effort: EFFORT },
  burnDown: [
    { day: "2026-06-01", ideal: 9, must: 6, should: 2, could: 2 },
    { day: "2026-06-02", ideal: 6, must: 5, should: 2, could: 1 },
    { day: "2026-06-03", ideal: 5, must: null, should: null, could: null },
  ],
} as unknown as TimeboxFacts;
const BOX = { state: "running", start: "2026-06-01", end: "2026-06-12" } as unknown as Timebox;

describe("timebox words", () => {
  it("keeps small amounts from turning into others", () => {
    expect([0.25, 1.25, 12, -3].map(formatAmount)).toEqual(["0.25", "1.3", "12", "−3"]);
  });

  it("says how far it is, before, within and after its days", () => {
    expect(describeElapsed(FACTS, BOX, "2026-06-05")).toBe("4 of 10 working days gone before today, 6 to come.");
    expect(describeElapsed(FACTS, BOX, "2026-05-30")).toBe("It starts on 1 Jun 2026: 10 working days.");
    expect(describeElapsed(FACTS, BOX, "2026-06-13")).toContain("its end has passed, and it is not closed");
    expect(describeElapsed(FACTS, { ...BOX, state: "closed" }, "2026-06-05")).toBe("It is over.");
  });

  it("sets effort against capacity", () => {
    expect(describeCapacity(11, 10, "days")).toBe("11 days planned of 10 days capacity: 1 day too much.");
    expect(describeCapacity(8.5, 10, "points")).toBe("8.5 points planned of 10 points capacity, 1.5 points free.");
    expect(describeCapacity(10, 10, "days")).toBe("10 days planned of 10 days capacity.");
  });

  it("objects to more than 60 % Must, and says when that was waived", () => {
    expect(judgeShares({ must: 0.6, should: 0.2, could: 0.2 }, false)).toBeUndefined();
    expect(judgeShares(null, false)).toBeUndefined();
    expect(judgeShares({ must: 0.75, should: 0.25, could: 0 }, false)).toContain("More than 60 % is Must: too little");
    expect(judgeShares({ must: 0.75, should: 0.25, could: 0 }, true)).toContain("waived");
  });

  it("reads the burn-down on its last known day", () => {
    expect(describeBurnDown(FACTS, "days")).toBe(
      "After 4 of 10 working days, 8 of 10 days are still to do (Must 5, Should 2, Could 1): 2 more than the ideal line has.",
    );
    expect(describeBurnDown({ ...FACTS, burnDown: [] }, "days")).toBe("The burn-down starts with the kick-off.");
  });

  it("gives forecast and velocity a range, what they rest on, and n", () => {
    const forecast = { low: 7, middle: 9, high: 12, basis: "this timebox", n: 4 } as const;
    expect(describeForecast(forecast, 10, "days")).toBe(
      "7 to 12 days will be done by the end, 9 in the middle (80 % range from 4 days of this timebox). 10 are planned.",
    );
    expect(describeForecast({ ...forecast, basis: "past timeboxes", n: 1 }, 8, "days")).toContain(
      "(80 % range from 1 past timebox). That is all of the 8 planned.",
    );
    expect(describeForecast(null, 10, "days")).toContain("no forecast yet");
    expect(describeVelocity({ low: 8, middle: 10, high: 13, n: 3, workingDays: 10 }, "days")).toContain(
      "8 to 13 days, 10 in the middle",
    );
    expect(describeVelocity({ low: 6, middle: 10, high: 16, n: 1, workingDays: 10 }, "days")).toContain(
      "One is no range",
    );
    expect(describeVelocity(null, "days")).toContain("no velocity");
  });

  it("says whether the drops are enough", () => {
    const drop = [{ requirement: 3, priority: "could", frees: 2, started: false }] as const;
    const proposal: DropProposal = {
      ...{ saves: 1, needed: 3, freed: 2, enough: false, drop: [...drop] },
      ...{ sharesAfter: null, ask: [] },
    };
    expect(describeProposal(proposal, "days")).toBe("Dropping it frees 2 days of the 3 needed: that is not enough.");
    expect(describeProposal({ ...proposal, needed: 2, enough: true }, "days")).toContain("that is enough");
    expect(describeProposal({ ...proposal, drop: [] }, "days")).toContain("no Could or Should left to drop");
  });
});

describe("refusals", () => {
  it("lose the names that only scripts need", () => {
    const said = "«timebox»: split it, or raise an exception (raise-exception).";
    expect(explainRefusal(new Error(said))).toBe("Split it, or raise an exception.");
    expect(explainRefusal(new Error("Ana (visionary) said no."))).toBe("Ana (visionary) said no.");
  });

  it("say where the card is now and where it was meant to go", () => {
    const priority = { project: null, increment: null, timebox: "should" };
    const current = { id: 4, timebox: 7, state: "doing", priority } as unknown as Requirement;
    expect(describeMoveConflict({ current, changedBy: "Bea" }, { column: "to-do", row: "could" }, 7)).toBe(
      "Bea changed requirement 4 meanwhile: it is in “Should, Doing” now. You wanted it in “Could, To do”. Move it again if that still holds.",
    );
  });
});
