import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasRealData, whySkipped } from "../../test/real-data.ts";
import { estimateGroupTimeEffects, type GroupTimeEffects, type StagedOptions } from "./group-time-effects.ts";
import { isUntested, testPreTrends } from "./pre-trends.ts";
import { sampleFromPanel, sumByCluster } from "./sample-from-panel.ts";
import { aggregateByGroup, aggregateByPeriod, aggregateEventStudy, aggregateSimple } from "./staged-aggregates.ts";
import { isUnstaged, NEVER, type StagedPanel } from "./staged-panel.ts";
import {
  drawColumns,
  fitColumns,
  fitSample,
  makeRandom,
  panelOf,
  readMinimumWages,
  withoutClusters,
} from "./staged-panels.case.ts";
import { momentsFromSums, sampleFromClusters, sampleFromMoments } from "./staged-sample.ts";

const at = (staged: GroupTimeEffects, group: number, time: number) => {
  const found = staged.effects.find((effect) => effect.firstTreated === group && effect.time === time);
  if (!found) throw new Error(`no effect of ${group} in ${time}`);
  return found;
};

/** Printed as R prints it. */
const values = (staged: GroupTimeEffects, group: number, times: readonly number[]) =>
  times.map((time) => at(staged, group, time).value.toFixed(4).replace("0.", "."));

describe.skipIf(!hasRealData)(`minimum wages and employment${whySkipped}`, () => {
  it("has the paper's effects with controls never treated", () => {
    const staged = fitColumns(readMinimumWages());
    expect(values(staged, 2004, [2004, 2005, 2006, 2007])).toEqual(["-.0105", "-.0704", "-.1373", "-.1008"]);
    expect(values(staged, 2006, [2004, 2005, 2006, 2007])).toEqual([".0065", "-.0028", "-.0046", "-.0412"]);
    expect(values(staged, 2007, [2004, 2005, 2006, 2007])).toEqual([".0305", "-.0027", "-.0311", "-.0261"]);
    expect(staged.notes).toEqual([]);
    expect(at(staged, 2004, 2004)).toMatchObject({ n: 20, controls: 309, base: 2003, reference: false });
  });

  it("has the influence-function errors that csdid and did print", () => {
    const staged = fitColumns(readMinimumWages());
    const expected = [
      [2004, 2004, 0.023251],
      [2004, 2005, 0.0309848],
      [2004, 2006, 0.0364357],
      [2004, 2007, 0.0343592],
      [2006, 2007, 0.0202292],
      [2007, 2007, 0.0166554],
    ] as const;
    for (const [group, time, error] of expected) expect(at(staged, group, time).error).toBeCloseTo(error, 7);
  });

  it("has the paper's effects with controls not yet treated", () => {
    const staged = fitColumns(readMinimumWages(), { controls: "not-yet" });
    expect(values(staged, 2004, [2004, 2005, 2006, 2007])).toEqual(["-.0194", "-.0783", "-.1363", "-.1008"]);
    expect(values(staged, 2006, [2006])).toEqual([".0047"]);
    // 2004: everybody but group 2004; 2006: not group 2006 either.
    expect([at(staged, 2004, 2004).controls, at(staged, 2004, 2006).controls]).toEqual([480, 440]);
  });

  it("compares all periods with the last one before treatment under a universal base", () => {
    const [universal, varying] = [
      fitColumns(readMinimumWages(), { base: "universal" }),
      fitColumns(readMinimumWages()),
    ];
    expect(at(universal, 2006, 2005)).toMatchObject({ value: 0, error: 0, p: 1, reference: true });
    expect(at(universal, 2006, 2004).value).toBeCloseTo(-at(varying, 2006, 2005).value, 12);
    expect(at(universal, 2006, 2003).value).toBeCloseTo(
      -at(varying, 2006, 2005).value - at(varying, 2006, 2004).value,
      12,
    );
    expect(at(universal, 2006, 2007)).toEqual(at(varying, 2006, 2007));
    expect(universal.notes).toEqual([]);
  });
});

/** ATT(g, t) and every unit's influence, straight from the definition. */
function bruteForce(
  panel: StagedPanel,
  group: number,
  time: number,
  bases: readonly number[],
  isControl: (g: number) => boolean,
) {
  const to = panel.periods.indexOf(time);
  const units = [...panel.firstTreated.keys()];
  const change = (unit: number) => {
    const row = unit * panel.periods.length;
    const before = bases.map((base) => panel.values[row + panel.periods.indexOf(base)] ?? 0);
    return (panel.values[row + to] ?? 0) - before.reduce((sum, one) => sum + one, 0) / bases.length;
  };
  const first = (unit: number) => panel.firstTreated[unit] ?? 0;
  const treated = units.filter((unit) => first(unit) === group);
  const controls = units.filter((unit) => first(unit) !== group && isControl(first(unit)));
  const mean = (of: number[]) => of.reduce((sum, unit) => sum + change(unit), 0) / of.length;
  const [own, other] = [mean(treated), mean(controls)];
  const influence = units.map((unit) =>
    treated.includes(unit)
      ? (change(unit) - own) / treated.length
      : controls.includes(unit)
        ? -(change(unit) - other) / controls.length
        : 0,
  );
  return { value: own - other, influence };
}

