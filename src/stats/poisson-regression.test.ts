/** Poisson regression against closed forms: means of groups, rates over an offset, and what has no fit. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { classicalCovariance, designOf, isUnfitted, type Unfitted } from "./ordinary-least-squares.ts";
import { fitPoisson, type PoissonFit } from "./poisson-regression.ts";

function need(found: PoissonFit | Unfitted | NoAnswer): PoissonFit {
  if (isNoAnswer(found)) throw new Error(found.reason);
  if (isUnfitted(found)) throw new Error(found.unfitted);
  return found;
}

const ones = (n: number) => Array.from({ length: n }, () => 1);
const HALVES = designOf([ones(6), [0, 0, 0, 1, 1, 1]]);

test("one group: the logarithm of the mean, Pearson's dispersion, the error 1/√total", () => {
  const found = need(fitPoisson(designOf([ones(3)]), [1, 2, 3]));
  expect(found.coefficients[0]).toBeCloseTo(Math.log(2), 12);
  expect(found.dispersion).toBeCloseTo(0.5, 12);
  expect(found.linear.inverse[0]).toBeCloseTo(1 / 6, 12);
  expect(classicalCovariance(found.linear)[0]).toBeCloseTo(0.5 / 6, 12);
});

test("two groups over an offset: the ratio of rates, error² = 1/a + 1/b", () => {
  const offset = [10, 20, 30, 5, 5, 10].map(Math.log);
  const found = need(fitPoisson(HALVES, [1, 5, 6, 2, 4, 0], offset));
  expect(found.coefficients[0]).toBeCloseTo(Math.log(12 / 60), 10);
  expect(found.coefficients[1]).toBeCloseTo(Math.log(6 / 20 / (12 / 60)), 10);
  expect(found.linear.inverse[3]).toBeCloseTo(1 / 12 + 1 / 6, 10);
});

test("the scores are zero: fitted counts have the totals of the observed ones in every column", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 8, maxLength: 8 });
  const columns = [ones(8), [1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 0, 0, 0, 1, 1, 1]];
  fc.assert(
    fc.property(counts, (drawn) => {
      const { means } = need(fitPoisson(designOf(columns), drawn));
      for (const column of columns) {
        const total = (values: ArrayLike<number>) => column.reduce((sum, x, at) => sum + x * (values[at] ?? 0), 0);
        expect(total(means)).toBeCloseTo(total(drawn), 5);
      }
    }),
    { numRuns: 40 },
  );
});

test("ten times the people is no other rate ratio", () => {
  const counts = [3, 5, 4, 9, 7, 12];
  const small = need(
    fitPoisson(
      HALVES,
      counts,
      ones(6).map(() => Math.log(50)),
    ),
  );
  const large = need(
    fitPoisson(
      HALVES,
      counts,
      ones(6).map(() => Math.log(500)),
    ),
  );
  expect(large.coefficients[1]).toBeCloseTo(small.coefficients[1] ?? 0, 10);
  expect(large.coefficients[0]).toBeCloseTo((small.coefficients[0] ?? 0) - Math.log(10), 10);
});

test("what has no fit is said", () => {
  const code = (counts: number[], offset?: number[]) => {
    const found = fitPoisson(HALVES, counts, offset);
    return isNoAnswer(found) ? found.noAnswer : "a fit";
  };
  expect(code([1, 2, -1, 3, 4, 5])).toBe("out-of-range");
  expect(code([1, 2, Number.NaN, 3, 4, 5])).toBe("out-of-range");
  expect(code([1, 2, 1, 3, 4, 5], [0, 0, 0, 0, 0, Number.NEGATIVE_INFINITY])).toBe("out-of-range");
  expect(code([0, 0, 0, 0, 0, 0])).toBe("no-variation");
  expect(fitPoisson(designOf([ones(3), ones(3)]), [1, 2, 3])).toEqual({ unfitted: "dependent", column: 1 });
});

test("a half without any count settles at a rate of nothing, or says that it does not", () => {
  const found = fitPoisson(HALVES, [4, 5, 6, 0, 0, 0]);
  if (isNoAnswer(found)) expect(found.noAnswer).toBe("unreachable");
  else expect(need(found).means[5]).toBeLessThan(1e-6);
});
