/**
 * What was rejected of an import: where each record stands, which fields are at fault, why, and the record as it was.
 * The engine knows only record numbers; the raw text is fetched here in a second pass over the files concerned.
 */
import { access, rm } from "node:fs/promises";
import type { Mapping } from "../domain/mapping.ts";
import type { EventStore } from "../store/event-store.ts";
import { nameImportTables } from "./import-tables.ts";
import {
  type KeptFile,
  type KeptRecord,
  type KeptRejects,
  MAX_KEPT_BYTES,
  MAX_KEPT_RECORDS,
  rejectsPath,
  writeRejectsFile,
} from "./kept-rejects.ts";
import type { LoadedFile } from "./load-records.ts";
import { fetchParquetRecords } from "./parquet-records.ts";
import type { PlannedTable } from "./plan-tables.ts";
import type { ProblemList } from "./problem-list.ts";
import { fetchRawRecords, type RawRecord } from "./raw-records.ts";
import { writeRejectsCsv } from "./rejects-csv.ts";

export interface RejectsTask {
  readonly importId: number;
  readonly mapping: Mapping;
  readonly tables: readonly PlannedTable[];
  readonly files: readonly LoadedFile[];
  readonly problems: ProblemList;
}

/** A record that was refused: its number over the whole import, and for which problems. */
interface RefusedRecord {
  readonly ordinal: number;
  readonly codes: readonly number[];
}

/** Whether an import left a file of rejected records. */
export function hasRejects(workspaceDir: string, importId: number): Promise<boolean> {
  return access(rejectsPath(workspaceDir, importId, "csv")).then(
    () => true,
    () => false,
  );
}

/** Writes the table for people, or removes it when nothing is rejected any more. @returns its absolute path, or null */
export async function writeRejectsTable(
  workspaceDir: string,
  importId: number,
  { files, records, texts }: KeptRejects,
): Promise<string | null> {
  const path = rejectsPath(workspaceDir, importId, "csv");
  if (records.length === 0) {
    await rm(path, { force: true });
    return null;
  }
  await writeRejectsFile(path, writeRejectsCsv(files, records, texts));
  return path;
}

/** Rejected records in the order of the files, at most as many as are kept. */
export async function listRefused(store: EventStore, importId: number, problems: ProblemList) {
  const { refused } = nameImportTables(importId);
  const rejects = problems.rejects();
  return store.query<RefusedRecord>(
    `SELECT toFloat64(ordinal) AS ordinal, arraySort(groupUniqArray(code)) AS codes FROM ${refused}
     WHERE code IN {rejects:Array(UInt16)} GROUP BY ordinal ORDER BY ordinal LIMIT ${MAX_KEPT_RECORDS}`,
    { params: { rejects } },
  );
}

async function countRejected(store: EventStore, importId: number, problems: ProblemList): Promise<number> {
  const [row] = await store.query<{ records: number }>(
    `SELECT toFloat64(uniqExact(ordinal)) AS records FROM ${nameImportTables(importId).refused}
     WHERE code IN {rejects:Array(UInt16)}`,
    { params: { rejects: problems.rejects() } },
  );
  return row?.records ?? 0;
}

/** Rules that made an event of a record that another rule refused, by the record's number. */
async function listDone(
  store: EventStore,
  { importId, problems }: Pick<RejectsTask, "importId" | "problems">,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await store.query<{ number: number; rules: number[] }>(
    `SELECT toFloat64(raw.ordinal) AS number, arraySort(groupUniqArray(rule)) AS rules FROM raw
     WHERE import = {id:UInt32} AND raw.ordinal IN (SELECT ordinal FROM ${nameImportTables(importId).refused}
       WHERE code IN {rejects:Array(UInt16)})
     GROUP BY raw.ordinal ORDER BY number LIMIT ${MAX_KEPT_RECORDS}`,
    { params: { id: importId, rejects: problems.rejects() } },
  );
  return new Map(rows.map(({ number, rules }) => [number, rules]));
}

function describeFile({ file }: LoadedFile, tables: readonly PlannedTable[]): KeptFile {
  const { name, format, originalFormat, header, columns, delimiter, quotes, jsonPaths, workbook } = file.source;
  return {
    ...{ name, format, originalFormat, header, columns, names: file.names },
    table: tables.find(({ files }) => files.includes(file))?.name ?? "",
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quotes === undefined ? {} : { quotes }),
    ...(jsonPaths === undefined ? {} : { jsonPaths }),
    ...(workbook === undefined ? {} : { workbook }),
  };
}

/** The texts and lines of the refused records of one file, by the record's number in it. */
function fetchRecords(
  store: EventStore,
  { importId, mapping, problems }: RejectsTask,
  { file: { source }, offset }: LoadedFile,
  own: readonly RefusedRecord[],
  budget: number,
): Promise<ReadonlyMap<number, RawRecord>> {
  if (source.format !== "parquet")
    return fetchRawRecords(source, new Set(own.map(({ ordinal }) => ordinal - offset)), budget);
  // Records of a Parquet file are only texts, and personal data must not be written anywhere.
  if (mapping.pii !== undefined) return Promise.resolve(new Map());
  const { refused } = nameImportTables(importId);
  const wanted = {
    scratch: `${refused}_records`,
    numbers: `SELECT ordinal FROM ${refused} WHERE code IN {rejects:Array(UInt16)}
      GROUP BY ordinal ORDER BY ordinal LIMIT ${MAX_KEPT_RECORDS}`,
    params: { rejects: problems.rejects() },
    offset,
  };
  return fetchParquetRecords(store, source, wanted, budget);
}

/** @returns undefined when no record was rejected */
export async function collectRejects(store: EventStore, task: RejectsTask): Promise<KeptRejects | undefined> {
  const refused = await listRefused(store, task.importId, task.problems);
  if (refused.length === 0) return undefined;
  const rejected =
    refused.length < MAX_KEPT_RECORDS ? refused.length : await countRejected(store, task.importId, task.problems);
  const done = task.mapping.events.length > 1 ? await listDone(store, task) : new Map<number, readonly number[]>();
  // Personal data that the mapping hashes or drops must not survive here.
  const texts = task.mapping.pii === undefined;
  const records: KeptRecord[] = [];
  const places = new Map(refused.map(({ ordinal }, at) => [ordinal, at]));
  let bytes = 0;
  for (const [at, loaded] of task.files.entries()) {
    const own = refused.filter(({ ordinal }) => ordinal > loaded.offset && ordinal <= loaded.offset + loaded.records);
    const raw = await fetchRecords(store, task, loaded, own, MAX_KEPT_BYTES - bytes);
    for (const { ordinal, codes } of own) {
      const number = ordinal - loaded.offset;
      const record = raw.get(number);
      // What is past the limit is counted only.
      if (!record && bytes > MAX_KEPT_BYTES / 2) break;
      const text = texts ? (record?.text ?? "") : "";
      bytes += text.length;
      records.push({
        ...{ at: places.get(ordinal) as number, file: at, line: record?.line ?? number, text },
        problems: codes.map((code) => task.problems.get(code)).map(({ field, reason }) => ({ field, reason })),
        ...(record?.cut || !record || !texts ? { cut: true as const } : {}),
        ...(done.has(ordinal) ? { done: done.get(ordinal) as readonly number[] } : {}),
      });
    }
  }
  return { rejected, texts, files: task.files.map((file) => describeFile(file, task.tables)), records };
}
