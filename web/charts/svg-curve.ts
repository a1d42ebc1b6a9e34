/**
 * A curve of shares over days with its band: the geometry that page and export share.
 * Points that cannot be known yet are left out, and the curve stops before them.
 */
import { INK, round, svgDocument, svgText } from "./svg-text.ts";

export interface CurvePoint {
  readonly day: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface CurveLayout {
  readonly width: number;
  readonly height: number;
  readonly line: string;
  readonly band: string;
  readonly dots: readonly { readonly day: number; readonly x: number; readonly y: number; readonly value: number }[];
  /** Horizontal rules with their share. */
  readonly rules: readonly { readonly share: number; readonly y: number }[];
}

const LEFT = 44;
const BOTTOM = 26;
const TOP = 10;
const RIGHT = 20;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

/** Lays the curve out, columns evenly spaced as in the table beside it. */
export function layoutCurve(points: readonly CurvePoint[], width: number, height: number): CurveLayout {
  const most = Math.max(...points.map(({ high }) => high), 0.01);
  const step = STEPS.find((size) => most / size <= 4) ?? 0.5;
  const top = Math.ceil(most / step - 1e-9) * step;
  const y = (share: number) => round(TOP + (1 - share / top) * (height - TOP - BOTTOM));
  const x = (index: number) =>
    round(LEFT + 20 + (index * (width - LEFT - RIGHT - 40)) / Math.max(1, points.length - 1));
  const path = (ys: readonly number[]) => ys.map((at, index) => `${index === 0 ? "M" : "L"}${x(index)} ${at}`).join("");
  const back = points.map(({ low }, index) => `L${x(index)} ${y(low)}`).reverse();
  return {
    width,
    height,
    line: path(points.map(({ value }) => y(value))),
    band: points.length === 0 ? "" : `${path(points.map(({ high }) => y(high)))}${back.join("")}Z`,
    dots: points.map(({ day, value }, index) => ({ day, value, x: x(index), y: y(value) })),
    rules: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
      share: index * step,
      y: y(index * step),
    })),
  };
}

/** The curve as a self-contained SVG text. */
export function curveSvg(
  points: readonly CurvePoint[],
  words: {
    readonly title: string;
    readonly formatShare: (share: number) => string;
    readonly formatDay: (day: number) => string;
  },
): string {
  const { width, height, line, band, dots, rules } = layoutCurve(points, 760, 240);
  const body = [
    svgText(16, 28, words.title, { size: 16, weight: 600 }),
    `<g transform="translate(0 44)">`,
    ...rules.map(({ y }) => `<path d="M${LEFT} ${y}H${width - RIGHT}" stroke="${INK.line}"/>`),
    ...rules.map(({ share, y }) =>
      svgText(LEFT - 6, y + 4, words.formatShare(share), { size: 11, fill: INK.quiet, anchor: "end" }),
    ),
    `<path d="${band}" fill="#1864ab" fill-opacity="0.16"/><path d="${line}" fill="none" stroke="#1864ab" stroke-width="2"/>`,
    ...dots.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="3.5" fill="#1864ab"/>`),
    ...dots.map(({ day, x }) =>
      svgText(x, height - 6, words.formatDay(day), { size: 11, fill: INK.quiet, anchor: "middle" }),
    ),
    "</g>",
  ];
  return svgDocument(width, height + 52, words.title, body);
}
