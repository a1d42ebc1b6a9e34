/**
 * The entries of a ZIP archive: listed and checked, and copied out one by one without being unpacked.
 * Which of them are data is decided in unpack-archive; what a path inside says never becomes a path of this machine.
 */
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { AppError } from "../domain/app-error.ts";
import { showName } from "./find-sources.ts";
import { type ByteSource, UNPACK_LIMITS, type UnpackLimits } from "./read-bytes.ts";

export interface ZipEntry {
  /** The path inside the archive, folders told by "/", without characters that cannot be shown. */
  readonly path: string;
  readonly packedBytes: number;
  readonly entry: Entry;
}

/** More entries than this are no export. */
const MAX_ENTRIES = 10_000;
const STORED = 0;
const DEFLATED = 8;
/** How other programs pack, by the method's number in APPNOTE.TXT 4.4.5. */
const METHODS: Readonly<Record<number, string>> = { 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz" };
/** RFC 1952: deflate, no name, no time, unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** Whether the first bytes are those of a ZIP archive: one with entries, an empty one, or one part of several. */
export function isZip(head: Uint8Array): boolean {
  return /^504b(?:0304|0506|0708)/u.test(Buffer.from(head.subarray(0, 4)).toString("hex"));
}

function damaged(name: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (/strong encryption/u.test(why)) return encrypted(name);
  if (/absolute path|invalid relative path|invalid characters/u.test(why))
    return new AppError(
      "invalid",
      `${name} holds a name that leads outside the archive (${why}). Is it from a source you trust?`,
      { file: name },
    );
  return new AppError(
    "invalid",
    `${name} is a damaged ZIP archive: its end is missing, its table of contents breaks, or a check sum is wrong. Fetch or export it again.`,
    { file: name, why },
    { cause },
  );
}

function encrypted(name: string): AppError {
  return new AppError("invalid", `${name} is an encrypted ZIP archive. Unpack it with its password first.`, {
    file: name,
  });
}

/** An archive that is open for reading; whoever opens it closes it. */
export class ZipArchive {
  readonly name: string;
  readonly entries: readonly ZipEntry[];
  readonly #zip: ZipFile;

  private constructor(name: string, zip: ZipFile, entries: readonly ZipEntry[]) {
    this.name = name;
    this.#zip = zip;
    this.entries = entries;
  }

  /**
   * @throws AppError invalid when the archive is damaged, encrypted, or its sizes add up to what no honest one has
   */
  static async open(source: ByteSource, limits: UnpackLimits = UNPACK_LIMITS): Promise<ZipArchive> {
    const { path, name } = source;
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    } catch (cause) {
      throw damaged(name, cause);
    }
    try {
      return new ZipArchive(name, zip, await listEntries(zip, source, limits));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.#zip.close();
  }

  /** The entry of exactly this path. */
  find(path: string): ZipEntry | undefined {
    return this.entries.find((entry) => entry.path === path);
  }

  /**
   * Copies an entry into a new file: packed ones become gzip files, whose reader checks length, sum and ratio.
   * @param name for messages
   * @throws AppError invalid when the entry is damaged or packed in a way that is not read
   */
  async extract({ entry, packedBytes }: ZipEntry, target: string, name: string): Promise<ByteSource> {
    const gzip = entry.compressionMethod === DEFLATED;
    if (!gzip && entry.compressionMethod !== STORED)
      throw new AppError(
        "invalid",
        `${name} is packed with ${METHODS[entry.compressionMethod] ?? `method ${entry.compressionMethod}`}, which is not read. Pack the archive as an ordinary ZIP.`,
        { file: name },
      );
    try {
      const packed = await this.#zip.openReadStreamPromise(entry, { decodeFileData: false });
      const bytes = Readable.from(gzip ? asGzip(packed, entry) : checkSum(packed, entry));
      await pipeline(bytes, createWriteStream(target, { flags: "wx", mode: 0o600 }));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== undefined) throw cause;
      throw damaged(this.name, cause);
    }
    return { path: target, name, gzip, bytes: packedBytes };
  }
}

async function* asGzip(packed: Readable, { crc32, uncompressedSize }: Entry): AsyncGenerator<Buffer> {
  yield GZIP_HEADER;
  yield* packed as AsyncIterable<Buffer>;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32, 0);
  trailer.writeUInt32LE(uncompressedSize % 2 ** 32, 4);
  yield trailer;
}

/** What is packed is checked when it is unpacked; what is only stored, here. */
async function* checkSum(stored: Readable, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const chunk of stored as AsyncIterable<Buffer>) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw new Error(`the check sum of ${showName(entry.fileName)} is wrong`);
}

async function listEntries(zip: ZipFile, { path, name }: ByteSource, limits: UnpackLimits): Promise<ZipEntry[]> {
  if (zip.entryCount > MAX_ENTRIES)
    throw new AppError("invalid", `${name} holds ${zip.entryCount} entries; at most ${MAX_ENTRIES} are read.`, {
      file: name,
    });
  const entries: ZipEntry[] = [];
  let packed = 0;
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      entries.push({ path: showName(entry.fileName), packedBytes: entry.compressedSize, entry });
    }
  } catch (cause) {
    throw damaged(name, cause);
  }
  if (entries.some(({ entry }) => entry.isEncrypted())) throw encrypted(name);
  // Entries that share their bytes are how a small archive claims to hold a large one.
  if (packed > (await stat(path)).size)
    throw new AppError("invalid", `${name} is no honest ZIP archive: its entries overlap.`, { file: name });
  if (unpacked > limits.maxBytes)
    throw new AppError(
      "invalid",
      `${name} unpacks to more than ${Math.round(limits.maxBytes / 1024 ** 3)} GiB. Split it, or import its files unpacked.`,
      { file: name },
    );
  return entries;
}
