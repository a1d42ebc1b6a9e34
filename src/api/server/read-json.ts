/**
 * Reads a request's JSON body, up to a limit of size and of time.
 * What the body must hold is for whoever asked for it.
 */
import type { Context } from "hono";
import { HttpError } from "./http-error.ts";

const MAX_BYTES = 2 ** 20;
const MAX_MS = 30_000;

/** @throws HttpError 415 (another type), 413 (longer than 1 MiB), 408 (too slow), 400 (not JSON) */
export async function readJson({ req }: Context): Promise<unknown> {
  const [type = ""] = (req.header("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    throw new HttpError(415, "The body must be JSON, with Content-Type: application/json.");
  if (Number(req.header("content-length") ?? 0) > MAX_BYTES) throw tooLong();
  const text = await readText(req.raw);
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "The body is not valid JSON.");
  }
}

async function readText({ body }: Request): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    void reader.cancel().catch(() => undefined);
  }, MAX_MS);
  try {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (slow) throw new HttpError(408, "The body took too long to arrive.");
      if (done) return new TextDecoder().decode(Buffer.concat(pieces));
      bytes += value.byteLength;
      if (bytes > MAX_BYTES) throw tooLong();
      pieces.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(): HttpError {
  return new HttpError(413, "The body may have at most 1 MiB.", { maxBytes: MAX_BYTES });
}
