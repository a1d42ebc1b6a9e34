/**
 * Paths as rows of chips with a bar of their share, as a self-contained SVG text for export and print.
 * Chips that do not fit go to the next line, so that no path is cut.
 */
import { fitText, INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";

export interface DrawnPath {
  readonly touchpoints: readonly string[];
  readonly share: number;
  /** "5,090 · 8.3 %" */
  readonly numbers: string;
  /** "main path", or how it differs. */
  readonly note: string;
}

export interface PathsPaint {
  readonly title: string;
  /** What is not listed, in words. */
  readonly other: string;
  readonly color: (touchpoint: string) => string;
}

const BAR = 150;
const CHIPS = 200;
const CHIP_HEIGHT = 22;
const LINE = 28;
const WIDEST_CHIP = 200;

interface Chip {
  readonly text: string;
  readonly touchpoint: string;
  readonly x: number;
  readonly line: number;
  readonly width: number;
}

/** Places chips left to right, line by line. */
export function placeChips(touchpoints: readonly string[], width: number): Chip[] {
  const chips: Chip[] = [];
  let [x, line] = [0, 0];
  for (const touchpoint of touchpoints) {
    const text = fitText(touchpoint, WIDEST_CHIP - 22, 11);
    const own = Math.ceil(textWidth(text, 11)) + 22;
    if (x > 0 && x + own > width) [x, line] = [0, line + 1];
    chips.push({ text, touchpoint, x, line, width: own });
    x += own + 18;
  }
  return chips;
}

function drawChip({ text, touchpoint, x, line, width }: Chip, first: boolean, top: number, paint: PathsPaint): string {
  const [left, y] = [CHIPS + x, top + line * LINE];
  const arrow = first ? "" : svgText(left - 14, y + 15, "→", { size: 11, fill: INK.quiet });
  const box = `x="${left}" y="${y}" width="${width}" height="${CHIP_HEIGHT}" rx="4"`;
  const color = paint.color(touchpoint);
  return [
    arrow,
    `<rect ${box} fill="${color}" fill-opacity="0.14"/><rect x="${left}" y="${y}" width="4" height="${CHIP_HEIGHT}" rx="2" fill="${color}"/>`,
    svgText(left + 11, y + 15, text, { size: 11 }),
  ].join("");
}

/** The drawing; the longest bar is the commonest path's. */
export function pathsSvg(paths: readonly DrawnPath[], paint: PathsPaint, width = 1100): string {
  const most = Math.max(...paths.map(({ share }) => share), 0);
  const body: string[] = [svgText(16, 28, paint.title, { size: 16, weight: 600 })];
  let y = 52;
  for (const { touchpoints, share, numbers, note } of paths) {
    const chips = placeChips(touchpoints, width - CHIPS - 16);
    const bar = most > 0 ? round((share / most) * BAR) : 0;
    body.push(
      svgText(16, y + 12, numbers, { size: 12, weight: 600 }),
      `<rect x="16" y="${y + 18}" width="${bar}" height="5" rx="2" fill="#1864ab"/>`,
      ...chips.map((chip, index) => drawChip(chip, index === 0, y, paint)),
    );
    const bottom = y + ((chips.at(-1)?.line ?? 0) + 1) * LINE;
    if (note)
      body.push(svgText(CHIPS, bottom + 8, fitText(note, width - CHIPS - 16, 11), { size: 11, fill: INK.quiet }));
    y = bottom + (note ? 30 : 14);
  }
  body.push(svgText(16, y + 12, paint.other, { fill: INK.quiet }));
  return svgDocument(width, y + 32, paint.title, body);
}
