/**
 * Whether the pages of a Parquet file are what its footer says: every page's header is read, and nothing of what it holds.
 * The engine decodes without end where a header names a wrong size. Where writers are known to differ, each of them passes.
 */
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../domain/app-error.ts";
import { PACKED_HEAD, readPackedLength } from "./packed-length.ts";
import { damagedFooter, readParquetFooter } from "./parquet-footer.ts";
import { measureThriftStruct, readThriftList, type ThriftValue } from "./read-thrift.ts";

type Fields = ReadonlyMap<number, ThriftValue>;

/** Field numbers and codes of parquet.thrift. */
const FILE = { rowGroups: 4 } as const;
const ROW_GROUP = { columns: 1, records: 3 } as const;
const COLUMN_CHUNK = { metadata: 3, encryption: 8 } as const;
const METADATA = { path: 3, codec: 4, values: 5, unpacked: 6, packed: 7, dataAt: 9, dictionaryAt: 11 } as const;
const PAGE = { type: 1, unpacked: 2, packed: 3, data: 5, dictionary: 7, dataV2: 8 } as const;
const PAGE_V2 = { repetitionBytes: 6, definitionBytes: 5, packed: 7 } as const;
const VALUES = 1;
const DATA_PAGE = 0;
const INDEX_PAGE = 1;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const NOT_PACKED = 0;

/** How much is read at once to find a header; a header with long statistics may need more. Bytes. */
const WINDOW = 16 * 1024;
const MAX_HEADER = 16 * 1024 ** 2;
/** Old versions of parquet-mr left the dictionary page's header out of a column's size. Bytes. */
const LEFT_OUT = 100;

/** The pages of one column in one row group. */
interface ColumnChunk {
  readonly codec: number;
  readonly values: number;
  readonly start: number;
  readonly packed: number;
  readonly unpacked: number;
}

interface Page {
  readonly type: number;
  readonly headerBytes: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Values of the column; a dictionary has none. */
  readonly values: number;
  /** What stands in both sizes, unpacked in either case, before the rest. Bytes. */
  readonly levels: number;
  /** Whether both sizes must be the same. */
  readonly plain: boolean;
}

/** Something that the file says of itself and that cannot be. */
class Contradiction extends Error {}

const numberIn = (fields: Fields, field: number): number => Number(fields.get(field) ?? Number.NaN);

function structIn(fields: Fields, field: number): Fields {
  const value = fields.get(field);
  if (!(value instanceof Map)) throw new Contradiction("a part is missing");
  return value;
}

function count(fields: Fields, field: number, what: string): number {
  const value = numberIn(fields, field);
  if (!Number.isSafeInteger(value) || value < 0) throw new Contradiction(`${what} is missing or cannot be`);
  return value;
}

/** Reads the headers of one file; between them it jumps. */
class HeaderReader {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #from = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** So many bytes, or as many as there are. */
  async bytes(at: number, length: number, end: number): Promise<Buffer> {
    const most = Math.min(length, end - at);
    return (await this.#read(at, most, end)).subarray(0, most);
  }

  /** The structure that begins at a byte and ends before another. @throws RangeError when there is none */
  async struct(at: number, end: number): Promise<{ readonly fields: Fields; readonly length: number }> {
    const most = Math.min(end - at, MAX_HEADER);
    for (let wanted = Math.min(most, 256); ; wanted = Math.min(most, wanted * 16)) {
      const bytes = await this.#read(at, wanted, end);
      try {
        return measureThriftStruct(bytes);
      } catch (error) {
        if (bytes.length >= most) throw error;
      }
    }
  }

  /** Bytes that begin at one and end before another: at least so many of them, where there are. */
  async #read(at: number, length: number, end: number): Promise<Buffer> {
    const inside = at >= this.#from && at + length <= this.#from + this.#window.length;
    if (!inside) {
      const window = Buffer.alloc(Math.min(end - at, Math.max(length, WINDOW)));
      const { bytesRead } = await this.#file.read(window, 0, window.length, at);
      if (bytesRead < window.length) throw new RangeError("the file ends too early");
      this.#window = window;
      this.#from = at;
    }
    return this.#window.subarray(at - this.#from);
  }
}