const OPTIONS: readonly StagedOptions[] = [
  { controls: "never", base: "varying" },
  { controls: "never", base: "universal" },
  { controls: "not-yet", base: "varying" },
  { controls: "not-yet", base: "universal" },
  { controls: "never", base: "all-before" },
  { controls: "not-yet", base: "all-before" },
];

describe("against the definition, row by row", () => {
  it.each(OPTIONS)("with %o, units and clusters", (options) => {
    for (let seed = 1; seed <= 2; seed++) {
      const columns = drawColumns(seed);
      const panel = panelOf(columns);
      const [byUnit, byCluster] = [fitColumns(withoutClusters(columns), options), fitColumns(columns, options)];
      for (const [index, effect] of byUnit.effects.entries()) {
        const { firstTreated, time, base } = effect;
        const until = options.controls === "never" ? 9 : Math.max(time, base);
        const bases = options.base === "all-before" ? panel.periods.filter((one) => one < firstTreated) : [base];
        const oracle = bruteForce(panel, firstTreated, time, bases, (g) => g > until);
        expect(effect.value).toBeCloseTo(oracle.value, 12);
        expect(effect.error).toBeCloseTo(Math.sqrt(oracle.influence.reduce((sum, one) => sum + one * one, 0)), 12);
        const sums = new Map<number, number>();
        for (const [unit, one] of oracle.influence.entries())
          sums.set(panel.cluster?.[unit] ?? 0, (sums.get(panel.cluster?.[unit] ?? 0) ?? 0) + one);
        const squares = [...sums.values()].reduce((sum, one) => sum + one * one, 0);
        expect(byCluster.effects[index]?.error).toBeCloseTo(Math.sqrt(squares), 12);
      }
    }
  });

  it("takes the period before treatment as base where periods are uneven: group 4 starts from 3, group 6 from 5", () => {
    const staged = fitColumns(drawColumns(1));
    expect([at(staged, 4, 9).base, at(staged, 6, 9).base, at(staged, 6, 3).base]).toEqual([3, 5, 2]);
    expect(staged.effects.filter(({ firstTreated }) => firstTreated === 4).map(({ time }) => time)).toEqual([
      2, 3, 5, 6, 9,
    ]);
  });
});

/** Everything a caller may show: effects and all aggregates. */
function everything(staged: GroupTimeEffects) {
  const [groups, study, periods] = [aggregateByGroup(staged), aggregateEventStudy(staged), aggregateByPeriod(staged)];
  const all = [...staged.effects, aggregateSimple(staged), groups, study, periods].flatMap((one) =>
    "parts" in one ? [one.overall, ...one.parts] : [one],
  );
  return all.map(({ value, error, low, high, p, n }) => ({ value, error, low, high, p, n }));
}

function expectAlike(a: GroupTimeEffects, b: GroupTimeEffects, digits = 9): void {
  const [left, right] = [everything(a), everything(b)];
  expect(left.length).toBe(right.length);
  for (const [index, one] of left.entries())
    for (const [field, value] of Object.entries(one))
      expect(right[index]?.[field as "value"], field).toBeCloseTo(value, digits);
}

