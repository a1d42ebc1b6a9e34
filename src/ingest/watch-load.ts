/**
 * How far the engine is with one file: asked of the engine itself, beside the statement that loads it.
 * It is a courtesy to whoever waits; a question that fails is not repeated and changes nothing.
 */
import type { EventStore } from "../store/event-store.ts";

const EVERY_MS = 500;

export interface LoadedSoFar {
  readonly records: number;
  /** Of the unpacked file, nearly: the engine counts the bytes of the fields. */
  readonly bytes: number;
}

/**
 * Asks twice a second until the returned function is called.
 * @param into the table the running statement inserts into, no other statement does
 */
export function watchLoad(store: EventStore, into: string, tell: (sofar: LoadedSoFar) => void): () => void {
  let asking = false;
  const ask = async () => {
    asking = true;
    try {
      const [row] = await store.query<LoadedSoFar>(
        `SELECT toFloat64(max(read_rows)) AS records, toFloat64(max(read_bytes)) AS bytes
         FROM system.processes WHERE query_kind = 'Insert' AND position(query, {into:String}) > 0`,
        { params: { into } },
      );
      if (row && row.records > 0 && !stopped) tell(row);
    } catch {
      stop();
    } finally {
      asking = false;
    }
  };
  let stopped = false;
  const timer = setInterval(() => {
    if (!asking) void ask();
  }, EVERY_MS);
  timer.unref();
  function stop(): void {
    stopped = true;
    clearInterval(timer);
  }
  return stop;
}
