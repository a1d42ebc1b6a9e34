/**
 * A KPI over time as every drawing of it takes it: points with intervals, lines to aim at, days to remember; and a scale that fits them.
 * It draws nothing and knows no KPI: trend-option.ts draws on screen, svg-trend.ts on paper, svg-sparkline.tsx small.
 */

export interface TrendPoint {
  /** Start of the bucket as the axis shows it: "6 Jan 2025". */
  readonly label: string;
  /** null: too few data; `note` says why. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** False for a bucket that the data do not yet fill. */
  readonly complete: boolean;
  readonly note?: string;
}

export interface TrendLine {
  readonly title: string;
  readonly value: number;
}

export interface TrendMark {
  /** Place on the axis: index of the bucket that holds the day. */
  readonly index: number;
  readonly text: string;
}

export interface Trend {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  /** Target and baseline. */
  readonly lines: readonly TrendLine[];
  /** Annotations. */
  readonly marks: readonly TrendMark[];
  /** A value in words: "19.5 %". */
  readonly format: (value: number) => string;
  /** Whether the axis has to begin at 0: counts and sums do, scores and shares need not. */
  readonly fromZero: boolean;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** The round step (1, 2 or 5 × a power of ten) that cuts a span into about `parts`. */
function roundStep(span: number, parts: number): number {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((step) => rough <= step * power * 1.000_001) ?? 10;
  return factor * power;
}

/** A scale with round ticks that holds all values; 0 … 1 without any. */
export function fitScale(values: readonly number[], fromZero: boolean, parts = 4): Scale {
  const held = fromZero ? [...values, 0] : values;
  if (held.length === 0) return { low: 0, high: 1, ticks: [0, 0.5, 1] };
  const least = Math.min(...held);
  const most = Math.max(...held);
  const step = roundStep(most > least ? most - least : Math.abs(most) || 1, parts);
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil(most / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, ticks };
}

/**
 * The scale of a trend: values, target and baseline always inside; an interval inside as far as it does not stretch the
 * axis beyond three times the values' own span (one bucket with few data would flatten all the others).
 */
export function trendScale({ points, lines, fromZero }: Trend): Scale {
  const values = [...points.flatMap(({ value }) => value ?? []), ...lines.map(({ value }) => value)];
  if (values.length === 0) return fitScale([], fromZero);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most > least ? most - least : Math.abs(most) / 2 || 1;
  const ends = points.flatMap(({ low, high }) => [low ?? [], high ?? []].flat());
  const inside = ends.map((end) => Math.min(Math.max(end, least - room), most + room));
  return fitScale([...values, ...inside], fromZero);
}

/** Runs of neighbouring points that have what is wanted: where data are missing, a line is broken. */
export function splitRuns<Point>(
  points: readonly Point[],
  has: (point: Point) => boolean,
): (readonly [number, Point])[][] {
  const runs: (readonly [number, Point])[][] = [];
  let open: (readonly [number, Point])[] | undefined;
  for (const [index, point] of points.entries()) {
    if (!has(point)) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      runs.push(open);
    }
    open.push([index, point]);
  }
  return runs;
}

/**
 * The line of a trend in two parts: runs between complete buckets, and single segments to or from an incomplete one,
 * which are drawn dashed. A lone point is a run of one.
 */
export function splitLine(points: readonly TrendPoint[]): {
  readonly whole: (readonly [number, TrendPoint])[][];
  readonly open: (readonly (readonly [number, TrendPoint])[])[];
} {
  const open = splitRuns(points, ({ value }) => value !== null).flatMap((run) =>
    run.slice(1).flatMap((point, i) => {
      const before = run[i];
      return before && !(before[1].complete && point[1].complete) ? [[before, point]] : [];
    }),
  );
  return { whole: splitRuns(points, ({ value, complete }) => complete && value !== null), open };
}

/** The indices of at most `most` labels, evenly spread, the first always among them. */
export function spreadLabels(count: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}

/** Pixels that two labels need between them. */
const LABEL_GAP = 16;

/** How far the label of each line moves (px, down is positive) so that target and baseline can both be read. */
export function spreadLines(lines: readonly TrendLine[], { low, high }: Scale, height: number): readonly number[] {
  const [first, second] = lines;
  if (!first || !second) return lines.map(() => 0);
  const distance = ((first.value - second.value) / (high - low)) * height;
  const push = Math.max(0, (LABEL_GAP - Math.abs(distance)) / 2);
  return distance >= 0 ? [-push, push] : [push, -push];
}

/** The trend in a sentence or two, for a screen reader and as a caption. */
export function describeTrend({ points, format }: Trend): string {
  const known = points.filter(({ value, complete }) => value !== null && complete);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first.value === null || last.value === null)
    return "Not enough data for a trend.";
  if (first === last) return `${first.label}: ${format(first.value)}.`;
  const sorted = [...known].sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const [least, most] = [sorted[0] ?? first, sorted.at(-1) ?? last];
  const range = `lowest ${format(least.value ?? 0)} (${least.label}), highest ${format(most.value ?? 0)} (${most.label})`;
  return `${format(first.value)} (${first.label}) to ${format(last.value)} (${last.label}); ${range}.`;
}
