/**
 * One process at a time on a server's database, as the door does for a folder: recovery on opening drops what is loading,
 * and two folders may name one server.
 * The claim is an advisory lock of one connection; when the process dies, the server lets it go.
 */
import type pg from "pg";
import { AppError } from "../domain/app-error.ts";

export interface ServerClaim {
  /** Claims again when the connection was lost. @throws AppError conflict when another process was faster */
  ensure(): Promise<void>;
  release(): Promise<void>;
}

/** Any number that no other program uses; not the migrations' one. */
const LOCK = 2_301_251_319;
/** A server takes a moment to notice that the process before has died. */
const WAIT_SECONDS = 2;
const LOCK_NOT_AVAILABLE = "55P03";

/** @throws AppError conflict when another process holds the database */
export async function claimServer(pool: pg.Pool, place: string): Promise<ServerClaim> {
  let client: pg.PoolClient | undefined;
  let claiming: Promise<void> | undefined;
  const claim = async () => {
    const fresh = await pool.connect();
    try {
      await lock(fresh, place);
    } catch (error) {
      fresh.release(true);
      throw error;
    }
    client = fresh;
    // A dropped connection may tell so more than once.
    fresh.on("error", () => {
      if (client !== fresh) return;
      client = undefined;
      fresh.release(true);
    });
  };
  const ensure = async () => {
    if (client) return;
    claiming ??= claim().finally(() => {
      claiming = undefined;
    });
    await claiming;
  };
  await ensure();
  return {
    ensure,
    release: async () => {
      // Said aloud: the end of a connection is noticed late, and the next process may be waiting.
      const held = client;
      client = undefined;
      await held?.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      held?.release();
    },
  };
}

async function lock(client: pg.PoolClient, place: string): Promise<void> {
  try {
    await client.query(`SET lock_timeout = '${WAIT_SECONDS}s'`);
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await client.query("RESET lock_timeout");
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new AppError(
      "conflict",
      `Another process of Waymark works on ${place}, from another folder or machine. End it, or give each workspace a database of its own.`,
    );
  }
}
