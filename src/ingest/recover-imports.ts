/**
 * Brings a workspace back into order when it is opened: every import and edit is complete or absent afterwards.
 * It is called before anything else touches the stores, while nobody else can.
 */
import type { EventStore } from "../store/event-store.ts";
import type { StateStore } from "../store/state-store.ts";
import { finishEdits } from "./edit-touchpoints.ts";
import { dropEvents, dropImportTables, listPartitions } from "./import-tables.ts";
import { publishImport } from "./publish-import.ts";
import { finishReplacing } from "./replace-imports.ts";
import { finishRollback } from "./rollback-import.ts";
import { tidyTemporary } from "./tidy-temporary.ts";

export interface RecoveredImports {
  /** Imports whose load was interrupted: dropped. */
  readonly dropped: readonly number[];
  /** Imports that were live but not yet prepared: finished. */
  readonly finished: readonly number[];
  /** Rollbacks that were interrupted: finished. */
  readonly removed: readonly number[];
  /** Raw names whose merge, split or change of role was interrupted: finished. */
  readonly edited: readonly string[];
}

export async function recoverImports(deps: {
  readonly events: EventStore;
  readonly state: StateStore;
  readonly clock: () => Date;
  readonly workspaceDir: string;
}): Promise<RecoveredImports> {
  const { events, state } = deps;
  const imports = await state.listImports();
  await dropImportTables(events);
  const present = await listPartitions(events);
  const kept = new Set(imports.filter(({ status }) => status === "live" || status === "removing").map(({ id }) => id));
  for (const id of present) if (!kept.has(id)) await dropEvents(events, id);
  const dropped = imports.filter(({ status }) => status === "loading").map(({ id }) => id);
  for (const id of dropped) await state.finishRemoval(id);
  const removed = imports.filter(({ status }) => status === "removing").map(({ id }) => id);
  for (const id of removed) await finishRollback(deps, id);
  const finished = imports.filter(({ status, prepared }) => status === "live" && !prepared).map(({ id }) => id);
  for (const id of finished) await publishImport(deps, id);
  await finishReplacing(deps);
  const edited = await finishEdits(deps);
  // Of an import that was complete once, the rejects are kept with its record.
  const complete = (await state.listImports()).filter(({ events: counts }) => counts !== null).map(({ id }) => id);
  await tidyTemporary(deps.workspaceDir, new Set(complete));
  return { dropped, finished, removed, edited };
}
