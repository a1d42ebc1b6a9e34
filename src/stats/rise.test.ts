import { describe, expect, it } from "vitest";
import { findRise } from "./rise.ts";
import { makeRandom } from "./staged-panels.case.ts";

const months = (shares: readonly number[], n = 500) => shares.map((share) => ({ hits: Math.round(share * n), n }));

describe("since when a share is higher", () => {
  it("is the first month beyond the usual of all before it", () => {
    expect(findRise(months([0.1, 0.1, 0.1, 0.2]))).toBe(3);
    expect(findRise(months([0.1, 0.11, 0.09, 0.1, 0.1, 0.22, 0.2, 0.21, 0.2]))).toBe(5);
  });

  it("is no month that was an exception, nor a step down", () => {
    expect(findRise(months([0.1, 0.1, 0.1, 0.3, 0.05, 0.06, 0.05, 0.06, 0.05, 0.06]))).toBeNull();
    expect(findRise(months([0.3, 0.3, 0.3, 0.1, 0.1, 0.1]))).toBeNull();
  });

  it("is none where months always jumped about", () => {
    expect(findRise(months([0.1, 0.3, 0.05, 0.25, 0.12, 0.3, 0.28]))).toBeNull();
  });

  it("needs three months before it, empty ones not counted", () => {
    expect(findRise(months([0.1, 0.1, 0.4]))).toBeNull();
    expect(findRise([{ hits: 0, n: 0 }, ...months([0.1, 0.1, 0.4])])).toBeNull();
    expect(findRise([{ hits: 0, n: 0 }, ...months([0.1, 0.1, 0.1, 0.4])])).toBe(4);
    expect(findRise([])).toBeNull();
  });

  it("is found in at most one of twenty series in which nothing changes", () => {
    const random = makeRandom(41);
    const draw = () => ({ n: 300, hits: Array.from({ length: 300 }, random).filter((one) => one < 0.15).length });
    const found = Array.from({ length: 400 }, () => findRise(Array.from({ length: 12 }, draw)));
    // 5 % of 400, and three standard errors of 4.4.
    expect(found.filter((one) => one !== null).length).toBeLessThanOrEqual(33);
  });
});
