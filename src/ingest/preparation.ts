/**
 * What every way of preparing a source is given and gives back, and the few steps that all of them share.
 * The ways themselves are in prepare-sources (which, Parquet) and prepare-text (tables, JSON, XES).
 */
import { symlink } from "node:fs/promises";
import { extname } from "node:path";
import type { EventStore } from "../store/event-store.ts";
import type { FoundFile } from "./find-sources.ts";
import { type ByteSource, readBytes, type UnpackLimits } from "./read-bytes.ts";
import type { TableHints } from "./sniff-table.ts";
import type { Sample, SourceFile } from "./source-file.ts";
import type { ParquetTrial } from "./try-parquet.ts";

/** What a mapping says of a file, instead of what the sniffer would find. */
export interface SourceHints extends Omit<TableHints, "format"> {
  readonly format?: "csv" | "tsv" | "fixed" | "jsonl" | "parquet" | "xes" | undefined;
  /** Of a workbook; default: the first that holds a table. */
  readonly sheet?: string | undefined;
}

export interface WantedSheet {
  /** Undefined: the first that holds a table, and that nobody names. */
  readonly sheet: string | undefined;
  readonly optional: boolean;
}

export interface PrepareDeps {
  /** Needed for Parquet only: the engine reads its sample. */
  readonly events?: EventStore;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
  /** By file name and, where several of a workbook are read, its sheet; undefined: find out. */
  readonly hints?: (name: string, sheet?: string) => SourceHints | undefined;
  /** The sheets of a workbook that are read, by its file's name; none named: that of the hints. */
  readonly sheets?: (name: string) => readonly WantedSheet[];
  /** Converting a log may take a while: events read so far. */
  readonly onProgress?: (name: string, events: number) => void;
}

export interface PreparedSource {
  readonly source: SourceFile;
  readonly sample: Sample;
}

/** What every way of preparing a file is given. */
export interface Preparation extends PrepareDeps {
  readonly found: FoundFile;
  /** A new path in the temp folder, ending in `ending`. */
  readonly tempPath: (ending: string) => string;
  /** Reads Parquet files before the workspace's engine does. */
  readonly trial: ParquetTrial;
}

/** How much of a file's beginning is looked at, in bytes. */
export const SAMPLE_BYTES = 1024 ** 2;

/** The first `length` bytes of the unpacked content. */
export async function readStart(source: ByteSource, length: number, limits?: UnpackLimits): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBytes(source, limits)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

/** Characters that are patterns or separators to the engine's file(), and endings it would unpack by. */
const UNSAFE_PATH = /[^\p{L}\p{N}/._ @+,=-]/u;
const PACKED_ENDING =
  /\.(?:gz|gzip|br|brotli|lzma|xz|zst|zstd|lz4|bz2|bzip2|snappy|deflate|zip|tar|tgz|7z|tzst|txz|tbz2?)$/iu;

/** A path with the right ending for its content: the original where it will do, else a link in the temp folder. */
export async function aliasPath(task: Preparation, bytes: ByteSource): Promise<string> {
  const ending = extname(bytes.path).toLowerCase();
  const fits = bytes.gzip ? ending === ".gz" : !PACKED_ENDING.test(bytes.path);
  if (fits && !UNSAFE_PATH.test(bytes.path)) return bytes.path;
  const alias = task.tempPath(bytes.gzip ? ".txt.gz" : ".txt");
  await symlink(bytes.path, alias);
  return alias;
}

/** Text without byte-order mark and without a line that the sample cuts off. */
export function cutAtLine(start: Buffer, complete: boolean): string {
  const end = complete ? start.length : start.lastIndexOf(0x0a) + 1 || start.length;
  return new TextDecoder("utf-8").decode(start.subarray(0, end));
}
