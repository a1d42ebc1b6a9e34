/**
 * How a graph lies in the room it has: to the right or downwards, how many side by side, how tall its window gets.
 * The direction is chosen in which its words stay largest.
 */
import type { GraphDrawing } from "../../../charts/svg-graph.ts";
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
/** A graph that runs downwards may be read by scrolling the page. */
const TALLER = 1.25;

/** How large the graph can be drawn, 1: as it is. */
export function scaleToFit({ width, height }: Pick<Layout, "width" | "height">, room: Room): number {
  return width === 0 || height === 0 ? 1 : Math.min(1, room.width / width, room.height / height);
}

export function placeInRoom(
  selection: GraphSelection,
  arrange: "stages" | "flow",
  room: Room,
  labelled?: (id: string) => boolean,
): PlacedGraph {
  const place = (direction: "right" | "down"): PlacedGraph => {
    const across = direction === "right" ? Math.floor(room.height / 120) : Math.floor(room.width / 250);
    const perLevel = Math.min(7, Math.max(3, across));
    return { direction, layout: placeGraph(selection, { direction, arrange, perLevel, labelled }) };
  };
  if (room.width < NARROW) return place("down");
  const right = place("right");
  const scale = scaleToFit(right.layout, room);
  if (scale >= 0.95 || selection.edges.length > MANY_EDGES) return right;
  const down = place("down");
  return scaleToFit(down.layout, { ...room, height: room.height * TALLER }) > scale * WORTH_TURNING ? down : right;
}

/** The height of the window onto the graph: what it needs at its scale, within bounds. */
export function windowHeight({ layout, direction }: PlacedGraph, room: Room): number {
  const tallest = { ...room, height: direction === "down" ? room.height * TALLER : room.height };
  return Math.round(Math.min(tallest.height, Math.max(LEAST_HEIGHT, layout.height * firstView(layout, tallest).zoom)));
}

/** Where the window stands over the graph. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The whole graph in the middle of the room, never larger than it is. */
export function fitView(size: Pick<Layout, "width" | "height">, room: Room): View {
  const zoom = scaleToFit(size, room);
  return { x: (room.width - size.width * zoom) / 2, y: (room.height - size.height * zoom) / 2, zoom };
}

/** Words are read from here on; a graph that would be smaller begins at its start and is dragged … */
const READABLE = 0.6;
/** … unless even that would show too little of it: then the whole is what one wants to see. */
const WORTH_READING = 0.4;

/** The first look: the whole graph, or its beginning in words that can be read. */
export function firstView(size: Pick<Layout, "width" | "height">, room: Room): View {
  const whole = fitView(size, room);
  if (whole.zoom >= READABLE || whole.zoom < WORTH_READING) return whole;
  const within = (length: number, space: number) => Math.max(0, (space - length * READABLE) / 2);
  return { x: within(size.width, room.width), y: within(size.height, room.height), zoom: READABLE };
}

/** Where on the graph what is selected ends to the right; undefined: nothing is. */
export function rightEnd(
  drawing: GraphDrawing,
  selected: { readonly node: string | undefined; readonly edge: string | undefined },
) {
  const node = drawing.nodes.find(({ id }) => id === selected.node);
  if (node) return node.x + node.width;
  const label = drawing.edges.find(({ id }) => id === selected.edge)?.label;
  return label ? label.x + BESIDE_LABEL : undefined;
}

const BESIDE_LABEL = 90;
const GAP = 16;

/** The window moved so far that what is selected does not lie under the `covered` px on the right. */
export function uncover(
  view: View,
  { right, covered }: { readonly right: number | undefined; readonly covered: number },
  room: Pick<Room, "width">,
): View {
  if (covered === 0 || right === undefined) return view;
  const over = view.x + right * view.zoom - (room.width - covered - GAP);
  return over > 0 ? { ...view, x: view.x - over } : view;
}
