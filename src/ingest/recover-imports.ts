/**
 * Brings a workspace back into order when it is opened: every import and edit is complete or absent afterwards.
 * It is called before anything else touches the stores, while nobody else can.
 */
import { IDENTITY_RULES } from "../domain/identity.ts";
import type { EventStore } from "../store/event-store.ts";
import type { StateStore } from "../store/state-store.ts";
import { finishEdits } from "./edit-touchpoints.ts";
import { dropEvents, dropImportTables, listPartitions } from "./import-tables.ts";
import { collectLinks, hasLinks } from "./link-identities.ts";
import { prepareJourneys } from "./prepare-journeys.ts";
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

const RULES_SETTING = "identityRules";

/**
 * Workspaces from before identities, or under older rules: their events are linked and prepared anew, once. Without a
 * link in them only the events that name an anonymous id are looked for. It can be repeated from the start.
 */
async function followIdentityRules(events: EventStore, state: StateStore): Promise<void> {
  if ((await state.getSetting(RULES_SETTING)) === IDENTITY_RULES) return;
  const live = (await state.listImports()).filter(({ status }) => status === "live").map(({ id }) => id);
  for (const id of live) await collectLinks(events, id);
  const linked = await hasLinks(events, live);
  if (linked) {
    // Raises the data version, so that what is prepared now wins over what was.
    await state.setSetting(RULES_SETTING, null);
    await prepareJourneys(events, {
      liveImports: live,
      touchpoints: await state.listTouchpoints(),
      version: await state.dataVersion(),
      owners: "all",
    });
  }
  await state.setSetting(RULES_SETTING, IDENTITY_RULES, { changesAnswers: linked });
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
  await followIdentityRules(events, state);
  const live = (await state.listImports()).filter(({ status }) => status === "live").map(({ id }) => id);
  await tidyTemporary(deps.workspaceDir, new Set(live));
  return { dropped, finished, removed, edited };
}
