/**
 * The files of the web app: read once at the start, so that a later build disturbs no running server.
 * Which addresses are pages is for the app's own router; every one that is no file gets the same page.
 */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Context, Hono } from "hono";
import { answerText, chooseEncoding, compress, type Encoding } from "./answer-body.ts";
import { HttpError } from "./http-error.ts";
import { makeNonce, pagePolicy } from "./response-headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** These are compressed as they are. */
const COMPRESSED: ReadonlySet<string> = new Set([".png", ".ico", ".woff2"]);
const NONCE = "__CSP_NONCE__";
const NOT_BUILT = `The web app is not built, so there are no pages here; the API is at /api/v1/docs.
Run «npm run build» in the folder of Waymark, then start it again.
`;

interface WebFile {
  readonly bytes: Uint8Array;
  readonly extension: string;
  /** Names with a hash of their content never change it. */
  readonly immutable: boolean;
  readonly encoded: Map<Encoding, Promise<Uint8Array>>;
}

/** Address → file. */
export type WebFiles = ReadonlyMap<string, WebFile>;

/** @param folder of the built app; a missing one gives no files */
export async function readWebFiles(folder: string): Promise<WebFiles> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = new Map<string, WebFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join("/")}`;
    const immutable = address.startsWith("/assets/");
    const bytes = await readFile(path);
    files.set(address, { bytes, extension: extname(path), immutable, encoded: new Map() });
  }
  return files;
}

export function addWebRoutes(app: Hono, files: WebFiles): void {
  const page = files.get("/index.html");
  const text = page && new TextDecoder().decode(page.bytes);
  app.get("*", async (context) => {
    const { path } = context.req;
    if (path === "/api" || path.startsWith("/api/")) throw new HttpError(404, `There is nothing at ${path}.`);
    const file = path === "/index.html" ? undefined : files.get(path);
    if (file) return answerFile(context, file);
    const accepts = context.req.header("accept") ?? "*/*";
    if (path.startsWith("/assets/") || !/text\/html|\*\/\*/u.test(accepts))
      throw new HttpError(404, `There is nothing at ${path}.`);
    context.header("Cache-Control", "no-store");
    if (text === undefined) return answerText(context, NOT_BUILT, "text/plain; charset=utf-8", 503);
    const nonce = makeNonce();
    context.header("Content-Security-Policy", pagePolicy(nonce));
    return answerText(context, text.replaceAll(NONCE, nonce), "text/html; charset=utf-8");
  });
}

async function answerFile(context: Context, { bytes, extension, immutable, encoded }: WebFile): Promise<Response> {
  context.header("Content-Type", TYPES[extension] ?? "application/octet-stream");
  context.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (COMPRESSED.has(extension)) return context.body(Buffer.from(bytes));
  context.header("Vary", "Accept-Encoding");
  const encoding = chooseEncoding(context.req.header("accept-encoding"));
  if (!encoding) return context.body(Buffer.from(bytes));
  const body = encoded.get(encoding) ?? compress(bytes, encoding, "thorough");
  encoded.set(encoding, body);
  context.header("Content-Encoding", encoding);
  return context.body(Buffer.from(await body));
}
