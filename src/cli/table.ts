/**
 * A table on a terminal: aligned columns under a header, long words shortened.
 * Which columns a report has is said by its renderer.
 */

export interface Column<Row> {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Never shortened: the last column of a row that may be long. */
  readonly whole?: boolean;
  readonly value: (row: Row) => string;
}

const LONGEST_CELL = 60;
const GAP = "  ";

function shorten(text: string): string {
  const flat = text.replace(/\s+/gu, " ");
  const letters = [...flat];
  return letters.length <= LONGEST_CELL ? flat : `${letters.slice(0, LONGEST_CELL - 1).join("")}…`;
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const fill = " ".repeat(Math.max(0, width - [...text].length));
  return align === "right" ? fill + text : text + fill;
}

/**
 * Lines of the table: header, rule, one line a row. Columns whose cells and title are all empty are left out.
 * @param indent spaces before each line
 */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], indent = 2): string[] {
  const filled = columns
    .map(({ title, align = "left", whole, value }) => ({
      title,
      align,
      cells: rows.map((row) => (whole ? value(row) : shorten(value(row)))),
    }))
    .filter(({ title, cells }) => title !== "" || cells.some((cell) => cell !== ""));
  const widths = filled.map(({ title, cells }) => Math.max(...[title, ...cells].map((cell) => [...cell].length)));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, index) => pad(cell, widths[index] ?? 0, filled[index]?.align ?? "left"));
    return (" ".repeat(indent) + padded.join(GAP)).trimEnd();
  };
  return [
    line(filled.map(({ title }) => title)),
    line(
      filled.map(({ title }, index) => (title === "" ? "" : "─".repeat(Math.min(widths[index] ?? 0, LONGEST_CELL)))),
    ),
    ...rows.map((_, index) => line(filled.map(({ cells }) => cells[index] ?? ""))),
  ];
}
