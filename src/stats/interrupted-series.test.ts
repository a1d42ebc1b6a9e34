/** The interrupted series on Sicily's smoking ban, on series whose change is known, and where there is no answer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import type { SeriesQuestion } from "./interrupted-fit.ts";
import { estimateInterruption, type SeriesEffect } from "./interrupted-series.ts";
import { isNoAnswer } from "./no-answer.ts";
import type { Effect } from "./welch-effect.ts";

function estimate(question: SeriesQuestion): SeriesEffect {
  const found = estimateInterruption(question);
  if (isNoAnswer(found)) throw new Error(found.reason);
  return found;
}

function relativeOf({ relative }: SeriesEffect): Effect {
  if (isNoAnswer(relative)) throw new Error(relative.reason);
  return relative;
}

const YEAR = { period: 12, pairs: 2 };
const ratios = (found: SeriesEffect) => {
  const { value, low, high } = relativeOf(found);
  return [value, low, high].map((one) => (1 + one).toFixed(3));
};

describe.skipIf(!hasRealData)(`Sicily's smoking ban${whySkipped}`, () => {
  const rows = hasRealData
    ? readFileSync(join(REAL_DATA, "effect", "sicily.csv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
    : [];
  const column = (at: number) => rows.map((row) => Number(row.split(",")[at]));
  const sicily = { values: column(2), offset: column(6), before: 36 };

  it("reproduces the Poisson ratio .894 (.865–.925) of the tutorial", () => {
    expect(ratios(estimate({ ...sicily, family: "poisson" }))).toEqual(["0.894", "0.865", "0.925"]);
  });

  it("reproduces the seasonal quasi-Poisson ratio .885 (.839–.933)", () => {
    const found = estimate({ ...sicily, family: "quasi-poisson", season: YEAR });
    expect(ratios(found)).toEqual(["0.885", "0.839", "0.933"]);
    expect(found.serialCorrelation).toBe(0);
    expect(found.dispersion).toBeCloseTo(2.262, 3);
    const spared = found.counterfactual
      .slice(36)
      .reduce((sum, one, at) => sum + one - (sicily.values[36 + at] ?? 0), 0);
    expect(found.absolute.value).toBeCloseTo(-spared / 23, 6);
  });

  it("says much the same of the rate by least squares", () => {
    const values = sicily.values.map((count, at) => (1e5 * count) / (sicily.offset[at] ?? 1));
    const found = relativeOf(estimate({ values, before: 36, family: "means", season: YEAR }));
    expect(found.value).toBeCloseTo(-0.107, 3);
    expect(found.high).toBeLessThan(0);
  });
});

/** A year and a half of months before, half a year after, with a wobble that no column follows. */
const ROWS = 30;
const wobble = (at: number) => [1, -1, 0.5, 0, -0.5][at % 5] ?? 0;
const build = (course: (at: number) => number) => Array.from({ length: ROWS }, (_, at) => course(at));

test("a step on a trend, a step with a bend, and no step", () => {
  const step = build((at) => 50 + 0.5 * at + (at >= 20 ? 6 : 0) + wobble(at));
  const found = estimate({ values: step, before: 20, family: "means" });
  expect(Math.abs(found.absolute.value - 6)).toBeLessThan(0.5);
  expect(found.absolute.low).toBeGreaterThan(0);
  expect(found.counterfactual[29]).toBeCloseTo((found.fitted[29] ?? 0) - found.absolute.value, 9);
  const bend = build((at) => 50 + 0.5 * at + (at >= 20 ? 2 * (at - 19) : 0) + wobble(at));
  // Mean of 2, 4 … 20.
  const bent = estimate({ values: bend, before: 20, family: "means", slopeChange: true });
  expect(Math.abs(bent.absolute.value - 11)).toBeLessThan(1.5);
  const flat = estimate({ values: build((at) => 50 + 0.5 * at + wobble(at)), before: 20, family: "means" });
  expect(flat.absolute.low * flat.absolute.high).toBeLessThan(0);
  expect(flat.absolute.p).toBeGreaterThan(0.05);
});

test("a shift moves only the level, a scale everything; relative effects keep", () => {
  const values = build((at) => 50 + 0.5 * at + (at >= 20 ? 6 : 0) + 2 * wobble(at));
  const plain = estimate({ values, before: 20, family: "means" });
  const moved = estimate({ values: values.map((one) => one + 1000), before: 20, family: "means" });
  expect(moved.absolute.value).toBeCloseTo(plain.absolute.value, 8);
  expect(moved.absolute.high).toBeCloseTo(plain.absolute.high, 8);
  const scaled = estimate({ values: values.map((one) => 7 * one), before: 20, family: "means" });
  expect(scaled.absolute.low).toBeCloseTo(7 * plain.absolute.low, 8);
  expect(relativeOf(scaled).high).toBeCloseTo(relativeOf(plain).high, 8);
});

test("absolute and relative intervals exclude 0 together, whatever the family", () => {
  for (const family of ["means", "quasi-poisson", "poisson"] as const)
    for (let change = -12; change <= 12; change += 2) {
      const values = build((at) => 60 + (at >= 20 ? change : 0) + 6 * wobble(at) + 2 * wobble(at * 3 + 1));
      const found = estimate({ values, before: 20, family });
      const relative = relativeOf(found);
      const excludes = ({ low, high }: { low: number; high: number }) => low > 0 || high < 0;
      expect(excludes(found.absolute)).toBe(excludes(relative));
      expect(Math.sign(found.absolute.value)).toBe(Math.sign(relative.value));
      expect(found.absolute.p < 0.05).toBe(excludes(relative));
    }
});

test("errors that follow each other widen the interval", () => {
  const slow = build((at) => 60 + 5 * Math.sin(at / 2));
  const { serialCorrelation, errors, absolute, autocorrelation } = estimate({
    values: slow,
    before: 20,
    family: "means",
  });
  expect(serialCorrelation).toBeGreaterThan(0.5);
  expect(autocorrelation[0]).toBeGreaterThan(0.5);
  expect(absolute.standardError).toBe(errors.serial);
  expect(errors.serial).toBeGreaterThan(errors.independent);
});

test("no answer, with its reason, where there is none", () => {
  const values = build((at) => 50 + wobble(at));
  const refused = (question: Partial<SeriesQuestion>) => {
    const found = estimateInterruption({ values, before: 20, family: "means", ...question });
    return isNoAnswer(found) ? `${found.noAnswer} ${found.field}` : "an answer";
  };
  expect(refused({ before: 11 })).toBe("too-few before");
  expect(refused({ before: 30 })).toBe("too-few after");
  expect(refused({ before: 28, slopeChange: true })).toBe("too-few after");
  expect(refused({ values: values.with(3, Number.NaN) })).toBe("not-finite values");
  expect(refused({ family: "poisson", offset: values.map(() => 0) })).toBe("out-of-range offset");
  expect(refused({ family: "poisson", values: values.map(() => 0) })).toBe("no-variation values");
  expect(refused({ values: values.map(() => 5) })).toBe("no-variation values");
  expect(refused({ season: { period: 60, pairs: 20 } })).toBe("too-few values");
  // Around 0 there is nothing to be a share of.
  const zero = estimate({ values: values.map((one) => one - 50), before: 20, family: "means" });
  expect(isNoAnswer(zero.relative) && zero.relative.noAnswer).toBe("zero-baseline");
});
