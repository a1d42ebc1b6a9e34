/**
 * The burn-down of a timebox as a plot: what is left of Must, Should and Could day by day, the ideal line, and the forecast.
 * The numbers come from the report; how a plot is drawn on the page is plot.ts, on paper svg-plot.ts.
 */
import type { Plot, PlotKey } from "./plot.ts";
import { drawPlot } from "./svg-plot.ts";
import { fitScale } from "./trend.ts";

export interface BurnDay {
  /** "3 Jun". */
  readonly label: string;
  /** What would be left at the end of the day at an even pace. */
  readonly ideal: number;
  /** null: nothing is known of that day. */
  readonly must: number | null;
  readonly should: number | null;
  readonly could: number | null;
}

export interface BurnDownPicture {
  readonly title: string;
  /** The picture in one sentence. */
  readonly sentence: string;
  /** "days", "points". */
  readonly unit: string;
  /** From the first day to the last. */
  readonly days: readonly BurnDay[];
  /** Index of today; null when it is not one of the days. */
  readonly today: number | null;
  /** What will be left on the last day. */
  readonly forecast: { readonly low: number; readonly middle: number; readonly high: number } | null;
  readonly format: (value: number) => string;
}

type Part = "must" | "should" | "could";

/** Each stands on those before it. Tones differ, and so do dashes. */
const PARTS: readonly {
  readonly part: Part;
  readonly name: string;
  readonly tone: PlotKey["tone"];
  readonly dash?: string;
}[] = [
  { part: "must", name: "Must", tone: "series" },
  { part: "should", name: "Should", tone: "expected", dash: "9 3" },
  { part: "could", name: "Could", tone: "zone", dash: "3 3" },
];

/** Sum of the parts up to this one; null where the day is not known. */
function stack(day: BurnDay, part: Part): number | null {
  const parts = PARTS.slice(0, PARTS.findIndex((one) => one.part === part) + 1);
  return day[part] === null ? null : parts.reduce((sum, one) => sum + (day[one.part] ?? 0), 0);
}

function stackBands(days: readonly BurnDay[]): Plot["bands"] {
  return PARTS.map(({ part, tone }) => ({
    tone,
    points: days.map((day, at) => {
      const high = stack(day, part);
      return { at, high, low: high === null ? null : high - (day[part] ?? 0) };
    }),
  }));
}

function stackLines({ days, format, unit }: BurnDownPicture): Plot["lines"] {
  return PARTS.map(({ part, name, tone, dash }, place) => ({
    tone,
    ...(dash === undefined ? {} : { dash }),
    dots: true,
    points: days.map((day, at) => ({ at, value: stack(day, part) })),
    tip: (index: number) => {
      const day = days[index];
      const below = PARTS.slice(0, place + 1).map((one) => one.name);
      const said = `${name} ${format(day?.[part] ?? 0)} ${unit} left`;
      return place === 0
        ? `${day?.label}: ${said}`
        : `${day?.label}: ${said}, ${below.join(" + ")} ${format(day ? (stack(day, part) ?? 0) : 0)}`;
    },
  }));
}

/** From what is left now to what will be left on the last day. */
function fanOut({ days, forecast }: BurnDownPicture) {
  const from = days.findLastIndex(({ must }) => must !== null);
  const last = days.length - 1;
  const day = days[from];
  if (!forecast || !day || from >= last) return undefined;
  const now = stack(day, "could") ?? 0;
  return {
    band: [
      { at: from, low: now, high: now },
      { at: last, low: forecast.low, high: forecast.high },
    ],
    line: [
      { at: from, value: now },
      { at: last, value: forecast.middle },
    ],
  };
}

function burnKey(known: boolean, foreseen: boolean): PlotKey[] {
  return [
    ...(known ? PARTS.map(({ name, tone }): PlotKey => ({ kind: "band", tone, text: `${name}, left to do` })) : []),
    { kind: "dashes", tone: "quiet", text: "ideal line" },
    ...(foreseen ? [{ kind: "dashes", tone: "text", text: "forecast, with its 80 % range" } as const] : []),
  ];
}

export function burnDownPlot(picture: BurnDownPicture): Plot {
  const { title, sentence, unit, days, today, forecast, format } = picture;
  const fan = fanOut(picture);
  const known = days.some(({ must }) => must !== null);
  const tops = days.flatMap((day) => [day.ideal, stack(day, "could") ?? 0]);
  return {
    ...{ title, sentence, format },
    across: {
      ...{ low: 0, high: Math.max(days.length - 1, 1), title: "" },
      ticks: days.map(({ label }, at) => ({ at, label })),
    },
    upwards: `effort left, ${unit}`,
    scale: fitScale([...tops, ...(fan && forecast ? [forecast.high] : [])], true),
    rules: [0],
    marks: today === null ? [] : [{ at: today, label: "today" }],
    bands: [...stackBands(days), ...(fan ? [{ tone: "text", points: fan.band } as const] : [])],
    lines: [
      { tone: "quiet", dash: "7 5", points: days.map(({ ideal }, at) => ({ at, value: ideal })) },
      ...stackLines(picture),
      ...(fan ? [{ tone: "text", dash: "2 4", points: fan.line } as const] : []),
    ],
    whiskers: [],
    key: burnKey(known, fan !== undefined),
  };
}

/** The burn-down as one SVG document. */
export function drawBurnDown(picture: BurnDownPicture): string {
  return drawPlot(burnDownPlot(picture));
}
