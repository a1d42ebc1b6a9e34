import { describe, expect, it } from "vitest";
import { sampleFromPanel } from "./sample-from-panel.ts";
import { aggregateSimple } from "./staged-aggregates.ts";
import { NEVER } from "./staged-panel.ts";
import { drawColumns, fitColumns, fitSample, panelOf, withoutClusters } from "./staged-panels.case.ts";
import { estimateRelativeStagedEffect } from "./staged-relative-effect.ts";
import { type GroupMoments, sampleFromMoments } from "./staged-sample.ts";

const covariance = [1, 0.5, 0.5, 1];

describe("estimateRelativeStagedEffect", () => {
  it("is a tenth where everybody had 10 and has 11", () => {
    const groups: GroupMoments[] = [
      { firstTreated: NEVER, n: 100, mean: [8, 8], covariance },
      { firstTreated: 2, n: 100, mean: [10, 11], covariance },
    ];
    const relative = estimateRelativeStagedEffect(fitSample(sampleFromMoments([1, 2], groups)));
    expect(relative?.value).toBeCloseTo(0.1, 12);
    // φ = (φ_1 − .1·φ_10)/10 with Δ: variance (1.1²·V(y2) …) by hand: effect Δ_t − Δ_c, level y1 + Δ_c.
    // Treated: (1·y2 − 1.1·y1)/10, variance (1 + 1.21 − 1.1)/100/100; controls: −1.1·Δ/10, variance 1.21/100/100.
    expect(relative?.error).toBeCloseTo(Math.sqrt((1 + 1.21 - 1.1 + 1.21) / 1e4), 12);
  });

  it("keeps the sign of the effect where levels are negative", () => {
    const groups: GroupMoments[] = [
      { firstTreated: NEVER, n: 100, mean: [-8, -8], covariance },
      { firstTreated: 2, n: 100, mean: [-10, -9], covariance },
    ];
    expect(estimateRelativeStagedEffect(fitSample(sampleFromMoments([1, 2], groups)))?.value).toBeCloseTo(0.1, 12);
  });

  it("is not given where the level may be 0", () => {
    const groups: GroupMoments[] = [
      { firstTreated: NEVER, n: 100, mean: [0, 0], covariance },
      { firstTreated: 2, n: 100, mean: [0.1, 1], covariance },
    ];
    expect(estimateRelativeStagedEffect(fitSample(sampleFromMoments([1, 2], groups)))).toBeNull();
  });

  it("does not change with the unit of the outcome", () => {
    const columns = withoutClusters(drawColumns(3, 200));
    const scaled = { ...columns, value: Array.from(columns.value, (value) => value * 1e6) };
    const [one, other] = [columns, scaled].map((own) => estimateRelativeStagedEffect(fitColumns(own)));
    expect(other?.value).toBeCloseTo(one?.value ?? 0, 10);
    expect(other?.error).toBeCloseTo(one?.error ?? 0, 10);
  });

  it("has the error that leaving out one unit at a time gives", () => {
    const panel = panelOf(withoutClusters(drawColumns(9, 80)));
    const width = panel.periods.length;
    const keep = (left: number) => {
      const units = [...panel.firstTreated.keys()].filter((unit) => unit !== left);
      return {
        ...panel,
        units: units.length,
        values: Float64Array.from(
          units.flatMap((unit) => [...panel.values.subarray(unit * width, (unit + 1) * width)]),
        ),
        firstTreated: Float64Array.from(units, (unit) => panel.firstTreated[unit] ?? NEVER),
      };
    };
    const errors = (read: (staged: ReturnType<typeof fitSample>) => { value: number; error: number } | null) => {
      const all = read(fitSample(sampleFromPanel(panel)));
      const without = Array.from(
        { length: panel.units },
        (_, unit) => read(fitSample(sampleFromPanel(keep(unit))))?.value ?? 0,
      );
      const mean = without.reduce((sum, one) => sum + one, 0) / without.length;
      const squares = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      return [all?.error ?? 0, Math.sqrt(((panel.units - 1) / panel.units) * squares)] as const;
    };
    for (const read of [estimateRelativeStagedEffect, aggregateSimple]) {
      const [error, jackknife] = errors(read);
      expect(error / jackknife).toBeGreaterThan(0.93);
      expect(error / jackknife).toBeLessThan(1.01);
    }
  });
});
