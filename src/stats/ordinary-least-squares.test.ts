/** Least squares against worked numbers, and its covariances against their sums written out. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  automaticLags,
  classicalCovariance,
  designOf,
  fitLeastSquares,
  isUnfitted,
  type LeastSquares,
  neweyWestCovariance,
  robustCovariance,
} from "./ordinary-least-squares.ts";

function fitAll(columns: readonly number[][], y: readonly number[]): LeastSquares {
  const found = fitLeastSquares(designOf(columns), y);
  if (isUnfitted(found)) throw new Error(found.unfitted);
  return found;
}

const ones = (n: number) => Array.from({ length: n }, () => 1);

// Longley's data (1967), certified by NIST to these digits: columns of very different size, nearly dependent.
const LONGLEY = [
  [60323, 83, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99, 365385, 1870, 3547, 115094, 1953],
  [63761, 100, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

test("Longley's data, by NIST's certified values", () => {
  const column = (at: number) => LONGLEY.map((row) => row[at] ?? 0);
  const { coefficients, ...rest } = fitAll([ones(16), ...[1, 2, 3, 4, 5, 6].map(column)], column(0));
  const certified = [
    [-3482258.63459582, 890420.383607373],
    [15.0618722713733, 84.9149257747669],
    [-0.035819179292591, 0.0334910077722432],
    [-2.0202298038168, 0.488399681651699],
    [-1.03322686717359, 0.214274163161675],
    [-0.0511041056535807, 0.22607320006937],
    [1829.15146461355, 455.478499142212],
  ];
  const covariance = classicalCovariance({ coefficients, ...rest });
  for (const [at, [value = 0, error = 0]] of certified.entries()) {
    expect((coefficients[at] ?? 0) / value).toBeCloseTo(1, 7);
    expect(Math.sqrt(covariance[at * 8] ?? 0) / error).toBeCloseTo(1, 7);
  }
  expect(Math.sqrt(rest.variance)).toBeCloseTo(304.854073561965, 5);
});

test("three points on a line, and one that is off it", () => {
  expect([...fitAll([ones(3), [0, 1, 2]], [1, 3, 5]).coefficients].map((one) => Math.round(one * 1e9) / 1e9)).toEqual([
    1, 2,
  ]);
  // A dummy: the coefficient is the difference of two means, 5 − 1.
  const two = fitAll([ones(4), [0, 0, 1, 1]], [0, 2, 3, 7]);
  expect(two.coefficients[1]).toBeCloseTo(4, 12);
  expect(two.variance).toBeCloseTo(5, 12);
  expect(classicalCovariance(two)[3]).toBeCloseTo(5, 12);
});

test("HC1 of a difference of two means is Σe²/n² of each arm times n/(n − 2)", () => {
  const two = fitAll([ones(5), [0, 0, 1, 1, 1]], [0, 2, 3, 7, 11]);
  expect(robustCovariance(two)[3]).toBeCloseTo((2 / 4 + 32 / 9) * (5 / 3), 12);
});

test("Newey and West by their formula, written out", () => {
  const y = [1, 3, 2, 5, 4, 7, 9, 6];
  const constant = fitAll([ones(8)], y);
  const e = [...constant.residuals];
  const gamma = (lag: number) => e.reduce((sum, one, at) => sum + (at < lag ? 0 : one * (e[at - lag] ?? 0)), 0);
  const long = gamma(0) + 2 * (2 / 3) * gamma(1) + 2 * (1 / 3) * gamma(2);
  expect(neweyWestCovariance(constant, 2)[0]).toBeCloseTo(((long / 64) * 8) / 7, 12);
  expect(neweyWestCovariance(constant, 0)[0]).toBeCloseTo(((gamma(0) / 64) * 8) / 7, 12);
});

test("errors that follow each other ask for more lags than independent ones", () => {
  let [state, value] = [1, 0];
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const noise = Array.from({ length: 400 }, draw);
  const followed = noise.map((one) => {
    value = 0.8 * value + one;
    return value;
  });
  expect(automaticLags(fitAll([ones(400)], noise))).toBeLessThan(automaticLags(fitAll([ones(400)], followed)));
  expect(automaticLags(fitAll([ones(4)], [2, 2, 2, 2]))).toBe(0);
});

test("too few rows and a column that others make up are said, not fitted", () => {
  expect(
    fitLeastSquares(
      designOf([
        [1, 1],
        [0, 1],
      ]),
      [1, 2],
    ),
  ).toEqual({ unfitted: "rows", n: 2, required: 3 });
  const doubled = designOf([ones(4), [1, 2, 3, 4], [3, 5, 7, 9]]);
  expect(fitLeastSquares(doubled, [1, 2, 3, 5])).toEqual({ unfitted: "dependent", column: 2 });
  expect(fitLeastSquares(designOf([[0, 0, 0]]), [1, 2, 3])).toEqual({ unfitted: "dependent", column: 0 });
});

test("a new unit of a column or of y changes its coefficient and nothing else", () => {
  const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(numbers, fc.double({ min: 0.01, max: 1000, noNaN: true }), (y, scale) => {
      const x = [1, 4, 2, 8, 5, 7];
      const plain = fitAll([ones(6), x], y);
      const scaled = fitAll(
        [ones(6), x.map((one) => one * scale)],
        y.map((one) => one * 2),
      );
      expect(scaled.coefficients[1]).toBeCloseTo(((plain.coefficients[1] ?? 0) * 2) / scale, 6);
      expect(scaled.variance).toBeCloseTo(plain.variance * 4, 6);
    }),
    { numRuns: 50 },
  );
});
