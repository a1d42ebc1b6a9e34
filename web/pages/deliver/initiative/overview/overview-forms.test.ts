/**
 * The overview's forms and board: what it is for, baselines and targets, and a phase with its gate.
 */
import { describe, expect, it } from "vitest";
import { healthyInitiative } from "../../../../../src/delivery/initiative.case.ts";
import { aboutOf, findAboutLacks, makeAboutEdit } from "./about-form.ts";
import { fillBaseline, findKpiLacks, kpiFieldsOf, makeKpi, objectToTarget } from "./kpi-form.ts";
import { describeDecision, readPhase } from "./phase-facts.ts";

const AT = "2026-03-18T10:00:00.000Z";
const SHARE = "share of visits";

describe("what it is for", () => {
  it("goes into fields and back", () => {
    const { title, summary, goal, benefit, effortUnit } = healthyInitiative();
    expect(makeAboutEdit(aboutOf(healthyInitiative()))).toEqual({
      type: "edit-initiative",
      ...{ title, summary, goal, benefit, effortUnit },
    });
  });

  it("takes away what was emptied, and asks what an amount is for", () => {
    const fields = { ...aboutOf(healthyInitiative()), summary: " ", goal: "", benefit: "" };
    expect(findAboutLacks(fields)).toEqual(["what the benefit is, not only what it is worth"]);
    expect(makeAboutEdit({ ...fields, monthly: "" })).toMatchObject({ summary: null, goal: null, benefit: null });
  });
});

describe("a KPI's baseline", () => {
  const empty = { kpi: "conversion", baseline: "" as const, measured: null, target: "" as const };

  it("is measured with its interval and n, and shares are typed as percent", () => {
    const filled = fillBaseline(empty, { value: 0.535, n: 6_125, low: 0.522, high: 0.547 }, SHARE, AT);
    expect(filled.baseline).toBe(53.5);
    expect(makeKpi({ ...filled, target: 60 }, SHARE, "later")).toEqual({
      type: "set-kpi",
      kpi: "conversion",
      baseline: { value: 0.535, n: 6_125, low: 0.522, high: 0.547, at: AT },
      target: 0.6,
    });
  });

  it("loses its interval when somebody types over it", () => {
    const filled = fillBaseline(empty, { value: 0.535, n: 6_125 }, SHARE, AT);
    const typed = makeKpi({ ...filled, baseline: 50 }, SHARE, "2026-03-19T08:00:00.000Z");
    expect(typed.baseline).toEqual({ value: 0.5, n: null, low: null, high: null, at: "2026-03-19T08:00:00.000Z" });
  });

  it("stays empty when there is too little to measure", () => {
    expect(fillBaseline(empty, { value: null, n: 3 }, SHARE, AT)).toEqual(empty);
    expect(makeKpi(empty, SHARE, AT)).toMatchObject({ baseline: null, target: null });
  });

  it("is kept when only the target changes", () => {
    const [own] = healthyInitiative().kpis;
    if (!own) throw new Error("the case has a KPI");
    expect(makeKpi({ ...kpiFieldsOf(own, SHARE), target: 80 }, SHARE, AT).baseline).toEqual(own.baseline);
    expect(findKpiLacks({ ...kpiFieldsOf(own, SHARE), target: 65 })).toEqual([
      "a target that differs from the baseline",
    ]);
  });
});

describe("a KPI's target", () => {
  const typed = (baseline: number | "", target: number | "") =>
    ({ kpi: "conversion", baseline, measured: null, target }) as const;

  it("on the wrong side of the baseline is objected to, by which way is better", () => {
    expect(objectToTarget(typed(50.9, 17), "higher")).toContain("higher is better, and it is below the baseline");
    expect(objectToTarget(typed(4, 6), "lower")).toContain("lower is better, and it is above the baseline");
    expect(objectToTarget(typed(50.9, 55), "higher")).toBeUndefined();
    expect(objectToTarget(typed(4, 3), "lower")).toBeUndefined();
  });

  it("is left alone while a number is missing, or where better depends", () => {
    expect(objectToTarget(typed("", 17), "higher")).toBeUndefined();
    expect(objectToTarget(typed(50.9, ""), "higher")).toBeUndefined();
    expect(objectToTarget(typed(50.9, 17), null)).toBeUndefined();
  });
});

describe("a phase", () => {
  it("has its stays, gates and what is unsettled", () => {
    const initiative = healthyInitiative((one) => {
      for (const constraint of one.constraints) constraint.settled = null;
    });
    expect(readPhase(initiative, "business-study")).toMatchObject({ open: false, unsettled: [{ id: 1 }] });
    expect(readPhase(initiative, "functional-model")).toMatchObject({ open: true, gates: [], unsettled: [] });
  });

  it("says before the decision what “go” does", () => {
    expect(describeDecision("go", "business-study", healthyInitiative())).toMatch(
      /^The scope of today is baselined: 11 req/u,
    );
    expect(describeDecision("go", "post-project", healthyInitiative())).toBe("The initiative is closed.");
  });
});
