/**
 * One KPI by group as SVG text, to take away: a bar a group with its interval as a whisker, its value and its n.
 * Groups with too little data have their reason instead of a bar; the one on screen is pages/measure/breakdown-bars.tsx.
 */
import { fitText, INK, round, svgDocument, svgText } from "./svg-text.ts";
import { fitScale, type Scale } from "./trend.ts";

export interface BreakdownRow {
  readonly label: string;
  /** null: too few data; `note` says why. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly note?: string;
}

export interface Breakdown {
  readonly title: string;
  readonly rows: readonly BreakdownRow[];
  readonly format: (value: number) => string;
}

const WIDTH = 960;
const LEFT = 220;
const RIGHT = 290;
const ROW = 28;
const TOP = 52;

/** The scale of the bars: from 0, or from below it when a value is negative; intervals are inside. */
export function breakdownScale(rows: readonly BreakdownRow[]): Scale {
  return fitScale(
    rows.flatMap(({ value, low, high }) => [value ?? [], low ?? [], high ?? []].flat()),
    true,
  );
}

function drawRow(
  row: BreakdownRow,
  top: number,
  x: (value: number) => number,
  format: (value: number) => string,
): string[] {
  const middle = top + ROW / 2;
  const name = svgText(LEFT - 10, middle + 4, fitText(row.label, LEFT - 26, 12), { anchor: "end" });
  if (row.value === null) {
    const reason = fitText(row.note ?? "not enough data", WIDTH - LEFT - 20, 11);
    return [name, svgText(LEFT, middle + 4, reason, { size: 11, fill: INK.quiet })];
  }
  const [from, to] = [Math.min(x(0), x(row.value)), Math.max(x(0), x(row.value))];
  const whisker =
    row.low === null || row.high === null
      ? []
      : [
          `<path d="M${round(x(row.low))} ${middle}H${round(x(row.high))}M${round(x(row.low))} ${middle - 4}v8M${round(x(row.high))} ${middle - 4}v8" stroke="${INK.text}" fill="none"/>`,
        ];
  const interval = row.low === null || row.high === null ? "" : ` (${format(row.low)} to ${format(row.high)})`;
  // A count is its own n; a mean may equal it by chance, but has an interval.
  const basis = row.n === row.value && row.low === null ? "" : `, n = ${row.n.toLocaleString("en-GB")}`;
  const words = `${format(row.value)}${interval}${basis}`;
  return [
    name,
    `<rect x="${round(from)}" y="${top + 6}" width="${round(to - from)}" height="${ROW - 12}" fill="${INK.series}" fill-opacity="0.55"/>`,
    ...whisker,
    svgText(WIDTH - RIGHT + 16, middle + 4, words, { size: 11 }),
  ];
}

/** The breakdown as one SVG document of 960 px. */
export function drawBreakdown({ title, rows, format }: Breakdown): string {
  const scale = breakdownScale(rows);
  const x = (value: number): number => LEFT + ((value - scale.low) / (scale.high - scale.low)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  return svgDocument(WIDTH, bottom + 36, title, [
    svgText(16, 26, fitText(title, WIDTH - 40, 15), { size: 15, weight: 600 }),
    ...scale.ticks.flatMap((tick) => [
      `<line x1="${round(x(tick))}" y1="${TOP}" x2="${round(x(tick))}" y2="${bottom}" stroke="${INK.line}"/>`,
      svgText(x(tick), bottom + 18, format(tick), { size: 11, fill: INK.quiet, anchor: "middle" }),
    ]),
    ...rows.flatMap((row, index) => drawRow(row, TOP + index * ROW, x, format)),
  ]);
}
