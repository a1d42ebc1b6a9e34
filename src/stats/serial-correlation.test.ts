/** Serial correlation against its definition on small matrices, and against simulated errors. */
import { expect, test } from "vitest";
import { classicalCovariance, designOf, fitLeastSquares, isUnfitted } from "./ordinary-least-squares.ts";
import { normalQuantile } from "./quantile.ts";
import { autocorrelate, estimateFirstOrder, serialCovariance } from "./serial-correlation.ts";

/** A seeded stream of numbers in (0, 1). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function fitTrend(y: readonly number[]) {
  const n = y.length;
  const found = fitLeastSquares(designOf([y.map(() => 1), y.map((_, at) => at / n)]), y);
  if (isUnfitted(found)) throw new Error(found.unfitted);
  return found;
}

test("autocorrelation by hand", () => {
  // Σe² = 10; neighbours 1·2 + 2·(−1) + (−1)·(−2) = 2; two apart 1·(−1) + 2·(−2) = −5.
  const [first, second] = autocorrelate(Float64Array.of(1, 2, -1, -2), 2);
  expect(first).toBeCloseTo(0.2, 12);
  expect(second).toBeCloseTo(-0.5, 12);
  expect(autocorrelate(new Float64Array(5), 2)).toEqual([0, 0]);
});

test("without serial correlation it is the classical covariance, less sure by Var(ρ̂) = 1/n", () => {
  const fitted = fitTrend([1, 4, 2, 8, 5, 7, 9]);
  const { covariance, degreesOfFreedom } = serialCovariance(fitted, { rho: 0, share: 1 });
  expect(degreesOfFreedom).toBeCloseTo(2 / (2 / 5 + 4 / 7), 10);
  for (const [at, value] of classicalCovariance(fitted).entries()) expect(covariance[at]).toBeCloseTo(value, 10);
});

test("errors that follow each other, and not to know how strongly, are worth fewer degrees of freedom", () => {
  const fitted = fitTrend([1, 4, 2, 8, 5, 7, 9, 3, 6, 2]);
  const degrees = [0, 0.2, 0.5, 0.8].map((rho) => serialCovariance(fitted, { rho, share: 1 }).degreesOfFreedom);
  for (const [at, one] of degrees.entries()) if (at > 0) expect(one).toBeLessThan(degrees[at - 1] ?? 0);
});

test("σ²(X'X)⁻¹X'RX(X'X)⁻¹ written out for a mean: Σρ^|i − j|/n², σ² = Σe²/tr(MR)", () => {
  const y = [3, 1, 4, 1, 5, 9];
  const found = fitLeastSquares(designOf([y.map(() => 1)]), y);
  if (isUnfitted(found)) throw new Error(found.unfitted);
  let whole = 0;
  for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) whole += 0.5 ** Math.abs(i - j);
  const squares = found.residuals.reduce((sum, one) => sum + one * one, 0);
  const { covariance } = serialCovariance(found, { rho: 0.5, share: 1 });
  expect(covariance[0]).toBeCloseTo(((squares / (6 - whole / 6)) * whole) / 36, 10);
});

test("where only half of the errors follows each other, the covariance is that of both parts", () => {
  const y = [3, 1, 4, 1, 5, 9];
  const found = fitLeastSquares(designOf([y.map(() => 1)]), y);
  if (isUnfitted(found)) throw new Error(found.unfitted);
  let whole = 0;
  for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) whole += i === j ? 1 : 0.5 * 0.8 ** Math.abs(i - j);
  const squares = found.residuals.reduce((sum, one) => sum + one * one, 0);
  const { covariance } = serialCovariance(found, { rho: 0.8, share: 0.5 });
  expect(covariance[0]).toBeCloseTo(((squares / (6 - whole / 6)) * whole) / 36, 10);
});

test("noise on top hides how long errors follow each other: with its share known, ρ is that of the rest", () => {
  const random = makeRandom(12);
  let [known, unknown] = [0, 0];
  for (let run = 0; run < 60; run++) {
    let error = normalQuantile(random());
    const y = Array.from({ length: 120 }, () => {
      error = 0.6 * error + 0.8 * normalQuantile(random());
      return error + normalQuantile(random());
    });
    known += estimateFirstOrder(fitTrend(y), { share: 0.5 }).rho / 60;
    unknown += estimateFirstOrder(fitTrend(y)).rho / 60;
  }
  expect(Math.abs(known - 0.6)).toBeLessThan(0.1);
  expect(Math.abs(unknown - 0.3)).toBeLessThan(0.05);
  // Half of the errors cannot follow each other as closely as a straight drift does: then all of them do.
  const drift = fitTrend(Array.from({ length: 40 }, (_, at) => (at - 20) ** 2));
  expect(estimateFirstOrder(drift, { share: 0.5 })).toMatchObject({ share: 1 });
});

test("simulated errors: ρ is found on average, where the residuals' own correlation is too low", () => {
  const random = makeRandom(11);
  for (const rho of [0, 0.3, 0.6]) {
    let [found, seen] = [0, 0];
    for (let run = 0; run < 60; run++) {
      let error = normalQuantile(random());
      const y = Array.from({ length: 60 }, () => {
        error = rho * error + Math.sqrt(1 - rho ** 2) * normalQuantile(random());
        return error;
      });
      const fitted = fitTrend(y);
      found += estimateFirstOrder(fitted).rho / 60;
      seen += (autocorrelate(fitted.residuals, 1)[0] ?? 0) / 60;
    }
    expect(Math.abs(found - rho)).toBeLessThan(0.08);
    expect(seen).toBeLessThan(rho);
  }
});

test("residuals that turn at every step count as independent; a straight drift as almost one", () => {
  const n = 40;
  expect(estimateFirstOrder(fitTrend(Array.from({ length: n }, (_, at) => (-1) ** at))).rho).toBe(0);
  expect(estimateFirstOrder(fitTrend(Array.from({ length: n }, (_, at) => (-1) ** at)), { least: -0.5 }).rho).toBe(
    -0.5,
  );
  expect(estimateFirstOrder(fitTrend(Array.from({ length: n }, (_, at) => (at - 20) ** 2))).rho).toBeGreaterThan(0.9);
});
