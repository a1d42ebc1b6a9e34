/**
 * Fixed-width text whose values contain blanks: columns stand at the same positions on every line.
 * It finds the positions that are blank on all lines of a sample, and rewrites the file as CSV by them.
 */
import { AppError } from "../domain/app-error.ts";
import { quoteCell } from "./flatten-xes.ts";

/** The characters of a line in which a column's values stood, as far as the sample shows. */
export interface FieldPosition {
  readonly start: number;
  readonly end: number;
}

/** Fewer lines can have a blank in common by chance. */
const MIN_LINES = 8;
const MIN_FIELDS = 3;
/** Share of lines on which a column must be filled for it to count as one of the table's. */
const FILLED = 0.8;

/**
 * The columns of these lines; undefined when they are no table of fixed positions.
 * @param lines from all over the file, the header included
 */
export function detectPositions(lines: readonly string[]): FieldPosition[] | undefined {
  const table = lines.map((line) => line.trimEnd()).filter((line) => line !== "");
  if (table.length < MIN_LINES || table.some((line) => line.includes("\t"))) return undefined;
  const width = table.reduce((most, line) => Math.max(most, line.length), 0);
  const fields: FieldPosition[] = [];
  let start = -1;
  for (let at = 0; at <= width; at++) {
    const blank = at === width || table.every((line) => at >= line.length || line[at] === " ");
    if (!blank && start < 0) start = at;
    if (blank && start >= 0) {
      fields.push({ start, end: at });
      start = -1;
    }
  }
  const filled = fields.filter(
    (field) => table.filter((line) => line.slice(field.start, field.end).trim() !== "").length >= FILLED * table.length,
  );
  return fields.length >= MIN_FIELDS && filled.length >= MIN_FIELDS ? fields : undefined;
}

/**
 * One line's values. What stands between two columns belongs to the one it touches: a text longer than any in the
 * sample to its left column, a longer number to its right one. Undefined when it touches both.
 */
function cutLine(line: string, fields: readonly FieldPosition[]): string[] | undefined {
  const cells = fields.map(({ start, end }) => line.slice(start, end));
  for (let at = 0; at <= fields.length; at++) {
    const left = fields[at - 1];
    const right = fields[at];
    const gap = line.slice(left?.end ?? 0, right?.start);
    if (gap.trim() === "") continue;
    if (left && (!right || gap.endsWith(" "))) cells[at - 1] += gap;
    else if (right && (!left || gap.startsWith(" "))) cells[at] = gap + cells[at];
    else return undefined;
  }
  return cells.map((cell) => cell.trim());
}

/**
 * The text as CSV, blank lines left out.
 * @throws AppError invalid naming the line whose values do not stand under the columns: cutting it would tear a value
 */
export async function* splitPositions(
  pieces: AsyncIterable<string>,
  fields: readonly FieldPosition[],
  name: string,
): AsyncGenerator<string> {
  let rest = "";
  let number = 0;
  const convert = (line: string): string => {
    number++;
    if (line.trim() === "") return "";
    const cells = cutLine(line.replace(/\r$/u, ""), fields);
    if (cells) return `${cells.map(quoteCell).join(",")}\n`;
    throw new AppError(
      "invalid",
      `${name}, line ${number}: its values do not stand under the same columns as on other lines. Export the table as CSV.`,
      { file: name, line: number },
    );
  };
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() as string;
    yield lines.map(convert).join("");
  }
  if (rest !== "") yield convert(rest);
}
