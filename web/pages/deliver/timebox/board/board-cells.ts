/**
 * Which cards stand in which cell of the board, in which order. Cells that hold the same cards stay the same array.
 */
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { COLUMNS, findPlace, type Place, ROWS } from "./move.ts";

export type Cells = ReadonlyMap<string, readonly Requirement[]>;

export function cellKey({ column, row }: Place): string {
  return column === "list" ? "list" : `${row}/${column}`;
}

export function readCellKey(key: string): Place | undefined {
  const [row, column] = key.split("/");
  if (key === "list") return { column: "list", row: "undecided" };
  const place = { row: ROWS.find((one) => one === row), column: COLUMNS.find((one) => one === column) };
  return place.row && place.column ? { row: place.row, column: place.column } : undefined;
}

/** The list by the priority it would arrive with, then by number; what is done or in another timebox is not in it. */
function orderList(requirements: readonly Requirement[], timebox: number): Requirement[] {
  const rank = (one: Requirement) => ROWS.indexOf(findPlace(one, timebox).row);
  return requirements.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
}

function isSameCell(a: readonly Requirement[] | undefined, b: readonly Requirement[]): boolean {
  return a !== undefined && a.length === b.length && a.every((one, index) => one === b[index]);
}

/** @param before the cells drawn last; those whose cards are the same are kept as they are */
export function sortIntoCells(requirements: readonly Requirement[], timebox: number, before?: Cells): Cells {
  const cells = new Map<string, Requirement[]>([["list", []]]);
  for (const row of ROWS) for (const column of COLUMNS) cells.set(cellKey({ row, column }), []);
  for (const requirement of requirements) {
    const place = findPlace(requirement, timebox);
    const listed = requirement.timebox === null && requirement.state !== "done";
    if (place.column !== "list" || listed) cells.get(cellKey(place))?.push(requirement);
  }
  cells.set("list", orderList(cells.get("list") ?? [], timebox));
  return new Map(
    [...cells].map(([key, cell]) => [key, isSameCell(before?.get(key), cell) ? (before?.get(key) ?? cell) : cell]),
  );
}
