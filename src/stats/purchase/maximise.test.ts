import { describe, expect, it } from "vitest";
import { maximise, type Objective } from "./maximise.ts";

const at = (values: Float64Array, index: number) => values[index] ?? Number.NaN;

describe("maximise", () => {
  it("climbs along a bent valley to its top", () => {
    const valley: Objective = (u, g) => {
      const [x, y] = [at(u, 0), at(u, 1)];
      g[0] = 2 * (1 - x) + 40 * x * (y - x * x);
      g[1] = -20 * (y - x * x);
      return -((1 - x) ** 2) - 10 * (y - x * x) ** 2;
    };
    const top = maximise(valley, [-1.2, 1], { mostPasses: 40 });
    expect(top.converged).toBe(true);
    expect(top.point[0]).toBeCloseTo(1, 6);
    expect(top.point[1]).toBeCloseTo(1, 6);
    expect(top.ranOff).toEqual([0, 0]);
  });

  it("says which parameter ran off along a ridge that nears its limit, and stops there", () => {
    const ridge: Objective = (u, g) => {
      g[0] = -2 * at(u, 0);
      g[1] = 50 * Math.exp(-at(u, 1));
      return 1000 - at(u, 0) ** 2 - 50 * Math.exp(-at(u, 1));
    };
    const top = maximise(ridge, [2, 0]);
    expect(top.value).toBeGreaterThan(1000 - 1e-5);
    expect(top.ranOff).toEqual([0, 1]);
    expect(top.converged).toBe(true);
    expect(top.passes).toBeLessThanOrEqual(28);
  });

  it("steps back from values that are not finite, and stays within bounds", () => {
    const wall: Objective = (u, g) => {
      g[0] = 1 / at(u, 0) - 0.1;
      return at(u, 0) > 12 ? Number.NaN : Math.log(at(u, 0)) - 0.1 * at(u, 0);
    };
    expect(maximise(wall, [0.01], { lower: [1e-3] }).point[0]).toBeCloseTo(10, 6);
    const bounded = maximise(wall, [1], { lower: [0.5], upper: [4] });
    expect(bounded.point[0]).toBe(4);
    expect(bounded.ranOff).toEqual([1]);
  });

  it("answers a start without a value instead of throwing, and counts its passes", () => {
    const nothing = maximise(() => Number.NaN, [0]);
    expect(nothing.converged).toBe(false);
    expect(nothing.passes).toBe(1);
    let calls = 0;
    const steep: Objective = (u, g) => {
      calls++;
      g[0] = -4 * at(u, 0) ** 3;
      return -(at(u, 0) ** 4);
    };
    const top = maximise(steep, [5], { mostPasses: 6 });
    expect(top.converged).toBe(false);
    expect(top.passes).toBe(calls);
    expect(calls).toBe(6);
  });
});
