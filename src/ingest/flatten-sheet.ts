/**
 * Turns one sheet of an XLSX workbook into a CSV file: a record a row, as wide as the widest, without titles above.
 * What a cell's text is, is said by sheet-value; which sheet it is, by prepare-workbook.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { quoteCell } from "./flatten-xes.ts";
import type { Preparation } from "./preparation.ts";
import type { ByteSource, UnpackLimits } from "./read-bytes.ts";
import { refuseLongText, TextRun, type Workbook } from "./read-workbook.ts";
import { readXml, type XmlHandlers } from "./read-xml.ts";
import { RECORD_END, RecordText } from "./record-text.ts";
import { writeCell } from "./sheet-value.ts";
import { MAX_COLUMNS } from "./sniff-table.ts";

export interface FlatSheet {
  /** Rows that were written. */
  readonly rows: number;
  readonly columns: number;
  /** Rows above the table: titles and dates of a report. */
  readonly titles: number;
  readonly merged: number;
  /** Cells that hold a fault such as #N/A. */
  readonly faults: number;
}

/** Titles are looked for above the table only: the widest of so many rows is its width. */
const LOOKED_ROWS = 100;
const MAX_TITLES = 20;

/** Rows that a worksheet can have. */
const MAX_ROWS = 1_048_576;

