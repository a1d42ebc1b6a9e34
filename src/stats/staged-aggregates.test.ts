import { describe, expect, it } from "vitest";
import { hasRealData, whySkipped } from "../../test/real-data.ts";
import { type GroupTimeEffects, isTreated } from "./group-time-effects.ts";
import { covarianceOf, type StagedEstimate } from "./influence-function.ts";
import { aggregateByGroup, aggregateByPeriod, aggregateEventStudy, aggregateSimple } from "./staged-aggregates.ts";
import { NEVER } from "./staged-panel.ts";
import { drawColumns, fitColumns, fitSample, readMinimumWages, withoutClusters } from "./staged-panels.case.ts";
import { sampleFromMoments } from "./staged-sample.ts";

/** As R prints: four digits. */
const print = (number: number) => number.toFixed(4).replace("0.", ".");
const show = ({ value, error }: StagedEstimate) => `${print(value)} (${print(error)})`;

describe.skipIf(!hasRealData)(`minimum wages and employment${whySkipped}`, () => {
  it("has did's aggregates with controls never treated", () => {
    const staged = fitColumns(readMinimumWages());
    expect(show(aggregateSimple(staged))).toBe("-.0400 (.0120)");
    expect(aggregateSimple(staged).n).toBe(191);
    const groups = aggregateByGroup(staged);
    expect(show(groups.overall)).toBe("-.0310 (.0124)");
    expect(groups.parts.map(({ at, value }) => [at, print(value)])).toEqual([
      [2004, "-.0797"],
      [2006, "-.0229"],
      [2007, "-.0261"],
    ]);
    const study = aggregateEventStudy(staged);
    expect(show(study.overall)).toBe("-.0772 (.0200)");
    expect(study.parts.map(({ at, value }) => [at, print(value)])).toEqual([
      [-3, ".0305"],
      [-2, "-.0006"],
      [-1, "-.0245"],
      [0, "-.0199"],
      [1, "-.0510"],
      [2, "-.1373"],
      [3, "-.1008"],
    ]);
    const periods = aggregateByPeriod(staged);
    expect(show(periods.overall)).toBe("-.0417 (.0160)");
    expect(periods.parts.map(({ value }) => print(value))).toEqual(["-.0105", "-.0704", "-.0488", "-.0371"]);
  });

  it("has the paper's aggregates with controls not yet treated", () => {
    const staged = fitColumns(readMinimumWages(), { controls: "not-yet" });
    expect(print(aggregateSimple(staged).value)).toBe("-.0398");
    expect(print(aggregateByGroup(staged).overall.value)).toBe("-.0305");
  });

  it("marks the base period of a universal base, which has no error", () => {
    const { parts } = aggregateEventStudy(fitColumns(readMinimumWages(), { base: "universal" }));
    expect(parts.filter(({ reference }) => reference)).toMatchObject([{ at: -1, value: 0, error: 0, low: 0, high: 0 }]);
    expect(parts.map(({ at }) => at)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3]);
  });
});

/** The influence of weights as R's `did` writes it: (1{G = g_k} − p_k)/Σp − p_k/(Σp)²·Σ_j(1{G = g_j} − p_j). */
function oracleConstants(sizes: readonly number[], items: readonly { group: number; value: number }[]): number[] {
  const n = sizes.reduce((sum, one) => sum + one, 0);
  const p = items.map(({ group }) => (sizes[group] ?? 0) / n);
  const sum = p.reduce((all, one) => all + one, 0);
  return sizes.map((_, own) => {
    const hits = items.map(({ group }, k) => Number(group === own) - (p[k] ?? 0));
    const together = hits.reduce((all, one) => all + one, 0);
    const weight = (k: number) => (hits[k] ?? 0) / sum - ((p[k] ?? 0) / sum ** 2) * together;
    return items.reduce((all, { value }, k) => all + weight(k) * value, 0) / n;
  });
}

describe("aggregateSimple", () => {
  it("adds the influence of the weights, which are estimated too", () => {
    const staged = fitColumns(withoutClusters(drawColumns(7)));
    const treated = staged.effects.filter(isTreated);
    const simple = aggregateSimple(staged);
    const sizes = staged.sample.groups.map(({ n }) => n);
    for (const [group, constant] of oracleConstants(sizes, treated).entries())
      expect(simple.influence.get(group)?.constant ?? 0).toBeCloseTo(constant, 14);
  });

  it("has the variance w'Vw of its effects, and that of the weights", () => {
    const staged = fitColumns(withoutClusters(drawColumns(8)));
    const treated = staged.effects.filter(isTreated);
    const covariance = covarianceOf(
      staged.sample,
      treated.map(({ influence }) => influence),
    );
    const total = treated.reduce((sum, { n }) => sum + n, 0);
    const weights = treated.map(({ n }) => n / total);
    let variance = 0;
    for (const [row, a] of weights.entries())
      for (const [column, b] of weights.entries()) variance += a * b * (covariance[row * weights.length + column] ?? 0);
    const simple = aggregateSimple(staged);
    const sizes = staged.sample.groups.map(({ n }) => n);
    for (const [group, constant] of oracleConstants(sizes, treated).entries())
      variance += (sizes[group] ?? 0) * constant ** 2;
    expect(simple.error).toBeCloseTo(Math.sqrt(variance), 12);
  });
});

/** Two groups of 2 units and 2 controls over three periods; group 2 gains 3, then 5; group 3 gains 1. */
function smallSample(): GroupTimeEffects {
  const covariance = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  return fitSample(
    sampleFromMoments(
      [1, 2, 3],
      [
        { firstTreated: NEVER, n: 2, mean: [0, 1, 2], covariance },
        { firstTreated: 2, n: 2, mean: [0, 4, 7], covariance },
        { firstTreated: 3, n: 4, mean: [0, 1, 3], covariance },
      ],
    ),
  );
}

describe("by hand", () => {
  it("averages 3 and 5 of two units and 1 of four", () => {
    const staged = smallSample();
    expect(aggregateSimple(staged).value).toBeCloseTo((2 * 3 + 2 * 5 + 4 * 1) / 8, 12);
    const groups = aggregateByGroup(staged);
    expect(groups.parts.map(({ value }) => value)).toEqual([4, 1]);
    expect(groups.overall.value).toBeCloseTo((2 * 4 + 4 * 1) / 6, 12);
    expect(groups.overall.n).toBe(6);
    const study = aggregateEventStudy(staged);
    expect(study.parts.map(({ at, value, n }) => [at, value, n])).toEqual([
      [-1, 0, 4],
      [0, (2 * 3 + 4 * 1) / 6, 6],
      [1, 5, 2],
    ]);
    expect(study.overall.value).toBeCloseTo((10 / 6 + 5) / 2, 12);
    const periods = aggregateByPeriod(staged);
    expect(periods.parts.map(({ value }) => value)).toEqual([3, (2 * 5 + 4 * 1) / 6]);
  });

  it("has the errors of differences of means: √((1 + 1)/2 + (1 + 1)/2) without correlation over time", () => {
    const [effect] = smallSample().effects;
    expect(effect?.error).toBeCloseTo(Math.sqrt(2), 12);
    expect(effect?.correctedError).toBeCloseTo(2, 12);
    expect(effect?.degreesOfFreedom).toBeCloseTo(2, 12);
  });
});
