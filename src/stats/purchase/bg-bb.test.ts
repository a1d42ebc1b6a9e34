import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../../test/real-data.ts";
import { aliveBgBb, expectedBgBb, fitBgBb, type OccasionPatterns } from "./bg-bb.ts";

type Row = readonly [x: number, last: number, periods: number, customers: number];

const patterns = (rows: readonly Row[]): OccasionPatterns => ({
  x: Float64Array.from(rows, ([x]) => x),
  last: Float64Array.from(rows, ([, last]) => last),
  periods: Float64Array.from(rows, ([, , periods]) => periods),
  customers: Float64Array.from(rows, ([, , , customers]) => customers),
});

describe.skipIf(!hasRealData)(`11,104 donors over six years${whySkipped}`, () => {
  const rows = hasRealData
    ? readFileSync(join(REAL_DATA, "cdnow/donations_bgbb.csv"), "utf8")
        .trim()
        .split(/\r?\n/u)
        .slice(1)
        .map((line) => line.split(",").map(Number) as unknown as Row)
    : [];
  const donors = patterns(rows);
  const fit = hasRealData ? fitBgBb(donors) : undefined;
  const parameters = fit?.parameters ?? { alpha: 1, beta: 1, gamma: 1, delta: 1 };

  it("1.2035, .7497, .6567, 2.7834, log-likelihood −33225.58", () => {
    const { alpha, beta, gamma, delta } = parameters;
    expect([alpha, beta, gamma, delta].map((value) => value.toFixed(4))).toEqual([
      "1.2035",
      "0.7497",
      "0.6567",
      "2.7834",
    ]);
    expect(fit?.logLikelihood.toFixed(2)).toBe("-33225.58");
    expect(fit?.boundary).toBeNull();
    for (const error of Object.values(fit?.standardErrors ?? {})) {
      expect(error).toBeGreaterThan(0.01);
      expect(error).toBeLessThan(1);
    }
  });

  it("12,884.2 purchases in the next five years; .11, .59 and .93 are there", () => {
    const expected = expectedBgBb(parameters, donors, 5).map((value, at) => value * (donors.customers[at] ?? 0));
    expect(expected.reduce((sum, value) => sum + value, 0).toFixed(1)).toBe("12884.2");
    const alive = aliveBgBb(
      parameters,
      patterns([
        [0, 0, 6, 1],
        [2, 4, 6, 1],
        [6, 6, 6, 1],
      ]),
    );
    expect([...alive].map((value) => value.toFixed(2))).toEqual(["0.11", "0.59", "0.93"]);
  });
});

describe("BG/BB", () => {
  /** All histories of some periods with their chance, by adding up every way to them period by period. */
  function everyHistory(buys: number, leaves: number, periods: number): Map<string, number> {
    const chances = new Map<string, number>();
    const go = (period: number, x: number, last: number, chance: number) => {
      const end = (more: number) => chances.set(`${x} ${last}`, (chances.get(`${x} ${last}`) ?? 0) + more);
      if (period > periods) return end(chance);
      end(chance * leaves);
      go(period + 1, x + 1, period, chance * (1 - leaves) * buys);
      return go(period + 1, x, last, chance * (1 - leaves) * (1 - buys));
    };
    go(1, 0, 0, 1);
    return chances;
  }

  it("customers alike are a boundary, their chances found, and P(there) is Bayes' rule", () => {
    const [buys, leaves, periods] = [0.4, 0.2, 5];
    const rows = [...everyHistory(buys, leaves, periods)].map(([key, chance]): Row => {
      const [x = 0, last = 0] = key.split(" ").map(Number);
      return [x, last, periods, 1e5 * chance];
    });
    const { parameters, boundary } = fitBgBb(patterns(rows));
    const { alpha, beta, gamma, delta } = parameters;
    expect(alpha / (alpha + beta)).toBeCloseTo(buys, 2);
    expect(gamma / (gamma + delta)).toBeCloseTo(leaves, 2);
    expect(boundary).toBe(
      "All customers leave with the same chance. All customers who are there buy with the same chance.",
    );
    // Not seen in five periods: there is .8⁶·.6⁵, gone .2·Σ (.8·.6)ⁿ over n ≤ 4, or after the fifth .2·(.8·.6)⁵.
    const [stays, misses] = [1 - leaves, (1 - leaves) * (1 - buys)];
    const unseen = [0, 1, 2, 3, 4].reduce((sum, n) => sum + leaves * misses ** n, 0) + misses ** 5;
    const alive = aliveBgBb(parameters, patterns([[0, 0, periods, 1]]))[0] ?? 0;
    expect(alive).toBeCloseTo((stays * misses ** 5) / unseen, 2);
    expect(expectedBgBb(parameters, patterns([[0, 0, periods, 1]]), 1)[0]).toBeCloseTo(alive * buys, 2);
  });

  it("nobody leaves: a beta-binomial, and everybody is there", () => {
    // Whoever buys once in four periods does it in any of them as often.
    const rows: Row[] = [[0, 0, 4, 400]];
    for (let last = 1; last <= 4; last++) rows.push([1, last, 4, 50]);
    for (const [last, ways] of [
      [2, 1],
      [3, 2],
      [4, 3],
    ] as const)
      rows.push([2, last, 4, 25 * ways]);
    for (const [last, ways] of [
      [3, 1],
      [4, 3],
    ] as const)
      rows.push([3, last, 4, 45 * ways]);
    rows.push([4, 4, 4, 300]);
    const { parameters, boundary, standardErrors } = fitBgBb(patterns(rows));
    expect(boundary).toBe("Nobody leaves: this is a beta-binomial.");
    expect(standardErrors.alpha).toBeGreaterThan(0);
    for (const alive of aliveBgBb(parameters, patterns(rows))) expect(alive).toBeGreaterThan(0.99);
    expect(expectedBgBb(parameters, patterns(rows), 0)[0]).toBe(0);
  });

  it("needs somebody who bought again", () => {
    expect(() => fitBgBb(patterns([[0, 0, 6, 100]]))).toThrow("bought again");
    expect(() => fitBgBb(patterns([]))).toThrow(RangeError);
    const lone = fitBgBb(
      patterns([
        [1, 1, 6, 1],
        [0, 0, 6, 1],
      ]),
    );
    expect([...Object.values(lone.parameters), lone.logLikelihood].every(Number.isFinite)).toBe(true);
  });
});
