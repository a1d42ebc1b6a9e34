import fc from "fast-check";
import { expect, it } from "vitest";
import { judgeEffect } from "./effect-verdict.ts";

it("knows the four verdicts", () => {
  expect(judgeEffect({ value: 0.08, low: 0.07, high: 0.09 }, 0.01)).toBe("better");
  expect(judgeEffect({ value: -0.08, low: -0.09, high: -0.07 }, 0.01)).toBe("worse");
  expect(judgeEffect({ value: 0.002, low: -0.003, high: 0.007 }, 0.01)).toBe("no meaningful change");
  expect(judgeEffect({ value: 0.02, low: -0.01, high: 0.05 }, 0.01)).toBe("inconclusive");
});

it("calls what is surely there and surely too small no meaningful change, what may be large enough inconclusive", () => {
  expect(judgeEffect({ value: 0.004, low: 0.001, high: 0.007 }, 0.01)).toBe("no meaningful change");
  expect(judgeEffect({ value: 0.008, low: 0.001, high: 0.015 }, 0.01)).toBe("inconclusive");
  expect(judgeEffect({ value: 0.01, low: 0.001, high: 0.019 }, 0.01)).toBe("better");
});

it("without a minimum effect knows better, worse and inconclusive only", () => {
  expect(judgeEffect({ value: 0.001, low: 0.0001, high: 0.0019 })).toBe("better");
  expect(judgeEffect({ value: 0, low: -0.001, high: 0.001 })).toBe("inconclusive");
  expect(judgeEffect({ value: 0, low: 0, high: 0 })).toBe("inconclusive");
});

it("never calls a number that is none", () => {
  expect(judgeEffect({ value: 1, low: Number.NaN, high: 2 }, 0.1)).toBe("inconclusive");
  expect(judgeEffect({ value: 1, low: 0.5, high: Number.POSITIVE_INFINITY }, 0.1)).toBe("inconclusive");
});

it("turns round with the direction that is good, and with the sign of the effect", () => {
  const size = fc.double({ min: -5, max: 5, noNaN: true });
  const half = fc.double({ min: 0, max: 3, noNaN: true });
  const opposite = { better: "worse", worse: "better" } as const;
  fc.assert(
    fc.property(size, half, half, (value, reach, minimum) => {
      const verdict = judgeEffect({ value, low: value - reach, high: value + reach }, minimum);
      const turned = verdict === "better" || verdict === "worse" ? opposite[verdict] : verdict;
      expect(judgeEffect({ value, low: value - reach, high: value + reach }, minimum, false)).toBe(turned);
      expect(judgeEffect({ value: -value, low: -value - reach, high: -value + reach }, minimum)).toBe(turned);
      // A wider interval never turns doubt into a claim.
      const wider = judgeEffect({ value, low: value - 2 * reach, high: value + 2 * reach }, minimum);
      if (verdict === "inconclusive") expect(wider).toBe("inconclusive");
    }),
    { numRuns: 300 },
  );
});
