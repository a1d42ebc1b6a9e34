import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../../test/real-data.ts";
import { openSeededRandom } from "../seeded-random.ts";
import { incompleteBeta } from "../special-functions.ts";
import { CNBD_K } from "./cnbd-k.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** Days of purchases by customer → patterns up to a day, and how many days came after it. */
function compress(customers: readonly (readonly number[])[], end: number) {
  const kept = customers.map((days) => days.filter((day) => day <= end)).filter((days) => days.length > 0);
  const weeks = (of: (days: number[]) => number) => Float64Array.from(kept, (days) => of(days) / 7);
  const first = (days: number[]) => days[0] ?? 0;
  const patterns: PurchasePatterns = {
    x: Float64Array.from(kept, (days) => days.length - 1),
    recency: weeks((days) => (days.at(-1) ?? 0) - first(days)),
    age: weeks((days) => end - first(days)),
    customers: new Float64Array(kept.length).fill(1),
    logGaps: kept
      .flatMap((days) => days.slice(1).map((day, at) => Math.log((day - (days[at] ?? 0)) / 7)))
      .reduce((sum, gap) => sum + gap, 0),
  };
  return patterns;
}

/** Purchase days of the CDNOW sample, counted from 1970. */
function readDays(): number[][] {
  const days = new Map<string, Set<number>>();
  for (const line of readFileSync(join(REAL_DATA, "cdnow/CDNOW_sample.txt"), "utf8").trim().split(/\r?\n/u)) {
    const [, customer = "", day = ""] = line.trim().split(/\s+/u);
    const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
    days.set(customer, (days.get(customer) ?? new Set()).add(Date.parse(iso) / 86_400_000));
  }
  return [...days.values()].map((bought) => [...bought].sort((a, b) => a - b));
}

const random = openSeededRandom(11);
/** Whole shapes: a sum of exponentials. */
function gamma(shape: number): number {
  let sum = 0;
  for (let part = 0; part < shape; part++) sum -= Math.log(1 - random());
  return sum;
}

/** Times of purchases of one customer up to `end`, the first at 0, and whether the customer is still there then. */
function live([k, r, alpha, a, b]: readonly [number, number, number, number, number], end: number) {
  const [pace, leaving, staying] = [gamma(r) / alpha, gamma(a), gamma(b)];
  const leaves = leaving / (leaving + staying);
  const times = [0];
  for (;;) {
    if (random() < leaves) return { times, leftAt: times.at(-1) ?? 0 };
    const next = (times.at(-1) ?? 0) + gamma(k) / pace;
    if (next > end) return { times, leftAt: Number.POSITIVE_INFINITY };
    times.push(next);
  }
}

const sum = (values: Float64Array) => values.reduce((so, value) => so + value, 0);
const one = (x: number, recency: number, age: number): PurchasePatterns => ({
  x: Float64Array.of(x),
  recency: Float64Array.of(recency),
  age: Float64Array.of(age),
  customers: Float64Array.of(1),
  logGaps: 0,
});

describe.skipIf(!hasRealData)(`CDNOW, 2,357 customers${whySkipped}`, () => {
  const days = hasRealData ? readDays() : [];
  const end = Date.parse("1997-09-30") / 86_400_000;
  const patterns = compress(days, end);
  const fit = hasRealData ? CNBD_K.fit(patterns) : undefined;

  it("picks k = 1, and is MBG/NBD: .525, 6.183, .891, 1.614, log-likelihood −9582.1357", () => {
    const { k, r, alpha, a, b } = fit?.parameters ?? {};
    expect(k).toBe(1);
    expect([r, alpha, a, b].map((value) => value?.toFixed(3))).toEqual(["0.525", "6.183", "0.891", "1.614"]);
    expect(fit?.logLikelihood).toBeCloseTo(-9582.1357, 4);
    expect(fit?.passes).toBeLessThanOrEqual(30);
    expect(fit?.boundary).toBeNull();
    expect(Object.keys(fit?.standardErrors ?? {})).toEqual(["r", "alpha", "a", "b"]);
    expect(fit?.logCovariance?.[0]?.[0]).toBeCloseTo(((fit?.standardErrors.r ?? 0) / (r ?? 1)) ** 2, 10);
    expect(sum(CNBD_K.logLikelihoods(fit?.parameters ?? {}, patterns))).toBeCloseTo(fit?.logLikelihood ?? 0, 6);
  });

  it("forecasts 39 weeks with a bias of −16.2 %, MAE .7648, RMSE 1.6072", () => {
    const expected = CNBD_K.expected(fit?.parameters ?? {}, patterns, 39);
    const later = days.map((bought) => bought.filter((day) => day > end).length);
    const actual = later.reduce((so, count) => so + count, 0);
    expect(actual).toBe(1882);
    expect(sum(expected) / actual - 1).toBeCloseTo(-0.162, 3);
    const gaps = expected.map((value, at) => Math.abs(value - (later[at] ?? 0)));
    expect(sum(gaps) / gaps.length).toBeCloseTo(0.7648, 4);
    expect(Math.sqrt(sum(gaps.map((gap) => gap * gap)) / gaps.length)).toBeCloseTo(1.6072, 4);
  });
});

