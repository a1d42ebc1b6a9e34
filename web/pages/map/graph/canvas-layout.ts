/**
 * How a graph lies in the room it has: to the right or downwards, how many side by side, how tall its window gets.
 * The direction is chosen in which its words stay largest.
 */
import type { Layout } from "../layout/layout-graph.ts";
import { placeGraph } from "./draw-graph.ts";
import type { GraphSelection } from "./select-graph.ts";

export interface Room {
  /** Px. */
  readonly width: number;
  /** The most. */
  readonly height: number;
}

export interface PlacedGraph {
  readonly layout: Layout;
  readonly direction: "right" | "down";
}

/** Below this width even a small graph is drawn downwards. */
const NARROW = 620;
/** With more edges only one direction is tried: placing them takes long. */
const MANY_EDGES = 90;
/** To the right is how a journey is read; downwards has to be this much larger. */
const WORTH_TURNING = 1.12;
const LEAST_HEIGHT = 380;

/** How large the graph can be drawn, 1: as it is. */
export function scaleToFit({ width, height }: Pick<Layout, "width" | "height">, room: Room): number {
  return width === 0 || height === 0 ? 1 : Math.min(1, room.width / width, room.height / height);
}

export function placeInRoom(selection: GraphSelection, arrange: "stages" | "flow", room: Room): PlacedGraph {
  const place = (direction: "right" | "down"): PlacedGraph => {
    const across = direction === "right" ? Math.floor(room.height / 120) : Math.floor(room.width / 250);
    const perLevel = Math.min(7, Math.max(3, across));
    return { direction, layout: placeGraph(selection, { direction, arrange, perLevel }) };
  };
  if (room.width < NARROW) return place("down");
  const right = place("right");
  const scale = scaleToFit(right.layout, room);
  if (scale >= 0.95 || selection.edges.length > MANY_EDGES) return right;
  const down = place("down");
  return scaleToFit(down.layout, room) > scale * WORTH_TURNING ? down : right;
}

/** The height of the window onto the graph: what it needs at its scale, within bounds. */
export function windowHeight(layout: Layout, room: Room): number {
  return Math.round(Math.min(room.height, Math.max(LEAST_HEIGHT, layout.height * scaleToFit(layout, room))));
}
