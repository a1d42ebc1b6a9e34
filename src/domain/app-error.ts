/**
 * The one error type callers may act on: what went wrong, where, and what to do about it.
 * Anything else that is thrown is a bug of ours; it is not wrapped here.
 */

export type ErrorCode = "invalid" | "not-found" | "conflict" | "forbidden" | "unavailable";

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  /** Facts for programs: file, line, field, position, id … Never secrets. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
