/**
 * What an import does beside its load when it mends another one: it leaves out events that are there already, and
 * notes which records it was given and which of them are still rejected.
 */

import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import type { EventStore } from "../store/event-store.ts";
import type { StateStore } from "../store/state-store.ts";
import type { ImportPlan } from "./compile-mapping.ts";
import { nameImportTables } from "./import-tables.ts";
import { type KeptFile, type KeptProblem, type KeptRecord, keepRejects, MAX_KEPT_RECORDS } from "./kept-rejects.ts";
import type { LoadedFile } from "./load-records.ts";
import { rememberRetry } from "./open-rejects.ts";
import type { SourceFile } from "./source-file.ts";
import { collectRejects, listRefused, type RejectsTask } from "./write-rejects.ts";

/** Records of one file of the mended import, as a file of their own: one record a record, in this order. */
export interface MendingPart {
  readonly source: SourceFile;
  readonly records: readonly KeptRecord[];
}

export interface Mending {
  readonly of: number;
  /** The files of the mended import. */
  readonly files: readonly KeptFile[];
  readonly parts: readonly MendingPart[];
  /** The mapping to read with: file tables without rejects may stay away. */
  readonly reading: Mapping;
}

/** Every record was refused again: there is nothing to commit. */
export class NothingMended extends Error {
  override readonly name = "NothingMended";
  /** What keeps the records from being events now. */
  readonly rejects: readonly (KeptProblem & { readonly records: number })[];

  constructor(rejects: NothingMended["rejects"]) {
    super("none of the records is an event now");
    this.rejects = rejects;
  }
}

function countProblems(records: readonly KeptRecord[]): NothingMended["rejects"] {
  const counts = new Map<string, KeptProblem & { records: number }>();
  for (const problem of records.flatMap(({ problems }) => problems)) {
    const key = JSON.stringify([problem.field, problem.reason]);
    counts.set(key, { ...problem, records: (counts.get(key)?.records ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.records - a.records);
}

function partOf({ parts }: Mending, source: SourceFile): MendingPart {
  const part = parts.find((one) => one.source === source);
  if (!part) throw new Error(`${source.name} is no part of what is mended`);
  return part;
}

/** Pairs of a record's number in this import and a rule that made its event before. */
function listDone(mending: Mending, plan: ImportPlan): { ordinals: number[]; rules: number[] } {
  const sources = plan.tables.flatMap((table) => table.files.map(({ source }) => source));
  const records = sources.flatMap((source) => partOf(mending, source).records);
  const pairs = records.flatMap(({ done = [] }, at) => done.map((rule) => [at + 1, rule] as const));
  return { ordinals: pairs.map(([ordinal]) => ordinal), rules: pairs.map(([, rule]) => rule) };
}

/** Between landing tables and `raw`: what rules made of these records before neither comes in nor is refused again. */
export async function leaveOutDone(store: EventStore, id: number, mending: Mending, plan: ImportPlan): Promise<void> {
  const { ordinals, rules } = listDone(mending, plan);
  if (ordinals.length === 0) return;
  const { land, refused } = nameImportTables(id);
  const done = `${refused}_done`;
  await store.command(`CREATE TABLE ${done} (ordinal UInt64, rule UInt16) ENGINE = MergeTree ORDER BY (ordinal, rule)`);
  await store.command(
    `INSERT INTO ${done} SELECT pair.1, pair.2 FROM (
       SELECT arrayJoin(arrayZip({ordinals:Array(UInt64)}, {rules:Array(UInt16)})) AS pair)`,
    { params: { ordinals, rules } },
  );
  const rest = `(ordinal, rule) NOT IN (SELECT ordinal, rule FROM ${done})`;
  for (const view of ["good", "bad"]) await store.command(`DROP TABLE ${land}_${view} SYNC`);
  await store.command(
    `CREATE MATERIALIZED VIEW ${land}_good TO raw AS SELECT * EXCEPT code FROM ${land} WHERE code = 0 AND ${rest}`,
  );
  await store.command(
    `CREATE MATERIALIZED VIEW ${land}_bad TO ${refused} AS SELECT ordinal, code FROM ${land} WHERE code != 0 AND ${rest}`,
  );
}

/** One record must have become one record: a quote that is not closed swallows those behind it. */
function requireWhole(mending: Mending, files: readonly LoadedFile[]): void {
  const away = mending.parts.find(({ source }) => files.every(({ file }) => file.source !== source));
  if (away)
    throw new AppError(
      "invalid",
      `The mapping takes no file called ${away.source.name}: its records cannot be read again with it.`,
      {
        file: away.source.name,
      },
    );
  for (const { file, records } of files) {
    const part = partOf(mending, file.source);
    if (records !== part.records.length)
      throw new AppError(
        "invalid",
        `Of ${file.source.name}, ${part.records.length} records were to be read again, but they read as ${records}: a quote in one of them is not closed. Correct its quotes in the CSV.`,
        { file: file.source.name },
      );
  }
}

interface Mended {
  readonly sent: number;
  readonly mended: number;
}

/**
 * After the load and before the commit. Notes what is still rejected, with its new reasons.
 * @throws NothingMended when that is all of it
 */
export async function keepMending(
  deps: { readonly events: EventStore; readonly state: StateStore; readonly workspaceDir: string },
  mending: Mending,
  task: RejectsTask,
): Promise<Mended> {
  requireWhole(mending, task.files);
  const kept = await collectRejects(deps.events, task);
  const refused = await listRefused(deps.events, task.importId, task.problems);
  const given = task.files.flatMap(({ file }) => partOf(mending, file.source).records);
  const rejected = new Set(refused.map(({ ordinal }) => ordinal));
  const mended = given.filter((_, at) => !rejected.has(at + 1)).length;
  if (given.length > MAX_KEPT_RECORDS) throw new Error("more records were sent than are kept");
  if (mended === 0) throw new NothingMended(countProblems(kept?.records ?? []));
  const records = (kept?.records ?? []).flatMap((now) => {
    const before = given[(refused[now.at]?.ordinal ?? 0) - 1];
    if (!before) return [];
    const done = [...new Set([...(before.done ?? []), ...(now.done ?? [])])];
    const { at: place, file, line } = before;
    return [{ ...now, at: place, file, line, ...(done.length > 0 ? { done } : {}) }];
  });
  await keepRejects(deps.workspaceDir, task.importId, {
    ...{ rejected: records.length, texts: true, files: mending.files, records },
    sent: given.map(({ at }) => at),
  });
  await rememberRetry(deps.state, { id: task.importId, of: mending.of, sent: given.length, mended });
  return { sent: given.length, mended };
}
