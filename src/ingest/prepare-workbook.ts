/**
 * An XLSX workbook becomes sources: the sheets that the mapping names, or else the first that holds a table, as CSV.
 * Its parts are read one after another; only the shared strings are held in memory.
 */
import { AppError } from "../domain/app-error.ts";
import { type FlatSheet, flattenSheet, holdsTable } from "./flatten-sheet.ts";
import type { Preparation, WantedSheet } from "./preparation.ts";
import { extractPart, readWorkbook, type Sheet, type Workbook } from "./read-workbook.ts";
import type { ZipArchive } from "./read-zip.ts";

interface FlattenedSheet {
  /** A CSV file in the temp folder. */
  readonly path: string;
  readonly sheet: string;
  /** Whether the mapping reads more than one sheet of the workbook. */
  readonly several: boolean;
  readonly notes: readonly string[];
}

/** @throws AppError invalid when there is no such sheet or no table, or a part is broken */
export async function* flattenWorkbook(archive: ZipArchive, task: Preparation): AsyncGenerator<FlattenedSheet> {
  const book = await readWorkbook(archive, task);
  const { name } = archive;
  const named = task.sheets?.(name) ?? [];
  const several = named.length > 0;
  const wanted = several ? named : [{ sheet: task.hints?.(name)?.sheet, optional: false }];
  const isNamed = (sheet: Sheet) => wanted.some((one) => one.sheet?.toLowerCase() === sheet.name.toLowerCase());
  for (const one of wanted) {
    const sheets = chooseSheets(book, name, one, isNamed);
    const found = await flattenFirst(archive, task, book, sheets, one.sheet);
    const { sheet, path, flat } = found ?? {};
    if (sheet && path && flat) {
      const others = one.sheet === undefined && !several ? await describeOthers(archive, task, book, sheet) : [];
      yield { path, sheet: sheet.name, several, notes: [...others, ...describeSheet(sheet, flat)] };
    } else if (!one.optional) throw refuseEmpty(book, name, one.sheet);
  }
}

/** The first of the sheets that holds a table; one that is named may be a header alone. */
async function flattenFirst(
  archive: ZipArchive,
  task: Preparation,
  book: Workbook,
  sheets: readonly Sheet[],
  wanted: string | undefined,
) {
  for (const sheet of sheets) {
    const part = await openSheet(archive, task, sheet);
    const path = task.tempPath(".csv");
    const flat = await flattenSheet(part, book, path, task);
    if (flat.rows >= 2 || (wanted !== undefined && flat.rows > 0)) return { sheet, path, flat };
  }
  return undefined;
}

async function openSheet(archive: ZipArchive, task: Preparation, sheet: Sheet) {
  const part = await extractPart(archive, task, sheet.path);
  if (part) return { ...part, name: `${archive.name}, sheet ${sheet.name}` };
  throw damagedWorkbook(archive.name, `its sheet «${sheet.name}» (${sheet.path}) is missing`);
}

function refuseEmpty(book: Workbook, name: string, wanted: string | undefined): AppError {
  const message =
    wanted === undefined
      ? `${name} holds no table: no sheet has a header and a row below it.${describeHidden(book)}`
      : `${name}: the sheet «${wanted}» is empty.`;
  return new AppError("invalid", message, { file: name });
}

/** Sheets that are looked at for tables, beside the one that is read. */
const MAX_OTHERS = 20;

function describeHidden({ sheets }: Workbook): string {
  const hidden = sheets.filter((sheet) => sheet.hidden).map((sheet) => `«${sheet.name}»`);
  if (hidden.length === 0) return "";
  return ` ${hidden.join(", ")} is hidden: a mapping reads it when it names it with «sheet».`;
}

function damagedWorkbook(name: string, why: string): AppError {
  const message = `${name} is a damaged workbook: ${why}. Open it with a spreadsheet program and save it again.`;
  return new AppError("invalid", message, { file: name });
}

function chooseSheets(
  { sheets }: Workbook,
  name: string,
  { sheet: wanted, optional }: WantedSheet,
  isNamed: (sheet: Sheet) => boolean,
): readonly Sheet[] {
  if (wanted === undefined) return sheets.filter((sheet) => !sheet.hidden && !isNamed(sheet));
  const found = sheets.filter((sheet) => sheet.name.toLowerCase() === wanted.toLowerCase());
  if (found.length > 0 || optional) return found;
  const names = sheets.map((sheet) => `«${sheet.name}»`).join(", ");
  throw new AppError("invalid", `${name} has no sheet «${wanted}». Its sheets: ${names || "none"}.`, { file: name });
}

/** Where nobody named a sheet: which others hold tables too, and how they are read. */
async function describeOthers(archive: ZipArchive, task: Preparation, book: Workbook, read: Sheet): Promise<string[]> {
  const others: Sheet[] = [];
  for (const sheet of book.sheets) {
    if (sheet === read || sheet.hidden || others.length === MAX_OTHERS) continue;
    if (await holdsTable(await openSheet(archive, task, sheet), book, task)) others.push(sheet);
  }
  const [first] = others;
  if (!first) return [];
  const names = others.map((sheet) => `«${sheet.name}»`).join(", ");
  const match = quoteYaml(archive.name.replace(/^.*\//u, ""));
  const [one, two] = [read, first].map((sheet) => `{ match: ${match}, sheet: ${quoteYaml(sheet.name)} }`);
  return [
    `The sheet «${read.name}» was read; ${names} ${others.length === 1 ? "holds a table" : "hold tables"} too, not read. ` +
      `A mapping reads another one, or several as tables to join: files: { one: ${one}, two: ${two} }.`,
  ];
}

function quoteYaml(text: string): string {
  return /^[A-Za-z][\w .-]*$/u.test(text) ? text : JSON.stringify(text);
}

function describeSheet(sheet: Sheet, { titles, merged, faults }: FlatSheet): string[] {
  const notes: string[] = [];
  if (titles > 0) notes.push(`${titles} rows above the table of the sheet «${sheet.name}» are left out.`);
  if (merged > 0) notes.push(`${merged} ranges of cells are merged: only the first cell of each has its value.`);
  if (faults > 0) notes.push(`${faults} cells hold a fault such as #N/A, and count as empty.`);
  return notes;
}
