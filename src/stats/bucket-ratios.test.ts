/** Linearised cells have the ratios as means, and the errors of the delta method with buckets as clusters. */
import { describe, expect, it } from "vitest";
import { type BucketGroup, linearizeBuckets } from "./bucket-ratios.ts";
import { estimateRatio } from "./clustered.ts";
import { mergePeriods } from "./coarser-periods.ts";
import { estimateGroupTimeEffects, type GroupTimeEffects } from "./group-time-effects.ts";
import { measurePrecision } from "./influence-function.ts";
import { aggregateSimple } from "./staged-aggregates.ts";
import { isUnstaged, NEVER, type Unstaged } from "./staged-panel.ts";
import { makeRandom } from "./staged-panels.case.ts";
import { type ClusterCell, type StagedSample, sampleFromClusters } from "./staged-sample.ts";

const BUCKETS = 100;
const PERIODS = 6;

function need<T extends object>(result: T | Unstaged): T {
  if (isUnstaged(result)) throw new Error(result.reason);
  return result;
}

interface Drawn {
  readonly customers: number;
  readonly firstTreated: number;
  readonly effect: number;
}

/** Customers with 0 to 3 visits a period, of which some share ends in an order; each customer has a level of its own. */
function drawGroup(random: () => number, { customers, firstTreated, effect }: Drawn): BucketGroup {
  const units = new Float64Array(BUCKETS);
  const [numerators, denominators] = [new Float64Array(BUCKETS * PERIODS), new Float64Array(BUCKETS * PERIODS)];
  for (let customer = 0; customer < customers; customer++) {
    const bucket = Math.floor(random() * BUCKETS);
    const level = 0.1 + 0.4 * random();
    units[bucket] = (units[bucket] ?? 0) + 1;
    for (let period = 0; period < PERIODS; period++) {
      const at = bucket * PERIODS + period;
      const visits = Math.floor(random() * 4);
      denominators[at] = (denominators[at] ?? 0) + visits;
      for (let visit = 0; visit < visits; visit++)
        if (random() < level + (period >= firstTreated ? effect : 0)) numerators[at] = (numerators[at] ?? 0) + 1;
    }
  }
  return { firstTreated, units, numerators, denominators };
}

const nameOf = (period: number) => `P${period}`;
const cellsOf = (group: BucketGroup, at: number): ClusterCell[] =>
  need(linearizeBuckets(group, PERIODS, (bucket) => at * BUCKETS + bucket, nameOf));

function sampleOf(groups: readonly BucketGroup[]): StagedSample {
  return need(sampleFromClusters([...Array(PERIODS).keys()], groups.flatMap(cellsOf)));
}

/** Straight from the definition: R_t, and what each bucket with customers adds to its deviation. */
function deltaMethod({ units, numerators, denominators }: BucketGroup, period: number) {
  const own = [...units.keys()].filter((bucket) => (units[bucket] ?? 0) > 0);
  const sums = own.map((bucket) => ({
    numerator: numerators[bucket * PERIODS + period] ?? 0,
    denominator: denominators[bucket * PERIODS + period] ?? 0,
  }));
  const total = sums.reduce((sum, { denominator }) => sum + denominator, 0);
  const ratio = sums.reduce((sum, { numerator }) => sum + numerator, 0) / total;
  return { ratio, sums, parts: sums.map(({ numerator, denominator }) => (numerator - ratio * denominator) / total) };
}

const variance = (parts: readonly number[]) =>
  (parts.length / (parts.length - 1)) * parts.reduce((sum, one) => sum + one * one, 0);

