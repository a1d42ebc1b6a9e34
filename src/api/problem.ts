/**
 * How an error is told to a program: problem JSON (RFC 9457), mapped here once for every way in.
 * It does not decide on exit codes or log lines; the command line and the server do.
 */
import type { z } from "zod";
import { AppError, type ErrorCode } from "../domain/app-error.ts";

/** `code` is the machine's word; `bug` is ours alone: something that should never have been thrown. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode | "bug";
  readonly details: Readonly<Record<string, unknown>>;
}

const KINDS: Readonly<Record<ErrorCode | "bug", { readonly title: string; readonly status: number }>> = {
  invalid: { title: "Wrong input", status: 400 },
  forbidden: { title: "Not allowed", status: 403 },
  "not-found": { title: "Not found", status: 404 },
  conflict: { title: "Conflict", status: 409 },
  unavailable: { title: "Not available now", status: 503 },
  bug: { title: "A fault of Waymark", status: 500 },
};

function makeProblem(code: ErrorCode | "bug", detail: string, details: Readonly<Record<string, unknown>>): Problem {
  return { type: `urn:waymark:problem:${code}`, ...KINDS[code], detail, code, details };
}

/** Everything that can be thrown, as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof AppError) return makeProblem(error.code, error.message, error.details);
  const message = error instanceof Error ? error.message : String(error);
  return makeProblem("bug", message, {});
}

/** What a caller throws when it was used in a wrong way, before any operation ran. */
export function wrongUse(message: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError("invalid", message, details);
}

/**
 * Input by its schema.
 * @throws AppError invalid, naming the field and what is wrong with it
 */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  const text = faults.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; ");
  throw new AppError("invalid", `${text}.`, { fields: faults });
}
