/**
 * A scatter to take away: one SVG document with its title, its sentence, its key and the drawing.
 * The geometry is scatter.ts; the same picture on the page is shapes-view.tsx.
 */
import { layoutScatter, type Scatter } from "./scatter.ts";
import { drawShape, type Shape } from "./shapes.ts";
import { fitText, svgDocument, svgText, textWidth, wrapText } from "./svg-text.ts";

const WIDTH = 960;
const HEIGHT = 400;
const PAD = 16;
const SIZE = 11;

/** What a full and an empty dot stand for, in a line 20 px high; nothing where all are full. */
export function keyShapes({ full, hollow }: Pick<Scatter, "full" | "hollow">): readonly Shape[] {
  if (hollow === undefined) return [];
  const next = 24 + textWidth(full, SIZE) + 24;
  return [
    { kind: "dot", x: 6, y: 10, r: 5, tone: "series" },
    { kind: "text", x: 18, y: 14, text: full, tone: "quiet", size: SIZE },
    { kind: "dot", x: next, y: 10, r: 5, tone: "series", hollow: true },
    { kind: "text", x: next + 12, y: 14, text: hollow, tone: "quiet", size: SIZE },
  ];
}

/** One SVG document of 960 px. */
export function drawScatter(scatter: Scatter): string {
  const lines = wrapText(scatter.sentence, WIDTH - 2 * PAD, 12);
  const key = keyShapes(scatter);
  const top = 44 + lines.length * 17;
  const from = top + (key.length === 0 ? 0 : 26);
  const { shapes } = layoutScatter(scatter, WIDTH - 2 * PAD, HEIGHT);
  return svgDocument(WIDTH, from + HEIGHT + 6, scatter.title, [
    svgText(PAD, 28, fitText(scatter.title, WIDTH - 2 * PAD, 15), { size: 15, weight: 600 }),
    ...lines.map((line, index) => svgText(PAD, 50 + index * 17, line)),
    `<g transform="translate(${PAD} ${top})">`,
    ...key.map(drawShape),
    "</g>",
    `<g transform="translate(${PAD} ${from})">`,
    ...shapes.map(drawShape),
    "</g>",
  ]);
}
