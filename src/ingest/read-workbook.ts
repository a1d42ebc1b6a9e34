/**
 * What stands around the sheets of an XLSX workbook (ECMA-376): their names and places, shared strings, and which
 * number formats are dates. The cells themselves are read in flatten-sheet.
 */
import { posix } from "node:path";
import { AppError } from "../domain/app-error.ts";
import type { Preparation } from "./preparation.ts";
import type { ByteSource } from "./read-bytes.ts";
import { readXml, type XmlHandlers } from "./read-xml.ts";
import type { ZipArchive } from "./read-zip.ts";

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Its part's path inside the archive. */
  readonly path: string;
}

/** How a number is to be shown, as far as it matters: `none` for plain numbers and for durations. */
export type DateStyle = "none" | "date" | "time" | "moment";

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly strings: readonly string[];
  /** By the cell's style number. */
  readonly styles: readonly DateStyle[];
  /** Days are counted from 1904-01-01, as on old Macs. */
  readonly from1904: boolean;
}

/** All shared strings are in memory at once: about 2 bytes a character and 40 a string. */
const MAX_STRING_COST = 128 * 1024 ** 2;
const STRING_OVERHEAD = 20;
/** Sheets, relations, formats and styles: Excel knows 64,000 styles at the most. */
const MAX_PARTS = 65_536;
/** One cell's text; Excel takes 32,767. Characters. */
const MAX_CELL_TEXT = 1024 ** 2;

/** A part of the workbook as a file of its own; undefined when there is none. */
export async function extractPart(
  archive: ZipArchive,
  task: Preparation,
  path: string,
): Promise<ByteSource | undefined> {
  const entry = archive.find(path) ?? archive.entries.find((one) => one.path.toLowerCase() === path.toLowerCase());
  return entry && archive.extract(entry, task.tempPath(".part"), `${archive.name}/${entry.path}`);
}

function tooManyParts(name: string): AppError {
  const message = `${name} has more than ${MAX_PARTS} sheets, formats or styles: that is no workbook. Save the sheet as CSV.`;
  return new AppError("invalid", message, { file: name });
}

/** @returns whether there is such a part */
async function readPart(archive: ZipArchive, task: Preparation, path: string, handlers: XmlHandlers): Promise<boolean> {
  const part = await extractPart(archive, task, path);
  if (!part) return false;
  for await (const _ of readXml(part, handlers, task));
  return true;
}

/** @throws AppError invalid when a part is broken, or the shared strings are too many for memory */
export async function readWorkbook(archive: ZipArchive, task: Preparation): Promise<Workbook> {
  const targets = new Map<string, string>();
  await readPart(archive, task, "xl/_rels/workbook.xml.rels", {
    open: (element, attribute) => {
      if (element !== "Relationship") return;
      if (targets.size >= MAX_PARTS) throw tooManyParts(archive.name);
      targets.set(attribute("Id") ?? "", posix.resolve("/xl", attribute("Target") ?? "").slice(1));
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readPart(archive, task, "xl/workbook.xml", {
    open: (element, attribute) => {
      if (element === "workbookPr") from1904 = /^(?:1|true)$/u.test(attribute("date1904") ?? "");
      if (element !== "sheet") return;
      if (sheets.length >= MAX_PARTS) throw tooManyParts(archive.name);
      const path = targets.get(attribute("id") ?? "") ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
      sheets.push({ name: attribute("name") ?? "", hidden: (attribute("state") ?? "visible") !== "visible", path });
    },
  });
  const styles = await readStyles(archive, task);
  return { sheets, strings: await readStrings(archive, task), styles, from1904 };
}

/** ECMA-376 part 1, 18.8.30: formats known by number; 27–36 and 50–58 are dates of East Asian editions. */
function builtInStyle(id: number): DateStyle {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return "date";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35)) return "time";
  return id === 22 ? "moment" : "none";
}

/** `yyyy-mm-dd hh:mm` → moment; `[h]:mm` is a duration, which stays a number of days. */
function judgeFormat(code: string): DateStyle {
  const bare = code.split(";", 1)[0]?.replace(/"[^"]*"|\\.|_.|\*./gu, "") ?? "";
  if (/\[(?:h+|m+|s+)\]/iu.test(bare)) return "none";
  const letters = bare.replace(/\[[^\]]*\]|general|AM\/PM|A\/P/giu, "");
  const day = /[dy]|mmm/iu.test(letters);
  const clock = /[hs]/iu.test(letters);
  if (day) return clock ? "moment" : "date";
  return clock ? "time" : /m/iu.test(letters) ? "date" : "none";
}

async function readStyles(archive: ZipArchive, task: Preparation): Promise<DateStyle[]> {
  const formats = new Map<number, DateStyle>();
  const styles: DateStyle[] = [];
  let inCells = false;
  await readPart(archive, task, "xl/styles.xml", {
    open: (element, attribute) => {
      if (element === "numFmt") formats.set(Number(attribute("numFmtId")), judgeFormat(attribute("formatCode") ?? ""));
      if (element === "cellXfs") inCells = true;
      if (element !== "xf" || !inCells) return;
      if (styles.length >= MAX_PARTS || formats.size > MAX_PARTS) throw tooManyParts(archive.name);
      const id = Number(attribute("numFmtId") ?? 0);
      styles.push(formats.get(id) ?? builtInStyle(id));
    },
    close: (element) => {
      if (element === "cellXfs") inCells = false;
    },
  });
  return styles;
}

async function readStrings(archive: ZipArchive, task: Preparation): Promise<string[]> {
  const strings: string[] = [];
  const text = new TextRun(`${archive.name}/xl/sharedStrings.xml`);
  let cost = 0;
  await readPart(archive, task, "xl/sharedStrings.xml", {
    open: (element) => text.open(element),
    text: (piece) => text.add(piece),
    close: (element) => {
      text.close(element);
      if (element !== "si") return;
      const string = text.take();
      strings.push(string);
      cost += string.length + STRING_OVERHEAD;
      if (cost > MAX_STRING_COST)
        throw new AppError(
          "invalid",
          `${archive.name} holds more different texts than fit into memory. Save the sheet as CSV.`,
          { file: archive.name },
        );
    },
  });
  return strings;
}

/** Escapes of characters that XML cannot hold: `_x000D_`. Those that no text needs are left out. */
function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/giu, (_, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code < 0x20 && code !== 0x09 && code !== 0x0a ? "" : String.fromCharCode(code);
  });
}

/** @throws AppError invalid when it is longer than the text of a cell can be */
export function refuseLongText(text: string, name: string): void {
  if (text.length <= MAX_CELL_TEXT) return;
  const message = `${name} holds a text of more than ${MAX_CELL_TEXT / 1024 ** 2} MiB: that is no cell of a table.`;
  throw new AppError("invalid", message, { file: name });
}

/** The text of a shared or inline string: its runs, without how it is read aloud. */
export class TextRun {
  #inText = false;
  #phonetic = false;
  #text = "";
  readonly #name: string;

  /** @param name of its document, for messages */
  constructor(name: string) {
    this.#name = name;
  }

  open(element: string): void {
    if (element === "t") this.#inText = true;
    else if (element === "rPh") this.#phonetic = true;
  }

  add(piece: string): void {
    if (!this.#inText || this.#phonetic) return;
    this.#text += piece;
    refuseLongText(this.#text, this.#name);
  }

  close(element: string): void {
    if (element === "t") this.#inText = false;
    else if (element === "rPh") this.#phonetic = false;
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    return unescapeText(text);
  }
}
