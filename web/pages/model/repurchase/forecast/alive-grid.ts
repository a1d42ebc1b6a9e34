/**
 * The alive map as rows and columns: how long ago the last order was, how many orders there were, and what a cell says.
 */
import { formatCount, formatCountOf } from "../../../../ui/format.ts";
import { describeAlive, formatChance, formatMean, type RepurchaseReport } from "../views/repurchase-words.ts";

export type AliveCell = RepurchaseReport["aliveMap"][number];

/** "under 7 days", "7–13 days", "730 days and more". */
export function nameSince({ sinceFrom, sinceTo }: Pick<AliveCell, "sinceFrom" | "sinceTo">): string {
  if (sinceTo === null) return `${sinceFrom} days and more`;
  if (sinceFrom === 0) return `under ${formatCountOf(sinceTo, "day")}`;
  return `${sinceFrom}–${sinceTo - 1} days`;
}

/** "1 order", "4–5 orders", "20 orders and more". */
export function nameOrders({ ordersFrom, ordersTo }: Pick<AliveCell, "ordersFrom" | "ordersTo">): string {
  if (ordersTo === null) return `${formatCountOf(ordersFrom, "order")} and more`;
  return ordersFrom === ordersTo ? formatCountOf(ordersFrom, "order") : `${ordersFrom}–${ordersTo} orders`;
}

export function describeCell(cell: AliveCell): string {
  const who = `last order ${nameSince(cell)} ago, ${nameOrders(cell)}`;
  const noun = cell.customers === 1 ? "customer" : "customers";
  // What is seen comes first, so that it is part of the name that is heard.
  return `${shortCell(cell)} ${noun}: ${who}; ${describeAlive(cell.alive)}, ${formatMean(cell.expected)} orders expected of each`;
}

/** "92 % · 1,204"; "<1 % · 65". */
export function shortCell({ alive, customers }: AliveCell): string {
  const chance = formatChance(alive).replace("under ", "<").replace("over ", ">");
  return `${chance} · ${formatCount(customers)}`;
}

/** Over a column: "20+ orders". */
function headOrders(cell: AliveCell): string {
  return cell.ordersTo === null ? `${cell.ordersFrom}+ orders` : nameOrders(cell);
}

export interface AliveGrid {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly (AliveCell | undefined)[];
  }[];
}

const distinct = (values: readonly number[]) => [...new Set(values)].toSorted((a, b) => a - b);

/** Rows by silence, columns by orders; undefined where nobody is. */
export function toAliveGrid(cells: readonly AliveCell[]): AliveGrid {
  const orders = distinct(cells.map(({ ordersFrom }) => ordersFrom));
  const since = distinct(cells.map(({ sinceFrom }) => sinceFrom));
  const nameBy = (key: "ordersFrom" | "sinceFrom", from: number, name: (cell: AliveCell) => string) => {
    const known = cells.find((cell) => cell[key] === from);
    return known ? name(known) : "";
  };
  return {
    columns: orders.map((from) => nameBy("ordersFrom", from, headOrders)),
    rows: since.map((from) => ({
      label: nameBy("sinceFrom", from, nameSince),
      cells: orders.map((of) => cells.find((cell) => cell.sinceFrom === from && cell.ordersFrom === of)),
    })),
  };
}
