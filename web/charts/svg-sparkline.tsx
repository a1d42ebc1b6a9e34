/**
 * A trend in the size of a word: the line, its band, and a dot where it stands now; the words beside it say the same.
 * It has no axes: the whole chart is one click away.
 */
import { splitLine, splitRuns, type TrendPoint } from "./trend.ts";

export interface SparklineShape {
  /** Path of the line over complete buckets. */
  readonly line: string;
  /** Path of the line to a bucket not yet complete, dashed; "" without one. */
  readonly open: string;
  readonly band: string;
  /** Where the last complete bucket stands. */
  readonly dot: readonly [number, number] | undefined;
}

const PAD = 3;

function write(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** The values, and half of their own span more on each side where intervals reach: what is but noise looks like it. */
function boxOf(points: readonly TrendPoint[], values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least) / 2;
  const ends = points.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]));
  const inside = ends.map((end) => Math.min(Math.max(end, least - room), most + room));
  return [Math.min(least, ...inside), Math.max(most, ...inside)];
}

/** The paths of a sparkline in a box of this size; the band is cut where it leaves the box. */
export function shapeSparkline(points: readonly TrendPoint[], width: number, height: number): SparklineShape {
  const values = points.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return { line: "", open: "", band: "", dot: undefined };
  const [least, most] = boxOf(points, values);
  const span = most - least || 1;
  const step = (width - 2 * PAD) / Math.max(1, points.length - 1);
  const x = (index: number): number => PAD + index * step;
  const y = (value: number): number => {
    const share = most === least ? 0.5 : (value - least) / span;
    return Math.min(Math.max(height - PAD - share * (height - 2 * PAD), 0), height);
  };
  const at = ([index, { value }]: readonly [number, TrendPoint]) => [x(index), y(value ?? 0)] as const;
  const { whole, open } = splitLine(points);
  const banded = splitRuns(points, ({ low, high }) => low !== null && high !== null);
  const band = banded.map((run) => {
    const upper = run.map(([index, { high }]) => [x(index), y(high ?? 0)] as const);
    const lower = run.map(([index, { low }]) => [x(index), y(low ?? 0)] as const);
    return `${write([...upper, ...lower.reverse()])}Z`;
  });
  const last = whole.at(-1)?.at(-1);
  return {
    line: whole.map((run) => write(run.map(at))).join(""),
    open: open.map((pair) => write(pair.map(at))).join(""),
    band: band.join(""),
    dot: last === undefined ? undefined : at(last),
  };
}

interface SparklineProps {
  readonly points: readonly TrendPoint[];
  /** The trend in words; read instead of the drawing. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ points, label, width = 140, height = 36 }: SparklineProps) {
  const { line, open, band, dot } = shapeSparkline(points, width, height);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
    >
      <path d={band} fill="var(--mantine-color-anchor)" fillOpacity={0.14} />
      <g fill="none" stroke="var(--mantine-color-anchor)" strokeWidth={1.75} strokeLinejoin="round">
        <path d={line} vectorEffect="non-scaling-stroke" />
        <path d={open} strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
      </g>
      {dot && <circle cx={dot[0]} cy={dot[1]} r={2.5} fill="var(--mantine-color-anchor)" />}
    </svg>
  );
}
