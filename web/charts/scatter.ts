/**
 * The geometry of a picture of things by two numbers, each a dot with its name where there is room for it.
 * The page shows it by shapes-view.tsx, and svg-scatter.ts takes it away; what the numbers mean is said by the page.
 */
import { lineBetween, type Shape } from "./shapes.ts";
import { fitText, textWidth } from "./svg-text.ts";
import { fitScale, type Scale, spreadLabels } from "./trend.ts";

export interface ScatterDot {
  /** Finite. */
  readonly x: number;
  readonly y: number;
  readonly name: string;
  /** Its name and numbers, for whoever points at it. */
  readonly tip: string;
  readonly hollow: boolean;
}

export interface Scatter {
  readonly title: string;
  /** The picture in a sentence or two. */
  readonly sentence: string;
  readonly across: { readonly title: string; readonly format: (value: number) => string };
  readonly upwards: { readonly title: string; readonly format: (value: number) => string };
  readonly dots: readonly ScatterDot[];
  /** What a full and an empty dot stand for; no key without words for the empty one. */
  readonly full: string;
  readonly hollow: string | undefined;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Frame extends Box {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly scales: { readonly across: Scale; readonly upwards: Scale };
}

const SIZE = 11;
const RADIUS = 5;
const TOP = 30;
const BOTTOM = 44;
/** Space to the right, for half of the last tick's label. */
const RIGHT = 24;

function frameOf({ dots, upwards }: Scatter, width: number, height: number): Frame {
  const across = fitScale(
    dots.map(({ x }) => x),
    true,
  );
  const up = fitScale(
    dots.map(({ y }) => y),
    true,
  );
  const left = 14 + Math.max(...up.ticks.map((tick) => textWidth(upwards.format(tick), SIZE)));
  const [right, top, bottom] = [width - RIGHT, TOP, height - BOTTOM];
  const place = (value: number, { low, high }: Scale) => (value - low) / (high - low);
  return {
    ...{ left, right, top, bottom },
    x: (value) => left + place(value, across) * (right - left),
    y: (value) => bottom - place(value, up) * (bottom - top),
    scales: { across, upwards: up },
  };
}

function drawAxes({ across, upwards }: Scatter, { left, right, top, bottom, x, y, scales }: Frame): Shape[] {
  const quiet = { kind: "text", tone: "quiet", size: SIZE } as const;
  const { ticks } = scales.across;
  const wide = Math.max(...ticks.map((tick) => textWidth(across.format(tick), SIZE))) + 14;
  const shown = spreadLabels(ticks.length, Math.floor((right - left) / wide) + 1);
  return [
    { ...quiet, x: 0, y: 14, text: fitText(upwards.title, right, SIZE) },
    ...scales.upwards.ticks.flatMap((tick): Shape[] => [
      { kind: "path", d: lineBetween(left, y(tick), right, y(tick)), tone: tick === 0 ? "quiet" : "line" },
      { ...quiet, x: left - 8, y: y(tick) + 4, text: upwards.format(tick), anchor: "end" },
    ]),
    { kind: "path", d: lineBetween(left, top, left, bottom), tone: "quiet" },
    ...shown.flatMap((index): Shape[] => {
      const tick = ticks[index] ?? 0;
      return [{ ...quiet, x: x(tick), y: bottom + 18, text: across.format(tick), anchor: "middle" }];
    }),
    { ...quiet, x: right + RIGHT, y: bottom + 36, text: fitText(across.title, right, SIZE), anchor: "end" },
  ];
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Beside the dot, before it, above it, below it. */
function placesFor(x: number, y: number, wide: number): readonly Box[] {
  const box = (left: number, middle: number): Box => ({
    ...{ left, right: left + wide, top: middle - SIZE / 2 - 1, bottom: middle + SIZE / 2 + 1 },
  });
  const gap = RADIUS + 4;
  return [
    box(x + gap, y),
    box(x - gap - wide, y),
    box(x - wide / 2, y - RADIUS - SIZE),
    box(x - wide / 2, y + RADIUS + SIZE),
  ];
}

/** Names where they cover neither a dot nor another name; the others are in the table and under the pointer. */
function drawNames(dots: readonly ScatterDot[], { left, right, top, bottom, x, y }: Frame): Shape[] {
  const taken: Box[] = dots.map((dot) => ({
    ...{ left: x(dot.x) - RADIUS, right: x(dot.x) + RADIUS, top: y(dot.y) - RADIUS, bottom: y(dot.y) + RADIUS },
  }));
  return dots.flatMap((dot, index): Shape[] => {
    const text = fitText(dot.name, (right - left) * 0.45, SIZE);
    const free = placesFor(x(dot.x), y(dot.y), textWidth(text, SIZE)).find(
      (box) =>
        box.left >= left &&
        box.right <= right + RIGHT &&
        box.top >= top - 12 &&
        box.bottom <= bottom &&
        taken.every((other, at) => at === index || !overlap(box, other)),
    );
    if (!free || text === "") return [];
    taken.push(free);
    return [{ kind: "text", tone: "text", size: SIZE, x: free.left, y: free.bottom - 3, text }];
  });
}

/** The picture without title, sentence and key. */
export function layoutScatter(
  scatter: Scatter,
  width: number,
  height: number,
): { readonly height: number; readonly shapes: readonly Shape[] } {
  const frame = frameOf(scatter, width, height);
  const dots = scatter.dots.map(({ x, y, tip, hollow }): Shape => {
    return { kind: "dot", x: frame.x(x), y: frame.y(y), r: RADIUS, tone: "series", hollow, tip };
  });
  return { height, shapes: [...drawAxes(scatter, frame), ...dots, ...drawNames(scatter.dots, frame)] };
}
