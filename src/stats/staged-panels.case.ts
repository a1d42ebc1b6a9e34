/**
 * Panels that the tests of staged designs share: the minimum wages of the paper, a random one, and how to fit it.
 * What must come out of them stands in the tests.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REAL_DATA } from "../../test/real-data.ts";
import { estimateGroupTimeEffects, type GroupTimeEffects, type StagedOptions } from "./group-time-effects.ts";
import { sampleFromPanel } from "./sample-from-panel.ts";
import { isUnstaged, NEVER, type PanelColumns, readStagedPanel, type StagedPanel } from "./staged-panel.ts";
import type { StagedSample } from "./staged-sample.ts";

export function panelOf(columns: PanelColumns): StagedPanel {
  const panel = readStagedPanel(columns);
  if (isUnstaged(panel)) throw new Error(panel.reason);
  return panel;
}

export function fitSample(sample: StagedSample | { reason: string }, options?: StagedOptions): GroupTimeEffects {
  if ("reason" in sample) throw new Error(sample.reason);
  const staged = estimateGroupTimeEffects(sample, options);
  if (isUnstaged(staged)) throw new Error(staged.reason);
  return staged;
}

export function fitColumns(columns: PanelColumns, options?: StagedOptions): GroupTimeEffects {
  return fitSample(sampleFromPanel(panelOf(columns)), options);
}

/** Log employment of 500 counties by year, grouped by when their minimum wage rose: year, county, lpop, lemp, first.treat. */
export function readMinimumWages(): PanelColumns {
  const rows = readFileSync(join(REAL_DATA, "effect", "mpdta.csv"), "utf8")
    .trim()
    .split(/\r?\n/u)
    .slice(1)
    .map((line) => line.split(",").map(Number));
  const column = (at: number) => rows.map((row) => row[at] ?? Number.NaN);
  return { time: column(0), unit: column(1), value: column(3), firstTreated: column(4).map((g) => g || NEVER) };
}

/** A seeded stream of numbers in [0, 1): mulberry32. */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Units of four groups over six unevenly spaced periods, in shops of about four units, walks of a random length. */
export function drawColumns(seed: number, units = 60): Required<PanelColumns> {
  const random = makeRandom(seed);
  const periods = [1, 2, 3, 5, 6, 9];
  const groups = [3, 4, 6, NEVER];
  const rows = Array.from({ length: units }, (_, unit) => {
    const firstTreated = groups[unit < 8 ? unit % 4 : Math.floor(random() * 4)] ?? NEVER;
    const cluster = Math.floor(random() * (units / 4));
    let level = random() * 10;
    return periods.map((time) => {
      level += random() - 0.3 + (time >= firstTreated ? 0.2 : 0);
      return { unit, time, firstTreated, cluster, value: level };
    });
  }).flat();
  const column = (field: keyof (typeof rows)[0]) => rows.map((row) => row[field]);
  return {
    unit: column("unit"),
    time: column("time"),
    value: column("value"),
    firstTreated: column("firstTreated"),
    cluster: column("cluster"),
  };
}

/** Without its clusters: units are independent. */
export function withoutClusters({ unit, time, value, firstTreated }: PanelColumns): PanelColumns {
  return { unit, time, value, firstTreated };
}
