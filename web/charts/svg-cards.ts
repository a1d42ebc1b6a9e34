/**
 * The main numbers as SVG text, to take away: a card a number with its interval, its change and its line over time.
 * The cards on screen are pages/overview/headline.tsx; the line's shape is svg-sparkline.tsx.
 */
import { shapeSparkline } from "./svg-sparkline.tsx";
import { fitText, INK, round, svgDocument, svgText } from "./svg-text.ts";
import type { TrendPoint } from "./trend.ts";

export interface NumberCard {
  readonly title: string;
  readonly value: string;
  /** Interval and n in words. */
  readonly basis: string;
  readonly change: string;
  /** Drawn when there are at least two. */
  readonly points: readonly TrendPoint[];
}

const COLUMNS = 3;
const WIDTH = 310;
const HEIGHT = 150;
const GAP = 12;
const TOP = 64;
const PAD = 14;

function drawLine(points: readonly TrendPoint[]): string[] {
  const { line, open, band, dot } = shapeSparkline(points, WIDTH - 2 * PAD, 34);
  return [
    `<g transform="translate(${PAD} 84)" fill="none" stroke="${INK.series}" stroke-width="1.75" stroke-linejoin="round">`,
    `<path d="${band}" fill="${INK.series}" fill-opacity="0.14" stroke="none"/>`,
    `<path d="${line}"/><path d="${open}" stroke-dasharray="3 3"/>`,
    ...(dot ? [`<circle cx="${round(dot[0])}" cy="${round(dot[1])}" r="2.5" fill="${INK.series}"/>`] : []),
    "</g>",
  ];
}

function drawCard({ title, value, basis, change, points }: NumberCard, index: number): string[] {
  const x = GAP + (index % COLUMNS) * (WIDTH + GAP);
  const y = TOP + Math.floor(index / COLUMNS) * (HEIGHT + GAP);
  const room = WIDTH - 2 * PAD;
  return [
    `<g transform="translate(${x} ${y})">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="6" fill="none" stroke="${INK.line}"/>`,
    svgText(PAD, 22, fitText(title, room, 12), { weight: 600 }),
    svgText(PAD, 52, fitText(value, room, 24), { size: 24, weight: 600 }),
    svgText(PAD, 72, fitText(basis, room, 10), { size: 10, fill: INK.quiet }),
    ...(points.length > 1 ? drawLine(points) : []),
    svgText(PAD, HEIGHT - 12, fitText(change, room, 11), { size: 11 }),
    "</g>",
  ];
}

/** @param subtitle which period is compared with which */
export function drawCards(title: string, subtitle: string, cards: readonly NumberCard[]): string {
  const width = GAP + COLUMNS * (WIDTH + GAP);
  const height = TOP + Math.ceil(cards.length / COLUMNS) * (HEIGHT + GAP);
  return svgDocument(width, height, title, [
    svgText(GAP, 26, title, { size: 15, weight: 600 }),
    svgText(GAP, 48, fitText(subtitle, width - 2 * GAP, 12), { fill: INK.quiet }),
    ...cards.flatMap(drawCard),
  ]);
}
