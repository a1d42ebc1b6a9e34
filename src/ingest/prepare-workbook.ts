/**
 * An XLSX workbook becomes a source: the sheet that the mapping names, or else the first that holds a table, as CSV.
 * Its parts are read one after another; only the shared strings are held in memory.
 */
import { AppError } from "../domain/app-error.ts";
import { type FlatSheet, flattenSheet } from "./flatten-sheet.ts";
import type { Preparation } from "./preparation.ts";
import { extractPart, readWorkbook, type Sheet, type Workbook } from "./read-workbook.ts";
import type { ZipArchive } from "./read-zip.ts";

export interface FlatWorkbook {
  /** A CSV file in the temp folder. */
  readonly path: string;
  readonly notes: readonly string[];
}

/** @throws AppError invalid when there is no such sheet or no table, or a part is broken */
export async function flattenWorkbook(archive: ZipArchive, task: Preparation): Promise<FlatWorkbook> {
  const book = await readWorkbook(archive, task);
  const { name } = archive;
  const wanted = task.hints?.(name)?.sheet;
  const sheets = chooseSheets(book, name, wanted);
  for (const sheet of sheets) {
    const part = await extractPart(archive, task, sheet.path);
    if (!part) throw damagedWorkbook(name, `its sheet «${sheet.name}» (${sheet.path}) is missing`);
    const path = task.tempPath(".csv");
    const flat = await flattenSheet({ ...part, name: `${name}, sheet ${sheet.name}` }, book, path, task);
    if (flat.rows >= 2 || (wanted !== undefined && flat.rows > 0))
      return { path, notes: describeSheet(book, sheet, flat) };
  }
  throw new AppError(
    "invalid",
    wanted === undefined
      ? `${name} holds no table: no sheet has a header and a row below it.${describeHidden(book)}`
      : `${name}: the sheet «${wanted}» is empty.`,
    { file: name },
  );
}

function describeHidden({ sheets }: Workbook): string {
  const hidden = sheets.filter((sheet) => sheet.hidden).map((sheet) => `«${sheet.name}»`);
  if (hidden.length === 0) return "";
  return ` ${hidden.join(", ")} is hidden: a mapping reads it when it names it with «sheet».`;
}

function damagedWorkbook(name: string, why: string): AppError {
  const message = `${name} is a damaged workbook: ${why}. Open it with a spreadsheet program and save it again.`;
  return new AppError("invalid", message, { file: name });
}

function chooseSheets({ sheets }: Workbook, name: string, wanted: string | undefined): readonly Sheet[] {
  if (wanted === undefined) return sheets.filter(({ hidden }) => !hidden);
  const found = sheets.filter((sheet) => sheet.name.toLowerCase() === wanted.toLowerCase());
  if (found.length > 0) return found;
  const names = sheets.map((sheet) => `«${sheet.name}»`).join(", ");
  throw new AppError("invalid", `${name} has no sheet «${wanted}». Its sheets: ${names || "none"}.`, { file: name });
}

function describeSheet({ sheets }: Workbook, sheet: Sheet, { titles, merged, faults }: FlatSheet): string[] {
  const notes: string[] = [];
  const others = sheets.filter((other) => other !== sheet && !other.hidden).map((other) => `«${other.name}»`);
  if (others.length > 0)
    notes.push(`The sheet «${sheet.name}» was read; ${others.join(", ")} not. A mapping names another with «sheet».`);
  if (titles > 0) notes.push(`${titles} rows above the table of the sheet «${sheet.name}» are left out.`);
  if (merged > 0) notes.push(`${merged} ranges of cells are merged: only the first cell of each has its value.`);
  if (faults > 0) notes.push(`${faults} cells hold a fault such as #N/A, and count as empty.`);
  return notes;
}
