import { describe, expect, it } from "vitest";
import { calibrateByFrequency } from "./calibration-by-frequency.ts";
import { patternsOf } from "./patterns.case.ts";
import type { CutPatterns } from "./read-patterns.ts";
import { scoreForecast, sumLater } from "./scores.ts";

/** Repeats so far, purchase days later → customers. */
type Row = readonly [x: number, having: Readonly<Record<number, number>>];

function cutOf(rows: readonly Row[]): CutPatterns {
  const counts = rows.map(([, having]) => Object.entries(having).map(([later, n]) => [Number(later), n] as const));
  const customers = counts.map((entries) => entries.reduce((sum, [, n]) => sum + n, 0));
  return {
    cutOff: { end: 100, until: 170 },
    patterns: patternsOf(rows.map(([x], at) => [x, x, 100, customers[at] as number])),
    firstCount: Uint32Array.from([0, ...counts.map((_, at) => counts.slice(0, at + 1).flat().length)]),
    later: Uint16Array.from(counts.flat(), ([later]) => later),
    having: Float64Array.from(counts.flat(), ([, n]) => n),
  };
}

/** One entry a customer, in plain loops: an AUC over all pairs, a tenth cut with ties shared out. */
function scorePlainly(pairs: readonly { readonly y: number; readonly m: number }[]) {
  const n = pairs.length;
  const sum = (of: (pair: { y: number; m: number }) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  const buyers = pairs.filter(({ y }) => y > 0);
  const others = pairs.filter(({ y }) => y === 0);
  const wins = buyers.flatMap((buyer) => others.map(({ m }) => (buyer.m > m ? 1 : buyer.m === m ? 0.5 : 0)));
  const edge = pairs.map(({ m }) => m).sort((a, b) => b - a)[Math.ceil(n / 10) - 1] as number;
  const above = pairs.filter(({ m }) => m > edge);
  const tied = pairs.filter(({ m }) => m === edge);
  const bought = (some: typeof pairs) => some.reduce((total, { y }) => total + y, 0);
  return {
    mae: sum(({ y, m }) => Math.abs(y - m)) / n,
    rmse: Math.sqrt(sum(({ y, m }) => (y - m) ** 2) / n),
    bias: sum(({ m }) => m) / sum(({ y }) => y) - 1,
    poissonDeviance: sum(({ y, m }) => 2 * ((y > 0 ? y * Math.log(y / m) : 0) - (y - m))) / n,
    auc: wins.reduce<number>((total, win) => total + win, 0) / wins.length,
    topDecileShare: (bought(above) + (bought(tied) * (n / 10 - above.length)) / tied.length) / bought(pairs),
  };
}

describe("scoreForecast", () => {
  const cut = cutOf([
    [0, { 0: 30, 1: 5 }],
    [1, { 0: 4, 2: 3, 7: 1 }],
    [2, { 1: 2 }],
    [3, { 0: 1, 3: 4 }],
  ]);
  // The second and the last pattern are forecast alike.
  const forecast = Float64Array.from([0.25, 1.5, 0.75, 1.5]);

  it("weighs patterns as their customers one by one", () => {
    const pairs = [...forecast].flatMap((m, pattern) =>
      [...cut.later.keys()]
        .filter((at) => at >= (cut.firstCount[pattern] as number) && at < (cut.firstCount[pattern + 1] as number))
        .flatMap((at) => Array.from({ length: cut.having[at] as number }, () => ({ y: cut.later[at] as number, m }))),
    );
    expect(pairs.length).toBe(50);
    const { correlation, ...scores } = scoreForecast(cut, forecast);
    for (const [name, value] of Object.entries(scorePlainly(pairs)))
      expect(scores[name as keyof typeof scores], name).toBeCloseTo(value, 12);
    // Pearson's of the 50 customers, in plain Python.
    expect(correlation).toBeCloseTo(0.6020294765, 10);
    expect(sumLater(cut)).toEqual({ purchases: Float64Array.of(5, 13, 2, 12), buyers: Float64Array.of(5, 4, 2, 4) });
  });

  it("has no ranking where all forecasts are equal, and a deviance of its own for nobody buys", () => {
    const zeros = scoreForecast(cut, new Float64Array(4));
    expect(zeros).toMatchObject({ bias: -1, correlation: null, auc: null, topDecileShare: null, mae: 32 / 50 });
    expect(zeros.poissonDeviance).toBeGreaterThan(10);
    const nobody = cutOf([
      [0, { 0: 3 }],
      [1, { 0: 2 }],
    ]);
    const scores = scoreForecast(nobody, Float64Array.of(0.1, 0.5));
    expect(scores).toMatchObject({ bias: null, auc: null, topDecileShare: null, correlation: null });
    expect(scores.rmse).toBeCloseTo(Math.sqrt((3 * 0.01 + 2 * 0.25) / 5), 12);
  });
});

describe("calibrateByFrequency", () => {
  it("has means by repeats with the interval of the actual one", () => {
    const cut = cutOf([
      [0, { 0: 1, 2: 1 }],
      [7, { 4: 1 }],
      [9, { 6: 1 }],
    ]);
    expect(calibrateByFrequency(cut, Float64Array.of(0.5, 3, 4))).toEqual([
      { frequency: 0, orMore: false, customers: 2, actual: 1, low: 0, high: expect.closeTo(2.96, 2), expected: 0.5 },
      {
        ...{ frequency: 7, orMore: true, customers: 2, actual: 5, expected: 3.5 },
        ...{ low: expect.closeTo(3.04, 2), high: expect.closeTo(6.96, 2) },
      },
    ]);
  });
});
