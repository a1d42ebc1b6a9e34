/** What is foreseen of a measurement agrees with the power calculation by hand, and says why where nothing can be. */
import { expect, it } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import type { MeasuredBaseline } from "./effect-baseline.ts";
import { foreseeEffect, foreseeFromTries } from "./foresee-effect.ts";

const DAY = 86_400_000;
const TEN_PERCENT: MeasuredBaseline = {
  ...{ value: 0.1, n: 28_000, low: 0.096, high: 0.104, variance: 0.09, share: true, correlation: 0 },
  ...{ treatmentShare: null, known: 0, unitsPerDay: 1000, plannedMs: 28 * DAY, watchedMs: 28 * DAY },
  ...{ from: "2025-01-01T00:00:00.000Z", until: "2025-01-29T00:00:00.000Z" },
};
const MEAN: MeasuredBaseline = { ...TEN_PERCENT, value: 20, low: 19, high: 21, variance: 1, share: false };

function foresee(baseline: MeasuredBaseline | null, more: Partial<EffectQuestionInput> = {}) {
  const metric = { kind: "share", event: 'touchpoint = "Order"' } as const;
  return foreseeEffect(
    baseline,
    effectQuestionSchema.parse({ design: "randomised", metric, minEffect: 0.02, ...more }),
  );
}

it("counts the units that two points on ten percent take, and the days until they have come", () => {
  // (1.95996 + .84162)²·(.1·.9 + .12·.88)/.02² = 3,838 an arm; Welch's degrees of freedom add a few.
  const { unitsNeeded, ...foreseen } = foresee(TEN_PERCENT);
  expect(unitsNeeded).toBeGreaterThanOrEqual(2 * 3838);
  expect(unitsNeeded).toBeLessThan(2 * 3842);
  expect(foreseen).toMatchObject({
    power: 0.8,
    unitsPerDay: 1000,
    days: 8,
    weeks: 2,
    unitsByStop: 28_000,
    reason: null,
  });
  // (z + z)·√(2·.09/14,000) is .01005 before the change moves the variance.
  expect(foreseen.smallestEffect).toBeGreaterThan(0.01);
  expect(foreseen.smallestEffect).toBeLessThan(0.0104);
});

it("waits until the last unit was watched, and does not wait for those who are there already", () => {
  expect(foresee(TEN_PERCENT, { withinMs: 14 * DAY })).toMatchObject({ days: 22, weeks: 4, unitsByStop: 14_000 });
  expect(foresee({ ...TEN_PERCENT, known: 7000 })).toMatchObject({ days: 1, weeks: 1, unitsByStop: 35_000 });
  expect(foresee({ ...TEN_PERCENT, known: 9000 }, { withinMs: 14 * DAY })).toMatchObject({ days: 14, weeks: 2 });
  expect(foresee(TEN_PERCENT, { withinMs: 30 * DAY })).toMatchObject({ unitsByStop: 0, smallestEffect: null });
});

it("needs fewer units with CUPED, more with daily looks and with arms of unequal size", () => {
  const needed = (baseline: MeasuredBaseline, more: Partial<EffectQuestionInput> = {}) =>
    foresee(baseline, { minEffect: 0.1, ...more }).unitsNeeded ?? Number.NaN;
  const plain = needed(MEAN);
  // 2·(1.95996 + .84162)²·2/.1² = 3,140 of both arms.
  expect(plain).toBeGreaterThan(3139);
  expect(plain).toBeLessThan(3146);
  expect(needed({ ...MEAN, correlation: 0.6 }) / plain).toBeCloseTo(0.64, 2);
  expect(needed(MEAN, { peeking: true })).toBeGreaterThan(1.5 * plain);
  // 1/(4·.1·.9) as many as with halves.
  expect(needed(MEAN, { split: [90, 10] }) / plain).toBeCloseTo(2.778, 1);
  expect(needed({ ...MEAN, treatmentShare: 0.1 })).toBe(needed(MEAN, { split: [90, 10] }));
});

it("foresees a fall where lower is better: shares near 0 vary less there", () => {
  const [rise, fall] = [foresee(TEN_PERCENT), foresee(TEN_PERCENT, { lowerIsBetter: true })];
  expect(fall.unitsNeeded).toBeLessThan(rise.unitsNeeded ?? 0);
});

it("says why nothing is foreseen", () => {
  expect(foresee(null)).toMatchObject({ unitsNeeded: null, reason: expect.stringContaining("Nothing is known") });
  expect(foresee(TEN_PERCENT, { minEffect: 0 })).toMatchObject({ unitsNeeded: null, days: null, unitsByStop: 28_000 });
  expect(foresee(TEN_PERCENT, { minEffect: 0 }).reason).toContain("worth having");
  expect(foresee(TEN_PERCENT, { minEffect: 0.95 }).reason).toContain("outside 0 to 1");
  expect(foresee({ ...TEN_PERCENT, plannedMs: null })).toMatchObject({
    unitsByStop: null,
    smallestEffect: null,
    days: 8,
  });
  const stopped = foresee({ ...TEN_PERCENT, unitsPerDay: 0 });
  expect(stopped).toMatchObject({ days: null, weeks: null });
  expect(stopped.unitsNeeded).toBeGreaterThan(7000);
  expect(stopped.reason).toContain("above 0");
  expect(foresee({ ...MEAN, variance: 0 }, { minEffect: 0.1 }).reason).toContain("baseline");
});

it("sees, in a design over time, what 1.96 + .84 of its standard errors on the time before are", () => {
  const metric = { kind: "count", event: 'touchpoint = "Order"' } as const;
  const question = effectQuestionSchema.parse({ design: "staged", metric, minEffect: 0.02 });
  const tried = { since: "2025-05-01T00:00:00Z", until: "2025-06-01T00:00:00Z", n: 900, estimate: 0.001 };
  const month = { ...tried, ms: 31 * DAY, low: -0.0186, high: 0.0206 };
  const two = { ...tried, ms: 62 * DAY, low: -0.01, high: 0.012 };
  // Half the width is 1.96 standard errors of .01, so 2.802 of them are .02802.
  const foreseen = foreseeFromTries([month, two], question);
  expect(foreseen.smallestEffect).toBeCloseTo(0.02802, 4);
  expect(foreseen).toMatchObject({ days: 62, weeks: 9, unitsNeeded: null, unitsByStop: 900, reason: null });
  expect(foreseen.rehearsed).toMatchObject({ estimate: 0.001, low: -0.0186 });
  expect(foreseeFromTries([month], question)).toMatchObject({
    ...{ days: null, weeks: null },
    reason: expect.stringContaining("No longer stretch"),
  });
  expect(foreseeFromTries("Say when.", question)).toMatchObject({ smallestEffect: null, reason: "Say when." });
});
