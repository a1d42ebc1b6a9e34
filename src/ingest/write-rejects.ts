/**
 * The file that explains rejected records: where each stands, which field is at fault, why, and the record as it was.
 * The engine knows only record numbers; the raw text is fetched here in a second pass over the files concerned.
 */
import { createWriteStream } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Mapping } from "../domain/mapping.ts";
import type { EventStore } from "../store/event-store.ts";
import { nameImportTables } from "./import-tables.ts";
import type { LoadedFile } from "./load-records.ts";
import type { ProblemList } from "./problem-list.ts";
import { fetchRawRecords, type RawRecord } from "./raw-records.ts";

export interface RejectsTask {
  readonly importId: number;
  readonly mapping: Mapping;
  readonly files: readonly LoadedFile[];
  readonly problems: ProblemList;
  readonly workspaceDir: string;
}

/** More are counted in the report, not written. */
const MAX_REJECTS = 10_000;

function rejectsPath(workspaceDir: string, importId: number): string {
  return join(workspaceDir, "rejects", `import-${importId}.csv`);
}

/** Whether an import left a file of rejected records. */
export function hasRejects(workspaceDir: string, importId: number): Promise<boolean> {
  return access(rejectsPath(workspaceDir, importId)).then(
    () => true,
    () => false,
  );
}

/** @returns the file's absolute path; null when no record was rejected */
export async function writeRejects(store: EventStore, task: RejectsTask): Promise<string | null> {
  const rows = await store.query<{ ordinal: number; code: number }>(
    `SELECT toFloat64(ordinal) AS ordinal, code FROM ${nameImportTables(task.importId).refused}
     WHERE code IN {rejects:Array(UInt16)} ORDER BY ordinal, code LIMIT ${MAX_REJECTS}`,
    { params: { rejects: task.problems.rejects() } },
  );
  if (rows.length === 0) return null;
  const path = rejectsPath(task.workspaceDir, task.importId);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const out = createWriteStream(path, { mode: 0o600 });
  await finished(Readable.from(lines(task, rows)).pipe(out));
  return path;
}

async function* lines(task: RejectsTask, rows: readonly { ordinal: number; code: number }[]): AsyncGenerator<string> {
  yield "file,line,field,reason,raw\n";
  for (const { file, offset, records } of task.files) {
    const own = rows.filter(({ ordinal }) => ordinal > offset && ordinal <= offset + records);
    if (own.length === 0) continue;
    const raw = await fetchRawRecords(file.source, new Set(own.map(({ ordinal }) => ordinal - offset)));
    for (const { ordinal, code } of own) {
      const { field, reason } = task.problems.get(code);
      const record: RawRecord | undefined = raw.get(ordinal - offset);
      // Personal data that the mapping hashes or drops must not survive here.
      const text = task.mapping.pii ? "" : (record?.text ?? "");
      const line = (record?.line ?? ordinal - offset) + file.source.droppedLines;
      yield `${[file.source.name, line, field, reason, text].map(csvField).join(",")}\n`;
    }
  }
}

/** A spreadsheet must not take a field for a formula. */
export function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
