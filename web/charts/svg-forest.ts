/**
 * Effects with their intervals, one below the other around zero, as SVG text: adjusted as a filled mark, crude as a ring.
 * The one on screen is pages/diagnose/views/forest.tsx; what an effect means is said by the page.
 */
import { fitText, INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";
import { fitScale, type Scale } from "./trend.ts";

export type ForestTone = "good" | "bad" | "plain";

export interface ForestRow {
  readonly key: string;
  readonly label: string;
  /** Under the label, in small print. */
  readonly detail?: string;
  /** null: too few data; `words` says why. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The plain difference, beside the adjusted one; null: none is drawn. */
  readonly crude: number | null;
  readonly tone: ForestTone;
  /** Beside the mark: the numbers in words. */
  readonly words: string;
}

export interface Forest {
  readonly title: string;
  /** One line under the title: what is compared with what. */
  readonly under: string;
  readonly rows: readonly ForestRow[];
  readonly format: (value: number) => string;
}

const WIDTH = 1040;
const LEFT = 280;
const RIGHT = 360;
const ROW = 36;
const TOP = 84;
const COLORS: Readonly<Record<ForestTone, string>> = { good: "#0b7285", bad: "#c2410c", plain: "#5c6773" };

/** The scale of a forest: zero, every effect, interval and crude difference are inside. */
export function forestScale(rows: readonly Pick<ForestRow, "value" | "low" | "high" | "crude">[]): Scale {
  return fitScale(
    rows.flatMap(({ value, low, high, crude }) => [value ?? [], low ?? [], high ?? [], crude ?? []].flat()),
    true,
  );
}

type Place = (value: number) => number;

/** Interval as a line with ends, effect as a square, crude as a ring: shapes differ, so nothing hangs on colour. */
function drawMarks(row: ForestRow, middle: number, x: Place): string[] {
  const { value, low, high, crude, tone } = row;
  if (value === null) return [];
  const color = COLORS[tone];
  const line =
    low === null || high === null
      ? []
      : [
          `<path d="M${round(x(low))} ${middle}H${round(x(high))}M${round(x(low))} ${middle - 5}v10M${round(x(high))} ${middle - 5}v10" stroke="${color}" stroke-width="2" fill="none"/>`,
        ];
  const ring =
    crude === null
      ? []
      : [
          `<circle cx="${round(x(crude))}" cy="${middle}" r="4.5" fill="${INK.background}" stroke="${INK.quiet}" stroke-width="1.5"/>`,
        ];
  const mark = `<rect x="${round(x(value) - 5)}" y="${middle - 5}" width="10" height="10" fill="${color}"/>`;
  return [...line, ...ring, mark];
}

function drawRow(row: ForestRow, top: number, x: Place): string[] {
  const middle = top + ROW / 2;
  const two = row.detail !== undefined && row.detail !== "";
  return [
    svgText(16, middle + (two ? -2 : 4), fitText(row.label, LEFT - 32, 12), { weight: 600 }),
    ...(two ? [svgText(16, middle + 12, fitText(row.detail ?? "", LEFT - 32, 11), { size: 11, fill: INK.quiet })] : []),
    ...drawMarks(row, middle, x),
    svgText(WIDTH - RIGHT + 20, middle + 4, fitText(row.words, RIGHT - 36, 11), { size: 11 }),
  ];
}

function drawKey(rows: readonly ForestRow[]): string[] {
  const crude = rows.some((row) => row.crude !== null);
  const parts = [
    {
      text: "adjusted, with its interval",
      mark: (at: number) => `<rect x="${round(at)}" y="60" width="9" height="9" fill="${INK.quiet}"/>`,
    },
    ...(crude
      ? [
          {
            text: "crude: the plain difference",
            mark: (at: number) =>
              `<circle cx="${round(at + 4.5)}" cy="64.5" r="4.5" fill="${INK.background}" stroke="${INK.quiet}" stroke-width="1.5"/>`,
          },
        ]
      : []),
  ];
  let at = 16;
  return parts.flatMap(({ text, mark }) => {
    const drawn = [mark(at), svgText(at + 16, 68, text, { size: 11, fill: INK.quiet })];
    at += textWidth(text, 11) + 40;
    return drawn;
  });
}

/** The forest as one SVG document of 1,040 px. */
export function drawForest({ title, under, rows, format }: Forest): string {
  const scale = forestScale(rows);
  const x: Place = (value) => LEFT + ((value - scale.low) / (scale.high - scale.low)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  const grid = scale.ticks.flatMap((tick) => [
    `<line x1="${round(x(tick))}" y1="${TOP}" x2="${round(x(tick))}" y2="${bottom}" stroke="${tick === 0 ? INK.quiet : INK.line}"/>`,
    svgText(x(tick), bottom + 18, format(tick), { size: 11, fill: INK.quiet, anchor: "middle" }),
  ]);
  return svgDocument(WIDTH, bottom + 36, title, [
    svgText(16, 26, fitText(title, WIDTH - 40, 15), { size: 15, weight: 600 }),
    svgText(16, 46, fitText(under, WIDTH - 40, 12), { fill: INK.quiet }),
    ...drawKey(rows),
    ...grid,
    ...rows.flatMap((row, index) => drawRow(row, TOP + index * ROW, x)),
  ]);
}
