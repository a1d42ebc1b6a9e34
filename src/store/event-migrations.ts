/**
 * Brings an event store's tables up to date from numbered SQL files: forward only, each statement once.
 * What the files may be called and when a set of them is sound is decided in migration-files.ts.
 */
import { fileURLToPath } from "node:url";
import { clickhouseCodeOf } from "./event-errors.ts";
import type { EventStore } from "./event-store.ts";
import { type AppliedMigration, type MigrationFile, pendingMigrations, readMigrations } from "./migration-files.ts";
import { significantTokens, splitStatements } from "./sql-tokens.ts";

/** DDL has no transactions, so each finished statement is written down: an interrupted migration goes on where it stopped. */
const HISTORY = `
CREATE TABLE IF NOT EXISTS migrations
(
    number     UInt32,
    name       String,
    hash       String COMMENT 'SHA-256 of the file',
    statements UInt32 COMMENT 'how many of its statements have been run',
    finished   UInt8,
    appliedAt  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(statements)
ORDER BY number`;

const TABLE_ALREADY_EXISTS = 57;

interface HistoryRow extends AppliedMigration {
  readonly statements: number;
  readonly finished: 0 | 1;
}

async function readHistory(store: EventStore): Promise<HistoryRow[]> {
  return store.query<HistoryRow>(
    "SELECT number, name, hash, statements, finished FROM migrations FINAL ORDER BY number",
  );
}

async function remember(store: EventStore, row: HistoryRow, appliedAt: Date): Promise<void> {
  const { number, name, hash, statements, finished } = row;
  await store.command(
    `INSERT INTO migrations (number, name, hash, statements, finished, appliedAt)
     SELECT {number:UInt32}, {name:String}, {hash:String}, {statements:UInt32}, {finished:UInt8},
            {appliedAt:DateTime64(3, 'UTC')}`,
    {
      params: {
        number,
        name,
        hash,
        statements,
        finished,
        appliedAt: appliedAt.toISOString().replace(/[TZ]/gu, " ").trim(),
      },
    },
  );
}

/** A statement that was run but not yet written down when the process died may find its table there. */
async function runStatement(store: EventStore, statement: string, repeated: boolean): Promise<void> {
  try {
    await store.command(statement);
  } catch (error) {
    const creates = significantTokens(statement)[0]?.text.toUpperCase() === "CREATE";
    if (!(repeated && creates && clickhouseCodeOf(error) === TABLE_ALREADY_EXISTS)) throw error;
  }
}

async function runMigration(
  store: EventStore,
  file: MigrationFile,
  begun: HistoryRow | undefined,
  appliedAt: Date,
): Promise<void> {
  const { number, name, hash } = file;
  const statements = splitStatements(file.sql);
  const done = begun?.statements ?? 0;
  if (!begun) await remember(store, { number, name, hash, statements: 0, finished: 0 }, appliedAt);
  for (const [at, statement] of statements.entries()) {
    if (at < done) continue;
    await runStatement(store, statement, begun !== undefined && at === done);
    const finished = at + 1 === statements.length ? 1 : 0;
    await remember(store, { number, name, hash, statements: at + 1, finished }, appliedAt);
  }
}

/**
 * Runs what the folder has and the store lacks; does nothing on a store that is up to date.
 * @param dir folder of NNNN-name.sql files
 * @param appliedAt written beside each migration that runs now
 * @throws AppError invalid for a gap or a bad name; conflict when an applied file has changed or is unknown
 */
export async function migrateEventStore(store: EventStore, dir: URL | string, appliedAt: Date): Promise<void> {
  const files = await readMigrations(typeof dir === "string" ? dir : fileURLToPath(dir));
  await store.command(HISTORY);
  const history = await readHistory(store);
  pendingMigrations(files, history);
  for (const file of files) {
    const begun = history.find((row) => row.number === file.number);
    if (!begun?.finished) await runMigration(store, file, begun, appliedAt);
  }
}
