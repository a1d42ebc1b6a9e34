/**
 * The rejected records of an import, kept so that they can be looked at and read again: one packed file an import.
 * Which of them are still open, because no other import mended them, is in open-rejects.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { SourceFile } from "./source-file.ts";

/** What is needed to read single records of a file again as they were read. */
export interface KeptFile
  extends Pick<SourceFile, "name" | "format" | "originalFormat" | "header" | "columns">,
    Partial<Pick<SourceFile, "delimiter" | "quotes" | "jsonPaths" | "workbook">> {
  /** The file table of the mapping, and the columns as the mapping calls them. */
  readonly table: string;
  readonly names: readonly string[];
}

export interface KeptProblem {
  /** Of the event rule: time, value …; "" when the record's form is at fault. */
  readonly field: string;
  readonly reason: string;
}

export interface KeptRecord {
  /** Place among the rejects of the import that first refused it, from 0: what tells it from the others. */
  readonly at: number;
  /** Place in `files`, from 0. */
  readonly file: number;
  /** From 1, of the file the user gave. */
  readonly line: number;
  readonly problems: readonly KeptProblem[];
  /** As it stands in the file. */
  readonly text: string;
  /** Too long to keep whole: `text` is its beginning, and it cannot be read again. */
  readonly cut?: true;
  /** Rules that did make an event of it: they are left out when it is read again. */
  readonly done?: readonly number[];
}

export interface KeptRejects {
  /** Records that were rejected, also those not kept. */
  readonly rejected: number;
  /** False where the mapping hashes or drops columns: then nothing of the records is kept. */
  readonly texts: boolean;
  readonly files: readonly KeptFile[];
  readonly records: readonly KeptRecord[];
  /** Of an import that mends another one: the records it was given. */
  readonly sent?: readonly number[];
}

/** Bounds of what is kept of one import: 32 MiB of text, 200,000 records; more are counted only. */
export const MAX_KEPT_BYTES = 32 * 1024 ** 2;
export const MAX_KEPT_RECORDS = 200_000;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Where an import's rejects lie; `ending` is csv for people, json.gz for reading again. */
export function rejectsPath(workspaceDir: string, importId: number, ending: "csv" | "json.gz"): string {
  return join(workspaceDir, "rejects", `import-${importId}.${ending}`);
}

/** Writes a file of the rejects folder as a whole: a reader sees the old one or the new one. */
export async function writeRejectsFile(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function keepRejects(workspaceDir: string, importId: number, kept: KeptRejects): Promise<void> {
  await writeRejectsFile(
    rejectsPath(workspaceDir, importId, "json.gz"),
    await pack(JSON.stringify(kept), { level: 1 }),
  );
}

/** @returns undefined when the import kept none */
export async function readKeptRejects(workspaceDir: string, importId: number): Promise<KeptRejects | undefined> {
  const bytes = await readFile(rejectsPath(workspaceDir, importId, "json.gz")).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const text = await unpack(bytes, { maxOutputLength: 8 * MAX_KEPT_BYTES });
  return JSON.parse(text.toString("utf8")) as KeptRejects;
}

/** Of an import that never came to count, or no longer does. */
export async function removeRejects(workspaceDir: string, importId: number): Promise<void> {
  for (const ending of ["csv", "json.gz"] as const)
    await rm(rejectsPath(workspaceDir, importId, ending), { force: true });
}
