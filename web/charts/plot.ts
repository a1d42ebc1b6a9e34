/**
 * The geometry of a picture with time (or periods) across and a value upwards: bands, lines, whiskers, a switch-on, the zero line.
 * What is drawn is said in effect-plots.ts; the page shows it by shapes-view.tsx, and svg-plot.ts takes it away.
 */
import { bandBetween, lineBetween, pathThrough, rectangle, type Shape, type Tone } from "./shapes.ts";
import { fitText, textWidth } from "./svg-text.ts";
import { type Scale, splitRuns, spreadLabels } from "./trend.ts";

interface PlotPoint {
  /** Place on the axis across. */
  readonly at: number;
  /** null: nothing is known there, the line is broken. */
  readonly value: number | null;
}

interface PlotBand {
  readonly at: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface PlotKey {
  readonly kind: "line" | "dashes" | "band" | "dot" | "ring" | "zone";
  readonly tone: Tone;
  readonly text: string;
}

export interface Plot {
  readonly title: string;
  /** The picture in one sentence, with n and interval. */
  readonly sentence: string;
  /** Ends of the axis across and the places that may be labelled. */
  readonly across: {
    readonly low: number;
    readonly high: number;
    readonly ticks: readonly { readonly at: number; readonly label: string }[];
    readonly title: string;
  };
  /** What is upwards, in words. */
  readonly upwards: string;
  readonly scale: Scale;
  readonly format: (value: number) => string;
  /** Values that do not matter: the least effect worth having, to both sides. */
  readonly zone?: { readonly low: number; readonly high: number } | undefined;
  /** Values with a line across. */
  readonly rules: readonly number[];
  /** Places with a line upwards. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly bands: readonly { readonly tone: Tone; readonly points: readonly PlotBand[] }[];
  readonly lines: readonly {
    readonly tone: Tone;
    readonly dash?: string;
    readonly dots?: boolean;
    readonly points: readonly PlotPoint[];
    /** What a dot says when somebody points at it. */
    readonly tip?: (index: number) => string;
  }[];
  readonly whiskers: readonly {
    readonly at: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly tone: Tone;
    readonly hollow: boolean;
    readonly tip: string;
  }[];
  readonly key: readonly PlotKey[];
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (at: number) => number;
  /** Cut at the edges: an interval may be wider than the axis. */
  readonly y: (value: number) => number;
}

const TOP = 40;
/** With and without a title under the axis. */
const BOTTOM = { titled: 44, bare: 28 };
const SIZE = 11;
/** More dots than this are no longer told apart. */
const MOST_DOTS = 90;

function frameOf({ across, scale, format }: Plot, width: number, height: number): Frame {
  const left = 14 + Math.max(...scale.ticks.map((tick) => textWidth(format(tick), SIZE)));
  const right = width - 14;
  const [top, bottom] = [TOP, height - (across.title === "" ? BOTTOM.bare : BOTTOM.titled)];
  const span = Math.max(across.high - across.low, Number.MIN_VALUE);
  const tall = scale.high - scale.low;
  return {
    ...{ left, right, top, bottom },
    x: (at) => left + ((at - across.low) / span) * (right - left),
    y: (value) => bottom - ((Math.min(Math.max(value, scale.low), scale.high) - scale.low) / tall) * (bottom - top),
  };
}

function drawAxes({ across, scale, format, upwards, rules }: Plot, { left, right, bottom, x, y }: Frame): Shape[] {
  const quiet = { kind: "text", tone: "quiet", size: SIZE } as const;
  const wide = Math.max(0, ...across.ticks.map(({ label }) => textWidth(label, SIZE))) + 14;
  const shown = spreadLabels(across.ticks.length, Math.floor((right - left) / wide) + 1);
  const labels = shown.flatMap((index) => across.ticks[index] ?? []);
  return [
    { ...quiet, x: 0, y: 14, text: fitText(upwards, right, SIZE) },
    ...scale.ticks.flatMap((tick): Shape[] => [
      { kind: "path", d: lineBetween(left, y(tick), right, y(tick)), tone: "line" },
      { ...quiet, x: left - 8, y: y(tick) + 4, text: format(tick), anchor: "end" },
    ]),
    ...rules.map((value): Shape => {
      return { kind: "path", d: lineBetween(left, y(value), right, y(value)), tone: "quiet", width: 1.5 };
    }),
    ...labels.map(({ at, label }): Shape => {
      const half = textWidth(label, SIZE) / 2;
      return {
        ...quiet,
        x: Math.min(Math.max(x(at), half), right + 14 - half),
        y: bottom + 18,
        text: label,
        anchor: "middle",
      };
    }),
    ...(across.title === ""
      ? []
      : [{ ...quiet, x: right, y: bottom + 36, text: fitText(across.title, right, SIZE), anchor: "end" } as const]),
  ];
}

