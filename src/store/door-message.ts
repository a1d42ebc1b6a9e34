/**
 * What is said at the workspace's door: one JSON text a line, requests to the holder, answers back.
 * Who listens and who asks is in door-server.ts and door-client.ts.
 */
import type { Readable } from "node:stream";
import { z } from "zod";
import { AppError, type ErrorCode } from "../domain/app-error.ts";

/** Longest request line in UTF-16 units; answers have no limit, reports are large. */
export const MAX_REQUEST_LENGTH = 2 ** 20;

export const requestSchema = z.union([
  z.object({ id: z.int(), operation: z.string(), input: z.unknown().optional() }),
  z.object({ id: z.int(), cancel: z.literal(true) }),
]);
export type DoorRequest = z.infer<typeof requestSchema>;

const CODES = ["invalid", "not-found", "conflict", "forbidden", "unavailable"] as const satisfies readonly ErrorCode[];

const errorSchema = z.object({
  /** `fault`: a bug, anything that is not an AppError; its stack stays with the holder. */
  code: z.enum([...CODES, "fault"]),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});
type WireError = z.infer<typeof errorSchema>;

/** What the holder says first on every connection, and then for each request. */
export const answerSchema = z.union([
  z.object({ holder: z.int(), ending: z.boolean() }),
  z.object({ id: z.int(), progress: z.unknown() }).refine((answer) => "progress" in answer),
  z.object({ id: z.int(), ending: z.literal(true) }),
  z.object({ id: z.int().nullable(), error: errorSchema }),
  z.object({ id: z.int(), result: z.unknown() }).refine((answer) => "result" in answer),
]);
export type DoorAnswer = z.infer<typeof answerSchema>;

export function toWireError(error: unknown): WireError {
  if (!(error instanceof AppError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: "fault", message, details: {} };
  }
  return { code: error.code, message: error.message, details: isJson(error.details) ? { ...error.details } : {} };
}

/** A bigint or a circle among the details must not keep the message from arriving. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

export function fromWireError({ code, message, details }: WireError): Error {
  if (code !== "fault") return new AppError(code, message, details);
  return new Error(`A fault in the process that holds the workspace: ${message} (its log says more)`);
}

export function writeLine(socket: { write(text: string): unknown }, message: DoorRequest | DoorAnswer): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/**
 * Calls `onLine` with each whole line of a socket, and `onTooLong` once when one grows past the limit.
 * Pieces are joined once a line, so that a long answer costs no more than its length.
 */
export function readLines(
  socket: Readable,
  onLine: (line: string) => void,
  limit = Number.POSITIVE_INFINITY,
  onTooLong = () => {},
): void {
  let pieces: string[] = [];
  let length = 0;
  let stopped = false;
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const parts = chunk.split("\n");
    for (const [index, part] of parts.entries()) {
      if (stopped) return;
      length += part.length;
      if (length > limit) {
        stopped = true;
        onTooLong();
        return;
      }
      pieces.push(part);
      if (index === parts.length - 1) return;
      const line = pieces.join("");
      pieces = [];
      length = 0;
      onLine(line);
    }
  });
}
