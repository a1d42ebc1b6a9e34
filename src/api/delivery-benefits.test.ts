/** Which findings a benefits assessment verifies, and what of an effect it takes over. */
import { expect, test } from "vitest";
import { healthyInitiative } from "../delivery/initiative.case.ts";
import type { EffectMeasure } from "../domain/effect-plan.ts";
import { fillAssessment, findVerified } from "./delivery-benefits.ts";

const NUMBERS = { n: 1_240, estimate: 0.2, low: 0.15, high: 0.25 };
const measure = (verdict: string): EffectMeasure => ({
  ...{ ...NUMBERS, verdict, p: 0.01, relative: null, dataVersion: 3, measuredAt: "2026-03-01T08:00:00.000Z" },
});
const plan = (id: number, finding: number | null, ...verdicts: readonly string[]) => ({
  ...{ id, finding, measures: verdicts.map(measure) },
});
const AT = { at: "2026-03-02T08:00:00.000Z", author: "Vera" };

/** After an assessment of these plans; the requirements need finding 1, the initiative acts on these. */
function verify(findings: readonly number[], ...plans: readonly ReturnType<typeof plan>[]): number[] {
  const initiative = healthyInitiative((one) => {
    one.findings = [...findings];
    one.effects = plans.map(({ id }) => id);
    const { type: _, ...filled } = fillAssessment(one, { text: "So.", decision: null }, plans);
    one.assessments.push({ ...AT, ...filled });
  });
  return findVerified(initiative, plans);
}

test("the newest measurement of each registered effect is taken over; one that was never measured is left out", () => {
  const plans = [plan(1, null, "inconclusive", "worse"), plan(2, null), plan(3, null, "better")];
  const said = { text: "So.", decision: "Go on." };
  expect(fillAssessment({ effects: [2, 1, 9] }, said, plans)).toEqual({
    ...{ type: "assess-benefits", ...said, effects: [{ effect: 1, verdict: "worse", ...NUMBERS }] },
  });
});

test.each([
  ["the finding that a better effect names", verify([1, 4], plan(1, 4, "better")), [4]],
  ["the only finding, where the effect names none", verify([1], plan(1, null, "better")), [1]],
  ["none of two, where the effect names none", verify([1, 4], plan(1, null, "better")), []],
  ["none that is not the initiative's", verify([1], plan(1, 7, "better")), []],
  ["one that only its requirements need", verify([], plan(1, 1, "better")), [1]],
  ["each finding once", verify([1], plan(1, 1, "better"), plan(2, 1, "better"), plan(3, null, "better")), [1]],
  ["none by what is worse or tells nothing", verify([1], plan(1, 1, "worse"), plan(2, 1, "inconclusive")), []],
  ["none by a series that is indicative at most", verify([1], plan(1, 1, "indicative better")), []],
  ["none by what it said before", verify([1], plan(1, 1, "better", "inconclusive")), []],
])("verified: %s", (_, verified, expected) => {
  expect(verified).toEqual(expected);
});
