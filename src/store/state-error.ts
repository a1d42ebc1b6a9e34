/**
 * What a person is told when a state engine fails: where, why and what to do.
 * Never a password, and never the values of a statement: both would end up in logs.
 */
import { AppError } from "../domain/app-error.ts";

const URL_FORM = "postgres://user:password@host:5432/database";
/** Network faults, and the server's own classes: 08 connection, 28 wrong user or password, 53 full, 57P ending. */
const UNREACHABLE =
  /^(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|08...|28...|3D000|53...|57P0.)$/u;

/**
 * A server's address without user, password and options.
 * @throws AppError invalid when the text is no such URL; the text itself is not repeated
 */
export function describePostgresUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(?:ql)?:$/u.test(parsed.protocol))
    throw new AppError("invalid", `The address of the Postgres server must look like ${URL_FORM}.`);
  const host = parsed.host || parsed.searchParams.get("host") || "localhost";
  return `the Postgres server ${host}${parsed.pathname}`;
}

/** The error to throw instead of what the driver or Drizzle threw. */
export function explainStateError(error: unknown, place: string): Error {
  if (error instanceof AppError) return error;
  const cause = findCause(error);
  const { code } = cause as { code?: unknown };
  const lost = /timeout|Connection terminated|server closed the connection/iu.test(cause.message);
  if ((typeof code === "string" && UNREACHABLE.test(code)) || lost)
    return new AppError(
      "unavailable",
      `No connection to ${place}: ${describeCause(cause)}. Check that it runs and that the address and the password are right.`,
      { sqlState: code },
      { cause },
    );
  return new Error(`A statement failed in ${place}: ${describeCause(cause)}`, { cause });
}

/** Drizzle puts the statement and all its values into its message; what it wraps says what is wrong. */
function findCause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return "params" in error && error.cause instanceof Error ? error.cause : error;
}

/** Node gives several attempts on one name as an AggregateError without a message. */
function describeCause(cause: Error): string {
  if (cause instanceof AggregateError) return cause.errors.map((each: Error) => each.message).join("; ");
  return cause.message || String((cause as { code?: unknown }).code ?? cause.name);
}
