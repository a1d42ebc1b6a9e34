import { describe, expect, it } from "vitest";
import { estimateClusteredShare, estimateRatio, jackknifeInterval } from "./clustered.ts";
import { isInsufficient } from "./estimate.ts";
import { adjustedNetPromoterScore, estimateNetPromoterScore, netPromoterScore } from "./net-promoter.ts";
import { medianRanks } from "./order-statistics.ts";
import { estimateShare, estimateShareDifference, wilsonInterval } from "./proportion.ts";
import { kaplanMeier, survivalMedian } from "./survival.ts";

describe("shares", () => {
  it("reproduces Wilson's published example, 81 of 263", () => {
    const share = estimateShare(81, 263);
    expect(share).toMatchObject({ n: 263, value: 81 / 263 });
    expect(share).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) });
  });

  it("stays inside 0 … 1 and reaches the ends", () => {
    expect(wilsonInterval(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.27753, 5) });
    expect(wilsonInterval(1, 10)).toMatchObject({ low: expect.closeTo(0.72247, 5), high: 1 });
  });

  it("says insufficient without a unit, never NaN", () => {
    expect(estimateShare(0, 0)).toEqual({ insufficient: true, n: 0, required: 1 });
    expect(estimateShareDifference({ hits: 0, n: 0 }, { hits: 1, n: 3 })).toEqual({
      insufficient: true,
      n: 0,
      required: 1,
    });
  });

  it("reproduces Newcombe's 7/34 − 1/34", () => {
    expect(estimateShareDifference({ hits: 7, n: 34 }, { hits: 1, n: 34 })).toEqual({
      value: expect.closeTo(6 / 34, 12),
      low: expect.closeTo(0.019, 3),
      high: expect.closeTo(0.34, 3),
      n: 34,
    });
  });

  it("reproduces Newcombe's 56/70 − 48/80, method 10", () => {
    const difference = estimateShareDifference({ hits: 56, n: 70 }, { hits: 48, n: 80 });
    expect(difference).toMatchObject({ low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) });
  });
});

describe("net promoter score", () => {
  const counts = { promoters: 60, detractors: 20, n: 100 };

  it("gives 40 ± 8.00 and adjusted 38.83 ± 7.89 for 60/20/20", () => {
    expect(netPromoterScore(counts)).toEqual({ score: expect.closeTo(40, 10), standardError: expect.closeTo(8, 10) });
    const adjusted = adjustedNetPromoterScore(counts);
    expect(adjusted).toEqual({ score: expect.closeTo(38.83, 2), standardError: expect.closeTo(7.89, 2) });
  });

  it("shows the plain score within the adjusted interval", () => {
    const score = estimateNetPromoterScore(counts);
    expect(score).toMatchObject({ n: 100, low: expect.closeTo(23.37, 1), high: expect.closeTo(54.3, 1) });
    expect(estimateNetPromoterScore({ promoters: 1, detractors: 0, n: 1 })).toMatchObject({ value: 100, high: 100 });
    expect(estimateNetPromoterScore({ promoters: 0, detractors: 0, n: 0 })).toMatchObject({ insufficient: true });
  });
});

