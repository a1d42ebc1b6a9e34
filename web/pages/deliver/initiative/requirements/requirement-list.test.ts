/**
 * The prioritised list: how it is grouped and filtered, how shares read against 60, 20 and 20, and places as choices.
 */
import { describe, expect, it } from "vitest";
import { healthyInitiative } from "../../../../../src/delivery/initiative.case.ts";
import type { BrokenRule } from "../../../../../src/domain/dsdm/health.ts";
import { listPlaces, readPlace, writePlace } from "./places.ts";
import { countRulesOf, groupRequirements } from "./requirement-groups.ts";
import { compareShares } from "./share-words.ts";

const rule = (subject: string, severity: "error" | "warning"): BrokenRule => ({
  ...{ id: 1, principle: 1, initiative: 1, message: "m", action: "a" },
  subject,
  severity,
});
const HEALTH = [rule("requirement 9", "error"), rule("requirement 9", "warning"), rule("timebox 9", "error")];

const ids = (filter: Parameters<typeof groupRequirements>[1], change?: Parameters<typeof healthyInitiative>[0]) =>
  groupRequirements({ initiative: healthyInitiative(change), health: HEALTH }, filter).map(
    ({ priority, requirements, effort }) => [priority, requirements.map(({ id }) => id), effort],
  );

const EMPTY = { find: undefined, priority: undefined, state: undefined, only: undefined };

describe("groups", () => {
  it("stand in the order Must, Should, Could, undecided, Won't, with their effort", () => {
    const undecide = (one: ReturnType<typeof healthyInitiative>) => {
      for (const requirement of one.requirements) if (requirement.id === 10) requirement.priority.project = null;
    };
    expect(ids(EMPTY, undecide)).toEqual([
      ["must", [1, 4, 5, 8], 15],
      ["should", [2, 6, 9], 9],
      ["could", [3, 7], 4],
      [null, [10], 2],
      ["wont", [11], 8],
    ]);
  });

  it("are filtered by words, priority, state, and what is the matter", () => {
    expect(ids({ ...EMPTY, find: "REQUIREMENT 1" })).toEqual([
      ["must", [1], 5],
      ["could", [10], 2],
      ["wont", [11], 8],
    ]);
    expect(ids({ ...EMPTY, priority: "could", state: "done" })).toEqual([["could", [3], 2]]);
    expect(ids({ ...EMPTY, only: "broken" })).toEqual([["should", [9], 3]]);
    expect(ids({ ...EMPTY, only: "unplanned" })).toEqual([["wont", [11], 8]]);
    expect(ids({ ...EMPTY, only: "breadth" })).toEqual([]);
  });

  it("count the broken rules of each requirement", () => {
    expect([...countRulesOf({ health: HEALTH })]).toEqual([[9, { errors: 1, warnings: 1 }]]);
  });
});

describe("shares", () => {
  it("say what is off", () => {
    const [must, should, could] = compareShares({ must: 0.75, should: 0.15, could: 0.1 });
    expect(must).toMatchObject({ share: "75 %", off: "15 % too much: too little is left to give way" });
    expect(should?.off).toBeUndefined();
    expect(could?.off).toBe("little that can be dropped first");
    expect(compareShares({ must: 0.6, should: 0.2, could: 0.2 }).every(({ off }) => off === undefined)).toBe(true);
    expect(compareShares(null)).toEqual([]);
  });
});

describe("places", () => {
  it("offer increments and the timeboxes that are open", () => {
    expect(listPlaces(healthyInitiative()).map(({ value }) => value)).toEqual(["", "i1", "i2", "t2", "t3"]);
  });

  it("go there and back", () => {
    expect(readPlace(writePlace({ increment: 2, timebox: 3 }))).toEqual({ increment: null, timebox: 3 });
    expect(readPlace(writePlace({ increment: 2, timebox: null }))).toEqual({ increment: 2, timebox: null });
    expect(readPlace("")).toEqual({ increment: null, timebox: null });
  });
});
