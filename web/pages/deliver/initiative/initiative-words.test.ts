/**
 * People, questionnaire, benefits and records of an initiative, as the page says them.
 */
import { describe, expect, it } from "vitest";
import { CASE_EFFECT, healthyInitiative } from "../../../../src/delivery/initiative.case.ts";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { describeProgress, listStatements } from "./control/questionnaire-rows.ts";
import { nameFile } from "./documents/name-file.ts";
import { draftAssessment, explainDecision, foreseeVerified, needsDecision } from "./effect/assess.ts";
import { listFormer, listPeople, listRoleRows } from "./people/role-rows.ts";
import { listSubjects, nameAction, nameField, showValue } from "./records/record-words.ts";

describe("people", () => {
  it("hold their roles by level, and who is missing is said with why", () => {
    const initiative = healthyInitiative((one) => {
      for (const person of one.people)
        if (person.role === "business-visionary") person.until = "2026-03-01T09:00:00.000Z";
    });
    const missingRoles = [{ role: "business-visionary" as const, why: "Nobody approves the breadth." }];
    const report = { initiative, missingRoles } as unknown as InitiativeReport;
    const rows = listRoleRows(report, "project");
    expect(rows.map(({ role, holders }) => [role, holders.map(({ person }) => person)])).toEqual([
      ["business-sponsor", ["Sofia"]],
      ["business-visionary", []],
      ["technical-coordinator", ["Tarek"]],
      ["project-manager", ["Petra"]],
      ["business-analyst", ["Bea"]],
    ]);
    expect(rows[1]?.missing).toBe("Nobody approves the breadth.");
    expect(listFormer(initiative).map(({ person }) => person)).toEqual(["Viktor"]);
    expect(listPeople(initiative).slice(0, 4)).toEqual(["Anna", "Bea", "Dan", "Dora"]);
  });
});

describe("the questionnaire", () => {
  it("counts what is weak and what is done about it", () => {
    const initiative = healthyInitiative((one) => {
      const [first, second] = one.questionnaire.feasibility;
      Object.assign(first ?? {}, { score: 2 });
      Object.assign(second ?? {}, { score: 1, action: "A coach joins." });
      one.questionnaire.foundations = [];
    });
    expect(describeProgress(listStatements(initiative, "feasibility"))).toBe(
      "17 of 17 answered; 2 weak, 1 without an action",
    );
    expect(describeProgress(listStatements(initiative, "foundations"))).toBe("0 of 17 answered");
  });
});

describe("the benefits assessment", () => {
  const effect = (verdict: string | null, finding: number | null = 1) => ({
    ...{ ...CASE_EFFECT, verdict, finding },
    numbers: "+3.1 points, 95 %: +1.0 to +5.2, n = 2,292 customers",
  });

  it("asks for a decision unless something is better or worse", () => {
    expect(needsDecision([effect("inconclusive"), effect("better")])).toBe(false);
    expect(needsDecision([effect("indicative better"), effect(null)])).toBe(true);
    expect(explainDecision([])).toMatch(/^No measurement is registered/u);
    expect(explainDecision([effect(null)])).toMatch(/has been measured yet/u);
    expect(explainDecision([effect("inconclusive")])).toMatch(/^No measurement says better or worse/u);
  });

  it("begins with what was measured", () => {
    expect(draftAssessment([effect("better"), effect(null)])).toBe(
      "Orders per checkout, group B: better (+3.1 points, 95 %: +1.0 to +5.2, n = 2,292 customers).\nOrders per checkout, group B: not measured yet.",
    );
  });

  it("verifies the finding an effect names, or the only one when it names none", () => {
    expect(foreseeVerified([effect("better", 2)], [1, 2])).toEqual([2]);
    expect(foreseeVerified([effect("better", null)], [1])).toEqual([1]);
    expect(foreseeVerified([effect("better", null)], [1, 2])).toEqual([]);
    expect(foreseeVerified([effect("inconclusive", 1)], [1])).toEqual([]);
  });
});

describe("records", () => {
  it("say what was done, to which field, from what to what", () => {
    expect(nameAction("decide-gate")).toBe("decided a gate");
    expect(nameAction("something-new")).toBe("something new");
    expect(nameField("requirements[3].priority.project")).toBe("requirement 3, priority, project");
    expect(nameField("timeboxes[1].closeOut")).toBe("timebox 1, close out");
    expect(nameField('kpis["score.nps"].target')).toBe("kpi score.nps, target");
    expect(nameField("requirements[3].evidence[0]")).toBe("requirement 3, evidence");
    expect(nameField("people[4].until")).toBe("role, until");
    expect(showValue("2026-03-18T10:00:00.000Z", () => "18 Mar")).toBe("18 Mar");
    expect(showValue(null)).toBe("–");
    expect(showValue(["a", "b"])).toBe("a, b");
    expect(
      showValue({ level: "high", text: "late", more: null, none: [], priority: { project: null }, author: "Ana" }),
    ).toBe("level: high; text: late");
    expect(showValue("functional-model")).toBe("Functional model iteration");
    expect(showValue("x".repeat(400))).toHaveLength(160);
  });

  it("can be asked for by subject", () => {
    const subjects = listSubjects(healthyInitiative()).map(({ value }) => value);
    expect(subjects).toEqual(
      expect.arrayContaining([
        "initiative",
        "requirement 11",
        "timebox 3",
        "increment 2",
        "kpi checkout-conversion",
        "exception 1",
      ]),
    );
  });
});

describe("a document", () => {
  it("has a file name that every system takes", () => {
    expect(nameFile("Foundations summary: Größe & Maß")).toBe("foundations-summary-größe-maß.md");
    expect(nameFile("…")).toBe("document.md");
  });
});
