/**
 * The arms of an experiment to take away: one SVG document with title, sentence, arms, and the difference below them.
 * The geometry is arms.ts; the same picture on the page is shapes-view.tsx.
 */
import { type Arms, layoutArms } from "./arms.ts";
import { drawShape } from "./shapes.ts";
import { fitText, svgDocument, svgText, wrapText } from "./svg-text.ts";

const WIDTH = 960;
const PAD = 16;

/** The picture as one SVG document of 960 px. */
export function drawArms(picture: Arms): string {
  const room = WIDTH - 2 * PAD;
  const lines = wrapText(picture.sentence, room, 12);
  const top = 52 + lines.length * 17;
  const { height, shapes } = layoutArms(picture, room);
  return svgDocument(WIDTH, top + height + 8, picture.title, [
    svgText(PAD, 28, fitText(picture.title, room, 15), { size: 15, weight: 600 }),
    ...lines.map((line, index) => svgText(PAD, 50 + index * 17, line)),
    `<g transform="translate(${PAD} ${top})">`,
    ...shapes.map(drawShape),
    "</g>",
  ]);
}
