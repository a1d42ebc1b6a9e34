/**
 * Whether the first record of a table holds names or data, and which names the columns get.
 * It judges by contrast: names above numbers or dates, or words that never occur below.
 */

export type CellKind = "empty" | "number" | "time" | "text";

const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:e[+-]?\d+)?\s*%?$/iu;
const TIME =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ,].*)?$|^\d{1,2}:\d{2}(?::\d{2})?/u;
const NAME = /^[\p{L}_$@#][\p{L}\p{N}_ :.\-/()#%&'"$@]{0,79}$/u;

export function kindOfCell(value: string): CellKind {
  const cell = value.trim();
  if (cell === "") return "empty";
  if (NUMBER.test(cell)) return "number";
  return TIME.test(cell) ? "time" : "text";
}

/** The kind that at least 80 % of the filled cells share; "text" when none does, "empty" when nothing is filled. */
function kindOfColumn(cells: readonly string[]): CellKind {
  const counts = { number: 0, time: 0, text: 0 };
  for (const cell of cells) {
    const kind = kindOfCell(cell);
    if (kind !== "empty") counts[kind]++;
  }
  const filled = counts.number + counts.time + counts.text;
  if (filled === 0) return "empty";
  if (counts.number >= 0.8 * filled) return "number";
  return counts.time >= 0.8 * filled ? "time" : "text";
}

/** > 0 speaks for a header in this column, < 0 against. */
function scoreColumn(first: string, below: readonly string[]): number {
  const head = kindOfCell(first);
  const kind = kindOfColumn(below);
  if (head === "empty") return 0;
  if (kind === "number" || kind === "time") return head === "text" ? 1 : -1;
  if (head !== "text") return -1;
  if (below.includes(first)) return -1;
  return NAME.test(first.trim()) ? 0.3 : -0.3;
}

/** Whether the first of these rows holds column names. */
export function detectHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  if (rest.length === 0) return first.every((cell) => kindOfCell(cell) === "text");
  const below = rest.slice(0, 200);
  let score = 0;
  for (let column = 0; column < first.length; column++) {
    score += scoreColumn(
      first[column] as string,
      below.map((row) => row[column] ?? ""),
    );
  }
  return score > 0;
}

/** Unique, non-empty column names; without a header `c1`, `c2` … */
export function nameColumns(header: readonly string[] | undefined, count: number): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  for (let column = 0; column < count; column++) {
    const given = (header?.[column] ?? "").replace(/^\ufeff/u, "").trim() || `c${column + 1}`;
    let name = given;
    for (let repeat = 2; taken.has(name); repeat++) name = `${given} ${repeat}`;
    taken.add(name);
    names.push(name);
  }
  return names;
}
