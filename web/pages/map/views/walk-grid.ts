/**
 * Where an arrow key, Home or End leads in a table of cells of which some cannot be entered.
 */

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * The next cell in the direction of the key that can be entered; undefined: none, or another key.
 * @param at "row/column", from 0
 */
export function walkGrid(
  at: string,
  key: string,
  rows: number,
  columns: number,
  canEnter: (at: string) => boolean,
): string | undefined {
  const [row = 0, column = 0] = at.split("/").map(Number);
  const inRow = Array.from({ length: columns }, (_, index) => `${row}/${index}`).filter(canEnter);
  if (key === "Home") return inRow[0];
  if (key === "End") return inRow.at(-1);
  const move = MOVES[key];
  if (!move) return undefined;
  let [y, x] = [row + move[0], column + move[1]];
  while (y >= 0 && y < rows && x >= 0 && x < columns) {
    if (canEnter(`${y}/${x}`)) return `${y}/${x}`;
    [y, x] = [y + move[0], x + move[1]];
  }
  return undefined;
}
