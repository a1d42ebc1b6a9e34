/**
 * What one cell of a spreadsheet says as text: dates in ISO 8601, numbers as they are, whatever a formula gave last.
 * It knows no neighbours; rows and columns are put together in flatten-sheet.
 */
import type { DateStyle } from "./read-workbook.ts";

const DAY_MS = 86_400_000;
/** Serial 1 is 1900-01-01; from 61 on a day is added, for the 1900-02-29 that never was. */
const FROM_1900 = Date.UTC(1899, 11, 31);
const FROM_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31, the last day that spreadsheets know. */
const LAST_SERIAL = 2_958_465;

/**
 * The text of a number of days in a cell that shows a date.
 * @example writeSerial(45292.5, "moment", false) → "2024-01-01T12:00:00"
 */
function writeSerial(serial: number, style: DateStyle, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < LAST_SERIAL + 1)) return undefined;
  const day = from1904 || serial < 60 ? serial : serial - 1;
  // To the millisecond: a day's fraction is never exact.
  const iso = new Date((from1904 ? FROM_1904 : FROM_1900) + Math.round(day * DAY_MS)).toISOString();
  const clock = iso.slice(11, iso.endsWith(".000Z") ? 19 : 23);
  if (style === "time" && serial < 1) return clock;
  const midnight = clock === "00:00:00";
  return style === "date" && midnight ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${clock}`;
}

/** Spreadsheets write 19.99 as 19.989999999999998: the shortest text of the same number is what was typed. */
function writeNumber(value: string): string {
  if (/^-?\d{1,15}$/u.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== "" ? String(number) : value;
}

/**
 * @param type the cell's `t`: n, s, str, inlineStr, b, e, d
 * @returns undefined for a fault such as #N/A, which is no value
 */
export function writeCell(
  type: string,
  value: string,
  style: DateStyle,
  book: { readonly strings: readonly string[]; readonly from1904: boolean },
): string | undefined {
  if (type === "s") return book.strings[Number(value)] ?? "";
  if (type === "e") return undefined;
  if (type === "b") return value === "1" || value === "true" ? "true" : "false";
  if (type !== "n" || value === "") return value;
  if (style === "none") return writeNumber(value);
  return writeSerial(Number(value), style, book.from1904) ?? writeNumber(value);
}
