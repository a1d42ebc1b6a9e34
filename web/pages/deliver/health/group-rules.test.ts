/**
 * Broken rules on the health page: the filters, errors first, the worst initiative first, the principles in their order.
 */
import { describe, expect, it } from "vitest";
import type { BrokenRule } from "../../../../src/domain/dsdm/health.ts";
import { describeHealth, readSubject, targetOf } from "../health-words.ts";
import { groupRules, selectRules } from "./group-rules.ts";

const rule = (initiative: number, id: number, principle: number, severity: BrokenRule["severity"]): BrokenRule => ({
  ...{ initiative, id, principle, severity, subject: "initiative", message: `rule ${id}`, action: "mend it" },
});
const RULES = [
  rule(1, 9, 2, "warning"),
  rule(1, 6, 1, "error"),
  rule(2, 10, 2, "warning"),
  rule(2, 4, 1, "error"),
  rule(2, 40, 8, "error"),
];

describe("selectRules", () => {
  it("keeps what is asked for, and all when nothing is", () => {
    expect(selectRules(RULES, {})).toHaveLength(5);
    expect(selectRules(RULES, { initiative: 2, severity: "error" }).map(({ id }) => id)).toEqual([4, 40]);
    expect(selectRules(RULES, { principle: 2 }).map(({ id }) => id)).toEqual([9, 10]);
  });
});

describe("groupRules", () => {
  it("puts the initiative with most errors first, and errors first within it", () => {
    const groups = groupRules(RULES, "initiative");
    expect(groups.map(({ id, errors, warnings }) => [id, errors, warnings])).toEqual([
      [2, 2, 1],
      [1, 1, 1],
    ]);
    expect(groups[0]?.rules.map(({ id }) => id)).toEqual([4, 40, 10]);
    expect(groups[1]?.rules.map(({ id }) => id)).toEqual([6, 9]);
  });

  it("keeps the order of the principles, without those that hold", () => {
    expect(groupRules(RULES, "principle").map(({ id, rules }) => [id, rules.length])).toEqual([
      [1, 2],
      [2, 2],
      [8, 1],
    ]);
  });
});

describe("where a rule is mended", () => {
  it("reads what a subject names", () => {
    expect(readSubject("requirement 3")).toEqual(["requirement", 3]);
    expect(readSubject("kpi repeat-purchase-rate")).toEqual(["kpi", undefined]);
    expect(readSubject("initiative")).toEqual(["initiative", undefined]);
  });

  it("leads to the timebox, to the requirement, else to the initiative", () => {
    expect(targetOf({ id: 14, initiative: 4, subject: "timebox 2" })).toEqual({
      to: "deliver/timebox",
      search: { initiative: 4, timebox: 2 },
    });
    expect(targetOf({ id: 1, initiative: 4, subject: "requirement 7" })).toEqual({
      to: "deliver/initiative",
      search: { id: 4, tab: "requirements", requirement: 7 },
    });
    expect(targetOf({ id: 4, initiative: 4, subject: "kpi csat:Review" })).toEqual({
      to: "deliver/initiative",
      search: { id: 4 },
    });
    expect(targetOf({ id: 9, initiative: 4, subject: "initiative" }).search).toEqual({ id: 4, tab: "requirements" });
    expect(targetOf({ id: 26, initiative: 4, subject: "initiative" }).search).toEqual({ id: 4 });
  });

  it("says counts in words", () => {
    expect(describeHealth({ errors: 2, warnings: 1 })).toBe("2 errors, 1 warning");
    expect(describeHealth({ errors: 0, warnings: 0 })).toBe("nothing broken");
  });
});
