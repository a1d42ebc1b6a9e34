import { describe, expect, it } from "vitest";
import { criticalValue } from "./influence-function.ts";
import { normalQuantile, studentQuantile } from "./quantile.ts";

describe("criticalValue", () => {
  it.each([40, 41.5, 99, 129.93, 5_000])("is Student's quantile with %f degrees of freedom", (degreesOfFreedom) => {
    for (const confidence of [0.8, 0.95, 0.999])
      expect(criticalValue(degreesOfFreedom, confidence)).toBeCloseTo(
        studentQuantile((1 + confidence) / 2, degreesOfFreedom),
        5,
      );
  });

  it("is exact with few degrees of freedom, and the normal one without end", () => {
    expect(criticalValue(1.5, 0.95)).toBe(studentQuantile(0.975, 1.5));
    expect(criticalValue(Number.POSITIVE_INFINITY, 0.95)).toBe(normalQuantile(0.975));
  });
});
