/** What a finding takes from the answer about one moment, number by number; and when two questions are the same. */
import { expect, test } from "vitest";
import type { MomentClaim, RejectedMoment } from "../analysis/moments-schema.ts";
import { findingMeasureSchema } from "../domain/finding.ts";
import { type MomentAnswer, measureMoment, pinQuestion, titleMoment } from "./finding-from-moment.ts";
import { hashQuestion } from "./finding-question.ts";

const NOW = new Date("2026-03-01T08:00:00.000Z");
const LATE = { touchpoint: "Delivery Due", contrast: "experience", property: "overdue", bad: '= "true"' } as const;
const CLAIM: MomentClaim = {
  ...LATE,
  ...{ where: 'touchpoint = "Delivery Due" and prop.overdue = "true"' },
  ...{ effect: -1.8, low: -2, high: -1.6, relative: null, p: 1e-9, q: 2e-8 },
  ...{ reach: 2040, customers: 1999, impact: -3672, money: null, eValue: null, label: "likely cause" },
  ...{ crude: -1.86, exposedRate: 2.2, comparisonRate: 4, simpson: false, responseGap: 0.01 },
  placebo: { of: "earlier activity", effect: 0.01, low: -0.1, high: 0.12, p: 0.8 },
};
const REJECTED: RejectedMoment = {
  ...{ ...LATE, where: CLAIM.where, effect: -0.2, low: -0.5, high: 0.1, crude: -0.4, placebo: null, reach: 180 },
  ...{ reason: "too few", detail: "180 of the 200 exposed touches that it takes." },
};
const ANSWER: MomentAnswer = {
  ...{ journey: "order", outcome: 'touchpoint = "Review Answered"', of: "score", withinMs: 30 * 86_400_000 },
  ...{ currency: "BRL", base: 4.1, n: 17_216, minimumEffect: 0.2, worth: null, tested: 31, caveats: [] },
  ...{ claim: CLAIM, rejected: null, reasons: [], months: 17, instead: [], overTime: [], dataVersion: 12 },
  bySegment: { trait: null, traits: [], rows: [], p: null },
};
const ASKED = { outcome: ANSWER.outcome, of: "score", touchpoint: "Delivery Due", contrast: "experience" } as const;

test("a claim gives all its numbers", () => {
  const measure = measureMoment(ANSWER, NOW);
  expect(findingMeasureSchema.parse(measure)).toEqual({
    ...{ measuredAt: "2026-03-01T08:00:00.000Z", dataVersion: 12 },
    ...{ effect: -1.8, low: -2, high: -1.6, q: 2e-8, reach: 2040, impact: -3672, money: null, months: 17 },
    ...{ claimed: true, reason: null },
    method:
      "where it went badly against where it went well, in the same situation (overlap-weighted, clustered by customer); " +
      "Benjamini–Hochberg over 31 tested; likely cause, placebo: earlier activity",
  });
});

test("a claim without a placebo says what it is then; money comes along", () => {
  const claim: MomentClaim = {
    ...{ ...CLAIM, contrast: "presence", property: null, bad: null, placebo: null },
    ...{ label: "association, adjusted", money: 99.5 },
  };
  const answer = { ...ANSWER, claim };
  const measure = measureMoment(answer, NOW);
  expect(measure.money).toBe(99.5);
  expect(measure.method).toMatch(/^this touch against the usual next one, .*31 tested; association, adjusted$/u);
});

test("what was rejected keeps its estimate and says why; it claims no impact", () => {
  expect(measureMoment({ ...ANSWER, claim: null, rejected: REJECTED }, NOW)).toMatchObject({
    ...{ effect: -0.2, low: -0.5, high: 0.1, q: null, reach: 180, impact: null, money: null },
    ...{ claimed: false, reason: "too few" },
  });
});

test("without any candidate there is no number, and the answer's own reason", () => {
  const nothing = { ...ANSWER, claim: null, rejected: null, n: 0 };
  const missing = { effect: null, low: null, high: null, q: null, reach: 0, claimed: false };
  expect(measureMoment(nothing, NOW)).toMatchObject({ ...missing, reason: "too few" });
  const lack = { status: "insufficient-data", reason: "No touch has its window.", n: 0, required: 1 } as const;
  expect(measureMoment({ ...nothing, ...lack }, NOW)).toMatchObject({ ...missing, reason: lack.reason });
});

test("the title is the sentence that people read", () => {
  expect(titleMoment(ANSWER)).toMatch(
    /^Customers whose «?Delivery Due»? is overdue rate 1\.8 points lower \(1\.6 to 2\.0\)/u,
  );
  expect(titleMoment({ ...ANSWER, claim: null, rejected: REJECTED })).toMatch(/Delivery Due.* overdue: too few$/u);
});

test("a kept question says what was left to Waymark", () => {
  expect(pinQuestion(ASKED, ANSWER)).toEqual({ ...ASKED, journey: "order", property: "overdue", bad: '= "true"' });
  const presence = { ...ASKED, touchpoint: "Chat", contrast: "presence" } as const;
  const claim: MomentClaim = { ...CLAIM, touchpoint: "Chat", contrast: "presence", property: null, bad: null };
  expect(pinQuestion(presence, { ...ANSWER, claim })).toEqual({ ...presence, journey: "order" });
});

test("questions are the same however they are spelled, cut into segments or priced", () => {
  const one = hashQuestion("moment", { ...ASKED, from: "2025-01-01" });
  expect(hashQuestion("moment", { from: "2025-01-01", ...ASKED })).toBe(one);
  expect(hashQuestion("moment", { ...ASKED, from: "2025-01-01", segment: "plan", worth: 3, where: undefined })).toBe(
    one,
  );
  const others = [{ from: "2025-01-02" }, { where: "value > 1" }, { bad: "> 1" }, { contrast: "presence" as const }];
  const hashes = others.map((other) => hashQuestion("moment", { ...ASKED, from: "2025-01-01", ...other }));
  expect(new Set([one, ...hashes]).size).toBe(5);
  expect(hashQuestion("pain-point", { ...ASKED, kind: "wait" })).not.toBe(hashQuestion("moment", ASKED));
});
