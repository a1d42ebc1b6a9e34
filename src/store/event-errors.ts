/**
 * What an engine's failure means to a caller: a limit that was reached, or a bug of ours.
 * Both keep the engine's own code; nothing is retried here.
 */
import { AppError } from "../domain/app-error.ts";

/** The engine refused or failed a statement for a reason that no caller can act on. */
export class EventEngineError extends Error {
  override readonly name = "EventEngineError";
  /** ClickHouse's number of the error, 0 when the failure carried none. */
  readonly clickhouseCode: number;

  constructor(message: string, clickhouseCode: number, cause: unknown) {
    super(message, { cause });
    this.clickhouseCode = clickhouseCode;
  }
}

/** What the limits say to a reader; the numbers are ClickHouse's. */
const UNAVAILABLE: ReadonlyMap<number, string> = new Map([
  [158, "The question would read more rows than allowed. Narrow it by dates or a filter."],
  [
    159,
    "The event store stopped a statement at its time limit. Narrow the question, or try again when less is running.",
  ],
  [160, "The event store stopped a statement that would not finish within its time limit. Narrow the question."],
  [202, "The event store has too many statements running. Try again in a moment."],
  [209, "The event store's server did not answer in time. Try again, and check WAYMARK_CLICKHOUSE_URL."],
  [210, "The event store's server could not be reached. Check WAYMARK_CLICKHOUSE_URL and the network."],
  [
    241,
    "The event store ran out of the memory it may use. Narrow the question: a shorter time, fewer touchpoints or a segment.",
  ],
  [243, "The disk of the event store is full. Free some space and try again."],
  [394, "The event store cancelled the statement."],
  [516, "The event store's server refused the user or password. Check WAYMARK_CLICKHOUSE_URL."],
]);

/** ClickHouse's code in whatever an engine or a client threw; 0 when there is none. */
export function clickhouseCodeOf(error: unknown): number {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const found = /\bCode: (\d+)\./u.exec(at.message)?.[1];
    if (found) return Number(found);
    if ("clickhouseCode" in at && typeof at.clickhouseCode === "number") return at.clickhouseCode;
    if ("code" in at && typeof at.code === "string" && /^\d+$/u.test(at.code)) return Number(at.code);
  }
  return 0;
}

const NETWORK_ERROR = 210;
const LOST_CONNECTION = /^(?:ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/u;

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error && LOST_CONNECTION.test(String(error.code));
}

/** AppError unavailable for a limit or a lost engine, EventEngineError for the rest; AppErrors pass unchanged. */
export function eventStoreError(error: unknown): Error {
  if (error instanceof AppError || error instanceof EventEngineError) return error;
  const clickhouseCode = isLostConnection(error) ? NETWORK_ERROR : clickhouseCodeOf(error);
  const limit = UNAVAILABLE.get(clickhouseCode);
  if (limit !== undefined) return new AppError("unavailable", limit, { clickhouseCode }, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new EventEngineError(message, clickhouseCode, error);
}
