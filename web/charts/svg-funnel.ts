/**
 * A funnel as a self-contained SVG text for export and print: a bar for each step with its 95 % interval.
 * With a second side, its bar stands under the first.
 */
import { fitText, INK, round, svgDocument, svgText } from "./svg-text.ts";

export interface FunnelBar {
  /** Of those who enter; null when nobody does. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** "534 · 19.5 %" */
  readonly numbers: string;
}

export interface DrawnFunnel {
  readonly title: string;
  /** What the bars stand for, first side first. */
  readonly sides: readonly string[];
  readonly steps: readonly {
    readonly label: string;
    /** One a side. */
    readonly bars: readonly FunnelBar[];
    /** Between this step and the one before: "→ 61.2 % go on". */
    readonly note: string;
  }[];
}

const LABEL = 210;
const BAR = 560;
const NUMBERS = 190;
const FILLS = ["#1864ab", "#e8890c"] as const;
const THICK = 20;

function drawBar(bar: FunnelBar, side: number, y: number): string {
  const left = 16 + LABEL;
  const width = round((bar.share ?? 0) * BAR);
  const fill = FILLS[side % FILLS.length];
  const middle = y + THICK / 2;
  const whisker =
    bar.low === null || bar.high === null
      ? ""
      : `<path d="M${round(left + bar.low * BAR)} ${middle}H${round(left + bar.high * BAR)}" stroke="${INK.text}" stroke-width="1.5"/>`;
  return [
    `<rect x="${left}" y="${y}" width="${BAR}" height="${THICK}" fill="${fill}" fill-opacity="0.08"/>`,
    `<rect x="${left}" y="${y}" width="${width}" height="${THICK}" fill="${fill}" fill-opacity="0.75"/>`,
    whisker,
    svgText(left + BAR + 12, y + 14, bar.numbers, { size: 11 }),
  ].join("");
}

function drawLegend(sides: readonly string[]): string[] {
  if (sides.length < 2) return [];
  const texts = sides.map((side, index) => {
    const x = 16 + LABEL + index * 300;
    const swatch = `<rect x="${x}" y="44" width="12" height="12" fill="${FILLS[index % FILLS.length]}" fill-opacity="0.75"/>`;
    return swatch + svgText(x + 18, 54, fitText(side, 270, 11), { size: 11 });
  });
  return texts;
}

/** The drawing; bars are shares of those who enter. */
export function funnelSvg({ title, sides, steps }: DrawnFunnel): string {
  const body = [svgText(16, 28, title, { size: 16, weight: 600 }), ...drawLegend(sides)];
  let y = sides.length > 1 ? 72 : 52;
  for (const { label, bars, note } of steps) {
    if (note) {
      body.push(svgText(16 + LABEL, y + 4, note, { size: 11, fill: INK.quiet }));
      y += 14;
    }
    body.push(svgText(16, y + 14, fitText(label, LABEL - 12, 12), { weight: 600 }));
    for (const [side, bar] of bars.entries()) body.push(drawBar(bar, side, y + side * (THICK + 3)));
    y += bars.length * (THICK + 3) + 12;
  }
  return svgDocument(32 + LABEL + BAR + NUMBERS, y + 8, title, body);
}
