/**
 * What every kind of selection compiles to: a choice of events, journeys or whole rows of a frame, as SQL.
 * Which kinds there are is in selection-place, -funnel, -cohort and -kpi.
 */

/** What a selection decides on. */
export type Choice =
  /** Array of 0/1 over the events: a journey with a 1 is chosen. */
  | { readonly marks: string }
  /** Array of 0/1 over the journeys of the row. */
  | { readonly picks: string }
  /** Condition on the row: one customer, or a frame of whole lives. */
  | { readonly row: string };

export interface SelectionPart {
  /** Further WITH aliases, in order, that the choice refers to. */
  readonly aliases: readonly string[];
  readonly choice: Choice;
}

/** Nobody: what was asked for cannot have happened. */
export const NOBODY: SelectionPart = { aliases: [], choice: { row: "0" } };

/** Sums of an array over the events, one for each unit of the row: running sums read at the units' ends. */
export function sumByUnit(array: string): string {
  return `arrayPopFront(arrayDifference(arrayPushFront(
    arrayFilter((total, last) -> last, arrayCumSum(${array}), unitLasts), toUInt64(0))))`;
}

/** An array over the units spread over their events by repetition: an index inside a lambda would copy the array. */
export function spreadUnits(array: string): string {
  return `arrayFlatten(arrayMap((element, size) -> arrayWithConstant(size, element), ${array}, unitSizes))`;
}
