/**
 * A table with heat as a self-contained SVG text: step matrix and retention table for export and print.
 * On the page the same cells are a real HTML table.
 */
import { fitText, INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";

export interface HeatCell {
  readonly text: string;
  /** 0 … 1; null: no heat. */
  readonly heat: number | null;
  /** Drawn hatched: it cannot be known yet. */
  readonly unknown?: boolean;
}

export interface HeatTable {
  readonly title: string;
  /** Head of the first column. */
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly strong?: boolean; readonly cells: readonly HeatCell[] }[];
}

const ROW = 26;
const LABEL = 220;
const NARROWEST = 72;
const HEAT = "#1864ab";
/** The strongest heat: dark words on it still have a contrast of 4.5. */
export const MOST_HEAT = 0.62;

const HATCH = `<defs><pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f4f5f7"/><line x1="0" y1="0" x2="0" y2="6" stroke="${INK.line}" stroke-width="2"/></pattern></defs>`;

function drawCell(cell: HeatCell, x: number, y: number, wide: number, strong: boolean): string {
  const box = `x="${x}" y="${y}" width="${wide - 2}" height="${ROW - 2}"`;
  const back = cell.unknown
    ? `<rect ${box} fill="url(#unknown)"/>`
    : cell.heat !== null && cell.heat > 0
      ? `<rect ${box} fill="${HEAT}" fill-opacity="${round(Math.min(1, cell.heat) * MOST_HEAT)}"/>`
      : "";
  if (cell.text === "") return back;
  return (
    back + svgText(x + wide - 8, y + 16, cell.text, { size: 11, anchor: "end", ...(strong ? { weight: 600 } : {}) })
  );
}

/** The table's drawing; as wide as its columns need. */
export function heatTableSvg({ title, corner, columns, rows }: HeatTable): string {
  // Heads are bold, and other machines may draw them in a wider face.
  const wide = Math.ceil(Math.max(NARROWEST, ...columns.map((column) => textWidth(column, 11) * 1.2 + 16)));
  const width = 32 + LABEL + columns.length * wide;
  const left = 16 + LABEL;
  const head = [
    svgText(16, 28, title, { size: 16, weight: 600 }),
    svgText(16, 60, corner, { size: 11, fill: INK.quiet, weight: 600 }),
    ...columns.map((column, index) =>
      svgText(left + (index + 1) * wide - 8, 60, column, {
        size: 11,
        fill: INK.quiet,
        weight: 600,
        anchor: "end",
      }),
    ),
  ];
  const body = rows.flatMap(({ label, strong = false, cells }, index) => {
    const y = 70 + index * ROW;
    const name = svgText(16, y + 16, fitText(label, LABEL - 12, 12), strong ? { weight: 600 } : {});
    return [name, ...cells.map((cell, column) => drawCell(cell, left + column * wide, y, wide, strong))];
  });
  return svgDocument(width, 86 + rows.length * ROW, title, [HATCH, ...head, ...body]);
}
