/**
 * One import from files to live events: load, commit, prepare, count. An interrupted import is absent or complete.
 * Reading the files' form is done before (prepare-sources), removing imports elsewhere (rollback-import).
 */
import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import type { EventStore } from "../store/event-store.ts";
import type { ImportCounts, StateStore } from "../store/state-store.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { compileMapping, type ImportPlan } from "./compile-mapping.ts";
import { countDuplicates, countEvents, countRefused, type RefusedCount, summarizeCounts } from "./count-import.ts";
import { dropEvents, dropImportTables, holdMerges } from "./import-tables.ts";
import { findUnmapped, type PreviewTouchpoint, previewTouchpoints, registerTouchpoints } from "./import-touchpoints.ts";
import { keepRejects, removeRejects } from "./kept-rejects.ts";
import { type LoadedFile, type LoadProgress, loadRecords } from "./load-records.ts";
import { keepMending, type Mending } from "./mend-records.ts";
import { type PreviewEvent, previewEvents } from "./preview-import.ts";
import { publishImport, rememberLoad } from "./publish-import.ts";
import { hashMapping } from "./recipes.ts";
import { findOtherVersions, noteReplacing, replaceImports } from "./replace-imports.ts";
import type { SourceFile } from "./source-file.ts";
import { takeBackImport } from "./take-back-import.ts";
import { collectRejects, writeRejectsTable } from "./write-rejects.ts";

export interface ImportDeps {
  readonly events: EventStore;
  readonly state: StateStore;
  readonly workspaceDir: string;
  readonly clock: () => Date;
}

