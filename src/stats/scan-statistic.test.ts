/** Windows that were planted, worlds without any, and the numbers of one window by hand. */
import { describe, expect, test } from "vitest";
import { designEffectOf } from "./design-effect.ts";
import { INCIDENT_RULES, type ScanSeries, scanSeries, signedRoot } from "./scan-statistic.ts";
import { openSeededRandom } from "./seeded-random.ts";

const WEEKS = 26;
const fill = (value: number) => Array.from({ length: WEEKS }, () => value);
const alone = () => 1;

/** Weeks of `exposed` of which `events` have it, but `raised` in weeks first … end − 1. */
function plain(exposed: number, events: number, raised = events, first = 0, end = 0): ScanSeries {
  const series = fill(events).map((usual, week) => (week >= first && week < end ? raised : usual));
  return { exposed: fill(exposed), events: series, designEffect: alone };
}

interface World {
  readonly customers: number;
  /** Share of customers of whose events nine in ten, or one in fifty, have it. */
  readonly differ: number;
  readonly raised: number;
}

function addTo(series: Float64Array, week: number, value: number): void {
  series[week] = (series[week] ?? 0) + value;
}

/** Customers who come and go, differ in how much they do and how often it goes wrong; 6 series of them. */
function drawWorld(seed: number, { customers, differ, raised }: World): ScanSeries[] {
  const random = openSeededRandom(seed);
  return Array.from({ length: 6 }, (_, place) => {
    const [exposed, events] = [new Float64Array(WEEKS), new Float64Array(WEEKS)];
    const moments = { clusters: 0, n: 0, y: 0, nn: 0, ny: 0, yy: 0 };
    for (let customer = 0; customer < customers; customer++) {
      const share = random() < differ ? (random() < 0.2 ? 0.9 : 0.02) : 0.2;
      const start = Math.floor(random() * (WEEKS + 8)) - 8;
      const size = Math.floor(random() * 4);
      let [n, y] = [0, 0];
      for (let week = Math.max(0, start); week < Math.min(WEEKS, start + 8); week++) {
        const chance = share + (place === 0 && week >= 10 && week < 13 ? raised : 0);
        let hits = 0;
        for (let touch = 0; touch < size; touch++) if (random() < chance) hits++;
        addTo(exposed, week, size);
        addTo(events, week, hits);
        [n, y] = [n + size, y + hits];
      }
      if (n === 0) continue;
      moments.clusters++;
      moments.n += n;
      moments.y += y;
      moments.nn += n * n;
      moments.ny += n * y;
      moments.yy += y * y;
    }
    const effect = designEffectOf(moments);
    return { exposed, events, designEffect: () => effect };
  });
}

const WORLDS = 60;
const claims = (world: World, change: (series: ScanSeries) => ScanSeries = (series) => series) =>
  Array.from({ length: WORLDS }, (_, seed) =>
    scanSeries(drawWorld(seed, world).map(change), openSeededRandom(seed), { ...INCIDENT_RULES, permutations: 199 }),
  );

describe("one window", () => {
  test("the root of the likelihood ratio, by hand", () => {
    expect(signedRoot({ exposed: 100, events: 20, allExposed: 200, allEvents: 30 })).toBeCloseTo(1.99664, 5);
    expect(signedRoot({ exposed: 100, events: 10, allExposed: 200, allEvents: 30 })).toBeCloseTo(-1.99664, 5);
    expect(signedRoot({ exposed: 50, events: 50, allExposed: 100, allEvents: 50 })).toBeCloseTo(
      Math.sqrt(200 * Math.log(2)),
      10,
    );
  });
});

