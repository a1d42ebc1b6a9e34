/**
 * What a picture is made of when page and export share its geometry: lines, areas, marks and words, each with a tone.
 * shapes-view.tsx shows them on the page in its colours; here they become SVG text in those of paper.
 */
import { INK, round, svgText } from "./svg-text.ts";

export type Tone = "text" | "quiet" | "line" | "series" | "expected" | "good" | "bad" | "zone";

export type Shape =
  | { readonly kind: "path"; readonly d: string; readonly tone: Tone; readonly width?: number; readonly dash?: string }
  | { readonly kind: "area"; readonly d: string; readonly tone: Tone }
  | {
      readonly kind: "dot" | "square";
      readonly x: number;
      readonly y: number;
      /** Half its width. */
      readonly r: number;
      readonly tone: Tone;
      readonly hollow?: boolean;
      /** What is said when somebody points at it. */
      readonly tip?: string;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly tone: "text" | "quiet";
      readonly size: number;
      readonly weight?: number;
      readonly anchor?: "start" | "middle" | "end";
    };

const PAPER: Readonly<Record<Tone, string>> = {
  text: INK.text,
  quiet: INK.quiet,
  line: INK.line,
  series: INK.series,
  expected: "#b45309",
  good: "#0b7285",
  bad: "#c2410c",
  zone: "#8a9299",
};

export const AREA_OPACITY = 0.16;

export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

export function lineBetween(x1: number, y1: number, x2: number, y2: number): string {
  return `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
}

/** A band between its upper and its lower edge, both from left to right. */
export function bandBetween(
  upper: readonly (readonly [x: number, y: number])[],
  lower: readonly (readonly [x: number, y: number])[],
): string {
  return `${pathThrough([...upper, ...lower.toReversed()])}Z`;
}

export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

function drawMark({ kind, x, y, r, tone, hollow }: Extract<Shape, { readonly r: number }>): string {
  const fill = hollow ? `fill="${INK.background}" stroke="${PAPER[tone]}" stroke-width="2"` : `fill="${PAPER[tone]}"`;
  return kind === "dot"
    ? `<circle cx="${round(x)}" cy="${round(y)}" r="${r}" ${fill}/>`
    : `<rect x="${round(x - r)}" y="${round(y - r)}" width="${2 * r}" height="${2 * r}" ${fill}/>`;
}

/** One element a shape. */
export function drawShape(shape: Shape): string {
  if (shape.kind === "text") {
    const { x, y, text, tone, size, weight, anchor } = shape;
    const more = { ...(weight ? { weight } : {}), ...(anchor ? { anchor } : {}) };
    return svgText(x, y, text, { size, fill: PAPER[tone], ...more });
  }
  if (shape.kind === "area") return `<path d="${shape.d}" fill="${PAPER[shape.tone]}" fill-opacity="${AREA_OPACITY}"/>`;
  if (shape.kind !== "path") return drawMark(shape);
  const { d, tone, width = 1, dash } = shape;
  const dashes = dash ? ` stroke-dasharray="${dash}"` : "";
  return `<path d="${d}" fill="none" stroke="${PAPER[tone]}" stroke-width="${width}"${dashes}/>`;
}
