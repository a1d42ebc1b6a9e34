/**
 * Opens the state store: PGlite in a folder, or a Postgres server by URL, migrated either way.
 * Which of the two is the platform's choice; what the store does is in drizzle-state-store.ts.
 */
import { cpSync, existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import pg from "pg";
import { DrizzleStateStore } from "./drizzle-state-store.ts";
import { claimServer, type ServerClaim } from "./server-claim.ts";
import { describePostgresUrl, explainStateError } from "./state-error.ts";
import { runStateMigrations } from "./state-migrations.ts";
import type { StateStore } from "./state-store.ts";

export interface StateStoreOptions {
  readonly clock: () => Date;
  /** Folder of numbered SQL; the project's own unless a test gives another. */
  readonly migrations?: string;
  /** Data of an empty, migrated store to begin with; that of the build unless a test gives another. */
  readonly template?: string;
  /** Several stores on one server's database at once: only for tests of what the tables alone guarantee. */
  readonly shared?: boolean;
}

/**
 * The engine's small queries never earn back what optimising its WebAssembly costs: opening takes 0.5 s of processor
 * time instead of 0.9 s, 3,100 queries after it 1.5 s instead of 2.6 s. Nothing else here is WebAssembly.
 */
setFlagsFromString("--liftoff-only");

/** One keeps the claim; for the others: the work is short, and one writer at a time holds the workspace's row anyway. */
const MAX_CONNECTIONS = 5;
/** The write-ahead log may grow to 1 GB by default, and is read again after a kill: too much for a few small tables. */
const START = [...PGlite.defaultStartParams, "-c", "min_wal_size=32MB", "-c", "max_wal_size=64MB"];
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * An empty, migrated store that the build lays beside the code (scripts/prepare.mjs): a copy of it takes a moment, where
 * making one from nothing takes seconds of both cores and half a gigabyte. Without a build there is none.
 */
const TEMPLATE = fileURLToPath(new URL("../state-template", import.meta.url));

/**
 * The embedded store. The caller holds the workspace's door: two processes on one folder lose writes silently.
 * @param dir its own folder; made when missing
 */
export async function openEmbeddedStateStore(dir: string, options: StateStoreOptions): Promise<StateStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const data = join(dir, "postgres");
  const explain = (error: unknown) => explainStateError(error, `the state store in ${dir}`);
  const finishCreation = await startCreation(join(dir, "creating"), data);
  try {
    // A thousand files: one by one in this thread takes a quarter of the processor time that promises take.
    const template = options.template ?? (options.migrations === undefined ? TEMPLATE : "");
    if (!existsSync(data) && existsSync(template)) cpSync(template, data, { recursive: true });
    const client = await PGlite.create({ dataDir: data, startParams: START });
    try {
      await runStateMigrations(
        {
          run: async (sql) => void (await client.exec(sql)),
          rows: async <Row>(sql: string, values: readonly (string | number)[] = []) =>
            (await client.query<Row>(sql, [...values])).rows,
        },
        options.migrations,
      );
      await finishCreation();
    } catch (error) {
      await client.close();
      throw error;
    }
    return new DrizzleStateStore({
      kind: "pglite",
      db: drizzlePglite({ client }),
      clock: options.clock,
      explain,
      ensureOpen: async () => undefined,
      // No checkpointer runs beside an embedded engine.
      reclaim: async () => void (await client.exec("CHECKPOINT")),
      close: () => client.close(),
    });
  } catch (error) {
    throw explain(error);
  }
}

/**
 * A process killed while the very first opening writes its files leaves a folder that never opens again.
 * So a mark stands beside the data until that opening is through; as long as it stands, nothing was ever acknowledged.
 * @returns takes the mark away
 */
async function startCreation(mark: string, data: string): Promise<() => Promise<void>> {
  if (existsSync(mark)) await rm(data, { recursive: true, force: true });
  if (existsSync(data)) return async () => undefined;
  await writeFile(mark, "The first opening of the state store is under way, or was interrupted.\n");
  return () => rm(mark);
}

/**
 * The store on a server. The database must exist; its tables are made. One process at a time has it.
 * @param url postgres://user:password@host:port/database; the password never leaves this function
 * @throws AppError invalid (no such URL), unavailable (out of reach), conflict (in use, or a newer version's)
 */
export async function openServerStateStore(url: string, options: StateStoreOptions): Promise<StateStore> {
  const place = describePostgresUrl(url);
  const explain = (error: unknown) => explainStateError(error, place);
  const pool = new pg.Pool({
    // Normalised: with a blank in it pg would encode the password once more.
    connectionString: new URL(url).href,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "waymark",
    keepAlive: true,
  });
  // An idle connection that the server drops is replaced by the next query; unheard, it would end the process.
  pool.on("error", () => undefined);
  let claim: ServerClaim | undefined;
  try {
    claim = options.shared ? undefined : await claimServer(pool, place);
    await migrateServer(pool, options.migrations);
    return new DrizzleStateStore({
      kind: "postgres",
      db: drizzlePostgres({ client: pool }),
      clock: options.clock,
      explain,
      ensureOpen: async () => claim?.ensure(),
      reclaim: async () => undefined,
      close: async () => {
        await claim?.release();
        await pool.end();
      },
    });
  } catch (error) {
    await claim?.release();
    await pool.end();
    throw explain(error);
  }
}

async function migrateServer(pool: pg.Pool, migrations: string | undefined): Promise<void> {
  const client = await pool.connect();
  try {
    await runStateMigrations(
      {
        run: async (sql) => void (await client.query(sql)),
        rows: async <Row>(sql: string, values: readonly (string | number)[] = []) =>
          (await client.query(sql, [...values])).rows as Row[],
      },
      migrations,
    );
  } finally {
    client.release();
  }
}
