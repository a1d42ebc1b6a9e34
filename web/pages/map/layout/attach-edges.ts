/**
 * Where edges meet the sides of their nodes: spread along the side in the order in which they come in, so that they cross
 * as little as possible and each arrow head can be told from the next. For a graph that runs to the right.
 */
import type { Box, Point } from "./geometry.ts";

export interface Attachment {
  readonly id: string;
  /** The node on the lower level, and the one on the higher. */
  readonly low: string;
  readonly high: string;
  /** Where the edge passes between them, from low to high. */
  readonly points: readonly Point[];
  /** Whether it runs from high to low. */
  readonly back: boolean;
}

/** Px between two edges on a side, at the most; and what stays free at the corners. */
const STEP = 13;
const CORNER = 9;

interface End {
  readonly id: string;
  readonly box: Box;
  readonly towards: number;
  readonly back: boolean;
}

/** The offsets (y) of edges on one side of one node. */
function spread(ends: readonly End[]): Map<string, number> {
  const sorted = [...ends].sort((a, b) => a.towards - b.towards || Number(b.back) - Number(a.back));
  const [first] = sorted;
  if (!first) return new Map();
  const room = first.box.height - 2 * CORNER;
  const step = sorted.length > 1 ? Math.min(STEP, room / (sorted.length - 1)) : 0;
  const middle = first.box.y + first.box.height / 2;
  return new Map(sorted.map(({ id }, index) => [id, middle + (index - (sorted.length - 1) / 2) * step]));
}

const centre = ({ y, height }: Box) => y + height / 2;

function group(ends: readonly (End & { readonly node: string })[]): Map<string, number> {
  const byNode = new Map<string, End[]>();
  for (const end of ends) byNode.set(end.node, [...(byNode.get(end.node) ?? []), end]);
  return new Map([...byNode.values()].flatMap((list) => [...spread(list)]));
}

/** The points of each edge from its start to its end, both on the sides of their nodes. */
export function attachEdges(
  attachments: readonly Attachment[],
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, readonly Point[]> {
  const ends = attachments.flatMap(({ id, low, high, points, back }) => {
    const [a, b] = [boxes.get(low), boxes.get(high)];
    if (!a || !b) return [];
    const out = { id, node: low, box: a, towards: points[0]?.y ?? centre(b), back };
    return [{ out, into: { id, node: high, box: b, towards: points.at(-1)?.y ?? centre(a), back }, points, back }];
  });
  const leaving = group(ends.map(({ out }) => out));
  const arriving = group(ends.map(({ into }) => into));
  return new Map(
    ends.map(({ out, into, points, back }) => {
      const start = { x: out.box.x + out.box.width, y: leaving.get(out.id) ?? centre(out.box) };
      const end = { x: into.box.x, y: arriving.get(into.id) ?? centre(into.box) };
      const whole = [start, ...points, end];
      return [out.id, back ? whole.reverse() : whole];
    }),
  );
}
