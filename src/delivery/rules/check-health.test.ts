import { describe, expect, it } from "vitest";
import { caseRequirement, doneOn, healthyContext, healthyInitiative } from "../initiative.case.ts";
import { type Change, closeOut, first, nothing, onLevels, release, requirement } from "./break-initiative.case.ts";
import { checkHealth, RULES } from "./check-health.ts";
import { FIRING } from "./firing.case.ts";
import type { HealthContext } from "./rule.ts";
import { SILENT } from "./silent.case.ts";

const check = (change: Change, context?: Partial<HealthContext>) =>
  checkHealth([healthyInitiative(change)], healthyContext(context));

describe("health rules", () => {
  it("find nothing wrong with a healthy initiative", () => {
    expect(check(nothing)).toEqual([]);
  });

  for (const { rule, when, change, context, subject, message, severity, action, also } of FIRING) {
    it(`${rule} fires when ${when}`, () => {
      const known = RULES.find(({ id }) => id === rule);
      const broken = check(change, context);
      const own = broken.filter(({ id }) => id === rule);
      expect(own).toEqual([
        {
          id: rule,
          principle: known?.principle,
          severity: severity ?? known?.severity,
          initiative: 1,
          subject,
          message,
          action: action === undefined ? expect.any(String) : expect.stringContaining(action),
        },
      ]);
      // Nothing else is broken by it: no cause is told twice.
      expect(broken.filter(({ id }) => id !== rule).map(({ id }) => id)).toEqual(also ?? []);
    });
  }

  for (const { rule, when, change, context } of SILENT) {
    it(`${rule} is silent when ${when}`, () => {
      expect(check(change, context).filter(({ id }) => id === rule)).toEqual([]);
    });
  }

  it("each have a case that fires and one that stays silent", () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect([...new Set(FIRING.map(({ rule }) => rule))]).toEqual(ids);
    expect([...new Set(SILENT.map(({ rule }) => rule))]).toEqual(ids);
  });
});

describe("checkHealth", () => {
  it("asks closed and stopped initiatives only about what happened", () => {
    const everything: Change = (one) => {
      for (const { rule, change } of FIRING) if (rule !== 26) change(one);
      for (const each of one.increments) if (each.deployed) each.deployed.day = "2025-01-01";
      const end = closeOut(one, 1);
      end.delivered = { ...end.delivered, must: 0 };
    };
    for (const state of ["closed", "stopped"] as const) {
      const broken = check((one) => {
        everything(one);
        one.state = state;
      });
      expect([...new Set(broken.map(({ id }) => id))]).toEqual([11, 12, 40]);
    }
    const assessed = check((one) => {
      one.state = "closed";
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-01-01";
    });
    expect(assessed.map(({ id, subject }) => [id, subject])).toEqual([[7, "increment 1"]]);
  });

  it("tells 4, 6 and 9 apart from everything else in a business study", () => {
    const planted = healthyInitiative((one) => {
      one.phases.splice(2);
      first(one.phases.slice(1)).until = null;
      one.gates.splice(1);
      one.baseline = null;
      one.timeboxes = [];
      one.increments = [];
      one.effects = [];
      one.exceptions = [];
      one.feedback = [];
      one.constraints = [];
      one.requirements = [
        caseRequirement(1, "must", 15, onLevels("must", null)),
        caseRequirement(2, "should", 2, onLevels("should", null)),
        caseRequirement(3, "could", 3, onLevels("could", null)),
      ];
      release(one, "business-visionary");
      first(one.kpis).baseline = null;
    });
    // The demo's data end long before today.
    const broken = checkHealth([planted], healthyContext({ dataEnd: "2025-12-31T22:00:00.000Z" }));
    expect(broken.map(({ id, subject }) => [id, subject])).toEqual([
      [4, "kpi checkout-conversion"],
      [6, "role business-visionary"],
      [9, "initiative"],
    ]);
    expect(broken[2]?.message).toContain("Must is 75 % of the effort (15 days of 20 days)");
  });

  it("finds nothing wrong with an initiative that was only just begun", () => {
    const begun = healthyInitiative((one) => {
      Object.assign(one, { goal: null, findings: [], kpis: [], effects: [], benefit: null, baseline: null });
      Object.assign(one, { phases: [], gates: [], people: [], departments: [], requirements: [], increments: [] });
      Object.assign(one, { timeboxes: [], exceptions: [], feedback: [], workshops: [], constraints: [] });
      one.questionnaire = { feasibility: [], foundations: [] };
    });
    expect(checkHealth([begun], healthyContext())).toEqual([]);
  });

  it("names the initiative, in the order of initiatives and then of rules", () => {
    const two = healthyInitiative((one) => {
      one.id = 2;
      requirement(one, 6).need = { finding: null, kpi: null, goal: null };
      first(one.kpis).target = null;
    });
    const one = healthyInitiative((each) => {
      each.departments.push({ department: "Warehouse", stakeholder: null, interest: null });
    });
    const broken = checkHealth([two, one], healthyContext());
    expect(broken.map(({ initiative, id }) => [initiative, id])).toEqual([
      [2, 1],
      [2, 4],
      [1, 20],
    ]);
  });

  it("counts days in the workspace's zone", () => {
    // 23:30 UTC on the 10th is the 11th in Berlin: six days before the 17th, seven before the 18th.
    const late: Change = (one) => {
      Object.assign(first(one.feedback), { decision: null, at: "2026-03-10T23:30:00.000Z" });
    };
    const at = { today: "2026-03-17", now: "2026-03-17T10:00:00.000Z" };
    expect(check(late, at).map(({ id }) => id)).toEqual([41]);
    expect(check(late, { ...at, zone: "Europe/Berlin" }).map(({ id }) => id)).toEqual([31]);
  });

  it("leaves what it looks at as it was", () => {
    const initiative = healthyInitiative();
    checkHealth([initiative], healthyContext());
    expect(initiative).toEqual(healthyInitiative());
  });

  it("counts an effort that was done in a closed timebox for the project", () => {
    const broken = check((one) => {
      one.requirements.push(
        caseRequirement(12, "must", 40, { ...onLevels("must", null), ...doneOn("2026-02-06", "2026-02-02") }),
      );
    });
    expect(broken.map(({ id, subject }) => [id, subject])).toEqual([
      [9, "initiative"],
      [10, "initiative"],
    ]);
  });
});
