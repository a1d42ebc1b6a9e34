/**
 * A KPI over time as SVG text, to take away: the line, its interval as a band, target and baseline, annotations as marks.
 * The interactive one on screen is trend-option.ts.
 */
import { fitText, INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";
import {
  type Scale,
  splitLine,
  splitRuns,
  spreadLabels,
  spreadLines,
  type Trend,
  type TrendPoint,
  trendScale,
} from "./trend.ts";

const WIDTH = 960;
const TOP = 64;
const HEIGHT = 280;
const RIGHT = 24;

interface Place {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
}

function placeOf(trend: Trend, scale: Scale): Place {
  const left = 24 + Math.max(...scale.ticks.map((tick) => textWidth(trend.format(tick), 12)));
  const words = trend.lines.map(({ title, value }) => textWidth(`${title} ${trend.format(value)}`, 11));
  const right = WIDTH - RIGHT - Math.max(0, ...words);
  const step = (right - left) / Math.max(1, trend.points.length);
  const span = scale.high - scale.low;
  return {
    left,
    right,
    x: (index) => left + (index + 0.5) * step,
    // An interval may run out of the axis: it is cut at its edge.
    y: (value) => TOP + HEIGHT * (1 - (Math.min(Math.max(value, scale.low), scale.high) - scale.low) / span),
  };
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string, extra = ""): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}"${extra}/>`;
}

function drawAxes(trend: Trend, scale: Scale, { left, right, x, y }: Place): string[] {
  const labels = spreadLabels(trend.points.length, 10);
  return [
    ...scale.ticks.flatMap((tick) => [
      line(left, y(tick), right, y(tick), INK.line),
      svgText(left - 8, y(tick) + 4, trend.format(tick), { fill: INK.quiet, anchor: "end" }),
    ]),
    ...labels.map((index) =>
      svgText(x(index), TOP + HEIGHT + 20, trend.points[index]?.label ?? "", {
        fill: INK.quiet,
        anchor: "middle",
        size: 11,
      }),
    ),
  ];
}

function drawBand(trend: Trend, { x, y }: Place): string[] {
  const runs = splitRuns(trend.points, ({ low, high }) => low !== null && high !== null);
  return runs.map((run) => {
    const upper = run.map(([index, point]) => [x(index), y(point.high ?? 0)] as const);
    const lower = run.map(([index, point]) => [x(index), y(point.low ?? 0)] as const);
    // A lone point has no area: its interval is drawn as a whisker.
    const [only] = run;
    if (run.length === 1 && only) {
      const [index, point] = only;
      return line(
        x(index),
        y(point.low ?? 0),
        x(index),
        y(point.high ?? 0),
        INK.series,
        ` stroke-width="6" stroke-opacity="0.18"`,
      );
    }
    return `<path d="${path([...upper, ...lower.reverse()])}Z" fill="${INK.series}" fill-opacity="0.14"/>`;
  });
}

function drawLine({ points }: Trend, { x, y }: Place): string[] {
  const at = ([index, point]: readonly [number, TrendPoint]) => [x(index), y(point.value ?? 0)] as const;
  const { whole, open } = splitLine(points);
  const stroke = `fill="none" stroke="${INK.series}" stroke-width="2"`;
  const dots = points.flatMap((point, index) => {
    if (point.value === null) return [];
    const [cx, cy] = at([index, point]);
    return [
      `<circle cx="${round(cx)}" cy="${round(cy)}" r="3" fill="${point.complete ? INK.series : INK.background}" stroke="${INK.series}"/>`,
    ];
  });
  return [
    ...whole.filter((run) => run.length > 1).map((run) => `<path d="${path(run.map(at))}" ${stroke}/>`),
    ...open.map((pair) => `<path d="${path(pair.map(at))}" ${stroke} stroke-dasharray="5 4"/>`),
    // A lone point would not be seen as a line.
    ...(points.length <= 80 ? dots : []),
  ];
}

function drawLines(trend: Trend, scale: Scale, { left, right, y }: Place): string[] {
  const offsets = spreadLines(trend.lines, scale, HEIGHT);
  return trend.lines.flatMap(({ title, value }, i) => [
    line(
      left,
      y(value),
      right,
      y(value),
      INK.quiet,
      ` stroke-width="1.5" stroke-dasharray="${i === 0 ? "8 4" : "2 4"}"`,
    ),
    svgText(right + 6, y(value) + 4 + (offsets[i] ?? 0), `${title} ${trend.format(value)}`, { size: 11 }),
  ]);
}

function drawMarks(trend: Trend, { x, right }: Place): string[] {
  return trend.marks.flatMap(({ index, text }, i) => {
    const side = x(index) > right - 140 ? "end" : "start";
    const from = x(index) + (side === "end" ? -5 : 5);
    return [
      line(x(index), TOP - 4, x(index), TOP + HEIGHT, INK.quiet, ` stroke-dasharray="1 3"`),
      svgText(from, TOP - 2 + (i % 3) * 14, fitText(text, 180, 11), { size: 11, fill: INK.quiet, anchor: side }),
    ];
  });
}

/** The trend as one SVG document of 960 px; a broken line is missing data, a dashed one a bucket not yet complete. */
export function drawTrend(trend: Trend): string {
  const scale = trendScale(trend);
  const place = placeOf(trend, scale);
  const open = trend.points.some(({ value, complete }) => value !== null && !complete);
  const banded = trend.points.some(({ low }) => low !== null);
  const key = [banded ? "band: 95 % interval" : "", open ? "dashed: not yet complete" : ""].filter(
    (words) => words !== "",
  );
  return svgDocument(WIDTH, TOP + HEIGHT + 40, trend.title, [
    svgText(16, 26, fitText(trend.title, WIDTH - 300, 15), { size: 15, weight: 600 }),
    svgText(WIDTH - RIGHT, 26, key.join(" · "), { size: 11, fill: INK.quiet, anchor: "end" }),
    ...drawAxes(trend, scale, place),
    ...drawBand(trend, place),
    ...drawLines(trend, scale, place),
    ...drawLine(trend, place),
    ...drawMarks(trend, place),
  ]);
}
