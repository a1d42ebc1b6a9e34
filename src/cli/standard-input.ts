/**
 * What is piped into a command, kept as a private temporary file while the command works with it.
 * What is in it is found out by the import, as for any file; nothing remains afterwards.
 */
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { wrongUse } from "../api/problem.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";

/** Stands for standard input among the paths. */
export const STANDARD_INPUT = "-";
const MAX_BYTES = 64 * 1024 ** 3;

export interface KeepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far. */
  readonly onBytes?: (bytes: number) => void;
  /** Default 64 GiB. */
  readonly maxBytes?: number;
}

/**
 * Gives `work` the path of a file that holds all of `input`, and removes it whatever happens.
 * @throws AppError invalid when nothing is piped in, too much, or more than the disk takes
 */
export async function withStandardInput<Result>(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  options: KeepOptions,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  if (input.isTTY)
    throw wrongUse("Nothing is piped in. «-» reads standard input: cat export.csv.gz | waymark import - --yes");
  const folder = await makeTemporaryFolder("input");
  try {
    // Its name is what messages and the list of imports call it.
    const path = join(folder, "standard input");
    await keep(input, path, options);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keep(input: NodeJS.ReadableStream, path: string, options: KeepOptions): Promise<void> {
  const { signal, onBytes, maxBytes = MAX_BYTES } = options;
  let bytes = 0;
  const count = new Transform({
    transform: (chunk: Buffer, _, done) => {
      bytes += chunk.byteLength;
      onBytes?.(bytes);
      done(bytes > maxBytes ? tooMuch(maxBytes) : null, chunk);
    },
  });
  try {
    await pipeline(input, count, createWriteStream(path, { flags: "wx", mode: 0o600 }), signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
    throw wrongUse(
      `The disk is full: standard input is kept in ${tmpdir()} while it is read. Make room, or name another folder in TMPDIR.`,
    );
  }
}

function tooMuch(maxBytes: number): Error {
  return wrongUse(
    `Standard input holds more than ${Math.round(maxBytes / 1024 ** 3)} GiB. Write it to files, and import these.`,
  );
}
