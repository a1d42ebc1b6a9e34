/**
 * An error with a status of its own, where the network tells apart what an AppError's code does not (413, 415 …).
 * Everything else becomes a status in problem.ts.
 */
import { AppError, type ErrorCode } from "../../domain/app-error.ts";

export type RefusalStatus = 400 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 503 | 507;

const CODES: Readonly<Record<RefusalStatus, ErrorCode>> = {
  400: "invalid",
  403: "forbidden",
  404: "not-found",
  405: "invalid",
  408: "unavailable",
  409: "conflict",
  413: "invalid",
  415: "invalid",
  503: "unavailable",
  507: "unavailable",
};

export class HttpError extends AppError {
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(CODES[status], message, details);
    this.status = status;
  }
}
