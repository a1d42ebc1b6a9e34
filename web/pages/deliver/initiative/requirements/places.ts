/**
 * Increments and timeboxes as choices of one select: "", "i2" or "t3". Pure.
 */
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { formatDays } from "../../priority-words.ts";

export interface Place {
  readonly value: string;
  readonly label: string;
}

/** Each increment, then its timeboxes that are still open. */
export function listPlaces({ increments, timeboxes }: Initiative): Place[] {
  const open = timeboxes.filter(({ state }) => state === "planned" || state === "running");
  return [
    { value: "", label: "nowhere: it stays in the list" },
    ...increments.flatMap(({ id, title }) => [
      { value: `i${id}`, label: `Increment ${title}, no timebox yet` },
      ...open
        .filter(({ increment }) => increment === id)
        .map((box) => ({
          value: `t${box.id}`,
          label: `${title}: ${box.title} (${formatDays(box.start, box.end)}, ${box.state})`,
        })),
    ]),
  ];
}

interface Planned {
  readonly increment: number | null;
  readonly timebox: number | null;
}

export function writePlace({ increment, timebox }: Planned): string {
  return timebox !== null ? `t${timebox}` : increment !== null ? `i${increment}` : "";
}

/** A timebox brings its increment. */
export function readPlace(value: string): Planned {
  const id = Number(value.slice(1));
  if (value.startsWith("t")) return { increment: null, timebox: id };
  return { increment: value.startsWith("i") ? id : null, timebox: null };
}
