/**
 * The footer of a Parquet file: the bytes at its end that say where everything else stands. What they say is read elsewhere.
 */
import { open } from "node:fs/promises";
import { AppError } from "../domain/app-error.ts";

const MAX_FOOTER = 64 * 1024 ** 2;
const MAGIC = "PAR1";

export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString("latin1") === MAGIC;
}

export function damagedFooter(name: string, cause?: unknown): AppError {
  return new AppError(
    "invalid",
    `${name} begins like a Parquet file, but its end is damaged or missing. Fetch or export it again.`,
    { file: name },
    { cause },
  );
}

/** @throws AppError invalid when the file does not end in a footer */
export async function readParquetFooter(path: string, name: string): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(8);
    if (size < 12) throw damagedFooter(name);
    await handle.read(tail, 0, 8, size - 8);
    const length = tail.readUInt32LE(0);
    if (tail.toString("latin1", 4) !== MAGIC || length > size - 12 || length > MAX_FOOTER) throw damagedFooter(name);
    const footer = Buffer.alloc(length);
    await handle.read(footer, 0, length, size - 8 - length);
    return footer;
  } finally {
    await handle.close();
  }
}
