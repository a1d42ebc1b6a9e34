import { describe, expect, it } from "vitest";
import { normalTail } from "./incomplete-gamma.ts";
import { criticalValue } from "./influence-function.ts";
import { normalQuantile } from "./quantile.ts";
import { aggregateEventStudy } from "./staged-aggregates.ts";
import { NEVER } from "./staged-panel.ts";
import { drawColumns, fitColumns, fitSample, makeRandom, withoutClusters } from "./staged-panels.case.ts";
import { sampleFromMoments } from "./staged-sample.ts";
import { drawUniformBand } from "./uniform-band.ts";

/** Groups of a million units that share no controls' noise: nearly independent effects at one period each. */
function independentPoints(count: number) {
  const covariance = Array.from({ length: 4 }, (_, at) => (at % 3 === 0 ? 1 : 0));
  const treated = Array.from({ length: count }, (_, at) => ({
    firstTreated: 2 + at / 1_000,
    n: 1e6,
    mean: [0, 0],
    covariance,
  }));
  return fitSample(sampleFromMoments([1, 3], [...treated, { firstTreated: NEVER, n: 1e12, mean: [0, 0], covariance }]));
}

describe("drawUniformBand", () => {
  it("reaches 3.02 errors over twenty independent points: Šidák's bound", () => {
    const staged = independentPoints(20);
    const [band] = drawUniformBand(staged.sample, staged.effects, { random: makeRandom(1), draws: 20_000 });
    const sidak = normalQuantile((1 + 0.95 ** (1 / 20)) / 2);
    expect(sidak).toBeCloseTo(3.02, 2);
    expect((band?.high ?? 0) / (staged.effects[0]?.correctedError ?? 1)).toBeCloseTo(sidak, 1);
  });

  it("is a point's own interval where there is one point, or the same one twice", () => {
    const staged = independentPoints(1);
    const [effect] = staged.effects;
    if (!effect) throw new Error("there is one");
    const bands = drawUniformBand(staged.sample, [effect, effect], { random: makeRandom(2), draws: 20_000 });
    expect(bands[0]).toEqual(bands[1]);
    expect((bands[0]?.high ?? 0) / effect.high).toBeGreaterThanOrEqual(1);
    expect((bands[0]?.high ?? 0) / effect.high).toBeLessThan(1.03);
  });

  it("holds every interval of an event study, and gives the same for the same seed", () => {
    const staged = fitColumns(withoutClusters(drawColumns(5)), { base: "universal" });
    const { parts } = aggregateEventStudy(staged);
    const [once, again] = [1, 1].map((seed) => drawUniformBand(staged.sample, parts, { random: makeRandom(seed) }));
    expect(once).toEqual(again);
    for (const [index, { low, high, value, error }] of parts.entries()) {
      const band = once?.[index];
      expect(band?.low).toBeLessThanOrEqual(low);
      expect(band?.high).toBeGreaterThanOrEqual(high);
      if (error === 0) expect(band).toEqual({ low: value, high: value });
    }
  });

  it("agrees with multipliers drawn unit by unit", () => {
    const columns = drawColumns(6, 200);
    const staged = fitColumns(columns);
    const { parts } = aggregateEventStudy(staged);
    const { sample } = staged;
    const { spread } = sample;
    if (spread.kind !== "clusters") throw new Error("it has clusters");
    const random = makeRandom(3);
    const phi = parts.map(({ influence }) => {
      const sums = new Float64Array(spread.clusters);
      for (const [entry, group] of spread.group.entries()) {
        const form = influence.get(group);
        let own = (form?.constant ?? 0) * (spread.n[entry] ?? 0);
        for (const [at, period] of (form?.periods ?? []).entries())
          own += (form?.weights[at] ?? 0) * (spread.deviations[entry * sample.periods.length + period] ?? 0);
        const cluster = spread.cluster[entry] ?? 0;
        sums[cluster] = (sums[cluster] ?? 0) + own;
      }
      return sums;
    });
    const largest = Array.from({ length: 4_000 }, () => {
      const v = Array.from({ length: spread.clusters }, () => normalQuantile(random() || 0.5));
      return Math.max(
        ...phi.map(
          (own, at) => Math.abs(own.reduce((sum, one, c) => sum + one * (v[c] ?? 0), 0)) / (parts[at]?.error ?? 1),
        ),
      );
    }).toSorted((a, b) => a - b);
    const [band] = drawUniformBand(sample, parts, { random: makeRandom(4), draws: 4_000 });
    const reach = ((band?.high ?? 0) - (parts[0]?.value ?? 0)) / (parts[0]?.correctedError ?? 1);
    const pointwise = 1 - 2 * normalTail(largest[3_800] ?? 0);
    expect(reach / criticalValue(parts[0]?.degreesOfFreedom ?? 0, pointwise)).toBeCloseTo(1, 1);
  });
});