describe("what is named", () => {
  test("the weeks in which it was planted, of the series it was planted in", () => {
    const [found, ...others] = scanSeries([plain(200, 20), plain(200, 20, 45, 9, 12)], openSeededRandom(1));
    expect(found).toMatchObject({ series: 1, first: 9, end: 12, p: 0.001 });
    expect(others).toEqual([]);
  });

  test("two incidents of one series", () => {
    const events = fill(20).map((usual, week) => (week === 4 || week === 5 || week === 17 ? 60 : usual));
    const found = scanSeries([{ exposed: fill(200), events, designEffect: alone }], openSeededRandom(1));
    expect(found.map(({ first, end }) => [first, end])).toEqual([
      [4, 6],
      [17, 18],
    ]);
  });

  test("fewer than usual is no incident", () => {
    expect(scanSeries([plain(200, 40, 10, 9, 12)], openSeededRandom(1)).filter(({ first }) => first === 9)).toEqual([]);
  });

  test.each([
    { what: "33 exposed a week", exposed: 33, events: 3, raised: 20, weeks: 4 },
    { what: "3 without in the weeks", exposed: 200, events: 20, raised: 199, weeks: 4 },
  ])("$what: too few, so that it takes weeks more to see it", ({ exposed, events, raised, weeks }) => {
    const found = scanSeries([plain(exposed, events, raised, 9, 12)], openSeededRandom(1));
    expect(found).toHaveLength(1);
    for (const { first, end } of found) {
      expect(first <= 9 && end >= 12).toBe(true);
      expect(end - first).toBe(weeks);
    }
  });

  test("9 with it are too few", () => {
    const events = fill(0).map((_, week) => (week === 12 ? 9 : week === 25 ? 1 : 0));
    expect(scanSeries([{ exposed: fill(1_000), events, designEffect: alone }], openSeededRandom(1))).toEqual([]);
    const [more] = scanSeries(
      [{ exposed: fill(1_000), events: fill(0).with(12, 10), designEffect: alone }],
      openSeededRandom(1),
    );
    expect(more).toMatchObject({ first: 12, end: 13 });
  });

  test("what a few customers did together is worth less", () => {
    const { designEffect: _, ...series } = plain(100, 20, 32, 9, 12);
    expect(scanSeries([{ ...series, designEffect: alone }], openSeededRandom(1))).toHaveLength(1);
    expect(scanSeries([{ ...series, designEffect: () => 4 }], openSeededRandom(1))).toEqual([]);
  });

  test("weeks without anybody neither begin nor end a window, and count as weeks inside of one", () => {
    const exposed = fill(200).map((usual, week) => (week === 10 || week === 12 ? 0 : usual));
    const events = exposed.map((n, week) => (week >= 9 && week < 13 ? 0.3 * n : 0.1 * n));
    const found = scanSeries([{ exposed, events, designEffect: alone }], openSeededRandom(1));
    expect(found).toMatchObject([{ first: 9, end: 12 }]);
  });

  test("the same seed gives the same p", () => {
    const series = [plain(100, 20, 32, 9, 11), ...Array.from({ length: 8 }, () => plain(100, 20))];
    const ask = () => scanSeries(series, openSeededRandom(3), { ...INCIDENT_RULES, level: 0.5 });
    expect(ask()[0]?.p).toBeGreaterThan(0.001);
    expect(ask()).toEqual(ask());
  });

  test("nothing to look at", () => {
    expect(scanSeries([], openSeededRandom(1))).toEqual([]);
    expect(scanSeries([plain(2, 1)], openSeededRandom(1))).toEqual([]);
    expect(scanSeries([{ exposed: [500], events: [50], designEffect: alone }], openSeededRandom(1))).toEqual([]);
  });
});

describe("worlds of customers who differ", () => {
  const world = { customers: 400, differ: 0.6, raised: 0 };

  test("without any incident hardly one names one", () => {
    const named = claims(world).filter((windows) => windows.length > 0);
    expect(named.length).toBeLessThanOrEqual(0.05 * WORLDS);
    // As if every event were a customer of its own.
    const naive = claims(world, (series) => ({ ...series, designEffect: alone }));
    expect(naive.filter((windows) => windows.length > 0).length).toBeGreaterThan(0.5 * WORLDS);
  });

  test("customers who are alike: about as many as the level", () => {
    const named = claims({ ...world, differ: 0 }).filter((windows) => windows.length > 0);
    expect(named.length).toBeLessThanOrEqual(0.1 * WORLDS);
  });

  test("a planted incident is found", () => {
    const found = claims({ ...world, raised: 0.3 }).filter((windows) =>
      windows.some(({ series, first, end }) => series === 0 && first <= 10 && end >= 12 && end - first <= 5),
    );
    expect(found.length).toBeGreaterThanOrEqual(0.8 * WORLDS);
  });
});