function describePage({ fields, length }: { fields: Fields; length: number }, codec: number): Page {
  const type = count(fields, PAGE.type, "its kind");
  const unpacked = count(fields, PAGE.unpacked, "its unpacked size");
  const packed = count(fields, PAGE.packed, "its size");
  const common = { type, headerBytes: length, packed, unpacked, levels: 0, plain: codec === NOT_PACKED };
  if (type === INDEX_PAGE) return { ...common, values: 0 };
  if (type === DICTIONARY_PAGE) {
    count(structIn(fields, PAGE.dictionary), VALUES, "its number of values");
    return { ...common, values: 0 };
  }
  if (type === DATA_PAGE)
    return { ...common, values: count(structIn(fields, PAGE.data), VALUES, "its number of values") };
  if (type !== DATA_PAGE_V2) throw new Contradiction(`its kind, ${type}, is unknown`);
  const data = structIn(fields, PAGE.dataV2);
  const levels =
    count(data, PAGE_V2.repetitionBytes, "the size of its levels") +
    count(data, PAGE_V2.definitionBytes, "the size of its levels");
  if (levels > packed || levels > unpacked) throw new Contradiction("its levels are larger than the page");
  const plain = common.plain || data.get(PAGE_V2.packed) === false;
  return { ...common, levels, plain, values: count(data, VALUES, "its number of values") };
}

function nameColumn(chunk: Fields): string {
  const metadata = chunk.get(COLUMN_CHUNK.metadata);
  const path = metadata instanceof Map ? metadata.get(METADATA.path) : undefined;
  return Array.isArray(path) ? path.join(".") : "";
}

function describeChunk(chunk: Fields): ColumnChunk {
  if (chunk.has(COLUMN_CHUNK.encryption)) throw new Contradiction("it is encrypted");
  const metadata = structIn(chunk, COLUMN_CHUNK.metadata);
  const dataAt = count(metadata, METADATA.dataAt, "where it begins");
  const dictionaryAt = numberIn(metadata, METADATA.dictionaryAt);
  return {
    codec: numberIn(metadata, METADATA.codec),
    values: count(metadata, METADATA.values, "its number of values"),
    // Some writers name no dictionary, or 0, and let the data begin with it.
    start: dictionaryAt > 0 && dictionaryAt < dataAt ? dictionaryAt : dataAt,
    packed: count(metadata, METADATA.packed, "its size"),
    unpacked: count(metadata, METADATA.unpacked, "its unpacked size"),
  };
}

/** The pages of one column in one row group, one after another until all of its values are there. */
class ChunkCheck {
  readonly #chunk: ColumnChunk;
  #at: number;
  #values = 0;
  #packed = 0;
  #unpacked = 0;
  #headers = 0;
  #dictionaryHeader = 0;
  #data = false;

  constructor(chunk: ColumnChunk) {
    this.#chunk = chunk;
    this.#at = chunk.start;
  }

  /** The byte at which the page begins that is looked at. */
  get at(): number {
    return this.#at;
  }

