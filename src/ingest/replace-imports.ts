/**
 * `--replace`: an import that takes the place of older ones of its recipe, which came in under another mapping.
 * That it shall is noted before it counts, so that a crash in between leaves no import half replaced.
 */
import type { StateStore } from "../store/state-store.ts";
import { type RollbackDeps, rollbackImport } from "./rollback-import.ts";

const REPLACING = "import-replacing";

/** Live imports of the same recipe under another mapping: events both brought keep the form of the older one. */
export async function findOtherVersions(state: StateStore, id: number): Promise<readonly number[]> {
  const imports = await state.listImports();
  const own = imports.find((one) => one.id === id);
  return imports
    .filter(
      ({ status, recipe, mappingHash }) =>
        status === "live" && recipe === own?.recipe && mappingHash !== own.mappingHash,
    )
    .map((one) => one.id);
}

export async function noteReplacing(state: StateStore, id: number | null): Promise<void> {
  await state.setSetting(REPLACING, id, { changesAnswers: false });
}

export async function replaceImports(deps: RollbackDeps, older: readonly number[]): Promise<void> {
  for (const id of older) {
    // What mends an import has gone with it.
    if ((await deps.state.getImport(id)).status === "live") await rollbackImport(deps, id);
  }
  await noteReplacing(deps.state, null);
}

/** Finishes what a crash interrupted; nothing when the import that was to replace others never came to count. */
export async function finishReplacing(deps: RollbackDeps): Promise<void> {
  const id = await deps.state.getSetting<number | null>(REPLACING);
  if (typeof id !== "number") return;
  const record = (await deps.state.listImports()).find((one) => one.id === id);
  const replaces = record?.status === "live" && (record.events?.duplicate ?? 0) > 0;
  await replaceImports(deps, replaces ? await findOtherVersions(deps.state, id) : []);
}
