/**
 * Answers that are whole in memory: JSON, text and files of the app, compressed when the asker can read it.
 * Bodies are never streams: their length is known, and a broken connection ends no stream of ours.
 */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export type Encoding = "br" | "gzip";

/** Below this a compressed body saves no packet. */
const MIN_BYTES = 1_400;

/** The best encoding of ours that Accept-Encoding allows. */
export function chooseEncoding(accepted: string | undefined): Encoding | undefined {
  const allowed = new Set<string>();
  for (const part of (accepted ?? "").split(",")) {
    const [name = "", ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
    if (!parameters.some((word) => /^q=0(?:\.0*)?$/u.test(word))) allowed.add(name);
  }
  if (allowed.has("br")) return "br";
  return allowed.has("gzip") || allowed.has("*") ? "gzip" : undefined;
}

/** @param effort quick for answers that are made once, thorough for files that are sent often */
export function compress(body: Uint8Array, encoding: Encoding, effort: "quick" | "thorough"): Promise<Uint8Array> {
  if (encoding === "gzip") return compressGzip(body, { level: effort === "quick" ? 5 : 9 });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: effort === "quick" ? 4 : 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
  };
  return compressBrotli(body, { params });
}

export async function answerText(
  context: Context,
  text: string,
  type: string,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  context.header("Content-Type", type);
  context.header("Vary", "Accept-Encoding");
  const encoding = chooseEncoding(context.req.header("accept-encoding"));
  const body = Buffer.from(text);
  if (!encoding || body.byteLength < MIN_BYTES) return context.body(body, status);
  context.header("Content-Encoding", encoding);
  return context.body(Buffer.from(await compress(body, encoding, "quick")), status);
}

export function answerJson(context: Context, value: unknown, status: ContentfulStatusCode = 200): Promise<Response> {
  context.header("Cache-Control", "no-store");
  return answerText(context, JSON.stringify(value), "application/json", status);
}
