/**
 * What the cells of a measurement's rows mean: numbers, switches, times, and the time from which a unit is treated.
 * Every error names file, line and column, and what to do; no row is passed over silently.
 */
import { AppError } from "../domain/app-error.ts";

/** Where a cell stands, for messages. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

/** Number or text; the texts of one column sort as time does. */
export type TimeValue = number | string;

/** The unit is never treated. */
export const NEVER_TREATED = Number.POSITIVE_INFINITY;

const ON = new Set(["1", "true", "yes", "on"]);
const OFF = new Set(["0", "false", "no", "off"]);
const DATE = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/u;
const NEVER_WORDS = new Set(["", "never", "inf", "na"]);

export function cellError({ file, line, column }: Place, what: string): AppError {
  return new AppError("invalid", `${file}, line ${line}, column "${column}": ${what}`, { file, line, column });
}

function refuseEmpty(text: string, place: Place): void {
  if (text === "") throw cellError(place, "the cell is empty; fill it or take the row out.");
}

export function readText(text: string, place: Place): string {
  refuseEmpty(text, place);
  return text;
}

/** A number as programs write it: a point for decimals, no thousands. */
export function readNumber(text: string, place: Place): number {
  refuseEmpty(text, place);
  const number = Number(text);
  if (Number.isFinite(number) && !/^[+-]?0[xbo]/iu.test(text)) return number;
  const hint = /^[+-]?[\d.]*,\d+$/u.test(text) ? "write decimals with a point" : "correct it or take the row out";
  throw cellError(place, `"${text}" is not a number; ${hint}.`);
}

/** 1, true, yes, on are treated; 0, false, no, off are not. */
export function readSwitch(text: string, place: Place): boolean {
  refuseEmpty(text, place);
  const word = text.toLowerCase();
  if (ON.has(word) || Number(word) === 1) return true;
  if (OFF.has(word) || Number(word) === 0) return false;
  throw cellError(
    place,
    `"${text}" is neither 0 nor 1; say 1 in the periods in which the unit is treated, otherwise 0.`,
  );
}

/** A number, such as a year, or a date: 2024-03, 2024-03-01, 2024-03-01 12:00. */
export function readTime(text: string, place: Place): TimeValue {
  refuseEmpty(text, place);
  if (DATE.test(text)) return text;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw cellError(place, `"${text}" is neither a number nor a date such as 2024-03 or 2024-03-01.`);
}

/** The first treated period; 0 and empty mean never. */
export function readStart(text: string, place: Place): TimeValue {
  if (NEVER_WORDS.has(text.toLowerCase()) || Number(text) === 0) return NEVER_TREATED;
  return readTime(text, place);
}
