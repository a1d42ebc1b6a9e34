/** What a finding takes from the answer about one friction or one dated incident, number by number. */
import { expect, test } from "vitest";
import { CASE_DETAIL, CASE_INCIDENT, CASE_REJECTED, CASE_REWORK } from "../analysis/pain/pain-point.case.ts";
import { findingMeasureSchema } from "../domain/finding.ts";
import { measurePainPoint, type PainPointAnswer, pinPainQuestion, titlePainPoint } from "./finding-from-pain-point.ts";
import { hashQuestion, type PainQuestion } from "./finding-question.ts";

const NOW = new Date("2026-03-01T08:00:00.000Z");
const ANSWER: PainPointAnswer = { ...CASE_DETAIL, dataVersion: 12 };
const ASKED: PainQuestion = { outcome: ANSWER.outcome, kind: "wait", touchpoint: "Ticket Opened" };
const INCIDENT: PainQuestion = {
  ...{ outcome: ANSWER.outcome, kind: "error-event", touchpoint: "Payment Failed" },
  incident: { segment: 'customer.platform = "mobile"', from: "2024-05-13", to: "2024-06-03" },
};
const WITH_INCIDENT: PainPointAnswer = {
  ...{ ...ANSWER, painPoint: null, rejected: { ...CASE_REJECTED, kind: "error-event", touchpoint: "Payment Failed" } },
  incidents: [
    { ...CASE_INCIDENT, window: { from: "2023-01-02", to: "2023-01-16" } },
    { ...CASE_INCIDENT, segment: null },
    CASE_INCIDENT,
  ],
};

test("a pain point gives all its numbers: losses over the months of the data, below zero", () => {
  expect(findingMeasureSchema.parse(measurePainPoint(ANSWER, ASKED, NOW))).toEqual({
    ...{ measuredAt: "2026-03-01T08:00:00.000Z", dataVersion: 12, claimed: true, reason: null },
    ...{ effect: -0.12, low: -0.18, high: -0.06, q: 0.003, reach: 1_100 },
    ...{ impact: expect.closeTo(-158.4, 9), money: -15_840, months: 12 },
    method:
      "Touches with the friction against those without, in the same situation, all frictions of the touch at once; " +
      "Benjamini–Hochberg over 42 tested; likely cause, placebo: an earlier outcome",
  });
});

test("handling is added to what is at risk; with neither there is no money; silence is what is too much", () => {
  const { excess: _, ...rework } = CASE_REWORK;
  const of = (change: object, answer: object = {}) =>
    measurePainPoint({ ...ANSWER, ...answer, painPoint: { ...rework, excess: null, ...change } }, ASKED, NOW);
  expect(of({}).money).toBeCloseTo(-12 * (300 + 220), 9);
  const unknown = { valueAtRisk: { value: null, low: null, high: null } };
  expect(of(unknown).money).toBeCloseTo(-12 * 220, 9);
  expect(of({ ...unknown, directCost: null }).money).toBeNull();
  expect(of({ ...unknown, directCost: 0 }).money).toBe(0);
  expect(of({}, { outcome: "silence" }).impact).toBeCloseTo(36, 9);
});

test("an incident gives what was too much, over its own weeks, and is found again by them", () => {
  const measure = measurePainPoint(WITH_INCIDENT, INCIDENT, NOW);
  expect(measure).toMatchObject({ effect: null, reach: 150, impact: -33, money: -3_300, claimed: true, reason: null });
  expect(measure.months).toBeCloseTo(21 / 30.4375, 9);
  expect(measure.method).toContain("weeks 2024-05-20 up to 2024-06-10");
  expect(titlePainPoint(WITH_INCIDENT, INCIDENT)).toBe(
    '«Payment Failed» from 2024-05-20 up to 2024-06-10, where customer.platform = "mobile": 150 instead of the usual 19; ' +
      "it cost 3,300 EUR (80 %: 2,100 to 4,500) in all",
  );
  expect(pinPainQuestion(INCIDENT, WITH_INCIDENT)).toEqual({
    ...{ ...INCIDENT, journey: "life" },
    incident: { segment: 'customer.platform = "mobile"', from: "2024-05-20", to: "2024-06-10" },
  });
  const nothing = { value: null, low: null, high: null };
  const unpriced = { ...CASE_INCIDENT, excess: { events: 150, usual: 19, outcomes: nothing, money: nothing } };
  expect(measurePainPoint({ ...WITH_INCIDENT, incidents: [unpriced] }, INCIDENT, NOW)).toMatchObject({
    ...{ claimed: true, reach: 150, impact: null, money: null },
  });
  const gone = { ...WITH_INCIDENT, incidents: [] };
  expect(titlePainPoint(gone, INCIDENT)).toBeUndefined();
  expect(measurePainPoint(gone, INCIDENT, NOW)).toMatchObject({
    ...{ claimed: false, reason: "no such incident on this data", effect: null, impact: null, money: null, reach: 0 },
  });
});

test("what was rejected keeps its estimate and says why; without a friction there is no number", () => {
  const rejected = { ...ANSWER, painPoint: null, rejected: CASE_REJECTED };
  expect(measurePainPoint(rejected, ASKED, NOW)).toMatchObject({
    ...{ effect: -0.02, low: -0.1, high: 0.06, q: null, reach: 60, impact: null, money: null, claimed: false },
    reason: "too few",
  });
  expect(titlePainPoint(rejected, {})).toBe("«Ticket Opened» again about the same within 7 days: too few");
  const lack = { status: "insufficient-data", reason: "No touch.", n: 0, required: 1 } as const;
  const nothing = { ...ANSWER, ...lack, painPoint: null };
  expect(measurePainPoint(nothing, ASKED, NOW)).toMatchObject({ effect: null, reach: 0, reason: "No touch." });
  expect(titlePainPoint(nothing, {})).toBeUndefined();
});

test("the title is the sentence that people read", () => {
  expect(titlePainPoint(ANSWER, {})).toBe(
    "Waiting over 26 h after «Ticket Opened»: about 110 a month; 1,300 EUR (80 %: 880 to 1,800) a month at risk",
  );
});

test("the bound of a wait is left to the data, what a property tells is said", () => {
  expect(pinPainQuestion({ ...ASKED, bad: "> 26h" }, ANSWER)).toEqual({ ...ASKED, journey: "life" });
  const told = { ...CASE_REJECTED, kind: "bad-score", property: "score", bad: "<= 2" } as const;
  const answer = { ...ANSWER, painPoint: null, rejected: told };
  const asked = { ...ASKED, kind: "bad-score" } as const;
  expect(pinPainQuestion(asked, answer)).toEqual({ ...asked, journey: "life", property: "score", bad: "<= 2" });
});

test("questions are the same however they are cut into segments or priced; an incident is a question of its own", () => {
  const one = hashQuestion("pain-point", ASKED);
  expect(hashQuestion("pain-point", { ...ASKED, segment: "channel", worth: 3 })).toBe(one);
  expect(hashQuestion("pain-point", { ...ASKED, incident: INCIDENT.incident })).not.toBe(one);
});
