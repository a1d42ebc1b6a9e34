/**
 * Cuts a stream of JSON text into its records: lines of objects, an array of objects, or objects simply one after another.
 * It finds where an object ends; whether the object is valid JSON is for its reader.
 */
import { AppError } from "../domain/app-error.ts";
import type { RecordList } from "./find-record-list.ts";

export const MAX_JSON_RECORD = 8 * 1024 ** 2;
const MAX_JSON_DEPTH = 100;

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** Whether lists and objects stand more than `depth` deep inside each other. JavaScript itself fails at some thousands. */
export function nestsDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => nestsDeeper(inner, depth - 1));
}

/** Push text in, get whole records out; `end` says whether something was left open. */
export class JsonSplitter {
  readonly #name: string;
  /** Pieces of the record that is still open. */
  #open: string[] = [];
  #openLength = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line: number;
  #records = 0;
  #inArray = false;
  #arrayClosed = false;

  /** Objects around the list; 0 without any. */
  readonly #around: number;

  /** @param list the text begins at this list inside an object: the object's rest is passed over, and nothing may follow it */
  constructor(name: string, list?: RecordList) {
    this.#name = name;
    this.#around = list?.depth ?? 0;
    this.#line = list?.line ?? 1;
  }

  /** The records that `text` completes. @throws AppError invalid naming file, line and fault */
  push(text: string): string[] {
    const records: string[] = [];
    let start = this.#depth > 0 && !this.#inRest() ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.#line++;
      if (this.#depth === 0) {
        if (code === OPEN_BRACE && !this.#inRest()) {
          start = at;
          this.#depth = 1;
        } else this.#between(code, text[at] as string);
        continue;
      }
      if (!this.#inside(code) || this.#inRest()) continue;
      records.push(this.#open.join("") + text.slice(start, at + 1));
      this.#open = [];
      this.#openLength = 0;
      this.#records++;
      start = -1;
    }
    if (start >= 0) this.#keep(text.slice(start));
    return records;
  }

  /** @throws AppError invalid when a record or the array is left open */
  end(): void {
    if (this.#depth > 0 && this.#inRest()) this.#fail("the object around the records is never closed");
    if (this.#depth > 0) this.#fail(`record ${this.#records + 1} is never closed`);
    if (this.#inArray && !this.#arrayClosed) this.#fail("the array that holds the records is never closed");
  }

  #keep(piece: string): void {
    this.#open.push(piece);
    this.#openLength += piece.length;
    if (this.#openLength > MAX_JSON_RECORD)
      this.#fail(
        `record ${this.#records + 1} is longer than ${MAX_JSON_RECORD / 1024 ** 2} MiB. ` +
          "Is this one object around all records? Export them as JSON lines or as an array",
      );
  }

  /** Whether the list has ended that stands inside an object. */
  #inRest(): boolean {
    return this.#around > 0 && this.#arrayClosed;
  }

  #between(code: number, character: string): void {
    if (code <= 0x20 || code === 0xfeff) return;
    if (this.#inRest()) this.#fail(`the object around the records has ended, and «${character}» follows it`);
    // Records of an array are parted by commas; files that were glued together may part lines so too.
    if (code === 0x2c && this.#records > 0) return;
    if (code === OPEN_BRACKET && this.#records === 0 && !this.#inArray) {
      this.#inArray = true;
      return;
    }
    if (code === CLOSE_BRACKET && this.#inArray && !this.#arrayClosed) {
      this.#arrayClosed = true;
      this.#depth = this.#around;
      return;
    }
    this.#fail(`a record { … } was expected, and «${character}» stands there`);
  }

  /** Whether the record ends at this character. */
  #inside(code: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) this.#inString = false;
      return false;
    }
    if (code === QUOTE) this.#inString = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++this.#depth > MAX_JSON_DEPTH) this.#fail(`a record is nested more than ${MAX_JSON_DEPTH} deep`);
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) return --this.#depth === 0;
    return false;
  }

  #fail(problem: string): never {
    throw new AppError(
      "invalid",
      `${this.#name}, line ${this.#line}: ${problem}. Correct it there, or export the file again.`,
      {
        file: this.#name,
        line: this.#line,
        record: this.#records + 1,
      },
    );
  }
}

/**
 * Every record on a line of its own. A newline inside a record can only be layout, so a blank may stand for it.
 * @param list where the records begin that stand inside an object (see findRecordList)
 */
export async function* toJsonLines(
  pieces: AsyncIterable<string>,
  name: string,
  list: RecordList | undefined,
): AsyncGenerator<string> {
  const splitter = new JsonSplitter(name, list);
  let left = list?.at ?? 0;
  for await (const piece of pieces) {
    const records = splitter.push(left > 0 ? piece.slice(left) : piece);
    left = Math.max(0, left - piece.length);
    if (records.length > 0) yield `${records.map((record) => record.replace(/[\r\n]+\s*/gu, " ")).join("\n")}\n`;
  }
  splitter.end();
}
