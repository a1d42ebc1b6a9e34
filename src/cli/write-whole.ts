/**
 * Writes what a command answers to the file its user names.
 */
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { wrongUse } from "../api/problem.ts";

/**
 * All of it or nothing: who reads the file never sees half of it, and a failure leaves the one before.
 * @param mode of the file, 0o600 where it holds records of customers
 * @throws AppError invalid where it cannot be written
 */
export async function writeWhole(out: string, text: string, mode = 0o666): Promise<void> {
  const part = join(dirname(out), `.${basename(out)}.${process.pid}.part`);
  try {
    await writeFile(part, text, { flag: "wx", mode });
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw wrongUse(`«${out}» cannot be written: ${(error as Error).message}.`, { out });
  }
}
