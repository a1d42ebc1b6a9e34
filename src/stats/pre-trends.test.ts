import { describe, expect, it } from "vitest";
import { hasRealData, whySkipped } from "../../test/real-data.ts";
import { fisherTail, isUntested, type PreTrends, testPreTrends, type Untested } from "./pre-trends.ts";
import { studentTail } from "./quantile.ts";
import { sampleFromPanel, sumByCluster } from "./sample-from-panel.ts";
import { NEVER } from "./staged-panel.ts";
import {
  drawColumns,
  fitColumns,
  fitSample,
  makeRandom,
  panelOf,
  readMinimumWages,
  withoutClusters,
} from "./staged-panels.case.ts";
import { sampleFromClusters } from "./staged-sample.ts";

function tested(test: PreTrends | Untested): PreTrends {
  if (isUntested(test)) throw new Error(test.reason);
  return test;
}

/** Units of three groups over `width` periods; group 1 climbs by `slope` a period before its change. */
function drawWalks(seed: number, units: number, width: number, slope = 0) {
  const random = makeRandom(seed);
  const rows = Array.from({ length: units }, (_, unit) => {
    const firstTreated = [width, width - 1, NEVER][unit % 3] ?? NEVER;
    let level = 0;
    return Array.from({ length: width }, (_period, at) => {
      level += random() + random() - 1 + (unit % 3 === 0 ? slope : 0);
      return { unit, time: at + 1, firstTreated, value: level };
    });
  }).flat();
  return {
    unit: rows.map(({ unit }) => unit),
    time: rows.map(({ time }) => time),
    value: rows.map(({ value }) => value),
    firstTreated: rows.map(({ firstTreated }) => firstTreated),
  };
}

describe("fisherTail", () => {
  it("is Student's two-sided tail with one degree of freedom above", () => {
    expect(fisherTail(4, 1, 10)).toBeCloseTo(2 * studentTail(2, 10), 14);
  });

  it("is .05 at the tables' 3.3258 on (5, 10)", () => {
    expect(fisherTail(3.325835, 5, 10)).toBeCloseTo(0.05, 6);
  });
});

describe("testPreTrends", () => {
  it.skipIf(!hasRealData)(`gives did's p of .16812 for minimum wages${whySkipped}`, () => {
    const test = tested(testPreTrends(fitColumns(readMinimumWages())));
    expect(test).toMatchObject({ of: "group-time", count: 5 });
    expect(test.asymptotic.p).toBeCloseTo(0.16812, 5);
    // Group 2004 has 20 counties, so the test is a little more careful than χ².
    expect(test.p).toBeGreaterThan(0.17);
    expect(test.p).toBeLessThan(0.19);
  });

  it.skipIf(!hasRealData)(`does not depend on the base${whySkipped}`, () => {
    const [varying, universal] = (["varying", "universal"] as const).map((base) =>
      tested(testPreTrends(fitColumns(readMinimumWages(), { base }))),
    );
    expect(universal?.asymptotic.statistic).toBeCloseTo(varying?.asymptotic.statistic ?? 0, 9);
    expect(universal?.p).toBeCloseTo(varying?.p ?? 0, 9);
  });

  it("rejects about one in twenty where nothing differs, and a trend nearly always", () => {
    const rejected = (slope: number, seeds: number) => {
      let count = 0;
      for (let seed = 1; seed <= seeds; seed++)
        if (tested(testPreTrends(fitColumns(drawWalks(seed * 7_919, 120, 4, slope)))).p < 0.05) count++;
      return count;
    };
    // prove/effect-staged.proof.ts counts thousands; four standard errors above 5 % of 80 are 12.
    expect(rejected(0, 80)).toBeLessThanOrEqual(12);
    expect(rejected(0.5, 10)).toBeGreaterThan(8);
  });

  it("is Hotelling's test where there is one stratum of clusters", () => {
    const panel = panelOf(drawWalks(3, 300, 5));
    const bucket = Array.from({ length: 300 }, (_, at) => at % 100);
    const test = tested(testPreTrends(fitSample(sampleFromClusters(panel.periods, sumByCluster(panel, bucket)))));
    const { asymptotic, count } = test;
    const squared = (asymptotic.statistic * 99) / 100;
    expect(test.p).toBeCloseTo(fisherTail((squared * (100 - count)) / (99 * count), count, 100 - count), 12);
    expect(test.p).toBeGreaterThan(asymptotic.p);
  });

  it("is Welch's t test where one effect is tested", () => {
    const rows = drawWalks(4, 30, 3);
    const staged = fitColumns({ ...rows, firstTreated: rows.firstTreated.map((g) => (g === 2 ? NEVER : g)) });
    const [before] = staged.effects.filter(({ time }) => time === 2);
    expect(staged.effects.length).toBe(2);
    expect(tested(testPreTrends(staged)).p).toBeCloseTo(before?.p ?? 0, 12);
  });

  it("falls back on the event study where there are too many effects, and on nothing where those are too many", () => {
    expect(testPreTrends(fitColumns(drawWalks(3, 36, 10)))).toMatchObject({ of: "event-time", count: 8 });
    expect(testPreTrends(fitColumns(drawWalks(3, 6, 5)))).toMatchObject({
      untested: "too-few-units",
      reason: expect.stringContaining("9 are needed"),
    });
  });

  it("has nothing to test without a second period before the change", () => {
    const columns = withoutClusters(drawColumns(1));
    const rows = Array.from(columns.time).flatMap((time, row) =>
      (time === 2 || time === 3) && (columns.firstTreated[row] ?? 0) !== 4 && (columns.firstTreated[row] ?? 0) !== 6
        ? [row]
        : [],
    );
    const pick = (column: ArrayLike<string | number>) => rows.map((row) => Number(column[row]));
    const { unit, time, value, firstTreated } = columns;
    const sample = sampleFromPanel(
      panelOf({ unit: pick(unit), time: pick(time), value: pick(value), firstTreated: pick(firstTreated) }),
    );
    expect(testPreTrends(fitSample(sample))).toMatchObject({ untested: "no-pre-period" });
  });

  it("says when effects determine each other", () => {
    const { unit, time, value, firstTreated } = drawWalks(3, 300, 5);
    // One group, whose change from period 2 to 3 repeats that from 1 to 2.
    const one = firstTreated.map((g) => (g === 5 ? 4 : g));
    const again = value.map((own, row) => {
      const first = row - (row % 5);
      return time[row] === 3 ? 2 * (value[first + 1] ?? 0) - (value[first] ?? 0) : own;
    });
    const staged = fitColumns({ unit, time, value: again, firstTreated: one });
    expect(testPreTrends(staged)).toMatchObject({ untested: "dependent" });
  });
});
