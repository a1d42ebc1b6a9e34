/**
 * Three pictures of an effect as plots: period by period around the switch-on, a series beside what it would have been,
 * and the interval as it stood at each look. The numbers come from the report; how one is drawn is plot.ts.
 */
import type { Plot, PlotKey } from "./plot.ts";
import { fitScale, type Scale } from "./trend.ts";

interface Said {
  readonly title: string;
  readonly sentence: string;
  /** What is upwards, in words with its unit. */
  readonly upwards: string;
  /** A value upwards: "+1.5". */
  readonly format: (value: number) => string;
}

interface Estimated {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Effects have a least size worth having; 0: any. */
interface Least {
  readonly minEffect: number;
  /** "95 % interval". */
  readonly interval: string;
}

/** How far an interval may stretch the axis beyond the values, in spans of these. */
const ROOM = 1.5;

/**
 * A scale that holds all values and, of intervals, as much as leaves the values to be seen: one look with few data would
 * flatten all others.
 */
export function effectScale(values: readonly number[], ends: readonly number[]): Scale {
  const held = [...values, 0];
  const [least, most] = [Math.min(...held), Math.max(...held)];
  const room = ROOM * (most > least ? most - least : 1);
  return fitScale([...held, ...ends.map((end) => Math.min(Math.max(end, least - room), most + room))], true);
}

function zoneOf(minEffect: number): Plot["zone"] {
  return minEffect > 0 ? { low: -minEffect, high: minEffect } : undefined;
}

const ZONE_KEY: PlotKey = { kind: "zone", tone: "zone", text: "too small to matter" };
const zoneKey = (minEffect: number): readonly PlotKey[] => (minEffect > 0 ? [ZONE_KEY] : []);

export interface EventStudy extends Said, Least {
  /** Periods since the switch-on: 0 is the first with the change, below 0 before it. */
  readonly points: readonly (Estimated & { readonly at: number })[];
  /** "weeks". */
  readonly periods: string;
  /** The numbers of one point in words. */
  readonly describe: (point: Estimated) => string;
}

/** The effect so many periods before and since the switch-on, around zero. */
export function eventStudyPlot({ points, minEffect, periods, describe, interval, ...said }: EventStudy): Plot {
  const places = points.map(({ at }) => at);
  const ends = points.flatMap(({ low, high }) => [low, high]);
  const minus = (at: number) => String(at).replace("-", "−");
  return {
    ...said,
    across: {
      low: Math.min(...places, 0) - 0.7,
      high: Math.max(...places, 0) + 0.7,
      ticks: places.map((at) => ({ at, label: minus(at) })),
      title: `${periods} since the switch-on`,
    },
    scale: effectScale([...points.map(({ estimate }) => estimate), minEffect, -minEffect], ends),
    zone: zoneOf(minEffect),
    rules: [0],
    marks: [{ at: -0.5, label: "switched on" }],
    bands: [],
    lines: [],
    whiskers: points.map((point) => ({
      ...{ at: point.at, value: point.estimate, low: point.low, high: point.high },
      ...{ tone: point.at < 0 ? ("quiet" as const) : ("series" as const), hollow: point.at < 0 },
      tip: `${minus(point.at)}: ${describe(point)}`,
    })),
    key: [
      { kind: "ring", tone: "quiet", text: "before: should lie around 0" },
      { kind: "dot", tone: "series", text: `since the change, with its ${interval}` },
      ...zoneKey(minEffect),
    ],
  };
}

export interface Counterfactual extends Said {
  /** One a period; `at` in milliseconds, `label` as the axis shows it. */
  readonly points: readonly {
    readonly at: number;
    readonly label: string;
    readonly actual: number | null;
    readonly expected: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  /** The first moment with the change, in milliseconds. */
  readonly switchOn: number;
  /** "switched on 1 Aug 2025". */
  readonly mark: string;
  /** What the expected line stands for. */
  readonly expectedWords: string;
  readonly interval: string;
  /** Whether the axis has to begin at 0. */
  readonly fromZero: boolean;
}

/** Between the last period before the change and the first with it. */
function placeSwitch(places: readonly number[], switchOn: number): number {
  const first = places.findIndex((at) => at >= switchOn);
  const [before, after] = [places[first - 1], places[first]];
  return before === undefined || after === undefined ? switchOn : (before + after) / 2;
}

/** What happened, beside what would have without the change. */
export function counterfactualPlot({
  points,
  switchOn,
  mark,
  expectedWords,
  interval,
  fromZero,
  ...said
}: Counterfactual): Plot {
  const places = points.map(({ at }) => at);
  const known = points.flatMap(({ actual, expected }) => [actual ?? [], expected ?? []].flat());
  const ends = points.flatMap(({ low, high }) => [low ?? [], high ?? []].flat());
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = most > least ? most - least : Math.abs(most) || 1;
  const held = ends.map((end) => Math.min(Math.max(end, least - room), most + room));
  const banded = ends.length > 0;
  return {
    ...said,
    across: {
      ...{ low: Math.min(...places), high: Math.max(...places) },
      ticks: points.map(({ at, label }) => ({ at, label })),
      title: "",
    },
    scale: fitScale([...known, ...held], fromZero),
    rules: [],
    marks: [{ at: placeSwitch(places, switchOn), label: mark }],
    bands: [{ tone: "expected", points }],
    lines: [
      { tone: "expected", dash: "6 4", points: points.map(({ at, expected }) => ({ at, value: expected })) },
      {
        ...{ tone: "series", dots: true, points: points.map(({ at, actual }) => ({ at, value: actual })) },
        tip: (index) => `${points[index]?.label ?? ""}: ${said.format(points[index]?.actual ?? 0)}`,
      },
    ],
    whiskers: [],
    key: [
      { kind: "line", tone: "series", text: "what happened" },
      { kind: "dashes", tone: "expected", text: expectedWords },
      ...(banded ? [{ kind: "band", tone: "expected", text: `its ${interval}` } as const] : []),
    ],
  };
}

export interface OverTime extends Said, Least {
  /** The estimate with all that was known at each look; `at` in milliseconds. */
  readonly looks: readonly (Estimated & { readonly at: number; readonly label: string; readonly n: number })[];
  /** Where the measurement was planned to end; undefined without a stop date. */
  readonly stop?: { readonly at: number; readonly label: string } | undefined;
  readonly describe: (look: Estimated) => string;
}

/** The interval after each look: it narrows as units come in. */
export function overTimePlot({ looks, minEffect, stop, describe, interval, ...said }: OverTime): Plot {
  const places = [...looks.map(({ at }) => at), ...(stop ? [stop.at] : [])];
  const last = looks.at(-1);
  const always = last ? [last.low, last.high] : [];
  // The first looks jump about: they may run out of the picture, the others may not.
  const settled = looks.slice(Math.floor(looks.length / 4));
  const ends = looks.flatMap(({ low, high }) => [low, high]);
  return {
    ...said,
    across: {
      ...{ low: Math.min(...places), high: Math.max(...places) },
      ticks: looks.map(({ at, label }) => ({ at, label })),
      title: "",
    },
    scale: effectScale([...settled.map(({ estimate }) => estimate), ...always, minEffect, -minEffect], ends),
    zone: zoneOf(minEffect),
    rules: [0],
    marks: stop ? [stop] : [],
    bands: [{ tone: "series", points: looks }],
    lines: [
      {
        ...{ tone: "series", dots: true, points: looks.map(({ at, estimate }) => ({ at, value: estimate })) },
        tip: (index) => {
          const look = looks[index];
          return look ? `${look.label}: ${describe(look)}, n = ${look.n.toLocaleString("en-GB")}` : "";
        },
      },
    ],
    whiskers: [],
    key: [
      { kind: "line", tone: "series", text: "the difference so far" },
      { kind: "band", tone: "series", text: interval },
      ...zoneKey(minEffect),
    ],
  };
}