describe("one aggregate instead of rows", () => {
  const columns = drawColumns(11, 80);
  const panel = panelOf(withoutClusters(columns));
  const width = panel.periods.length;

  it.each(OPTIONS)("gives exactly the same from sums and products by group, with %o", (options) => {
    const groups = [...new Set(panel.firstTreated)];
    const moments = groups.map((firstTreated) => {
      const [sum, products] = [new Array(width).fill(0), new Array(width * width).fill(0)];
      let n = 0;
      for (const [unit, own] of panel.firstTreated.entries()) {
        if (own !== firstTreated) continue;
        n++;
        const y = [...panel.values.subarray(unit * width, (unit + 1) * width)];
        for (const [s, a] of y.entries()) {
          sum[s] += a;
          for (const [t, b] of y.entries()) products[s * width + t] += a * b;
        }
      }
      return momentsFromSums({ firstTreated, n, sum, products });
    });
    expectAlike(
      fitSample(sampleFromMoments(panel.periods, moments), options),
      fitColumns(withoutClusters(columns), options),
    );
  });

  it("gives the errors of the rows where every unit is its own cluster", () => {
    const cells = sumByCluster(panel, [...panel.firstTreated.keys()]);
    expectAlike(fitSample(sampleFromClusters(panel.periods, cells)), fitColumns(withoutClusters(columns)));
  });

  it("gives about the errors of the rows from 100 buckets of customers", () => {
    const random = makeRandom(5);
    const large = panelOf(withoutClusters(drawColumns(12, 4_000)));
    const bucket = Array.from({ length: large.units }, () => Math.floor(random() * 100));
    const buckets = everything(fitSample(sampleFromClusters(large.periods, sumByCluster(large, bucket))));
    const rows = everything(fitSample(sampleFromPanel(large)));
    const ratios = rows.map(({ error }, index) => (buckets[index]?.error ?? 0) / error).toSorted((a, b) => a - b);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeGreaterThan(0.93);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThan(1.07);
    expect(ratios[0]).toBeGreaterThan(0.75);
    expect(ratios.at(-1)).toBeLessThan(1.25);
    expect(rows.map(({ value }) => value.toFixed(9))).toEqual(buckets.map(({ value }) => value.toFixed(9)));
  });

  it("has 99 degrees of freedom from 100 buckets, and those of the shops in each group where a shop has one date", () => {
    const everywhere = Array.from({ length: panel.units }, (_, unit) => unit % 10);
    const mixed = fitSample(sampleFromClusters(panel.periods, sumByCluster(panel, everywhere)));
    expect(aggregateSimple(mixed).degreesOfFreedom).toBeCloseTo(9, 9);
    const nested = [...panel.firstTreated].map((g, unit) => (g === NEVER ? 0 : g * 100) + (unit % 3));
    const shops = fitSample(sampleFromClusters(panel.periods, sumByCluster(panel, nested)));
    // Three shops treated, three not: between 2 and 4.
    for (const { degreesOfFreedom } of shops.effects) {
      expect(degreesOfFreedom).toBeGreaterThanOrEqual(2 - 1e-9);
      expect(degreesOfFreedom).toBeLessThanOrEqual(4 + 1e-9);
    }
  });

  it.each([
    ["periods out of order", [2, 1], [], "periods"],
    ["one period", [1], [], "periods"],
    ["an empty group", [1, 2], [{ firstTreated: 2, n: 0, mean: [1, 2], covariance: [1, 0, 0, 1] }], "n"],
    ["a short mean", [1, 2], [{ firstTreated: 2, n: 3, mean: [1], covariance: [1, 0, 0, 1] }], "sum"],
    ["no number", [1, 2], [{ firstTreated: 2, n: 3, mean: [1, Number.NaN], covariance: [1, 0, 0, 1] }], "sum"],
    [
      "no covariance",
      [1, 2],
      [{ firstTreated: 2, n: 3, mean: [1, 2], covariance: [1, 0, 0, Number.NaN] }],
      "covariance",
    ],
    ["a short matrix", [1, 2], [{ firstTreated: 2, n: 3, mean: [1, 2], covariance: [1] }], "covariance"],
  ])("refuses %s", (_, periods, moments, field) => {
    expect(sampleFromMoments(periods, moments)).toMatchObject({ field, reason: expect.stringMatching(/\.$/u) });
  });

  it("refuses a cell that occurs twice", () => {
    const cell = { cluster: 1, firstTreated: 2, n: 3, sum: [1, 2] };
    expect(sampleFromClusters([1, 2], [cell, cell])).toMatchObject({ unstaged: "misshapen", field: "cluster" });
    const moments = { firstTreated: 2, n: 3, mean: [1, 2], covariance: [1, 0, 0, 1] };
    expect(sampleFromMoments([1, 2], [moments, moments])).toMatchObject({ field: "firstTreated" });
  });
});

