import { expect, it } from "vitest";
import type { Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";

const at = (values: Float64Array, index: number) => values[index] ?? Number.NaN;

/** Minus half a quadratic of information [[100, 30], [30, 25]] around (ln 3, ln 2). */
const hill: Objective = (u, g) => {
  const [one, two] = [at(u, 0) - Math.log(3), at(u, 1) - Math.log(2)];
  g[0] = -(100 * one + 30 * two);
  g[1] = -(30 * one + 25 * two);
  return (at(g, 0) * one + at(g, 1) * two) / 2;
};
const top = Float64Array.of(Math.log(3), Math.log(2));

it("inverts the curvature and takes errors from logarithms to parameters", () => {
  const { logCovariance, standardErrors } = observeInformation(hill, top, [0, 0], [0, 0]);
  expect(logCovariance?.[0]?.[0]).toBeCloseTo(25 / 1600, 9);
  expect(logCovariance?.[0]?.[1]).toBeCloseTo(-30 / 1600, 9);
  expect(standardErrors[0]).toBeCloseTo(3 * Math.sqrt(25 / 1600), 8);
  expect(standardErrors[1]).toBeCloseTo(2 * Math.sqrt(100 / 1600), 8);
});

it("holds what ran off: no error of it, and that of the others as if it were known", () => {
  const { logCovariance, standardErrors } = observeInformation(hill, top, [0, 1], [0, 0]);
  expect(logCovariance).toBeNull();
  expect(standardErrors[0]).toBeCloseTo(3 * 0.1, 8);
  expect(standardErrors[1]).toBeNull();
});

it("has no errors where it is flat, or no top, and never NaN", () => {
  const flat: Objective = (_, g) => {
    g.fill(0);
    return 0;
  };
  expect(observeInformation(flat, top, [0, 0], [0, 0])).toMatchObject({ ranOff: [1, 1], standardErrors: [null, null] });
  const bowl: Objective = (u, g) => {
    const value = hill(u, g);
    for (const row of g.keys()) g[row] = -at(g, row);
    return -value;
  };
  expect(observeInformation(bowl, top, [0, 0], [0, 0])).toMatchObject({
    logCovariance: null,
    standardErrors: [null, null],
  });
});
