/**
 * A graph of nodes, edges and lanes as a self-contained SVG in light colours. Pure: a drawing in, text out.
 * Where things stand is decided before (pages/map/layout), what they say too (pages/map/graph).
 */
import { INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";

/** How an edge or a heat is meant: `up` and `down` are differences, `unclear` ones whose interval holds 0, `doubted` no claim. */
export type Tone = "plain" | "terminal" | "up" | "down" | "unclear" | "doubted";

export interface DrawnNode {
  readonly id: string;
  readonly kind: "touchpoint" | "stage" | "start" | "end";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The name on one or two lines. */
  readonly lines: readonly string[];
  /** Under the name: how often. */
  readonly detail: string;
  /** Beside it, when nodes are coloured by something. */
  readonly heat: string;
  /** 0 … 4, how hot; null: not coloured. */
  readonly heatStep: number | null;
  readonly tone: Tone;
  /** Colour of its stage. */
  readonly mark: string;
}

export interface DrawnEdge {
  readonly id: string;
  /** SVG path data of the line and of its arrow head. */
  readonly path: string;
  readonly head: string;
  readonly width: number;
  readonly tone: Tone;
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | null;
}

export interface DrawnLane {
  /** "unmapped" for touchpoints without one. */
  readonly stage: string;
  readonly title: string;
  readonly mark: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LegendEntry {
  readonly text: string;
  readonly heatStep?: number;
  readonly tone?: Tone;
}

export interface GraphDrawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly lanes: readonly DrawnLane[];
  readonly legend: { readonly title: string; readonly entries: readonly LegendEntry[] };
}

export const NODE_TEXT = { name: 13, detail: 11.5, label: 11 } as const;
const TONES: Readonly<Record<Tone, string>> = {
  plain: "#8795a1",
  terminal: "#b8c2cc",
  up: "#0b7285",
  down: "#c2410c",
  unclear: "#c3cad1",
  doubted: "#8795a1",
};
const HEATS = ["#fff8f1", "#ffe8d1", "#ffd0a3", "#ffae66", "#ff8a33"] as const;
const FOOT = 46;

function laneSvg({ title, mark, x, y, width, height }: DrawnLane): string[] {
  return [
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="12" fill="${mark}" fill-opacity="0.08"/>`,
    svgText(x + 14, y + 20, title, { size: 12, weight: 650, fill: INK.quiet }),
  ];
}

function edgeSvg({ path, head, width, tone }: DrawnEdge): string {
  const dash = tone === "terminal" ? ' stroke-dasharray="4 4"' : "";
  const stroke = `stroke="${TONES[tone]}" stroke-width="${round(width)}"`;
  return `<path d="${path}" fill="none" ${stroke}${dash} stroke-opacity="0.85"/><path d="${head}" fill="${TONES[tone]}"/>`;
}

function labelSvg({ label, tone }: DrawnEdge): string[] {
  if (!label) return [];
  const size = NODE_TEXT.label;
  const width = textWidth(label.text, size) + 6;
  const fill = tone === "up" || tone === "down" ? TONES[tone] : INK.text;
  return [
    `<rect x="${round(label.x - width / 2)}" y="${round(label.y - 8)}" width="${round(width)}" height="16" rx="4" fill="#ffffff" fill-opacity="0.9"/>`,
    svgText(label.x, label.y + 4, label.text, { size, fill, anchor: "middle" }),
  ];
}

function nodeSvg(node: DrawnNode): string[] {
  const { x, y, width, height, lines, detail, heat, heatStep, mark, kind, tone } = node;
  const terminal = kind === "start" || kind === "end";
  const fill = terminal ? INK.quiet : heatStep === null ? "#ffffff" : HEATS[heatStep];
  const border =
    tone === "up" || tone === "down" || tone === "doubted" ? TONES[tone] : terminal ? INK.quiet : "#c3cad1";
  const dots = tone === "doubted" ? ' stroke-dasharray="2 4"' : "";
  const box = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  const middle = terminal ? { anchor: "middle" as const, fill: "#ffffff" } : {};
  const left = terminal ? x + width / 2 : x + 14;
  const names = lines.map((line, index) =>
    svgText(left, y + 20 + 16 * index, line, { size: NODE_TEXT.name, weight: 600, ...middle }),
  );
  const below = y + 20 + 16 * lines.length + 1;
  return [
    `${box} rx="${terminal ? round(height / 2) : 8}" fill="${fill}" stroke="${border}" stroke-width="${tone === "plain" || terminal ? 1 : tone === "doubted" ? 1.5 : 2.5}"${dots}/>`,
    ...(terminal
      ? []
      : [
          `<rect x="${round(x + 5)}" y="${round(y + 7)}" width="4" height="${round(height - 14)}" rx="2" fill="${mark}"/>`,
        ]),
    ...names,
    svgText(left, below, detail, { size: NODE_TEXT.detail, fill: INK.quiet, ...middle }),
    ...(heat === ""
      ? []
      : [svgText(x + width - 9, below, heat, { size: NODE_TEXT.detail, weight: 600, anchor: "end" })]),
  ];
}

function legendSvg({ title, entries }: GraphDrawing["legend"], y: number): string[] {
  let x = 28;
  const parts = [svgText(x, y, title, { size: 12, fill: INK.quiet })];
  x += textWidth(title, 12) + 16;
  for (const { text, heatStep, tone } of entries) {
    const fill = heatStep !== undefined ? HEATS[heatStep] : tone === "doubted" ? "#ffffff" : TONES[tone ?? "plain"];
    const stroke = tone === "doubted" ? `${TONES.doubted}" stroke-dasharray="2 3` : "#c3cad1";
    parts.push(
      `<rect x="${round(x)}" y="${round(y - 10)}" width="16" height="12" rx="3" fill="${fill}" stroke="${stroke}"/>`,
    );
    parts.push(svgText(x + 22, y, text, { size: 12 }));
    x += textWidth(text, 12) + 40;
  }
  return parts;
}

/** What is drawn, without the document around it: for a page that places it itself. */
export function graphBody(drawing: GraphDrawing): string[] {
  return [
    ...drawing.lanes.flatMap(laneSvg),
    ...drawing.edges.toSorted((a, b) => a.width - b.width).map(edgeSvg),
    ...drawing.nodes.flatMap(nodeSvg),
    ...drawing.edges.flatMap(labelSvg),
  ];
}

/**
 * @param title what the picture shows; drawn on top and read by screen readers
 * @param footer one line under it: totals and scope; "" for the bare picture, without title and footer
 */
export function svgGraph(drawing: GraphDrawing, title: string, footer: string): string {
  const bare = footer === "";
  const head = bare ? 0 : 34;
  const width = bare ? drawing.width : Math.max(drawing.width, 640, textWidth(footer, 12) + 56);
  const legend = drawing.legend.entries.length > 0 ? 24 : 0;
  const height = drawing.height + head + legend + (bare ? 4 : FOOT);
  return svgDocument(width, height, title, [
    ...(bare ? [] : [svgText(28, 32, title, { size: 17, weight: 650 })]),
    `<g transform="translate(0 ${head})">`,
    ...graphBody(drawing),
    "</g>",
    ...(legend > 0 ? legendSvg(drawing.legend, drawing.height + head + 12) : []),
    ...(bare ? [] : [svgText(28, height - 16, footer, { size: 12, fill: INK.quiet })]),
  ]);
}
