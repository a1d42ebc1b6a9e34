/**
 * A KPI over time as an ECharts option: the line, its interval as a band, target and baseline, annotations as marks.
 * Only this drawing depends on ECharts; what leaves the page as SVG is svg-trend.ts.
 */
import { seriesColor } from "../theme.ts";
import type { ChartOption } from "./echart.tsx";
import { textWidth } from "./svg-text.ts";
import { splitRuns, spreadLines, type Trend, type TrendPoint, trendScale } from "./trend.ts";

type Cell = number | null;

/** One value a bucket, null elsewhere, so that lines break where data are missing. */
function cells(points: readonly TrendPoint[], pick: (point: TrendPoint, index: number) => Cell): Cell[] {
  return points.map(pick);
}

/** An incomplete bucket and its neighbours: the dashed line goes from one to the other, below the whole one. */
function opens(points: readonly TrendPoint[], index: number): boolean {
  return [index - 1, index, index + 1].some(
    (place) => points[place]?.complete === false && points[place]?.value !== null,
  );
}

/** What the tooltip says of one bucket. */
export function describePoint(point: TrendPoint, format: (value: number) => string, marks: readonly string[]): string {
  const value =
    point.value === null
      ? (point.note ?? "Not enough data.")
      : `${format(point.value)}${point.low === null || point.high === null ? "" : `\n95 %: ${format(point.low)} to ${format(point.high)}`}\nn = ${point.n.toLocaleString("en-GB")}`;
  return [
    point.label,
    value,
    ...(point.complete ? [] : ["not yet complete"]),
    ...marks.map((text) => `✎ ${text}`),
  ].join("\n");
}

/** Bands as two stacked areas a run; one without width is left to the tooltip. */
function bandSeries(trend: Trend, floor: number, ceiling: number, color: string): object[] {
  const cut = (value: number): number => Math.min(Math.max(value, floor), ceiling);
  const common = {
    type: "line",
    stack: "band",
    stackStrategy: "all",
    symbol: "none",
    silent: true,
    lineStyle: { opacity: 0 },
  };
  const has = ({ low, high }: TrendPoint): boolean => low !== null && high !== null;
  if (splitRuns(trend.points, has).length === 0) return [];
  return [
    { ...common, data: cells(trend.points, ({ low, high }) => (low === null || high === null ? null : cut(low))) },
    {
      ...common,
      data: cells(trend.points, ({ low, high }) => (low === null || high === null ? null : cut(high) - cut(low))),
      areaStyle: { color, opacity: 0.18 },
    },
  ];
}

/** Height of what is drawn inside the axes at the usual size, for labels that would meet. */
const DRAWN_HEIGHT = 280;

function lineMarks(trend: Trend): object[] {
  const { lines, marks, format, points } = trend;
  const offsets = spreadLines(lines, trendScale(trend), DRAWN_HEIGHT);
  const goals = lines.map(({ title, value }, i) => ({
    yAxis: value,
    name: title,
    lineStyle: { type: i === 0 ? [8, 4] : [2, 4], width: 1.5 },
    // Beside the drawing: inside it the line itself would run through the words.
    label: {
      formatter: `${title} ${format(value)}`,
      position: "end",
      align: "left",
      offset: [0, offsets[i] ?? 0],
    },
  }));
  const days = marks.map(({ index, text }) => ({
    xAxis: points[index]?.label ?? "",
    name: text,
    lineStyle: { type: "dotted" },
    label: { formatter: text, position: "insideEndTop", overflow: "truncate", width: 150 },
  }));
  return [...goals, ...days];
}

function lineSeries(trend: Trend, color: string, quiet: string): object[] {
  const dots = trend.points.length <= 80;
  const common = { type: "line", symbol: "circle", symbolSize: 6, showSymbol: dots, itemStyle: { color }, z: 3 };
  const markLine = {
    symbol: "none",
    // Two digits, the default, would draw a target of 9.5 % at 10 %.
    precision: 12,
    silent: true,
    lineStyle: { color: quiet },
    label: { color: quiet },
    data: lineMarks(trend),
  };
  return [
    {
      ...common,
      lineStyle: { color, width: 2 },
      data: cells(trend.points, ({ value, complete }) => (complete ? value : null)),
      markLine,
    },
    {
      ...common,
      symbol: "emptyCircle",
      z: 2,
      lineStyle: { color, width: 2, type: "dashed" },
      data: cells(trend.points, ({ value }, index) => (opens(trend.points, index) ? value : null)),
      tooltip: { show: false },
    },
  ];
}

/** The option; `dark` picks ink that is read on a dark page. */
export function trendOption(trend: Trend, dark: boolean): ChartOption {
  const scale = trendScale(trend);
  const [color, quiet, grid] = dark ? ["#54aec3", "#a9b1b8", "#373d43"] : [seriesColor(0), "#5a636b", "#e3e7ea"];
  const words = trend.lines.map((line) => textWidth(`${line.title} ${trend.format(line.value)}`, 12));
  const axis = { axisLabel: { color: quiet }, axisLine: { lineStyle: { color: grid } }, axisTick: { show: false } };
  return {
    grid: { left: 8, right: 16 + Math.max(0, ...words), top: 24, bottom: 8, containLabel: true },
    xAxis: { ...axis, type: "category", data: trend.points.map(({ label }) => label), boundaryGap: true },
    yAxis: {
      ...axis,
      type: "value",
      min: scale.low,
      max: scale.high,
      interval: (scale.ticks[1] ?? 1) - (scale.ticks[0] ?? 0),
      axisLabel: { color: quiet, formatter: (value: number) => trend.format(Number(value.toPrecision(12))) },
      splitLine: { lineStyle: { color: grid } },
    },
    tooltip: {
      trigger: "axis",
      formatter: (items: readonly { readonly dataIndex: number }[]) => {
        const index = items[0]?.dataIndex ?? 0;
        const point = trend.points[index];
        const texts = trend.marks.filter((mark) => mark.index === index).map(({ text }) => text);
        return point ? describePoint(point, trend.format, texts) : "";
      },
    },
    series: [...bandSeries(trend, scale.low, scale.high, color), ...lineSeries(trend, color, quiet)],
  };
}