describe("who is compared with whom", () => {
  const columns = withoutClusters(drawColumns(2));
  const within = (keep: (g: number) => boolean, firstTreated: (g: number) => number = (g) => g) => {
    const rows = [...Array.from(columns.unit).keys()].filter((row) => keep(columns.firstTreated[row] ?? 0));
    const pick = <T>(column: ArrayLike<T>) => rows.map((row) => column[row] as T);
    return {
      unit: pick(columns.unit),
      time: pick(columns.time),
      value: pick(columns.value),
      firstTreated: pick(columns.firstTreated).map(firstTreated),
    };
  };

  it("needs somebody never treated for controls never treated", () => {
    const sample = sampleFromPanel(panelOf(within((g) => g !== NEVER)));
    if (isUnstaged(sample)) throw new Error(sample.reason);
    expect(estimateGroupTimeEffects(sample)).toMatchObject({ unstaged: "no-controls", field: "controls" });
  });

  it("takes the last group as control, up to its change, where nobody is never treated", () => {
    const staged = fitColumns(
      within((g) => g !== NEVER),
      { controls: "not-yet" },
    );
    expect(staged.notes).toMatchObject([{ id: "last-group-as-control", detail: expect.stringContaining("6") }]);
    expect(new Set(staged.effects.map(({ firstTreated }) => firstTreated))).toEqual(new Set([3, 4]));
    expect(Math.max(...staged.effects.map(({ time }) => time))).toBe(5);
  });

  it("has nothing to compare with when all change at once, and nothing to measure when nobody does", () => {
    const once = sampleFromPanel(panelOf(within((g) => g === 4)));
    const nobody = sampleFromPanel(panelOf(within((g) => g === NEVER)));
    if (isUnstaged(once) || isUnstaged(nobody)) throw new Error("both are panels");
    expect(estimateGroupTimeEffects(once, { controls: "not-yet" })).toMatchObject({ unstaged: "no-controls" });
    expect(estimateGroupTimeEffects(nobody)).toMatchObject({ unstaged: "no-treated", field: "firstTreated" });
  });

  it("says that there is no spread where all units of each group change alike", () => {
    const flat = {
      ...columns,
      value: Array.from(columns.time, (time, row) => (time >= (columns.firstTreated[row] ?? 0) ? 5.1 : 0.1)),
    };
    const staged = fitColumns(flat);
    expect(staged.notes).toMatchObject([{ id: "no-spread" }]);
    const simple = aggregateSimple(staged);
    expect(simple).toMatchObject({ error: 0, p: 0 });
    expect(simple.low).toBeCloseTo(5, 12);
    const nothing = aggregateSimple(fitColumns({ ...columns, value: Array.from(columns.time, () => 0.1) }));
    expect(nothing).toMatchObject({ value: 0, low: 0, high: 0, p: 1 });
  });
});

describe("whatever the panel", () => {
  it("moves with neither the level of units nor that of periods, and scales with the outcome", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.constantFrom(...OPTIONS),
        (seed, factor, options) => {
          const columns = withoutClusters(drawColumns(seed, 24));
          const moved = Array.from(columns.value, (value, row) => {
            return factor * value + Number(columns.unit[row]) * 3 + Math.sin(columns.time[row] ?? 0) * 5;
          });
          const [plain, other] = [fitColumns(columns, options), fitColumns({ ...columns, value: moved }, options)];
          for (const [index, { value, error }] of everything(plain).entries()) {
            const own = everything(other)[index];
            expect(own?.value).toBeCloseTo(factor * value, 8);
            expect(own?.error).toBeCloseTo(factor * error, 8);
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  it("is numbers or a reason, never NaN, for any handful of units", () => {
    const row = fc.record({
      first: fc.constantFrom(NEVER, 1, 2, 3, 4, 9),
      values: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
    });
    const units = fc.array(row, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(units, fc.constantFrom(...OPTIONS), fc.boolean(), (some, options, clustered) => {
        const rows = some.flatMap(({ first, values }, unit) =>
          values.map((value, at) => ({ unit, first, value, time: at + 1 })),
        );
        const sample = sampleFromPanel(
          panelOf({
            unit: rows.map(({ unit }) => unit),
            time: rows.map(({ time }) => time),
            value: rows.map(({ value }) => value),
            firstTreated: rows.map(({ first }) => first),
            ...(clustered ? { cluster: rows.map(({ unit }) => unit % 4) } : {}),
          }),
        );
        if (isUnstaged(sample)) throw new Error(sample.reason);
        const staged = estimateGroupTimeEffects(sample, options);
        if (isUnstaged(staged)) return /\.$/u.test(staged.reason);
        const test = testPreTrends(staged);
        const numbers = everything(staged).flatMap((one) => Object.values(one));
        return numbers.every(Number.isFinite) && (isUntested(test) || (test.p >= 0 && test.p <= 1));
      }),
      { numRuns: 100 },
    );
  });

  it("does not depend on the order of the rows", () => {
    const columns = drawColumns(4, 30);
    const random = makeRandom(9);
    const order = columns.unit.length;
    const rows = Array.from({ length: order }, (_, row) => [random(), row] as const).toSorted(([a], [b]) => a - b);
    const shuffle = <T>(column: ArrayLike<T>) => rows.map(([, row]) => column[row] as T);
    const shuffled = {
      unit: shuffle(columns.unit),
      time: shuffle(columns.time),
      value: shuffle(columns.value),
      firstTreated: shuffle(columns.firstTreated),
      cluster: shuffle(columns.cluster),
    };
    expectAlike(fitColumns(shuffled), fitColumns(columns));
    expectAlike(fitColumns(withoutClusters(shuffled)), fitColumns(withoutClusters(columns)));
  });
});
