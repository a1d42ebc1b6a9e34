/**
 * Points, curves and arrow heads of drawn edges, as SVG path data. Everything is computed for a graph that runs to the
 * right and turned for one that runs downwards.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  /** x and y are the upper left corner. */
  readonly width: number;
  readonly height: number;
}

/** A curve through points: between two of them the tangents lie along the main axis. */
export interface Curve {
  readonly start: Point;
  readonly parts: readonly { readonly a: Point; readonly b: Point; readonly end: Point }[];
}

export function turn({ x, y }: Point): Point {
  return { x: y, y: x };
}

export function turnCurve({ start, parts }: Curve): Curve {
  return { start: turn(start), parts: parts.map(({ a, b, end }) => ({ a: turn(a), b: turn(b), end: turn(end) })) };
}

/** Through all points, running along x at each of them. */
export function curveThrough(points: readonly Point[]): Curve {
  const [start = { x: 0, y: 0 }, ...rest] = points;
  let from = start;
  const parts = rest.map((end) => {
    const half = (end.x - from.x) / 2;
    const part = { a: { x: from.x + half, y: from.y }, b: { x: end.x - half, y: end.y }, end };
    from = end;
    return part;
  });
  return { start, parts };
}

const digits = (value: number) => String(Math.round(value * 10) / 10);
const write = ({ x, y }: Point) => `${digits(x)} ${digits(y)}`;

export function curvePath({ start, parts }: Curve): string {
  return `M${write(start)}${parts.map(({ a, b, end }) => `C${write(a)} ${write(b)} ${write(end)}`).join("")}`;
}

/** The point in the middle of the curve's middle part. */
export function curveMiddle({ start, parts }: Curve): Point {
  const index = Math.floor(parts.length / 2);
  const part = parts[index];
  if (!part) return start;
  if (parts.length % 2 === 0) return parts[index - 1]?.end ?? start;
  const from = parts[index - 1]?.end ?? start;
  const mid = (axis: "x" | "y") => (from[axis] + 3 * part.a[axis] + 3 * part.b[axis] + part.end[axis]) / 8;
  return { x: mid("x"), y: mid("y") };
}

/** Shortens the end of a curve, so that an arrow head has room. */
export function shorten({ start, parts }: Curve, by: number): Curve {
  const last = parts.at(-1);
  if (!last) return { start, parts };
  const direction = unit(last.b, last.end);
  const end = { x: last.end.x - direction.x * by, y: last.end.y - direction.y * by };
  return { start, parts: [...parts.slice(0, -1), { ...last, end }] };
}

function unit(from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  return { x: dx / length, y: dy / length };
}

/** A triangle whose tip is the end of the curve. */
export function arrowHead({ start, parts }: Curve, size: number): string {
  const last = parts.at(-1);
  const tip = last?.end ?? start;
  const { x, y } = unit(last?.b ?? start, tip);
  const back = { x: tip.x - x * size, y: tip.y - y * size };
  const half = size * 0.55;
  const left = { x: back.x - y * half, y: back.y + x * half };
  const right = { x: back.x + y * half, y: back.y - x * half };
  return `M${write(tip)}L${write(left)}L${write(right)}Z`;
}
