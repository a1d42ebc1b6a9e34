/**
 * The bytes of one file, unpacked when it is gzipped, with a clear error for a damaged or dishonest archive.
 * It knows nothing of text or formats.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { pipeline as pipelineAsync } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "../domain/app-error.ts";

export interface ByteSource {
  readonly path: string;
  /** For messages. */
  readonly name: string;
  readonly gzip: boolean;
  /** On disk; the ratio limit is measured against it. */
  readonly bytes: number;
}

export interface UnpackLimits {
  readonly maxBytes: number;
  /** Unpacked bytes per packed byte; deflate itself ends at about 1,032. Honest logs stay under 100. */
  readonly maxRatio: number;
  /** Below this size no ratio is held against a file. */
  readonly freeBytes: number;
}

const GIB = 1024 ** 3;
export const UNPACK_LIMITS: UnpackLimits = { maxBytes: 64 * GIB, maxRatio: 400, freeBytes: 64 * 1024 ** 2 };

const CHUNK = 512 * 1024;

/** Whether the first bytes are those of a gzip member. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** The first `length` bytes as they lie on disk. @throws AppError invalid when the file cannot be read */
export async function readHead(path: string, name: string, length: number): Promise<Buffer> {
  try {
    const handle = await open(path, "r");
    try {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw readFault(cause, name);
  }
}

function readFault(cause: unknown, name: string): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "EACCES" || code === "EPERM")
    return new AppError("forbidden", `${name} may not be read: its permissions forbid it.`, { file: name }, { cause });
  if (code === "ENOENT")
    return new AppError("not-found", `${name} does not exist any more.`, { file: name }, { cause });
  if (code?.startsWith("E"))
    return new AppError("invalid", `${name} cannot be read (${code}).`, { file: name }, { cause });
  return cause;
}

/**
 * Streams a file's content; leaving the loop early closes the file.
 * @throws AppError invalid when a gzip archive is damaged, cut short, or unpacks to more than the limits allow
 */
export async function* readBytes(source: ByteSource, limits: UnpackLimits = UNPACK_LIMITS): AsyncGenerator<Buffer> {
  const file = createReadStream(source.path, { highWaterMark: CHUNK });
  const unpacked = source.gzip ? createGunzip({ chunkSize: CHUNK }) : file;
  // The callback only keeps a late error from becoming an uncaught one: the loop below sees it too.
  if (unpacked !== file) pipeline(file, unpacked as ReturnType<typeof createGunzip>, () => {});
  let total = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (source.gzip) checkLimits(source, total, limits);
      yield chunk;
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR" || code === "ERR_STREAM_PREMATURE_CLOSE")
      throw new AppError(
        "invalid",
        `${source.name} is a damaged gzip archive: it is cut short, broken, or followed by foreign bytes, at or after ${total.toLocaleString("en-US")} unpacked bytes. Fetch or export it again.`,
        { file: source.name, unpackedBytes: total },
        { cause },
      );
    throw readFault(cause, source.name);
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

function checkLimits(source: ByteSource, total: number, limits: UnpackLimits): void {
  if (total > limits.maxBytes)
    throw new AppError(
      "invalid",
      `${source.name} unpacks to more than ${Math.round(limits.maxBytes / GIB)} GiB. Split it, or import it unpacked.`,
      { file: source.name },
    );
  if (total > limits.freeBytes && total > source.bytes * limits.maxRatio)
    throw new AppError(
      "invalid",
      `${source.name} unpacks to more than ${limits.maxRatio} times its size, as a gzip bomb does. If it is honest, import it unpacked.`,
      { file: source.name },
    );
}

/** Writes a file's unpacked content to a new file. */
export async function copyBytes(source: ByteSource, target: string, limits?: UnpackLimits): Promise<void> {
  await pipelineAsync(Readable.from(readBytes(source, limits)), createWriteStream(target, { flags: "wx" }));
}
