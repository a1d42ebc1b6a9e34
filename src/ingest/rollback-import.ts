/**
 * Takes one import back: its events stop counting at once, and what other imports brought too stays.
 * Every step can be repeated, so an interrupted rollback is finished on the next opening.
 */
import { AppError } from "../domain/app-error.ts";
import type { EventStore } from "../store/event-store.ts";
import type { StateStore } from "../store/state-store.ts";
import { dropEvents, dropImportTables } from "./import-tables.ts";
import { removeRejects } from "./kept-rejects.ts";
import { liveRetries } from "./open-rejects.ts";
import { prepareJourneys } from "./prepare-journeys.ts";

export interface RollbackDeps {
  readonly events: EventStore;
  readonly state: StateStore;
  readonly workspaceDir: string;
}

/**
 * Imports that mend this one go first, newest first: their records are its own, in another form, and would be doubled
 * when its files come in again.
 * @throws AppError not-found (no such import), conflict (it is not live)
 */
export async function rollbackImport(deps: RollbackDeps, id: number, signal?: AbortSignal): Promise<void> {
  if (!Number.isSafeInteger(id) || id < 1)
    throw new AppError("invalid", `«${id}» is not the number of an import; waymark imports lists them.`);
  signal?.throwIfAborted();
  const retries = (await deps.state.getImport(id)).status === "live" ? await liveRetries(deps.state, id) : [];
  for (const retry of retries.toReversed()) await takeOut(deps, retry.id, signal);
  await takeOut(deps, id, signal);
}

async function takeOut(deps: RollbackDeps, id: number, signal?: AbortSignal): Promise<void> {
  await deps.state.beginRemoval(id);
  await finishRollback(deps, id, signal);
}

/** The rest of a rollback, once the import no longer counts: journeys without it, then its events go. */
export async function finishRollback(deps: RollbackDeps, id: number, signal?: AbortSignal): Promise<void> {
  const { events, state, workspaceDir } = deps;
  const live = (await state.listImports()).filter((one) => one.status === "live").map((one) => one.id);
  await prepareJourneys(events, {
    liveImports: live,
    touchpoints: await state.listTouchpoints(),
    version: await state.dataVersion(),
    owners: { of: id },
    ...(signal && { signal }),
  });
  await dropEvents(events, id);
  await dropImportTables(events, id);
  // They are words of customers, too.
  await removeRejects(workspaceDir, id);
  await state.finishRemoval(id);
}
