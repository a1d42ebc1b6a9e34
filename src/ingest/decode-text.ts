/**
 * In which encoding a text file is written, and its content as UTF-8.
 * One pass over the whole file decides: a single Latin-1 byte may hide behind a million lines of ASCII.
 */
import { isUtf8 } from "node:buffer";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { quoteParity } from "./quote-parity.ts";
import { type ByteSource, readBytes, type UnpackLimits } from "./read-bytes.ts";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface TextScan {
  readonly encoding: TextEncodingName;
  /** A UTF-8 byte-order mark stands at the start. */
  readonly bom: boolean;
  /** The file is UTF-8 but for a few damaged places, which become U+FFFD. */
  readonly damaged: boolean;
  readonly unpackedBytes: number;
  /** Bytes of the longest line, exact above 1 MiB and a lower bound below. */
  readonly longestLine: number;
  /** An odd number of `"`: perhaps one that is never closed. */
  readonly oddQuotes: boolean;
  /** Bytes behind an odd number of `"` and before the next one, at the most; a lower bound, of whole chunks. */
  readonly longestQuoted: number;
  /** Lines end in CR alone, as on old Macs, which the engine does not read. */
  readonly carriageReturnsOnly: boolean;
  /** Whole lines from all over the file, in order, about one in 64 KiB, at most 2,000. */
  readonly lines: readonly string[];
}

const NEWLINE = 0x0a;
const MAX_PICKED_LINES = 2_000;
const MAX_PICKED_LINE = 64 * 1024;
const CARRIAGE_RETURN = 0x0d;

/** The encoding that the first bytes give away by a byte-order mark or by zeros; undefined when they do not. */
export function detectUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const length = Math.min(head.length, 4096) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) evenZeros++;
    if (head[at + 1] === 0) oddZeros++;
  }
  const half = length / 2;
  if (half >= 2 && oddZeros > 0.4 * half && evenZeros < 0.05 * half) return "utf-16le";
  if (half >= 2 && evenZeros > 0.4 * half && oddZeros < 0.05 * half) return "utf-16be";
  return undefined;
}

/** How many bytes at the end of a chunk are the start of a UTF-8 character that goes on in the next one. */
export function countOpenBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Well-formed multi-byte characters and stray bytes of a chunk that is not UTF-8 throughout. */
function countCharacters(chunk: Buffer): { wellFormed: number; stray: number } {
  const text = chunk.toString("utf8");
  let wellFormed = 0;
  let stray = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) stray++;
    else if (unit > 0x7f) wellFormed++;
  }
  return { wellFormed, stray };
}