describe("steadier customers", () => {
  const truth = [3, 2, 10, 1, 3] as const;
  const [now, later] = [60, 39];
  const lives = Array.from({ length: 8_000 }, () => live(truth, now + later));
  const parameters = { k: 3, r: 2, alpha: 10, a: 1, b: 3 };
  const histories = compress(
    lives.map(({ times }) => times.map((time) => time * 7)),
    now * 7,
  );

  it("k and the parameters are found again, within 30 passes", () => {
    const fit = CNBD_K.fit(histories);
    expect(fit.parameters.k).toBe(3);
    for (const [name, value] of Object.entries(parameters)) {
      if (name === "k") continue;
      const error = fit.standardErrors[name] ?? 0;
      expect(error).toBeLessThan(0.2 * value);
      expect(Math.abs((fit.parameters[name] ?? 0) - value)).toBeLessThan(3.5 * error);
    }
    expect(fit.passes).toBeLessThanOrEqual(30);
    const gaps = (fit.parameters.k ?? 1) - 1;
    const single = sum(CNBD_K.logLikelihoods(fit.parameters, histories));
    expect(single + gaps * histories.logGaps).toBeCloseTo(fit.logLikelihood, 4);
  });

  it("what customers do later is what was expected, and who is there, by purchases and recency", () => {
    const [expected, alive] = [CNBD_K.expected(parameters, histories, later), CNBD_K.alive(parameters, histories)];
    const cells = new Map<string, { sum: number; off: number; square: number; there: number; spread: number }>();
    for (const [at, { times, leftAt }] of lives.entries()) {
      const key = `${Math.min(histories.x[at] ?? 0, 5)} ${Math.floor((histories.recency[at] ?? 0) / 20)}`;
      const cell = cells.get(key) ?? { sum: 0, off: 0, square: 0, there: 0, spread: 0 };
      const off = times.filter((time) => time > now).length - (expected[at] ?? 0);
      const p = alive[at] ?? 0;
      cells.set(key, {
        sum: cell.sum + (expected[at] ?? 0),
        off: cell.off + off,
        square: cell.square + off * off,
        there: cell.there + (leftAt > now ? 1 : 0) - p,
        spread: cell.spread + p * (1 - p),
      });
    }
    const full = [...cells.values()].filter((cell) => cell.sum > 30 && cell.spread > 10);
    expect(full.length).toBeGreaterThan(8);
    for (const { off, square, there, spread } of full) {
      expect(Math.abs(off)).toBeLessThan(4 * Math.sqrt(square));
      expect(Math.abs(there)).toBeLessThan(4 * Math.sqrt(spread));
    }
  });

  it("new customers: the sum over purchases of Platzer and Reutterer, and counts that add up to it", () => {
    const [weeks, k, z] = [52, 3, 52 / 62];
    let [expected, there] = [0, 1];
    for (let m = 1; m < 400; m++) {
      there *= (3 + m - 1) / (1 + 3 + m - 1);
      expected += there * incompleteBeta(z, k * m, 2);
    }
    expect(CNBD_K.expectedOfNew(parameters, weeks)).toBeCloseTo(expected, 10);
    const counts = CNBD_K.countsOfNew(parameters, weeks, 400);
    expect(sum(counts)).toBeCloseTo(1, 12);
    expect(sum(counts.map((chance, n) => n * chance))).toBeCloseTo(expected, 10);
    const seen = lives.filter(({ times }) => times.filter((time) => time <= weeks).length === 3).length / lives.length;
    expect(Math.abs((counts[2] ?? 0) - seen)).toBeLessThan(4 * Math.sqrt(seen / lives.length));
    expect(CNBD_K.expectedOfNew(parameters, 0)).toBe(0);
    expect([...CNBD_K.countsOfNew(parameters, 0, 2)]).toEqual([1, 0, 0]);
  });

  it("the gradient is the slope of the likelihood", () => {
    for (const k of [1, 4]) {
      const objective = CNBD_K.objective(histories, { k });
      const point = Float64Array.of(0.4, 2.1, -0.2, 0.6);
      const [gradient, none] = [new Float64Array(4), new Float64Array(4)];
      const value = objective(point, gradient);
      const [r = 1, alpha = 1, a = 1, b = 1] = point.map(Math.exp);
      expect(value).toBeCloseTo(sum(CNBD_K.logLikelihoods({ k, r, alpha, a, b }, histories)), 5);
      for (let at = 0; at < 4; at++) {
        const moved = (by: number) =>
          objective(
            point.map((from, row) => (row === at ? from + by : from)),
            none,
          );
        const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
        expect(Math.abs((gradient[at] ?? 0) - slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
      }
    }
  });
});

describe("boundaries", () => {
  /** Daily purchases of customers with a pace a week, who leave after so many of them. */
  function population(k: number, paceOf: () => number, lastsOf: () => number) {
    const days = Array.from({ length: 1200 }, () => {
      const [start, pace, lasts] = [Math.floor(random() * 400), paceOf() / 7, lastsOf()];
      const times = [start];
      while (times.length < lasts) {
        const next = (times.at(-1) ?? 0) + gamma(k) / (k * pace);
        if (next >= 700) break;
        times.push(next);
      }
      return [...new Set(times.map(Math.floor))];
    });
    return compress(days, 699);
  }
  const [paces, forEver] = [() => gamma(1) / 8, Number.POSITIVE_INFINITY];
  const kinds = {
    "Nobody leaves: this is an NBD with steadier gaps.": population(3, paces, () => forEver),
    "All customers leave with the same chance: a and b have no upper end.": population(2, paces, () => 4),
    "All customers buy at the same rate: r and alpha have no upper end.": population(
      // Steadier than any k that is tried: paces seem nearer to each other than they can be.
      20,
      () => 0.2,
      () => 1 + Math.floor(Math.log(1 - random()) / Math.log(random())),
    ),
    "Some customers leave at the first chance and the others never: a and b go to 0.": population(2, paces, () =>
      random() < 0.5 ? 1 : forEver,
    ),
  };

  it.each(Object.entries(kinds))("%s", (name, patterns) => {
    const fit = CNBD_K.fit(patterns);
    expect(fit.boundary).toBe(name);
    expect(fit.passes).toBeLessThanOrEqual(30);
    const numbers = [
      ...Object.values(fit.parameters),
      fit.logLikelihood,
      CNBD_K.expectedOfNew(fit.parameters, 52),
      ...CNBD_K.countsOfNew(fit.parameters, 52, 60),
      ...CNBD_K.alive(fit.parameters, patterns),
      ...CNBD_K.expected(fit.parameters, patterns, 39),
      ...CNBD_K.logLikelihoods(fit.parameters, patterns),
    ];
    expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
  });

  it("a handful of customers, and clockwork, have an answer; nobody and nobody's repeat have none", () => {
    for (const patterns of [one(1, 2, 5), one(10, 10, 10), one(1, 2, 2)]) {
      const fit = CNBD_K.fit(patterns);
      expect(fit.boundary).not.toBeNull();
      expect(Object.values(fit.parameters).every(Number.isFinite)).toBe(true);
      expect(CNBD_K.expected(fit.parameters, patterns, 10)[0]).toBeGreaterThanOrEqual(0);
    }
    expect(() => CNBD_K.fit(one(0, 0, 10))).toThrow(RangeError);
    expect(() => CNBD_K.fit({ ...one(0, 0, 10), customers: Float64Array.of(0) })).toThrow(RangeError);
  });

  it("stays finite for customers far beyond the others", () => {
    const parameters = { k: 4, r: 0.3, alpha: 0.5, a: 0.2, b: 0.4 };
    for (const [x, recency, age] of [
      [3000, 500, 500],
      [2000, 10, 500],
      [0, 0, 5000],
      [900, 300, 300.5],
    ] as const) {
      const history = one(x, recency, age);
      const [alive, expected] = [
        CNBD_K.alive(parameters, history)[0] ?? -1,
        CNBD_K.expected(parameters, history, 52)[0],
      ];
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(expected).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(CNBD_K.logLikelihoods(parameters, history)[0])).toBe(true);
    }
    // 3,000 purchases in 500 weeks: some 6 a week go on, as far as the customer stays.
    expect(CNBD_K.expected(parameters, one(3000, 500, 500), 52)[0]).toBeGreaterThan(300);
    expect(CNBD_K.expected(parameters, one(3000, 500, 500), 52)[0]).toBeLessThan(315);
  });
});
