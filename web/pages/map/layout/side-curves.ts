/**
 * Edges that do not run from level to level: between two nodes of one level, and from a node to itself.
 */
import type { Box, Curve, Point } from "./geometry.ts";
import { curveMiddle } from "./geometry.ts";

interface Placed {
  readonly curve: Curve;
  readonly label: Point;
}

const APART = 11;

/** Whether a node of the level stands between two others. */
function standsBetween(box: Box, a: Box, b: Box): boolean {
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  const sameLevel = box.x < upper.x + upper.width && upper.x < box.x + box.width;
  return sameLevel && box.y > upper.y && box.y + box.height < lower.y + lower.height && box !== upper && box !== lower;
}

/** From node to node of one level: straight to the next, in an arc past others. For a graph that runs to the right. */
export function sideCurve(from: Box, to: Box, all: readonly Box[]): Placed {
  const downwards = to.y > from.y;
  const over = all.filter((box) => standsBetween(box, from, to)).length;
  const middle = from.x + from.width / 2;
  if (over === 0) {
    const x = middle + (downwards ? APART : -APART);
    const start = { x, y: downwards ? from.y + from.height : from.y };
    const end = { x, y: downwards ? to.y : to.y + to.height };
    const third = (end.y - start.y) / 3;
    const curve = { start, parts: [{ a: { x, y: start.y + third }, b: { x, y: end.y - third }, end }] };
    return { curve, label: { x: x + (downwards ? 4 : -4), y: (start.y + end.y) / 2 } };
  }
  const edge = (box: Box) => (downwards ? box.x + box.width : box.x);
  const reach = (downwards ? 1 : -1) * (26 + 10 * over);
  const start = { x: edge(from), y: from.y + from.height * (downwards ? 0.7 : 0.3) };
  const end = { x: edge(to), y: to.y + to.height * (downwards ? 0.3 : 0.7) };
  const curve = { start, parts: [{ a: { x: start.x + reach, y: start.y }, b: { x: end.x + reach, y: end.y }, end }] };
  return { curve, label: curveMiddle(curve) };
}

/** From a node to itself, round its upper right corner. */
export function loopCurve({ x, y, width }: Box): Placed {
  const right = x + width;
  const start = { x: right - 30, y };
  const end = { x: right, y: y + 15 };
  const curve = { start, parts: [{ a: { x: right - 26, y: y - 26 }, b: { x: right + 26, y: y - 6 }, end }] };
  return { curve, label: { x: right + 2, y: y - 15 } };
}