describe("clustered", () => {
  const bucket = (numerator: number, denominator: number) => ({ numerator, denominator });

  it("gives a mean's classical t interval when every unit is a bucket", () => {
    // 1 … 5: mean 3, s = 1.5811, SE = .7071, t(4 df) = 2.7764
    const mean = estimateRatio([1, 2, 3, 4, 5].map((value) => bucket(value, 1)));
    expect(mean).toMatchObject({ value: 3, n: 5, low: expect.closeTo(1.0368, 4), high: expect.closeTo(4.9632, 4) });
  });

  it("widens when units repeat inside a cluster, and ignores empty buckets", () => {
    const alone = [1, 2, 3, 4, 5].map((value) => bucket(value, 1));
    const repeated = [...[1, 2, 3, 4, 5].map((value) => bucket(10 * value, 10)), bucket(0, 0)];
    const [a, b] = [estimateRatio(alone), estimateRatio(repeated)];
    if (isInsufficient(a) || isInsufficient(b)) throw new Error("enough data were given");
    expect(b.n).toBe(50);
    expect(b.high - b.low).toBeCloseTo(a.high - a.low, 10);
    expect(estimateRatio([bucket(3, 2), bucket(0, 0)])).toEqual({ insufficient: true, n: 1, required: 2 });
  });

  it("shrinks n of a share by the design effect, never enlarges it", () => {
    const buckets = Array.from({ length: 20 }, (_, index) => bucket(index % 2 === 0 ? 5 : 0, 5));
    // deff = (20/19·20·2.5²/100²)/(.25/100) = 100/19
    expect(estimateClusteredShare(buckets)).toEqual({ value: 0.5, n: 100, ...wilsonInterval(0.5, 19) });
    const even = Array.from({ length: 20 }, () => bucket(1, 2));
    expect(estimateClusteredShare(even)).toEqual({ value: 0.5, n: 40, ...wilsonInterval(0.5, 40) });
    expect(estimateClusteredShare([bucket(0, 0)])).toEqual({ insufficient: true, n: 0, required: 1 });
  });

  it("jackknifes a mean into its classical interval", () => {
    const without = [1, 2, 3, 4, 5].map((value) => (15 - value) / 4);
    const interval = jackknifeInterval(3, without);
    expect(interval).toEqual({ value: 3, low: expect.closeTo(1.0368, 4), high: expect.closeTo(4.9632, 4) });
    expect(jackknifeInterval(3, [3])).toBeNull();
  });
});

describe("survival", () => {
  /** R's `aml`, maintained arm: 9, 13, 13+, 18, 23, 28+, 31, 34, 45+, 48, 161+. */
  const aml = [
    [9, 1, 0],
    [13, 1, 1],
    [18, 1, 0],
    [23, 1, 0],
    [28, 0, 1],
    [31, 1, 0],
    [34, 1, 0],
    [45, 0, 1],
    [48, 1, 0],
    [161, 0, 1],
  ].map(([time = 0, events = 0, censored = 0]) => ({ time, events, censored }));

  it("reproduces R's survfit on aml", () => {
    const steps = kaplanMeier(aml.toReversed());
    const expected = [
      [9, 0.9091, 0.0867],
      [13, 0.8182, 0.1163],
      [18, 0.7159, 0.1397],
      [23, 0.6136, 0.1526],
      [31, 0.4909, 0.1642],
      [34, 0.3682, 0.1627],
      [48, 0.1841, 0.1535],
    ];
    expect(steps.map(({ time }) => time)).toEqual(expected.map(([time]) => time));
    for (const [index, [, survival = 0, error = 0]] of expected.entries()) {
      expect(steps[index]?.survival).toBeCloseTo(survival, 4);
      expect(steps[index]?.standardError).toBeCloseTo(error, 4);
    }
    expect(steps[0]).toMatchObject({ atRisk: 11, low: expect.closeTo(0.508, 3), high: expect.closeTo(0.987, 3) });
    expect(survivalMedian(steps)?.value).toBe(31);
  });

  it("has a median only where the curve reaches one half", () => {
    const half = kaplanMeier([
      { time: 5, events: 1, censored: 0 },
      { time: 9, events: 0, censored: 1 },
    ]);
    expect(survivalMedian(half)).toEqual({ value: 5, low: 5, high: null });
    expect(survivalMedian(kaplanMeier([{ time: 5, events: 1, censored: 9 }]))).toBeNull();
    expect(survivalMedian(kaplanMeier([]))).toBeNull();
  });

  it("ends at zero when everybody has the event", () => {
    const steps = kaplanMeier([
      { time: 1, events: 30, censored: 0 },
      { time: 2, events: 25, censored: 0 },
      { time: 3, events: 45, censored: 0 },
    ]);
    expect(steps.at(-1)).toMatchObject({ survival: 0, low: 0, high: 0 });
    expect(survivalMedian(steps)).toEqual({ value: 2, low: 2, high: 3 });
  });
});

describe("medianRanks", () => {
  it.each([
    [6, 1, 6, 0.96875],
    [10, 2, 9, 0.978516],
    [20, 6, 15, 0.958611],
    [100, 40, 61, 0.9648],
  ])("of %i observations are %i and %i", (n, low, high, coverage) => {
    expect(medianRanks(n)).toEqual({ low, high, coverage: expect.closeTo(coverage, 4) });
  });

  it("needs six observations at 95 %", () => {
    expect(medianRanks(5)).toEqual({ insufficient: true, n: 5, required: 6 });
  });
});