  async run(reader: HeaderReader, dataEnd: number): Promise<void> {
    const { start, packed, values } = this.#chunk;
    if (packed === 0 && values === 0) return;
    if (start < 4 || start + packed > dataEnd) throw new Contradiction("its pages would stand outside the data");
    const end = Math.min(start + packed + LEFT_OUT, dataEnd);
    while (this.#values < values) {
      if (this.#at >= end) throw new Contradiction(`${this.#values} of ${values} values are there`);
      const page = describePage(await reader.struct(this.#at, end), this.#chunk.codec);
      if (this.#at + page.headerBytes + page.packed > end)
        throw new Contradiction(`a page of ${page.packed} bytes does not fit in`);
      await this.#compareLengths(page, reader);
      this.#add(page);
    }
    this.#at = start;
    this.#compareTotals();
  }

  /** What the header says of the page once it is unpacked, against what the packed bytes say themselves. */
  async #compareLengths({ packed, unpacked, levels, plain, headerBytes }: Page, reader: HeaderReader): Promise<void> {
    if (plain && packed !== unpacked)
      throw new Contradiction(`a page that is not packed has ${packed} bytes and would have ${unpacked}`);
    if (plain || packed === levels) return;
    const at = this.#at + headerBytes + levels;
    const head = await reader.bytes(at, PACKED_HEAD, at + packed - levels);
    const length = readPackedLength(this.#chunk.codec, head);
    if (length !== undefined && length !== unpacked - levels)
      throw new Contradiction(`a page is ${length + levels} bytes unpacked, where its header says ${unpacked}`);
  }

  #add(page: Page): void {
    if (page.type === DICTIONARY_PAGE && this.#data) throw new Contradiction("its dictionary stands behind its data");
    if (page.type === DICTIONARY_PAGE) this.#dictionaryHeader += page.headerBytes;
    this.#data ||= page.type !== DICTIONARY_PAGE;
    this.#values += page.values;
    if (this.#values > this.#chunk.values)
      throw new Contradiction(`its pages hold more than its ${this.#chunk.values} values`);
    this.#headers += page.headerBytes;
    this.#packed += page.packed;
    this.#unpacked += page.unpacked;
    this.#at += page.headerBytes + page.packed;
  }

  /**
   * Most writers count the headers in both sums, some in the packed one alone, and old versions of parquet-mr all but the
   * dictionary's; some give the packed size twice, or none. Where the packed sum is none of these, nothing is known.
   */
  #compareTotals(): void {
    const { packed, unpacked } = this.#chunk;
    const sums = (pages: number) => [pages, pages + this.#headers, pages + this.#headers - this.#dictionaryHeader];
    if (!sums(this.#packed).includes(packed)) return;
    if ([0, packed, ...sums(this.#unpacked)].includes(unpacked)) return;
    throw new Contradiction(
      `its pages are ${this.#unpacked} bytes unpacked, where ${unpacked} with their headers are said`,
    );
  }
}

interface FileCheck {
  readonly name: string;
  readonly reader: HeaderReader;
  /** Where the footer begins, in bytes. */
  readonly dataEnd: number;
  readonly plain: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
}

function tellDamage(name: string, where: string, at: number | undefined, cause: unknown): AppError {
  const why = cause instanceof Contradiction ? cause.message : "there is no header of a page";
  return new AppError(
    "invalid",
    `${name} is damaged: ${where}${at === undefined ? "" : `, at byte ${at}`}: ${why}. Fetch it or write it anew, or export it as CSV.`,
    { file: name, ...(at === undefined ? {} : { at }) },
    { cause },
  );
}

/** @returns how many bytes the chunk takes */
async function checkChunk(check: FileCheck, fields: Fields, rowGroup: number, rows: number): Promise<number> {
  const column = nameColumn(fields);
  let pages: ChunkCheck | undefined;
  try {
    const chunk = describeChunk(fields);
    if (check.plain.has(column) && chunk.values !== rows)
      throw new Contradiction(`it has ${chunk.values} values for ${rows} records`);
    pages = new ChunkCheck(chunk);
    await pages.run(check.reader, check.dataEnd);
    return chunk.packed;
  } catch (error) {
    if (!(error instanceof Contradiction || error instanceof RangeError)) throw error;
    throw tellDamage(check.name, `column «${column}» in row group ${rowGroup}`, pages?.at, error);
  }
}

async function checkRowGroups(check: FileCheck, footer: Buffer): Promise<void> {
  let rowGroup = 0;
  let bytes = 0;
  for (const group of readThriftList(footer, FILE.rowGroups)) {
    rowGroup++;
    const rows = numberIn(group, ROW_GROUP.records);
    for (const chunk of (group.get(ROW_GROUP.columns) ?? []) as readonly Fields[]) {
      check.signal?.throwIfAborted();
      bytes += await checkChunk(check, chunk, rowGroup, rows);
      // Columns that overlap would be walked over and over.
      if (bytes > check.dataEnd)
        throw tellDamage(check.name, `row group ${rowGroup}`, undefined, new Contradiction("its columns overlap"));
    }
  }
}

/**
 * Walks over all pages; time grows with their number, memory does not.
 * @param plain the columns that hold one value a record
 * @throws AppError invalid naming column, row group and byte; the signal's reason
 */
export async function checkParquetPages(
  path: string,
  name: string,
  { plain, signal }: { readonly plain: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const footer = await readParquetFooter(path, name);
  const file = await open(path, "r");
  try {
    const dataEnd = (await file.stat()).size - 8 - footer.length;
    const check = { name, reader: new HeaderReader(file), dataEnd, plain: new Set(plain), signal };
    await checkRowGroups(check, footer);
  } catch (error) {
    throw error instanceof RangeError || error instanceof TypeError ? damagedFooter(name, error) : error;
  } finally {
    await file.close();
  }
}
