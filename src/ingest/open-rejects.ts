/**
 * Which rejected records of an import are still open: those that no live import has mended, as they stand by now.
 * An import that mends another one is a retry; all retries belong to the import that first refused the records.
 */
import { AppError } from "../domain/app-error.ts";
import type { ImportRecord, StateStore } from "../store/state-store.ts";
import { type KeptRecord, type KeptRejects, readKeptRejects } from "./kept-rejects.ts";
import { writeRejectsTable } from "./write-rejects.ts";

/** What is noted of a retry. It counts while its import is live. */
interface Retry {
  readonly id: number;
  /** The import whose rejects it mends. */
  readonly of: number;
  /** Records that were read again, and those among them that are rejected no more. */
  readonly sent: number;
  readonly mended: number;
}

const RETRIES = "import-retries";

/** All that ever were, in order; also those rolled back since. */
export async function listRetries(state: StateStore): Promise<readonly Retry[]> {
  return (await state.getSetting<readonly Retry[]>(RETRIES)) ?? [];
}

/** Before the commit of the retry: without it nobody asks for its line. */
export async function rememberRetry(state: StateStore, retry: Retry): Promise<void> {
  await state.setSetting(RETRIES, [...(await listRetries(state)), retry], { changesAnswers: false });
}

/** Live retries of an import, oldest first. */
export async function liveRetries(state: StateStore, of: number): Promise<readonly Retry[]> {
  const live = new Set((await state.listImports()).filter(({ status }) => status === "live").map(({ id }) => id));
  return (await listRetries(state)).filter((retry) => retry.of === of && live.has(retry.id));
}

export interface OpenRejects {
  /** The import that first refused the records; the one asked for, or the one that it mends. */
  readonly import: ImportRecord;
  /** Records it rejected, those kept, and those that retries have mended. */
  readonly rejected: number;
  readonly kept: number;
  readonly mended: number;
  /** What was kept, with the records that are still open. */
  readonly rejects: KeptRejects;
  /** The records that retries have mended, as they were rejected first. */
  readonly settled: readonly KeptRecord[];
}

/** The open records as the last live retry left them. */
function mergeRetry(open: Map<number, KeptRecord>, mended: Set<number>, retry: KeptRejects | undefined): void {
  const still = new Map((retry?.records ?? []).map((record) => [record.at, record]));
  for (const at of retry?.sent ?? []) {
    const record = still.get(at);
    if (record) open.set(at, record);
    else {
      open.delete(at);
      mended.add(at);
    }
  }
}

/**
 * @param id of an import, or of a retry: then of the import that it mends
 * @throws AppError not-found (no such import)
 */
export async function findOpenRejects(
  deps: { readonly state: StateStore; readonly workspaceDir: string },
  id: number,
): Promise<OpenRejects> {
  const { state, workspaceDir } = deps;
  const of = (await listRetries(state)).find((retry) => retry.id === id)?.of ?? id;
  const record = await state.getImport(of);
  const kept = await readKeptRejects(workspaceDir, of);
  const rejects = kept ?? { rejected: 0, texts: true, files: [], records: [] };
  const open = new Map(rejects.records.map((one) => [one.at, one]));
  const mendedAt = new Set<number>();
  for (const retry of await liveRetries(state, of))
    mergeRetry(open, mendedAt, await readKeptRejects(workspaceDir, retry.id));
  return {
    import: record,
    rejected: rejects.rejected,
    kept: rejects.records.length,
    mended: mendedAt.size,
    settled: rejects.records.filter(({ at }) => mendedAt.has(at)),
    rejects: { ...rejects, records: [...open.values()].sort((a, b) => a.at - b.at) },
  };
}

/** Makes the table for people say what is open by now; of the import that `id` mends, where it mends one. */
export async function refreshRejectsTable(
  deps: { readonly state: StateStore; readonly workspaceDir: string },
  id: number,
): Promise<void> {
  const { import: record, kept, rejects } = await findOpenRejects(deps, id);
  if (record.status === "live" && kept > 0) await writeRejectsTable(deps.workspaceDir, record.id, rejects);
}

/** @throws AppError conflict when the import is not live, so that nothing of it can be mended */
export function requireLive({ id, status }: ImportRecord): void {
  if (status !== "live")
    throw new AppError("conflict", `Import ${id} is not live (${status}): its rejects cannot be read again.`, { id });
}
