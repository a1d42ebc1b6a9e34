/**
 * A plot to take away: one SVG document with its title, its sentence, its key and the drawing.
 * The geometry is plot.ts; the same picture on the page is shapes-view.tsx.
 */
import { keyMark, layoutPlot, type Plot, type PlotKey } from "./plot.ts";
import { drawShape } from "./shapes.ts";
import { fitText, svgDocument, svgText, textWidth, wrapText } from "./svg-text.ts";

const WIDTH = 960;
const HEIGHT = 360;
const PAD = 16;
const SIZE = 11;

/** Key entries side by side, on as many lines as it takes. */
function drawKey(key: readonly PlotKey[], top: number): { readonly height: number; readonly body: readonly string[] } {
  let [x, y] = [PAD, top];
  const body = key.flatMap((entry) => {
    const wide = 30 + textWidth(entry.text, SIZE) + 24;
    if (x > PAD && x + wide > WIDTH - PAD) [x, y] = [PAD, y + 20];
    const drawn = [
      `<g transform="translate(${x} ${y})">`,
      ...keyMark(entry).map(drawShape),
      "</g>",
      svgText(x + 30, y + 10, entry.text, { size: SIZE }),
    ];
    x += Math.ceil(wide);
    return drawn;
  });
  return { height: key.length === 0 ? 0 : y - top + 24, body };
}

/** The picture as one SVG document of 960 px: title, sentence, key, drawing. */
export function drawPlot(plot: Plot): string {
  const lines = wrapText(plot.sentence, WIDTH - 2 * PAD, 12);
  const top = 44 + lines.length * 17;
  const key = drawKey(plot.key, top);
  const { shapes } = layoutPlot(plot, WIDTH - 2 * PAD, HEIGHT);
  const from = top + key.height + 6;
  return svgDocument(WIDTH, from + HEIGHT + 6, plot.title, [
    svgText(PAD, 28, fitText(plot.title, WIDTH - 2 * PAD, 15), { size: 15, weight: 600 }),
    ...lines.map((line, index) => svgText(PAD, 50 + index * 17, line)),
    ...key.body,
    `<g transform="translate(${PAD} ${from})">`,
    ...shapes.map(drawShape),
    "</g>",
  ]);
}
