/**
 * Takes an import back that was live but could not be published, most likely because the disk is full: so it needs no space.
 * The rollback of an import that people asked for is in rollback-import.
 */
import type { EventStore } from "../store/event-store.ts";
import type { StateStore } from "../store/state-store.ts";
import { dropEvents, dropImportTables } from "./import-tables.ts";
import { removeRejects } from "./kept-rejects.ts";
import { rollbackImport } from "./rollback-import.ts";

/**
 * While merges are held back, what was prepared since a data version stands in parts of its own: dropping these brings
 * the journeys and identities before back, where an ordinary rollback would have to write them anew.
 */
async function dropPreparedSince(store: EventStore, version: number): Promise<void> {
  for (const table of ["journey_rows", "identity_rows"]) {
    const parts = await store.query<{ part: string }>(
      `SELECT _part AS part FROM ${table} GROUP BY _part HAVING min(version) >= {version:UInt64} ORDER BY part`,
      { params: { version } },
    );
    for (const { part } of parts)
      if (/^\w+$/u.test(part)) await store.command(`ALTER TABLE ${table} DROP PART '${part}'`);
  }
}

/**
 * What cannot be done now, because a store is gone or fails too, the next opening does.
 * @param version data version before the publishing began; nothing else prepared journeys since
 */
export async function takeBackImport(
  deps: { readonly events: EventStore; readonly state: StateStore; readonly workspaceDir: string },
  id: number,
  version: number,
): Promise<void> {
  const { events, state, workspaceDir } = deps;
  try {
    // Merges of a server are not ours to hold back.
    if (events.kind === "server") await rollbackImport(deps, id);
    else {
      await state.beginRemoval(id);
      await dropPreparedSince(events, version);
      await dropEvents(events, id);
      await dropImportTables(events, id);
      await state.finishRemoval(id);
    }
    await removeRejects(workspaceDir, id);
  } catch {
    return;
  }
}