function drawBands({ bands, zone }: Plot, { left, right, x, y }: Frame): Shape[] {
  const drawn = bands.flatMap(({ tone, points }) =>
    splitRuns(points, ({ low, high }) => low !== null && high !== null).map((run): Shape => {
      const upper = run.map(([, { at, high }]) => [x(at), y(high ?? 0)] as const);
      const lower = run.map(([, { at, low }]) => [x(at), y(low ?? 0)] as const);
      const [only] = run.length === 1 ? run : [];
      // A lone point has no area: its interval is a whisker.
      return only
        ? {
            kind: "path",
            d: lineBetween(x(only[1].at), y(only[1].low ?? 0), x(only[1].at), y(only[1].high ?? 0)),
            tone,
            width: 3,
          }
        : { kind: "area", d: bandBetween(upper, lower), tone };
    }),
  );
  if (!zone) return drawn;
  const box = rectangle(left, y(zone.high), right - left, y(zone.low) - y(zone.high));
  return [{ kind: "area", d: box, tone: "zone" }, ...drawn];
}

function drawLines({ lines, format }: Plot, { x, y }: Frame): Shape[] {
  return lines.flatMap(({ tone, dash, dots = false, points, tip }): Shape[] => {
    const runs = splitRuns(points, ({ value }) => value !== null);
    const drawn = runs
      .filter((run) => run.length > 1)
      .map((run): Shape => {
        const d = pathThrough(run.map(([, { at, value }]) => [x(at), y(value ?? 0)] as const));
        return { kind: "path", d, tone, width: 2, ...(dash ? { dash } : {}) };
      });
    const lone = runs.length > 0 && points.length <= MOST_DOTS && dots;
    const marks = runs.flat().map(([index, { at, value }]): Shape => {
      return { kind: "dot", x: x(at), y: y(value ?? 0), r: 3, tone, tip: tip?.(index) ?? format(value ?? 0) };
    });
    return lone ? [...drawn, ...marks] : drawn;
  });
}

function drawWhiskers({ whiskers }: Plot, { x, y }: Frame): Shape[] {
  return whiskers.flatMap(({ at, value, low, high, tone, hollow, tip }): Shape[] => [
    { kind: "path", d: lineBetween(x(at), y(low), x(at), y(high)), tone, width: 2 },
    ...[low, high].map((end): Shape => {
      return { kind: "path", d: lineBetween(x(at) - 4, y(end), x(at) + 4, y(end)), tone, width: 2 };
    }),
    { kind: "dot", x: x(at), y: y(value), r: 4.5, tone, hollow, tip },
  ]);
}

function drawMarks({ marks }: Plot, { left, right, top, bottom, x }: Frame): Shape[] {
  return marks.flatMap(({ at, label }): Shape[] => {
    const place = x(at);
    const before = place - left > right - place;
    const room = (before ? place - left : right - place) - 8;
    const words = fitText(label, room, SIZE);
    return [
      { kind: "path", d: lineBetween(place, top - 12, place, bottom), tone: "text", width: 1.25, dash: "2 3" },
      {
        ...{ kind: "text", tone: "text", size: SIZE, text: words, anchor: before ? "end" : "start" },
        ...{ x: place + (before ? -6 : 6), y: top - 4 },
      },
    ];
  });
}

/** The picture without title, sentence and key. */
export function layoutPlot(plot: Plot, width: number, height: number): { height: number; shapes: readonly Shape[] } {
  const frame = frameOf(plot, width, height);
  const shapes = [
    ...drawBands(plot, frame),
    ...drawAxes(plot, frame),
    ...drawMarks(plot, frame),
    ...drawWhiskers(plot, frame),
    ...drawLines(plot, frame),
  ];
  return { height, shapes };
}

/** The mark of a key entry in a box of 22 × 12 px. */
export function keyMark({ kind, tone }: PlotKey): Shape[] {
  if (kind === "zone" || kind === "band") return [{ kind: "area", d: rectangle(0, 0, 22, 12), tone }];
  if (kind === "dot" || kind === "ring") return [{ kind: "dot", x: 11, y: 6, r: 4.5, tone, hollow: kind === "ring" }];
  return [{ kind: "path", d: lineBetween(0, 6, 22, 6), tone, width: 2, ...(kind === "dashes" ? { dash: "6 4" } : {}) }];
}