describe("linearizeBuckets", () => {
  const random = makeRandom(5);
  const treated = drawGroup(random, { customers: 400, firstTreated: 4, effect: 0.1 });
  // So few that some buckets are empty, and so different in size that equal weights would show.
  const later = drawGroup(random, { customers: 90, firstTreated: 5, effect: -0.2 });
  const never = drawGroup(random, { customers: 700, firstTreated: NEVER, effect: 0 });
  const sample = sampleOf([treated, later, never]);

  it("gives each group the ratios as means and its customers as weight", () => {
    for (const [at, group] of [treated, later, never].entries()) {
      expect(sample.groups[at]?.n).toBe(group.units.reduce((sum, one) => sum + one, 0));
      expect(sample.groups[at]?.pieces).toBe(group.units.filter((one) => one > 0).length);
      for (let period = 0; period < PERIODS; period++)
        expect(sample.groups[at]?.mean[period]).toBeCloseTo(deltaMethod(group, period).ratio, 12);
    }
  });

  it("has the error of one ratio that clustered.ts has", () => {
    for (const [at, group] of [treated, later, never].entries())
      for (let period = 0; period < PERIODS; period++) {
        const { sums, parts } = deltaMethod(group, period);
        const form = { periods: [period], weights: [1 / (sample.groups[at]?.n ?? 0)], constant: 0 };
        const precision = measurePrecision(sample, new Map([[at, form]]));
        expect(precision.correctedError).toBeCloseTo(Math.sqrt(variance(parts)), 12);
        const direct = estimateRatio(sums);
        if ("insufficient" in direct || sums.some(({ denominator }) => denominator === 0)) continue;
        expect(direct.value).toBeCloseTo(sample.groups[at]?.mean[period] ?? 0, 12);
        expect((direct.high - direct.low) / 2 / precision.correctedError).toBeCloseTo(1.984, 1);
      }
  });

  it("has the value and the error of a difference of differences of ratios", () => {
    const { effects } = need(estimateGroupTimeEffects(sample, { base: "universal" }));
    for (const { firstTreated, time, base, value, correctedError } of effects) {
      if (time === base) continue;
      const sides = [firstTreated === 4 ? treated : later, never].map((group) => {
        const [to, from] = [deltaMethod(group, time), deltaMethod(group, base)];
        const change = to.parts.map((part, at) => part - (from.parts[at] ?? 0));
        return { value: to.ratio - from.ratio, variance: variance(change) };
      });
      expect(value).toBeCloseTo((sides[0]?.value ?? 0) - (sides[1]?.value ?? 0), 12);
      expect(correctedError).toBeCloseTo(Math.sqrt((sides[0]?.variance ?? 0) + (sides[1]?.variance ?? 0)), 12);
    }
  });

  it("weighs groups by customers in the average of all effects", () => {
    const staged = need(estimateGroupTimeEffects(sample));
    const treatedEffects = staged.effects.filter(({ time, firstTreated }) => time >= firstTreated);
    const size = ({ firstTreated }: { firstTreated: number }) => (firstTreated === 4 ? 400 : 90);
    const total = treatedEffects.reduce((sum, effect) => sum + size(effect), 0);
    const mean = treatedEffects.reduce((sum, effect) => sum + size(effect) * effect.value, 0) / total;
    expect(aggregateSimple(staged).value).toBeCloseTo(mean, 12);
  });

  it("keeps customers together who stand in two groups", () => {
    // Both groups are the same customers doing the same: what they have in common cancels.
    const twin = { ...treated, firstTreated: NEVER };
    const shared = [treated, twin].flatMap((group) =>
      need(linearizeBuckets(group, PERIODS, (bucket) => bucket, nameOf)),
    );
    const { effects } = need(estimateGroupTimeEffects(need(sampleFromClusters([...Array(PERIODS).keys()], shared))));
    for (const { value, error } of effects) expect([value, error]).toEqual([0, 0]);
    const apart = need(estimateGroupTimeEffects(sampleOf([treated, twin])));
    expect(apart.effects.every(({ error }) => error > 0)).toBe(true);
  });

  it("says which period has nothing to divide by", () => {
    const denominators = treated.denominators.map((one, at) => (at % PERIODS === 2 ? 0 : one));
    const refused = linearizeBuckets({ ...treated, denominators }, PERIODS, (bucket) => bucket, nameOf);
    expect(refused).toEqual({
      unstaged: "misshapen",
      field: "period",
      reason: "There is nothing to divide by in the period from P2.",
    });
  });

  it("has the numbers of the example", () => {
    const group = {
      ...{ firstTreated: 0, units: Float64Array.of(1, 3) },
      ...{ numerators: Float64Array.of(2, 4), denominators: Float64Array.of(4, 4) },
    };
    const cells = need(linearizeBuckets(group, 1, (bucket) => bucket, nameOf));
    expect(cells.map(({ n, sum }) => [n, ...Array.from(sum)])).toEqual([
      [1, 0.25],
      [3, 2.75],
    ]);
  });
});

const simpleOf = (staged: GroupTimeEffects) => aggregateSimple(staged);

it("holds its level and finds a known effect, with all periods before as a base; that base is the surer one", () => {
  const rounds = 240;
  let [covered, widths, plainWidths, sum] = [0, 0, 0, 0];
  for (let seed = 1; seed <= rounds; seed++) {
    const random = makeRandom(seed * 7919);
    const sample = sampleOf([
      drawGroup(random, { customers: 250, firstTreated: 4, effect: 0.06 }),
      drawGroup(random, { customers: 350, firstTreated: NEVER, effect: 0 }),
    ]);
    const found = simpleOf(need(estimateGroupTimeEffects(sample, { base: "all-before" })));
    const plain = simpleOf(need(estimateGroupTimeEffects(sample)));
    if (found.low <= 0.06 && found.high >= 0.06) covered++;
    widths += found.high - found.low;
    plainWidths += plain.high - plain.low;
    sum += found.value;
  }
  // 95 % within three errors of 240 rounds.
  expect(covered / rounds).toBeGreaterThan(0.905);
  expect(covered / rounds).toBeLessThan(0.995);
  expect(sum / rounds).toBeCloseTo(0.06, 2);
  expect(widths / plainWidths).toBeLessThan(0.85);
});

describe("mergePeriods", () => {
  const cell = (firstTreated: number, sum: readonly number[]): ClusterCell => ({ cluster: 1, firstTreated, n: 2, sum });
  const counted = Array.from({ length: 30 }, (_, at) => at);

  it("averages neighbours and lets no block hold a change", () => {
    const { periods, cells } = mergePeriods([cell(20, counted), cell(NEVER, counted)], 30, 10);
    expect(periods.length).toBe(15);
    expect(cells.map(({ firstTreated }) => firstTreated)).toEqual([10, NEVER]);
    expect(Array.from(cells[0]?.sum ?? [])).toEqual(Array.from({ length: 15 }, (_, at) => 2 * at + 0.5));
    expect(cells[0]?.n).toBe(2);
  });

  it("counts blocks backwards from each start, so that the odd one is the first of its segment", () => {
    const { periods, cells } = mergePeriods([cell(5, counted), cell(8, counted), cell(NEVER, counted)], 10, 4);
    expect(Array.from(cells[0]?.sum ?? [])).toEqual([0, 1.5, 3.5, 5, 6.5, 8.5]);
    expect(cells.map(({ firstTreated }) => firstTreated)).toEqual([3, 5, NEVER]);
    expect(periods).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("leaves few periods as they are", () => {
    const { cells } = mergePeriods([cell(3, counted.slice(0, 5)), cell(NEVER, counted.slice(0, 5))], 5, 16);
    expect(Array.from(cells[0]?.sum ?? [])).toEqual([0, 1, 2, 3, 4]);
    expect(cells[0]?.firstTreated).toBe(3);
  });
});