/** "AB12" → 27; −1 for what is no reference of a cell. */
function columnOf(reference: string): number {
  const [letters] = /^[A-Z]{1,3}(?=[0-9])/u.exec(reference) ?? [""];
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

/** Rows as CSV records that end at their last filled cell. */
class SheetRows {
  readonly #book: Workbook;
  readonly #name: string;
  readonly #text: TextRun;
  readonly #records: RecordText;
  /** Cells of each record. */
  readonly lengths: number[] = [];
  /** Of the first rows: filled cells, and the first filled column. */
  readonly filled: number[] = [];
  readonly starts: number[] = [];
  start = Number.POSITIVE_INFINITY;
  width = 0;
  merged = 0;
  faults = 0;
  #cells: string[] = [];
  #column = -1;
  #reference: string | undefined;
  #type = "n";
  #style = 0;
  #value = "";
  #inValue = false;

  constructor(book: Workbook, sheet: ByteSource, limits: UnpackLimits | undefined) {
    this.#book = book;
    this.#name = sheet.name;
    this.#text = new TextRun(sheet.name);
    this.#records = new RecordText(sheet, limits);
  }

  #fail(why: string): never {
    throw new AppError("invalid", `${this.#name}, ${this.#place}: ${why}.`, { file: this.#name });
  }

  /** Of the cell that is being read. */
  get #place(): string {
    return this.#reference === undefined ? `row ${this.lengths.length + 1}` : `cell ${this.#reference.slice(0, 20)}`;
  }

  readonly handlers: XmlHandlers = {
    open: (element, attribute) => {
      if (element === "c") this.#openCell(attribute);
      else if (element === "v") this.#inValue = true;
      else if (element === "mergeCell") this.merged++;
      else if (element === "row") this.#column = -1;
      else this.#text.open(element);
    },
    text: (piece) => {
      if (!this.#inValue) {
        this.#text.add(piece);
        return;
      }
      this.#value += piece;
      refuseLongText(this.#value, this.#name);
    },
    close: (element) => {
      if (element === "c") this.#closeCell();
      else if (element === "v") this.#inValue = false;
      else if (element === "row") this.#closeRow();
      else this.#text.close(element);
    },
  };

  #openCell(attribute: (name: string) => string | undefined): void {
    const reference = attribute("r");
    // A cell without a place stands right of the one before.
    this.#reference = reference;
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (this.#column < 0) this.#fail("that is no place of a cell. Save the workbook again");
    this.#type = attribute("t") ?? "n";
    this.#style = Number(attribute("s") ?? 0);
    this.#value = "";
  }

  #closeCell(): void {
    const inline = this.#text.take();
    const style = this.#book.styles[this.#style] ?? "none";
    if (this.#type === "s" && this.#book.strings[Number(this.#value)] === undefined)
      this.#fail(
        `it refers to the shared text ${this.#value || "without number"}, and the workbook has ${this.#book.strings.length}. It is damaged: open it with a spreadsheet program and save it again`,
      );
    const value = this.#type === "inlineStr" ? inline : writeCell(this.#type, this.#value, style, this.#book);
    if (value === undefined) this.faults++;
    if (!value) return;
    if (this.#column >= MAX_COLUMNS)
      this.#fail(`the sheet has more than ${MAX_COLUMNS} columns. Delete those that are no data, or save them as CSV`);
    if (this.#cells[this.#column]) this.#fail("the cell stands twice in its row. Save the workbook again");
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = quoteCell(value);
  }

  #closeRow(): void {
    const cells = this.#cells;
    if (cells.length === 0) return;
    const start = cells.findIndex((cell) => cell !== "");
    if (this.lengths.length >= MAX_ROWS)
      throw new AppError("invalid", `${this.#name} has more than ${MAX_ROWS} rows, which no worksheet can have.`, {
        file: this.#name,
      });
    if (this.lengths.length < LOOKED_ROWS) {
      this.filled.push(cells.filter((cell) => cell !== "").length);
      this.starts.push(start);
    } else this.start = Math.min(this.start, start);
    this.lengths.push(cells.length);
    this.width = Math.max(this.width, cells.length);
    this.#records.add(cells);
    this.#cells = [];
  }

  /** The records since the last call. */
  take(): string {
    return this.#records.take();
  }
}

/** Rows above the first one that is at least half as full as the fullest. */
function countTitles({ filled }: SheetRows): number {
  const fullest = filled.reduce((most, count) => Math.max(most, count), 0);
  const first = filled.findIndex((count) => count * 2 >= fullest);
  return first <= MAX_TITLES ? Math.max(0, first) : 0;
}

/**
 * Writes the sheet to `target`, a new file.
 * @throws AppError invalid when the XML is broken or the sheet too wide
 */
export async function flattenSheet(
  sheet: ByteSource,
  book: Workbook,
  target: string,
  task: Preparation,
): Promise<FlatSheet> {
  const spool = `${target}.spool`;
  const rows = new SheetRows(book, sheet, task.limits);
  try {
    await pipeline(Readable.from(readRows(sheet, rows, task)), createWriteStream(spool, { flags: "wx" }));
    const titles = countTitles(rows);
    const start = Math.min(rows.start, ...rows.starts.slice(titles));
    await pipeline(Readable.from(padRows(spool, rows, titles, start)), createWriteStream(target, { flags: "wx" }));
    const { lengths, width, merged, faults } = rows;
    return { rows: lengths.length - titles, columns: Math.max(0, width - start), titles, merged, faults };
  } finally {
    await rm(spool, { force: true });
  }
}

/**
 * Whether the sheet has a header and a row below it; what stands behind them is not read.
 * @throws AppError invalid when its XML is broken before that
 */
export async function holdsTable(sheet: ByteSource, book: Workbook, task: Preparation): Promise<boolean> {
  const rows = new SheetRows(book, sheet, task.limits);
  for await (const _ of readXml(sheet, rows.handlers, task)) if (rows.lengths.length >= 2) return true;
  return false;
}

async function* readRows(sheet: ByteSource, rows: SheetRows, task: Preparation): AsyncGenerator<string> {
  for await (const _ of readXml(sheet, rows.handlers, task)) {
    task.onProgress?.(task.found.name, rows.lengths.length);
    const done = rows.take();
    if (done) yield done;
  }
}

/** Every record from the table's first column to its last. */
async function* padRows(spool: string, rows: SheetRows, titles: number, start: number): AsyncGenerator<Buffer> {
  let record = 0;
  /** Bytes of the record's beginning that are left out: its empty first cells are a comma each. */
  let skip = start;
  for await (const chunk of createReadStream(spool, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const parts: Buffer[] = [];
    let from = 0;
    const put = (to: number) => {
      const cut = Math.min(skip, to - from);
      skip -= cut;
      if (record >= titles) parts.push(chunk.subarray(from + cut, to));
    };
    for (let at = chunk.indexOf(RECORD_END); at >= 0; at = chunk.indexOf(RECORD_END, from)) {
      put(at);
      if (record >= titles) parts.push(Buffer.from(`${",".repeat(rows.width - (rows.lengths[record] as number))}\n`));
      record++;
      from = at + 1;
      skip = start;
    }
    put(chunk.length);
    yield Buffer.concat(parts);
  }
}
