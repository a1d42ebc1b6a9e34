/**
 * Takes the files of a multipart body straight to disk, each under its own safe name; nothing is held in memory.
 * Which folder that is, and when it goes away, is decided in uploads.ts.
 */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { HttpError } from "./http-error.ts";
import { splitUploadName } from "./upload-name.ts";

export interface ReceivedFile {
  /** Relative, as it came; folders by /. */
  readonly name: string;
  readonly bytes: number;
}

export interface UploadLimits {
  /** All files together. */
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** How long the sender may pause. */
  readonly maxPauseMs: number;
}

/** What multipart adds around the files: at most so much is let through beyond them. */
const ENVELOPE_BYTES = 2 ** 20;

/**
 * @param folder exists, for its owner alone
 * @throws HttpError 400 (names, form), 408, 413, 415; whatever the disk throws. What was written so far stays.
 */
export async function receiveUpload(
  request: Request,
  folder: string,
  limits: UploadLimits,
): Promise<readonly ReceivedFile[]> {
  const parser = openParser(request, limits);
  const reception = new Reception(folder, limits);
  parser.on("file", (_, stream, name) => reception.take(stream, name));
  parser.on("filesLimit", () =>
    reception.fail(new HttpError(400, `At most ${limits.maxFiles} files go in one upload.`)),
  );
  const body = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
  try {
    await pipeline(body, reception.meter(), parser, { signal: reception.signal });
  } catch (error) {
    reception.fail(isDisconnect(error) ? new HttpError(400, "The upload ended before it was complete.") : error);
  }
  return reception.finish();
}

function openParser({ headers, body }: Request, { maxBytes, maxFiles }: UploadLimits): BusboyInstance {
  const type = headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/iu.test(type) || !body)
    throw new HttpError(415, "An upload must be multipart/form-data with one part for each file.");
  if (Number(headers.get("content-length") ?? 0) > maxBytes + ENVELOPE_BYTES) throw tooLarge(maxBytes);
  try {
    const limits = { files: maxFiles, fields: 20, fieldSize: 4_096, headerPairs: 50, headerSize: 16_384 };
    return new Busboy({ headers: { "content-type": type }, preservePath: true, limits });
  } catch {
    throw new HttpError(400, "The upload's Content-Type names no boundary.");
  }
}

/** Browsers stop in the middle when a page is closed. */
function isDisconnect(error: unknown): boolean {
  if (error instanceof HttpError || !(error instanceof Error)) return false;
  return !("syscall" in error);
}

function tooLarge(maxBytes: number): HttpError {
  return new HttpError(413, `An upload may hold at most ${maxBytes} bytes.`, { maxBytes });
}

/** One upload on its way in. The first failure stops all of it. */
class Reception {
  readonly #folder: string;
  readonly #limits: UploadLimits;
  readonly #stop = new AbortController();
  readonly #writes: Promise<void>[] = [];
  readonly #streams: BusboyFileStream[] = [];
  readonly #files: ReceivedFile[] = [];
  #bytes = 0;
  #failure: unknown;

  constructor(folder: string, limits: UploadLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  fail(error: unknown): void {
    this.#failure ??= error;
    this.#stop.abort();
    for (const stream of this.#streams) stream.destroy(new Error("The upload was stopped."));
  }

  /** Lets bytes through as long as they keep coming. */
  meter(): Transform {
    const { maxPauseMs } = this.#limits;
    const pause = () => this.fail(new HttpError(408, "The upload stood still for too long."));
    let timer = setTimeout(pause, maxPauseMs);
    return new Transform({
      transform: (chunk, _, done) => {
        clearTimeout(timer);
        timer = setTimeout(pause, maxPauseMs);
        done(null, chunk);
      },
      destroy: (error, done) => {
        clearTimeout(timer);
        done(error);
      },
    });
  }

  take(stream: BusboyFileStream, name: string): void {
    // Whoever writes the stream to disk hears of its end; one that is stopped before that has nobody to tell.
    stream.on("error", () => undefined);
    if (this.#failure !== undefined) {
      stream.resume();
      return;
    }
    this.#streams.push(stream);
    const write = this.#write(stream, name);
    this.#writes.push(write);
    write.catch((error) => this.fail(error));
  }

  async #write(stream: BusboyFileStream, name: string): Promise<void> {
    const path = join(this.#folder, ...splitUploadName(name));
    let bytes = 0;
    const count = new Transform({
      transform: (chunk: Buffer, _, done) => {
        bytes += chunk.byteLength;
        this.#bytes += chunk.byteLength;
        if (this.#bytes > this.#limits.maxBytes) done(tooLarge(this.#limits.maxBytes));
        else done(null, chunk);
      },
    });
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await pipeline(stream, count, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    } catch (error) {
      throw isTaken(error) ? new HttpError(400, `The name «${name}» came twice.`, { field: "files" }) : error;
    }
    this.#files.push({ name, bytes });
  }

  async finish(): Promise<readonly ReceivedFile[]> {
    await Promise.allSettled(this.#writes);
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#files.length === 0) throw new HttpError(400, "The upload holds no file.");
    return this.#files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** A file where a folder should be, or the other way round, counts as the same name. */
function isTaken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR";
}
