/**
 * Stretches of time one below the other on a common axis, as SVG text to take away: each with its name, its days and its numbers in words.
 * The one on screen is pages/diagnose/pain-points/span-list.tsx; what a stretch means is said by the page.
 */
import { fitText, INK, round, svgDocument, svgText } from "./svg-text.ts";

export interface SpanRow {
  readonly key: string;
  readonly label: string;
  /** Under the label, in small print. */
  readonly detail: string;
  /** Milliseconds since 1970; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Beside the bar: the numbers in words. */
  readonly words: string;
}

export interface SpanAxis {
  readonly from: number;
  readonly to: number;
  /** Names of months, or of years, where they begin. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface Spans {
  readonly title: string;
  readonly under: string;
  readonly axis: SpanAxis;
  readonly rows: readonly SpanRow[];
}

const WIDTH = 1040;
const LEFT = 300;
const RIGHT = 340;
const ROW = 38;
const TOP = 64;
const MOST_TICKS = 7;

const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/**
 * An axis from one day to another with at most seven ticks, each the first of a month.
 * @param from milliseconds since 1970, of a day in UTC
 */
export function spanAxis(from: number, to: number): SpanAxis {
  const first = new Date(from);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth() + (first.getUTCDate() > 1 ? 1 : 0);
  const last = new Date(to);
  const end = last.getUTCFullYear() * 12 + last.getUTCMonth();
  const every = [1, 2, 3, 6, 12, 24, 60].find((months) => (end - start) / months < MOST_TICKS) ?? 120;
  const months = Array.from(
    { length: Math.max(0, Math.floor((end - start) / every) + 1) },
    (_, i) => start + i * every,
  );
  const ticks = months.map((number) => {
    const at = Date.UTC(Math.floor(number / 12), number % 12);
    return { at, text: month.format(at) };
  });
  return { from, to: Math.max(to, from + 1), ticks: ticks.filter(({ at }) => at >= from && at < to) };
}

/** Where a moment stands on the axis, 0 … 1; what lies outside stands at its end. */
export function placeOn({ from, to }: Pick<SpanAxis, "from" | "to">, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The stretches as one SVG document of 1,040 px. */
export function drawSpans({ title, under, axis, rows }: Spans): string {
  const x = (at: number) => LEFT + placeOn(axis, at) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  return svgDocument(WIDTH, bottom + 36, title, [
    svgText(16, 26, fitText(title, WIDTH - 40, 15), { size: 15, weight: 600 }),
    svgText(16, 46, fitText(under, WIDTH - 40, 12), { fill: INK.quiet }),
    ...axis.ticks.flatMap(({ at, text }) => [
      `<line x1="${round(x(at))}" y1="${TOP}" x2="${round(x(at))}" y2="${bottom}" stroke="${INK.line}"/>`,
      svgText(x(at), bottom + 18, text, { size: 11, fill: INK.quiet, anchor: "middle" }),
    ]),
    ...rows.flatMap(({ label, detail, from, to, words }, index) => {
      const middle = TOP + index * ROW + ROW / 2;
      return [
        svgText(16, middle - 2, fitText(label, LEFT - 32, 12), { weight: 600 }),
        svgText(16, middle + 12, fitText(detail, LEFT - 32, 11), { size: 11, fill: INK.quiet }),
        `<rect x="${round(x(from))}" y="${middle - 8}" width="${round(Math.max(3, x(to) - x(from)))}" height="16" rx="2" fill="#c2410c"/>`,
        svgText(WIDTH - RIGHT + 16, middle + 4, fitText(words, RIGHT - 30, 11), { size: 11 }),
      ];
    }),
  ]);
}