export interface ImportRequest {
  /** What the user named, for the record. */
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly sources: readonly SourceFile[];
  /** What is known of the files and their mapping before: kept with the import, for people. */
  readonly notes?: readonly string[];
  readonly dryRun?: boolean;
  /** Rolls back older imports of the same rows under another version of the mapping. */
  readonly replace?: boolean;
  /** Rejects of another import, which this one reads again: the sources hold nothing else. */
  readonly mends?: Mending;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface ImportReport {
  /** 0 for a dry run. */
  readonly id: number;
  readonly recipe: string;
  readonly events: ImportCounts;
  readonly customers: number;
  readonly seconds: number;
  /** Rejected records by reason, with the field at fault. */
  readonly rejects: readonly { readonly field: string; readonly reason: string; readonly records: number }[];
  /** Absolute path; null without rejects. */
  readonly rejectsFile: string | null;
  readonly warnings: readonly string[];
  /** Touchpoints of this import that have no stage yet. */
  readonly unmapped: readonly string[];
  /** The files that were read, with their records. */
  readonly files: readonly { readonly name: string; readonly records: number }[];
  /** Dry run only: the first events as they would come in. */
  readonly preview: readonly PreviewEvent[];
  /** Dry run only: the commonest names that events would come in with, and the touchpoints these count for. */
  readonly touchpoints: readonly PreviewTouchpoint[];
}

/** Partition of dry runs: no import ever has this number, so recovery drops what one leaves behind. */
const DRY_RUN = 0;

interface Loaded {
  readonly read: number;
  readonly refused: readonly RefusedCount[];
  readonly files: readonly LoadedFile[];
}

/**
 * Imports the sources under the mapping. Until the commit an abort or error leaves nothing behind; after it the
 * import is live, and what is left to do is done here or, after a crash, on the next opening.
 * @throws AppError invalid (mapping, files), unavailable; the signal's reason
 */
export async function importEvents(deps: ImportDeps, request: ImportRequest): Promise<ImportReport> {
  const whole = compileMapping(request.mends?.reading ?? request.mapping, request.sources);
  // Files that stay away have no rejects: nothing to warn of.
  const plan = request.mends ? { ...whole, warnings: [] } : whole;
  return request.dryRun ? tryImport(deps, request, plan) : runImport(deps, request, plan);
}

async function runImport(deps: ImportDeps, request: ImportRequest, plan: ImportPlan): Promise<ImportReport> {
  const { events, state } = deps;
  // Not by the wall clock: that may be set while an import runs.
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const { mapping } = request;
  const mappingHash = hashMapping(mapping);
  const files = plan.tables.flatMap((table) =>
    table.files.map(({ source }) => ({ name: source.name, bytes: source.bytes })),
  );
  const notes = [...(request.notes ?? []), ...plan.warnings];
  const id = await state.beginImport({ recipe: mapping.recipe, mapping, mappingHash, files, notes });
  try {
    await holdMerges(events, true);
    const loaded = await loadAndCommit(deps, request, plan, id, elapsed);
    const published = await publishOrTakeBack(deps, id, (phase) => tell(request, phase, loaded.read));
    const older = published.duplicate > 0 ? await findOtherVersions(state, id) : [];
    if (request.replace) await replaceImports(deps, older);
    return {
      id,
      recipe: mapping.recipe,
      events: published.counts,
      customers: published.customers,
      seconds: elapsed(),
      rejects: describeRejects(loaded.refused),
      rejectsFile: loaded.rejectsFile,
      warnings: [...plan.warnings, ...warnOfOtherVersions(older, published.duplicate, request.replace === true)],
      unmapped: published.unmapped,
      files: countFiles(loaded),
      preview: [],
      touchpoints: [],
    };
  } finally {
    await holdMerges(events, false).catch(() => undefined);
    await dropImportTables(events, id).catch(() => undefined);
  }
}

/** A full disk or a limit of the engine leaves the import absent; only the end of the process leaves it to be finished. */
async function publishOrTakeBack(deps: ImportDeps, id: number, onPhase: (phase: string) => void) {
  const version = await deps.state.dataVersion();
  try {
    return await publishImport(deps, id, onPhase);
  } catch (error) {
    await takeBackImport(deps, id, version);
    throw tellMemory(error);
  }
}

const OUT_OF_MEMORY = 241;

/** A journey is gathered whole: one of very many events with very many columns each can be too large for the engine. */
function tellMemory(error: unknown): unknown {
  if (!(error instanceof AppError) || error.details.clickhouseCode !== OUT_OF_MEMORY) return error;
  return new AppError(
    "unavailable",
    "The journeys of this import need more memory than the event store may use, most likely because one customer has very many events with very many columns. Nothing was imported. Keep only the columns you need, under `properties` in the mapping, and import again.",
    error.details,
    { cause: error },
  );
}

/** Everything up to the commit; whatever goes wrong, the import is then as if it had never begun. */
async function loadAndCommit(
  deps: ImportDeps,
  request: ImportRequest,
  plan: ImportPlan,
  id: number,
  elapsed: () => number,
): Promise<Loaded & { readonly rejectsFile: string | null }> {
  try {
    const loaded = await load(deps.events, plan, request, id);
    const rejectsFile = await noteRejects(deps, request, plan, loaded, id);
    await registerTouchpoints(deps, id, request.mapping);
    await rememberLoad(deps.state, id, { read: loaded.read, refused: loaded.refused, seconds: elapsed() });
    await checkUnchanged(request.sources);
    if (request.replace) await noteReplacing(deps.state, id);
    request.signal?.throwIfAborted();
    await deps.state.commitImport(id);
    return { ...loaded, rejectsFile };
  } catch (error) {
    await withdraw(deps, id);
    throw error;
  }
}

/** Before the commit, so that no import counts whose rejects nobody can look at. @returns the table for people */
async function noteRejects(
  deps: ImportDeps,
  { mapping, mends }: ImportRequest,
  { problems, tables }: ImportPlan,
  { files }: Loaded,
  importId: number,
): Promise<string | null> {
  const task = { importId, mapping, tables, files, problems };
  if (mends) {
    await keepMending(deps, mends, task);
    return null;
  }
  const rejects = await collectRejects(deps.events, task);
  if (!rejects) return null;
  await keepRejects(deps.workspaceDir, importId, rejects);
  return writeRejectsTable(deps.workspaceDir, importId, rejects);
}

/** What cannot be cleaned up now, because a store is gone, the next opening cleans up. */
async function withdraw({ events, state, workspaceDir }: ImportDeps, id: number): Promise<void> {
  try {
    await removeRejects(workspaceDir, id);
    await dropEvents(events, id);
    await state.finishRemoval(id);
  } catch {
    return;
  }
}

async function load(store: EventStore, plan: ImportPlan, request: ImportRequest, importId: number): Promise<Loaded> {
  const { signal, onProgress, mends } = request;
  const files = await loadRecords(store, plan, { importId, signal, onProgress, mends }).catch(async (error) => {
    // That a file has gone or was cut is the better explanation.
    if (!signal?.aborted) await checkUnchanged(request.sources);
    throw error;
  });
  const refused = await countRefused(store, importId, plan.problems);
  return { files, refused, read: files.reduce((sum, file) => sum + file.records, 0) };
}

function tell(request: ImportRequest, phase: string, records: number): void {
  const bytes = request.sources.reduce((sum, source) => sum + source.bytes, 0);
  request.onProgress?.({ phase, bytes, totalBytes: bytes, records });
}

function countFiles({ files }: Loaded): ImportReport["files"] {
  return files.map(({ file, records }) => ({ name: file.source.name, records }));
}

function describeRejects(refused: readonly RefusedCount[]): ImportReport["rejects"] {
  return refused
    .filter(({ kind }) => kind === "reject")
    .map(({ field, reason, records }) => ({ field, reason, records }));
}

function warnOfOtherVersions(older: readonly number[], duplicate: number, replaced: boolean): string[] {
  if (older.length === 0) return [];
  const names = `import ${older.join(", ")}`;
  if (replaced)
    return [`The mapping has changed since ${names}: it was rolled back, and these events stand in its place.`];
  return [
    `The mapping has changed since ${names}, and ${duplicate} events were there already: they keep their old form. Import again with --replace, or roll ${names} back, to see them in the new one.`,
  ];
}

/** Loads into a partition that is never published, says what would come in, and removes it. */
async function tryImport(deps: ImportDeps, request: ImportRequest, plan: ImportPlan): Promise<ImportReport> {
  const { events, state } = deps;
  const started = performance.now();
  const { recipe } = request.mapping;
  const clear = async () => {
    await dropImportTables(events, DRY_RUN);
    await dropEvents(events, DRY_RUN);
  };
  try {
    await clear();
    const loaded = await load(events, plan, request, DRY_RUN);
    const count = await countEvents(events, DRY_RUN);
    const live = (await state.listImports()).filter((one) => one.status === "live" && one.recipe === recipe);
    const duplicate = await countDuplicates(
      events,
      DRY_RUN,
      live.map((one) => one.id),
    );
    return {
      id: DRY_RUN,
      recipe,
      events: summarizeCounts(loaded.read, count.events, duplicate, loaded.refused),
      customers: count.customers,
      seconds: (performance.now() - started) / 1000,
      rejects: describeRejects(loaded.refused),
      rejectsFile: null,
      warnings: plan.warnings,
      unmapped: await findUnmapped(deps, DRY_RUN, request.mapping),
      files: countFiles(loaded),
      preview: await previewEvents(events, DRY_RUN),
      touchpoints: await previewTouchpoints(deps, DRY_RUN, request.mapping),
    };
  } finally {
    await clear();
  }
}