/** What the bytes of a scan add up to, chunk by chunk. */
class ScanState {
  #carry: Buffer = Buffer.alloc(0);
  #line = 0;
  #quotes = 0;
  #quoted = 0;
  #newline = false;
  #carriageReturn = false;
  #sinceLine = 0;
  #lineEvery = 64 * 1024;
  lines: Buffer[] = [];
  wellFormed = 0;
  stray = 0;
  bytes = 0;
  longestLine = 0;
  longestQuoted = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    const first = chunk.indexOf(NEWLINE);
    this.#newline ||= first >= 0;
    if (!this.#newline) this.#carriageReturn ||= chunk.includes(CARRIAGE_RETURN);
    // Only lines that fill whole chunks can be dangerous: short ones inside a chunk need no exact length.
    this.#line += first < 0 ? chunk.length : first;
    this.longestLine = Math.max(this.longestLine, this.#line);
    if (first >= 0) this.#line = chunk.length - chunk.lastIndexOf(NEWLINE) - 1;
    this.#pickLines(chunk);
    this.#quoted = this.oddQuotes && !chunk.includes('"') ? this.#quoted + chunk.length : 0;
    this.longestQuoted = Math.max(this.longestQuoted, this.#quoted);
    this.#quotes ^= quoteParity(chunk);
    this.#checkUtf8(chunk);
  }

  #pickLines(chunk: Buffer): void {
    let at = Math.max(0, this.#lineEvery - this.#sinceLine);
    for (; at < chunk.length; at += this.#lineEvery) {
      const start = chunk.indexOf(NEWLINE, at) + 1;
      const end = start > 0 ? chunk.indexOf(NEWLINE, start) : -1;
      if (end < 0) break;
      // A copy: the chunk's memory is used again.
      if (end - start < MAX_PICKED_LINE) this.lines.push(Buffer.from(chunk.subarray(start, end)));
    }
    this.#sinceLine = Math.max(0, chunk.length - (at - this.#lineEvery));
    if (this.lines.length < MAX_PICKED_LINES) return;
    this.lines = this.lines.filter((_, index) => index % 2 === 0);
    this.#lineEvery *= 2;
  }

  #checkUtf8(chunk: Buffer): void {
    const whole = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const open = countOpenBytes(whole);
    const body = open > 0 ? whole.subarray(0, whole.length - open) : whole;
    this.#carry = open > 0 ? Buffer.from(whole.subarray(whole.length - open)) : Buffer.alloc(0);
    if (isUtf8(body)) return;
    const counts = countCharacters(body);
    this.wellFormed += counts.wellFormed;
    this.stray += counts.stray;
  }

  end(): void {
    if (this.#carry.length > 0) this.stray++;
  }

  get carriageReturnsOnly(): boolean {
    return this.#carriageReturn && !this.#newline;
  }

  get oddQuotes(): boolean {
    return this.#quotes === 1;
  }
}

function binaryFault(name: string, line: number): AppError {
  return new AppError(
    "invalid",
    `${name}, line ${line}: a zero byte, which no text holds. If it is text, export it again or take the zero bytes out; ` +
      "otherwise know that Waymark reads CSV, TSV, XLSX, fixed-width text, JSON lines, Parquet, XES and OCEL, each also gzipped or in a ZIP archive.",
    { file: name, line },
  );
}

/** The line (from 1) of the byte at this offset; only asked when the file is refused. */
async function findLine(source: ByteSource, offset: number, limits: UnpackLimits | undefined): Promise<number> {
  let [line, read] = [1, 0];
  for await (const chunk of readBytes(source, limits)) {
    line += countLineEnds(chunk.subarray(0, offset - read).toString("latin1"));
    read += chunk.length;
    if (read >= offset) break;
  }
  return line;
}

function countLineEnds(text: string): number {
  return text.split("\n").length - 1;
}

const UNSCANNED = {
  bom: false,
  damaged: false,
  unpackedBytes: 0,
  longestLine: 0,
  oddQuotes: false,
  longestQuoted: 0,
  carriageReturnsOnly: false,
  lines: [],
} as const;

/**
 * Reads a text file once and says how it is written.
 * @throws AppError invalid when it holds binary data or a damaged archive
 */
export async function scanText(
  source: ByteSource,
  head: Uint8Array,
  options: { readonly limits?: UnpackLimits | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<TextScan> {
  const utf16 = detectUtf16(head);
  // Only what follows from the encoding is known; the copy in UTF-8 is scanned again.
  if (utf16) return { ...UNSCANNED, encoding: utf16 };
  const state = new ScanState();
  for await (const chunk of readBytes(source, options.limits)) {
    options.signal?.throwIfAborted();
    const zero = chunk.indexOf(0);
    if (zero >= 0) throw binaryFault(source.name, await findLine(source, state.bytes + zero, options.limits));
    state.add(chunk);
  }
  state.end();
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  // Text that is UTF-8 but for some damage has far more well-formed characters than stray bytes; Latin-1 has none.
  const damaged = state.stray > 0 && (bom || state.wellFormed > state.stray);
  return {
    encoding: state.stray === 0 || damaged ? "utf-8" : "windows-1252",
    bom,
    damaged,
    unpackedBytes: state.bytes,
    longestLine: state.longestLine,
    oddQuotes: state.oddQuotes,
    longestQuoted: state.longestQuoted,
    carriageReturnsOnly: state.carriageReturnsOnly,
    lines: state.lines.map((line) => line.toString("utf8")),
  };
}

/** 0x80–0x9F of Windows-1252 as the WHATWG encoding standard has them; written out because ICU-less decoders differ. */
const WINDOWS_1252_HIGH =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

function decodeWindows1252(chunk: Buffer): string {
  return chunk.toString("latin1").replace(/[\u0080-\u009f]/gu, (c) => WINDOWS_1252_HIGH[c.charCodeAt(0) - 0x80] ?? c);
}

/**
 * The text of a file, a piece at a time, never cut inside a character; a byte-order mark is left out.
 * @throws AppError invalid when UTF-16 text holds zero characters, for then it is no text, or is cut off in one
 */
export async function* decodeText(
  source: ByteSource,
  encoding: TextEncodingName,
  limits?: UnpackLimits,
): AsyncGenerator<string> {
  if (encoding === "windows-1252") {
    for await (const chunk of readBytes(source, limits)) yield decodeWindows1252(chunk);
    return;
  }
  const decoder = new TextDecoder(encoding);
  let [line, bytes] = [1, 0];
  for await (const chunk of readBytes(source, limits)) {
    const text = decoder.decode(chunk, { stream: true });
    if (encoding !== "utf-8") {
      const zero = text.indexOf("\0");
      if (zero >= 0) throw binaryFault(source.name, line + countLineEnds(text.slice(0, zero)));
      line += countLineEnds(text);
    }
    bytes += chunk.length;
    if (text) yield text;
  }
  if (encoding !== "utf-8" && bytes % 2 === 1)
    throw new AppError(
      "invalid",
      `${source.name}, line ${line}: it is written in ${encoding} and ends in the middle of a character. It was cut off: fetch or export it again.`,
      { file: source.name, line },
    );
  const rest = decoder.decode();
  if (rest) yield rest;
}

/** Writes pieces of text to a new file as UTF-8, at the pace of the disk. */
export async function writeText(path: string, pieces: AsyncIterable<string>): Promise<void> {
  // "wx": a temp folder is ours, and a file that is already there means a bug, not something to overwrite.
  await pipeline(
    Readable.from(pieces, { objectMode: true, highWaterMark: 4 }),
    createWriteStream(path, { flags: "wx" }),
  );
}

/** Copies a file into UTF-8 without byte-order mark, unpacked; on request with CR line ends turned into LF. */
export async function transcodeToUtf8(
  source: ByteSource,
  encoding: TextEncodingName,
  target: string,
  options: { readonly limits?: UnpackLimits; readonly carriageReturns?: boolean } = {},
): Promise<void> {
  const pieces = decodeText(source, encoding, options.limits);
  await writeText(target, options.carriageReturns ? replaceCarriageReturns(pieces) : pieces);
}

async function* replaceCarriageReturns(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replaceAll("\r", "\n");
}
