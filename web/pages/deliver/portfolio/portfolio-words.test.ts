/**
 * The portfolio in words: KPIs beside targets, what a finding costs, units that are never mixed, and what the picture holds.
 */
import { describe, expect, it } from "vitest";
import type { InitiativeSummary } from "../../../../src/domain/dsdm/report.ts";
import {
  describeConfidence,
  describeKpiState,
  describeWorth,
  drawnUnits,
  isReached,
  unitOfEfforts,
  valueAgainstEffort,
} from "./portfolio-words.ts";
import { titleFrom } from "./use-new-initiative.ts";

const summary = (id: number, own: Partial<InitiativeSummary>): InitiativeSummary => ({
  ...{ id, title: `Initiative ${id}`, state: "active", goal: null, findings: [], activePhases: [], effortUnit: "days" },
  ...{ effort: 20, done: 0, value: 1_000, shares: null, errors: 0, warnings: 0, principles: [], timebox: null },
  ...{ verdicts: [], ...own },
});

describe("a goal's KPI", () => {
  it("says value and target, or what is missing", () => {
    expect(describeKpiState({ value: 0.161, target: 0.2 }, "share of customers")).toMatch(
      /^16\.1.% \(target 20\.0.%\)$/u,
    );
    expect(describeKpiState({ value: null, target: null }, "")).toBe("not measured (no target)");
  });

  it("is reached by the side that is better, and open where nobody can say", () => {
    const kpi = (better: "higher" | "lower" | null) => ({ id: "x", title: "X", better });
    expect(isReached({ value: 0.1, target: 0.04 }, kpi("lower"))).toBe(false);
    expect(isReached({ value: 0.1, target: 0.04 }, kpi("higher"))).toBe(true);
    expect(isReached({ value: 0.1, target: 0.04 }, kpi(null))).toBeUndefined();
    expect(isReached({ value: null, target: 0.04 }, kpi("higher"))).toBeUndefined();
  });
});

describe("an opportunity", () => {
  it("tells a cost from a gain by its sign, and never says certain", () => {
    expect(describeWorth({ money: -12_300.4, months: 10 }, "EUR")).toBe("costs 1,230 EUR a month");
    expect(describeWorth({ money: 900, months: null }, "")).toBe("brings 900 in all");
    expect(describeConfidence(0.999_99)).toMatch(/^over 99\.9.%$/u);
    expect(describeConfidence(null)).toBe("–");
  });

  it("has an effort in a unit only where all its initiatives count in it", () => {
    const all = [summary(1, {}), summary(2, { effortUnit: "points" }), summary(3, {})];
    expect(unitOfEfforts({ initiatives: [1, 3] }, all)).toBe("days");
    expect(unitOfEfforts({ initiatives: [1, 2] }, all)).toBeUndefined();
    expect(unitOfEfforts({ initiatives: [] }, all)).toBeUndefined();
  });

  it("gives an initiative a title of 300 characters at the most, cut at a word", () => {
    expect(titleFrom("Short")).toBe("Short");
    const cut = titleFrom("seven words are enough to see ".repeat(20));
    expect(cut.length).toBeLessThanOrEqual(300);
    expect(cut).toMatch(/[a-z]…$/u);
  });
});

describe("value against effort", () => {
  const all = [
    summary(1, { value: 4_000, effort: 10 }),
    summary(2, { state: "closed" }),
    summary(3, { value: null }),
    summary(4, { effort: 0 }),
    summary(5, { effortUnit: "points" }),
  ];

  it("draws each unit by itself, and only what has both numbers", () => {
    expect(drawnUnits(all)).toEqual(["days", "points"]);
    const { dots, hollow } = valueAgainstEffort(all, "days", "EUR");
    expect(dots.map(({ name, x, y, hollow: ended }) => [name, x, y, ended])).toEqual([
      ["Initiative 1", 10, 4_000, false],
      ["Initiative 2", 20, 1_000, true],
    ]);
    expect(hollow).toBe("closed or stopped");
    expect(valueAgainstEffort(all, "points", "EUR").hollow).toBeUndefined();
  });
});
