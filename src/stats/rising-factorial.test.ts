import { expect, it } from "vitest";
import { digamma, digammaRising, logRising } from "./rising-factorial.ts";

const near = (value: number, expected: number) => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-12);

// mpmath 1.3, 30 digits.
it("is the slope of ln Γ", () => {
  near(digamma(1e-3), -1000.57557193181);
  near(digamma(0.3), -3.502524222200133);
  near(digamma(4.5), 1.388870926359529);
  near(digamma(1e6), 13.81551005796419);
});

it("does not cancel, for whole x, broken x, small r and r beyond the digits of ln Γ", () => {
  for (const [r, x, value, slope] of [
    [0.2426, 3, -0.3914994167800875, 5.372686741885684],
    [1e9, 5, 103.6163291947321, 4.99999999e-9],
    [1e-4, 2, -9.210240376975849, 10000.99990001],
    [0.2426, 400, 1994.642747529398, 10.34918295394737],
    [1e12, 1000, 27631.02111642805, 9.999999995005e-10],
    [37.3, 0.25, 0.9022293686176805, 0.006770092857449918],
    [0.5, 1e5, 1051292.893070196, 13.47643549099582],
    [1e7, 2.5, 40.29523931489579, 2.499999812500025e-7],
  ] as const) {
    near(logRising(r, x), value);
    near(digammaRising(r, x), slope);
  }
  expect(logRising(3, 0)).toBe(0);
});
