/**
 * A card in hand: what a key or a pointer does to it, and what is said of it to those who do not see it. Pure.
 */
import { type Direction, describePlace, isSamePlace, LIST_NAME, type Place, stepPlace } from "./move.ts";

export interface Carry {
  readonly requirement: number;
  readonly title: string;
  readonly from: Place;
  /** Where it would be put down now. */
  readonly over: Place;
  readonly by: "keys" | "pointer";
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export function readArrow(key: string): Direction | undefined {
  return ARROWS[key];
}

export type CarryKey =
  | { readonly kind: "move"; readonly carry: Carry; readonly said: string }
  | { readonly kind: "drop" | "cancel" }
  | undefined;

const EDGES: Readonly<Record<Direction, string>> = {
  left: `“${LIST_NAME}” is the leftmost.`,
  right: "Done is the rightmost column.",
  up: "This is the topmost row.",
  down: "This is the lowest row.",
};

/** What a key means while a card is in hand; undefined: nothing. */
export function carryByKey(carry: Carry, key: string): CarryKey {
  if (key === " " || key === "Enter") return { kind: "drop" };
  if (key === "Escape" || key === "Tab") return { kind: "cancel" };
  const direction = readArrow(key);
  if (!direction) return undefined;
  const over = stepPlace(carry.over, direction);
  if (over) return { kind: "move", carry: { ...carry, over }, said: sayOver({ ...carry, over }) };
  const upOrDown = direction === "up" || direction === "down";
  const edge = carry.over.column === "list" && upOrDown ? `“${LIST_NAME}” has no rows.` : EDGES[direction];
  return { kind: "move", carry, said: `${edge} Still over ${describePlace(carry.over)}.` };
}

export function sayPickedUp({ requirement, title, from }: Carry): string {
  return `Picked up requirement ${requirement}, ${title}, from ${describePlace(from)}. Arrow keys move it, Space or Enter drops it, Escape puts it back.`;
}

export function sayOver({ from, over }: Carry): string {
  return isSamePlace(from, over) ? `Over ${describePlace(over)}, where it was.` : `Over ${describePlace(over)}.`;
}

export function sayPutBack({ requirement, from }: Carry): string {
  return `Requirement ${requirement} is back in ${describePlace(from)}.`;
}

/** The card that an arrow key leads to when none is in hand. @param cells keys of cards by cell, cells by column */
export function findNeighbour(
  columns: readonly (readonly number[])[],
  present: number,
  direction: Direction,
): number | undefined {
  const index = columns.findIndex((column) => column.includes(present));
  const place = columns[index]?.indexOf(present) ?? -1;
  if (direction === "up" || direction === "down") return columns[index]?.[place + (direction === "down" ? 1 : -1)];
  const others = direction === "left" ? columns.slice(0, Math.max(index, 0)).toReversed() : columns.slice(index + 1);
  const next = others.find((column) => column.length > 0);
  return next?.[Math.min(place, next.length - 1)];
}
