/**
 * Three pictures of re-purchase as plots: forecast against actual by past orders, the way to the second order, and what is kept
 * period by period. The numbers come from the reports; how one is drawn is plot.ts.
 */
import type { Plot } from "./plot.ts";
import { fitScale } from "./trend.ts";

interface Said {
  readonly title: string;
  readonly sentence: string;
  /** What is upwards, in words with its unit. */
  readonly upwards: string;
  /** A value upwards: "19.5 %". */
  readonly format: (value: number) => string;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

export interface Calibration extends Said {
  /** One a group of customers, in order. */
  readonly groups: readonly (Ends & {
    readonly label: string;
    readonly actual: number;
    readonly expected: number;
    /** The numbers in words. */
    readonly tip: string;
  })[];
  /** Under the axis: what groups are made by. */
  readonly by: string;
}

/** What happened with its interval, beside what was forecast, group by group. */
export function calibrationPlot({ groups, by, ...said }: Calibration): Plot {
  return {
    ...said,
    across: {
      ...{ low: -0.5, high: groups.length - 0.5, title: by },
      ticks: groups.map(({ label }, at) => ({ at, label })),
    },
    scale: fitScale(
      groups.flatMap(({ actual, expected, low, high }) => [actual, expected, low, high]),
      true,
    ),
    rules: [],
    marks: [],
    bands: [],
    lines: [
      {
        ...{ tone: "expected", dash: "6 4", dots: true },
        points: groups.map(({ expected }, at) => ({ at, value: expected })),
        tip: (index) => groups[index]?.tip ?? "",
      },
    ],
    whiskers: groups.map(({ actual, low, high, tip }, at) => {
      return { at, value: actual, low, high, tone: "series" as const, hollow: false, tip };
    }),
    key: [
      { kind: "dot", tone: "series", text: "what happened, with its 95 % interval" },
      { kind: "dashes", tone: "expected", text: "what was forecast" },
    ],
  };
}

export interface Growth extends Said {
  readonly points: readonly (Ends & { readonly days: number; readonly share: number; readonly tip: string })[];
  /** Where half are through; null: not within the data. */
  readonly half: { readonly days: number; readonly label: string } | null;
  readonly across: string;
}

/** Round numbers of days, at most seven of them. */
function dayTicks(most: number): readonly { readonly at: number; readonly label: string }[] {
  const step = [7, 14, 30, 60, 90, 180, 365, 730].find((days) => most / days <= 7) ?? 1_460;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => {
    return { at: index * step, label: String(index * step) };
  });
}

/** A share that grows with the days, with its band. */
export function growthPlot({ points, half, across, ...said }: Growth): Plot {
  const most = Math.max(1, ...points.map(({ days }) => days));
  return {
    ...said,
    across: { low: 0, high: most, ticks: dayTicks(most), title: across },
    scale: fitScale(
      points.map(({ high }) => high),
      true,
    ),
    rules: [],
    marks: half ? [{ at: half.days, label: half.label }] : [],
    bands: [{ tone: "series", points: points.map(({ days, low, high }) => ({ at: days, low, high })) }],
    lines: [
      {
        ...{ tone: "series", dots: true, points: points.map(({ days, share }) => ({ at: days, value: share })) },
        tip: (index) => points[index]?.tip ?? "",
      },
    ],
    whiskers: [],
    key: [
      { kind: "line", tone: "series", text: "share so far" },
      { kind: "band", tone: "series", text: "its 95 % interval" },
    ],
  };
}

export interface Kept extends Said {
  readonly periods: readonly {
    readonly period: number;
    /** null: beyond the data. */
    readonly observed: number | null;
    readonly expected: number;
    /** Whether the projection has seen it. */
    readonly fitted: boolean;
    readonly tip: string;
  }[];
  readonly across: string;
}

/** What was kept and what is projected; what the projection has not seen is drawn hollow. */
export function keptPlot({ periods, across, ...said }: Kept): Plot {
  const places = periods.map(({ period }) => period);
  const lastFitted = Math.max(0, ...periods.filter(({ fitted }) => fitted).map(({ period }) => period));
  const unseen = periods.filter(({ fitted, observed }) => !fitted && observed !== null);
  return {
    ...said,
    across: {
      ...{ low: Math.min(...places) - 0.3, high: Math.max(...places) + 0.3, title: across },
      ticks: places.map((at) => ({ at, label: String(at) })),
    },
    scale: fitScale(
      periods.flatMap(({ observed, expected }) => [observed ?? expected, expected]),
      true,
    ),
    rules: [],
    marks: lastFitted < Math.max(...places) ? [{ at: lastFitted + 0.5, label: "from here on not seen by it" }] : [],
    bands: [],
    lines: [
      {
        ...{ tone: "expected", dash: "6 4" },
        points: periods.map(({ period, expected }) => ({ at: period, value: expected })),
      },
      {
        ...{ tone: "series", dots: true },
        points: periods.map(({ period, observed, fitted }) => ({ at: period, value: fitted ? observed : null })),
        tip: (index) => periods[index]?.tip ?? "",
      },
    ],
    // A whisker without length is a ring.
    whiskers: unseen.map(({ period, observed, tip }) => {
      const value = observed ?? 0;
      return { at: period, value, low: value, high: value, tone: "series" as const, hollow: true, tip };
    }),
    key: [
      { kind: "line", tone: "series", text: "what happened" },
      ...(unseen.length > 0 ? [{ kind: "ring", tone: "series", text: "what happened, not seen by it" } as const] : []),
      { kind: "dashes", tone: "expected", text: "projection" },
    ],
  };
}
