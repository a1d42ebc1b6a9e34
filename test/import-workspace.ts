/**
 * A workspace with real embedded stores for the tests of import: write a file, import it, look at what came in.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { parseMapping } from "../src/domain/mapping.ts";
import { type ImportReport, type ImportRequest, importEvents } from "../src/ingest/import-events.ts";
import { readingHints } from "../src/ingest/plan-tables.ts";
import { prepareSources } from "../src/ingest/prepare-sources.ts";
import { openEmbeddedEventStore } from "../src/store/embedded-event-store.ts";
import { migrateEventStore } from "../src/store/event-migrations.ts";
import type { EventStore } from "../src/store/event-store.ts";
import { openEmbeddedStateStore } from "../src/store/open-state-store.ts";
import type { StateStore } from "../src/store/state-store.ts";
import { seedStateFolder } from "./state-folder.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations/clickhouse", import.meta.url));

export interface ImportWorkspace {
  readonly dir: string;
  readonly events: EventStore;
  readonly state: StateStore;
  readonly deps: { events: EventStore; state: StateStore; workspaceDir: string; clock: () => Date };
  /** Writes the files and imports them under a mapping given as YAML. */
  readonly run: (
    mapping: string,
    files: Readonly<Record<string, string | Buffer>>,
    options?: Partial<ImportRequest>,
  ) => Promise<ImportReport>;
  /** Rows of one import in source order; `columns` is SQL. */
  readonly raw: <Row = Record<string, unknown>>(importId: number, columns: string) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

export async function openImportWorkspace(): Promise<ImportWorkspace> {
  const dir = await mkdtemp(join(tmpdir(), "waymark-import-"));
  const clock = () => new Date();
  const events = await openEmbeddedEventStore({ dir: join(dir, "events") });
  await migrateEventStore(events, MIGRATIONS, clock());
  await seedStateFolder(dir);
  const state = await openEmbeddedStateStore(join(dir, "state"), { clock });
  const deps = { events, state, workspaceDir: dir, clock };
  let runs = 0;
  return {
    dir,
    events,
    state,
    deps,
    run: async (yaml, files, options = {}) => {
      const mapping = parseMapping(parse(yaml), "test.yaml");
      const folder = await mkdtemp(join(dir, `files-${++runs}-`));
      const paths = Object.keys(files).map((name) => join(folder, name));
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
      const { sources } = await prepareSources(paths, join(folder, "temp"), { events, ...readingHints(mapping) });
      return importEvents(deps, { paths, mapping, sources, ...options });
    },
    raw: (importId, columns) =>
      events.query(`SELECT ${columns} FROM raw WHERE import = {id:UInt32} ORDER BY ordinal, rule`, {
        params: { id: importId },
      }),
    close: async () => {
      await events.close();
      await state.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
