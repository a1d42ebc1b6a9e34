/**
 * What stands in a closed workspace, seen by opening it as the product does: imports, events, and whatever was left over.
 * It asserts nothing.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { recoverOnce } from "../../src/api/recover-once.ts";
import { readConfig } from "../../src/config.ts";
import { openPlatform, type Platform } from "../../src/platform.ts";

export interface Inside {
  readonly live: readonly { readonly id: number; readonly recipe: string; readonly added: number | undefined }[];
  /** Imports that are neither live nor gone. */
  readonly unsettled: readonly string[];
  /** Events of `raw` by import. */
  readonly raw: Readonly<Record<number, number>>;
  /** Events in the customers' journeys, and how many different ones these are. */
  readonly journeys: { readonly events: number; readonly different: number };
  /** Tables, folders and files that belong to nothing that counts. */
  readonly leftovers: readonly string[];
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** @param temporary the temporary folder its processes were given */
export async function lookInside(workspace: string, temporary?: string): Promise<Inside> {
  const platform = await openPlatform({ workspace, config: readConfig({}), clock: () => new Date() });
  try {
    await recoverOnce(platform);
    return await look(platform, temporary);
  } finally {
    await platform.close();
  }
}

async function look({ events, state, workspace }: Platform, temporary: string | undefined): Promise<Inside> {
  const imports = await state.listImports();
  const live = imports.filter(({ status }) => status === "live");
  const raw = await events.query<{ import: number; n: number }>(
    "SELECT import, toFloat64(count()) AS n FROM raw GROUP BY import",
  );
  const [journeys] = await events.query<Inside["journeys"]>(
    `SELECT toFloat64(count()) AS events, toFloat64(uniqExact(owner, id)) AS different
     FROM (SELECT owner, arrayJoin(eventIds) AS id FROM journeys WHERE ownerType = 'customer')`,
  );
  const tables = await events.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE startsWith(name, 'import_tmp_')",
  );
  // The rejects of an import that was complete once are kept with its record.
  const ids = new Set(imports.filter(({ events: counts }) => counts !== null).map(({ id }) => id));
  const rejects = (await list(join(workspace, "rejects"))).filter(
    (name) => !ids.has(Number(/^import-(\d+)\.(?:csv|json\.gz)$/u.exec(name)?.[1])),
  );
  const lent = (await list(temporary ?? "")).filter((name) => name.startsWith("waymark"));
  return {
    live: live.map(({ id, recipe, events: counts }) => ({ id, recipe, added: counts?.added })),
    unsettled: imports
      .filter(({ status, prepared }) => (status !== "live" && status !== "removed") || !prepared)
      .map(({ id, status }) => `import ${id} is ${status}`),
    raw: Object.fromEntries(raw.map((row) => [row.import, row.n])),
    journeys: journeys ?? { events: 0, different: 0 },
    leftovers: [
      ...tables.map(({ name }) => `table ${name}`),
      ...(await list(join(workspace, "temp"))).map((name) => `temp/${name}`),
      ...rejects.map((name) => `rejects/${name}`),
      ...(temporary === undefined ? [] : lent.map((name) => `TMPDIR/${name}`)),
    ],
  };
}
