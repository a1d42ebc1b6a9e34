/**
 * Brings the state store's tables up to date: runs the files of migrations/postgres that it has not run yet.
 * Forward only; which files those are is decided in migration-files.ts.
 */
import { fileURLToPath } from "node:url";
import { AppError } from "../domain/app-error.ts";
import { type AppliedMigration, type MigrationFile, pendingMigrations, readMigrations } from "./migration-files.ts";

/** The folder beside `src` and `dist`. */
export const STATE_MIGRATIONS = fileURLToPath(new URL("../../migrations/postgres", import.meta.url));

/** One connection, the same for every call: locks and transactions belong to it. */
export interface MigrationConnection {
  /** Runs a text of several statements as the engine reads it: no splitting of ours, so quoting cannot go wrong. */
  run(sql: string): Promise<void>;
  rows<Row>(sql: string, values?: readonly (string | number)[]): Promise<Row[]>;
}

/** Any number that no other program uses as an advisory lock: "waymark" as letters of the alphabet, shortened. */
const LOCK = 2_301_251_318;
const LOCK_WAIT_SECONDS = 60;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Runs every pending migration, each in a transaction of its own together with the note that it ran.
 * Two processes on one server take turns.
 * @returns how many ran
 * @throws AppError conflict (a file changed or is unknown), unavailable (another process migrates for too long)
 */
export async function runStateMigrations(connection: MigrationConnection, dir = STATE_MIGRATIONS): Promise<number> {
  const files = await readMigrations(dir);
  await takeLock(connection);
  try {
    await connection.run(
      `CREATE TABLE IF NOT EXISTS migration
       (number integer PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const applied = await connection.rows<AppliedMigration>("SELECT number, name, hash FROM migration");
    const pending = pendingMigrations(files, applied);
    for (const file of pending) await runOne(connection, file);
    return pending.length;
  } finally {
    // When this fails the connection is gone, and the lock with it; the first error is the one to tell.
    await connection.run(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
  }
}

async function takeLock(connection: MigrationConnection): Promise<void> {
  await connection.run(`SET lock_timeout = '${LOCK_WAIT_SECONDS}s'`);
  try {
    await connection.run(`SELECT pg_advisory_lock(${LOCK})`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new AppError(
      "unavailable",
      `Another process has been migrating the state store for more than ${LOCK_WAIT_SECONDS} s. Try again when it has ended.`,
    );
  } finally {
    await connection.run("RESET lock_timeout");
  }
}

async function runOne(connection: MigrationConnection, file: MigrationFile): Promise<void> {
  await connection.run("BEGIN");
  try {
    await connection.run(file.sql);
    await connection.rows("INSERT INTO migration (number, name, hash) VALUES ($1, $2, $3)", [
      file.number,
      file.name,
      file.hash,
    ]);
    await connection.run("COMMIT");
  } catch (cause) {
    await connection.run("ROLLBACK").catch(() => undefined);
    throw new Error(`The migration ${file.name} failed: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
