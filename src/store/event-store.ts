/**
 * The seam to ClickHouse: one SQL text, two engines (embedded chDB, a server by URL).
 * Values travel only as `{name:Type}` parameters; settings hold for one statement; nothing is loaded whole.
 */
import type { Readable } from "node:stream";

export type QueryValue = string | number | bigint | boolean | null | readonly QueryValue[];
export type QueryParams = Readonly<Record<string, QueryValue>>;
export type QuerySettings = Readonly<Record<string, string | number>>;

export interface StatementOptions {
  readonly params?: QueryParams;
  /** Go into the statement's own SETTINGS, never into the session. */
  readonly settings?: QuerySettings;
  readonly signal?: AbortSignal;
  /** Wall-clock limit, enforced by the engine. Default 300 s for reads, 24 h for writes. */
  readonly timeoutMs?: number;
}

export type FileFormat = "CSV" | "TSV" | "JSONEachRow" | "JSONAsString" | "Parquet" | "LineAsString";

export interface FileLoad extends StatementOptions {
  /** `table` or `table (columns)`: our own text, never a user's. */
  readonly into: string;
  /**
   * The SELECT over the file's rows, given the relation that stands for the file:
   * `file(…)` embedded, `input(…)` on a server. It must read that relation exactly once.
   */
  readonly select: (source: string) => string;
  /** Absolute path of one file; `.gz` is unpacked by the engine. */
  readonly path: string;
  readonly format: FileFormat;
  /** Column structure as ClickHouse takes it, e.g. "`c1` String, `c2` String". */
  readonly structure: string;
}

export interface EventStore {
  readonly kind: "embedded" | "server";
  /**
   * All rows of a small answer, as objects. UInt64 must be wrapped in toString() by the SQL.
   * Runs read-only; table functions are refused.
   * @throws AppError unavailable (time or memory limit, engine gone) with the engine's code in details.clickhouseCode
   */
  query<Row>(sql: string, options?: StatementOptions): Promise<Row[]>;
  /** The rows of a large answer, a block at a time; leaving the loop early stops the query. */
  stream<Row>(sql: string, options?: StatementOptions): AsyncIterable<readonly Row[]>;
  /** Inserts a stream of bytes in a line format; memory stays bounded. Resolves with nothing half-published only if the caller stages. */
  insertStream(
    into: string,
    format: "JSONEachRow" | "TabSeparated",
    bytes: Readable | AsyncIterable<Uint8Array>,
    options?: StatementOptions,
  ): Promise<void>;
  /** INSERT … SELECT from a local file, parsed by the engine. Only the importer calls it. */
  loadFile(load: FileLoad): Promise<void>;
  /** DDL, INSERT … SELECT between our own tables, and other statements without an answer. */
  command(sql: string, options?: StatementOptions): Promise<void>;
  close(): Promise<void>;
}
