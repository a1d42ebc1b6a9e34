import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Priority } from "../domain/dsdm/moscow.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { proposeDrops } from "./drop-proposal.ts";
import { caseRequirement, healthyInitiative } from "./initiative.case.ts";
import { findSmallestCover } from "./smallest-cover.ts";

const INITIATIVE = healthyInitiative();

function make(id: number, priority: Priority | null, remaining: number, state: Requirement["state"] = "to-do") {
  const levels = { project: priority, increment: priority, timebox: priority };
  return caseRequirement(id, "must", remaining + 1, { priority: levels, remaining, state });
}

/** The Must 1 misses effort, and so much is still done of all. */
function propose(requirements: readonly Requirement[], still: number) {
  return proposeDrops(INITIATIVE, requirements, [{ requirement: 1, missing: 1, why: "" }], still);
}

const addUp = (some: readonly { remaining: number }[]) => some.reduce((sum, { remaining }) => sum + remaining, 0);

function listSubsets<Item>(items: readonly Item[]): Item[][] {
  let all: Item[][] = [[]];
  for (const item of items) all = all.flatMap((some) => [some, [...some, item]]);
  return all;
}

describe("what to drop", () => {
  it("is the Coulds that just cover what is missing", () => {
    const list = [
      make(1, "must", 4),
      make(2, "could", 5),
      make(3, "could", 2),
      make(4, "could", 1),
      make(5, "should", 3),
    ];
    const proposal = propose(list, 12); // 15 are left: 3 are missing
    expect(proposal?.drop.map(({ requirement }) => requirement)).toEqual([3, 4]);
    expect(proposal).toMatchObject({ needed: 3, freed: 3, enough: true });
  });

  it("takes a Should only when all Coulds are gone", () => {
    const list = [make(1, "must", 4), make(2, "should", 2), make(3, "should", 5), make(4, "could", 2)];
    expect(propose(list, 10)?.drop).toEqual([
      { requirement: 4, priority: "could", frees: 2, started: false },
      { requirement: 2, priority: "should", frees: 2, started: false },
    ]);
  });

  it("lets started work go on where others do, also at a higher price", () => {
    const list = [make(1, "must", 4), make(2, "could", 2, "doing"), make(3, "could", 4)];
    expect(propose(list, 8)?.drop).toEqual([{ requirement: 3, priority: "could", frees: 4, started: false }]);
    expect(propose(list, 5)?.drop.map(({ started }) => started)).toEqual([true, false]);
  });

  it("leaves out what is done, undecided, no promise, or frees nothing", () => {
    const list = [
      make(1, "must", 4),
      make(2, "could", 0, "done"),
      make(3, null, 3),
      make(4, "wont", 3),
      make(5, "could", 0, "doing"),
    ];
    expect(propose(list, 2)).toMatchObject({ drop: [], needed: 2, freed: 0, enough: false });
  });

  it("asks everybody who holds a business role, in the order of the roles", () => {
    expect(propose([make(1, "must", 4)], 2)?.ask).toEqual([
      { person: "Sofia", role: "business-sponsor" },
      { person: "Viktor", role: "business-visionary" },
      { person: "Anna", role: "business-ambassador" },
    ]);
  });

  it("is nothing where no Must misses effort", () => {
    expect(
      proposeDrops(INITIATIVE, [make(1, "must", 4)], [{ requirement: 1, missing: 0, why: "blocked" }], 2),
    ).toBeNull();
  });
});

const requirements = fc
  .array(
    fc.record({
      priority: fc.constantFrom<Priority | null>("must", "should", "could", "wont", null),
      remaining: fc.integer({ min: 0, max: 24 }).map((halves) => halves / 2),
      state: fc.constantFrom<Requirement["state"]>("to-do", "doing", "done"),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => [
    make(1, "must", 5),
    ...list.map((one, index) => make(index + 2, one.priority, one.state === "done" ? 0 : one.remaining, one.state)),
  ]);

describe("whatever stands in a timebox", () => {
  it("drops no Must, all Coulds before a Should, the least that is enough", () => {
    fc.assert(
      fc.property(requirements, fc.double({ min: 0, max: 0.99, noNaN: true }), (list, part) => {
        const promised = list.filter(({ priority }) => ["must", "should", "could"].includes(priority.timebox ?? ""));
        const proposal = propose(list, Math.floor(addUp(promised) * part));
        if (proposal === null) throw new Error("a Must is at risk");
        const { drop, freed, needed, enough, sharesAfter } = proposal;
        const open = (priority: Priority) =>
          list.filter((one) => one.priority.timebox === priority && one.state !== "done" && one.remaining > 0);
        const dropped = list.filter(({ id }) => drop.some((one) => one.requirement === id));
        const [coulds, shoulds] = [open("could"), open("should")];

        expect(dropped.every((one) => coulds.includes(one) || shoulds.includes(one))).toBe(true);
        if (dropped.some((one) => shoulds.includes(one))) expect(dropped).toEqual(expect.arrayContaining(coulds));
        expect(freed).toBeCloseTo(addUp(dropped), 9);
        expect(enough).toBe(freed >= needed);
        expect(enough).toBe(addUp([...coulds, ...shoulds]) >= needed);
        expect(sharesAfter?.must ?? 1).toBeGreaterThan(0);

        // The last priority that is touched: nothing better in it, by started work, then effort, then number.
        const last = dropped.some((one) => shoulds.includes(one)) ? shoulds : coulds;
        const missing = needed - (last === shoulds ? addUp(coulds) : 0);
        const cost = (some: readonly Requirement[]) => {
          const begun = addUp(some.filter(({ state }) => state === "doing"));
          return [begun, addUp(some)] as const;
        };
        const [begun, all] = cost(dropped.filter((one) => last.includes(one)));
        for (const other of enough ? listSubsets(last).filter((some) => addUp(some) >= missing) : []) {
          const [otherBegun, otherAll] = cost(other);
          expect(begun < otherBegun || (begun === otherBegun && all <= otherAll)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("the smallest cover", () => {
  it("is the least sum that is enough, then the fewest", () => {
    const pick = (efforts: readonly number[], missing: number) =>
      findSmallestCover(
        efforts.map((effort, index) => make(index + 1, "could", effort)),
        missing,
      ).map(({ remaining }) => remaining);
    expect(pick([5, 3, 2], 4)).toEqual([5]);
    expect(pick([3, 2, 2], 4)).toEqual([2, 2]);
    expect(pick([2, 2, 4], 4)).toEqual([4]);
    expect(pick([1, 2], 9)).toEqual([1, 2]);
    expect(pick([1, 2], 0)).toEqual([]);
    expect(pick([0.1, 0.2, 0.4], 0.3)).toEqual([0.1, 0.2]);
  });

  it("covers what is missing closely, of sixty efforts without a common grain too", () => {
    const many = Array.from({ length: 60 }, (_, index) => make(index + 1, "could", Math.sqrt(index + 2)));
    const missing = addUp(many) / 3;
    const freed = addUp(findSmallestCover(many, missing));
    expect(freed).toBeGreaterThanOrEqual(missing);
    expect(freed).toBeLessThan(missing + 0.1);
  });
});
