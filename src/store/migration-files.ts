/**
 * Which migrations a folder holds and which of them a store still lacks: `NNNN-name.sql`, numbered from 1 without holes.
 * Running them is the business of each store's own runner; both stores share these rules.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../domain/app-error.ts";

export interface MigrationFile {
  readonly number: number;
  /** File name, with its number. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text in hex, line ends as \n. */
  readonly hash: string;
}

/** What a store remembers of a migration that it has run. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
}

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/u;

/**
 * The migrations of a folder, in order.
 * @throws AppError invalid when a name is malformed, a number is missing or used twice
 */
export async function readMigrations(dir: string): Promise<MigrationFile[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".sql")).sort();
  const files: MigrationFile[] = [];
  for (const name of names) {
    const match = FILE_NAME.exec(name);
    if (!match) throw new AppError("invalid", `The migration ${join(dir, name)} must be named NNNN-name.sql.`);
    const number = Number(match[1]);
    if (number !== files.length + 1)
      throw new AppError(
        "invalid",
        `The migration ${join(dir, name)} has the number ${number}; ${files.length + 1} was expected.`,
      );
    // A checkout with other line ends is still the same migration.
    const sql = (await readFile(join(dir, name), "utf8")).replaceAll("\r\n", "\n");
    files.push({ number, name, sql, hash: createHash("sha256").update(sql).digest("hex") });
  }
  return files;
}

/**
 * The files that are still to run, in order.
 * @param applied what the store remembers, in any order
 * @throws AppError conflict when a migration that was run has since changed or gone: going on would build on sand
 */
export function pendingMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): readonly MigrationFile[] {
  const ordered = [...applied].sort((a, b) => a.number - b.number);
  for (const [index, { number, name, hash }] of ordered.entries()) {
    const details = { migration: name };
    if (number !== index + 1)
      throw new AppError("conflict", `The store says that it ran ${name} but not migration ${index + 1}.`, details);
    const file = files[index];
    if (!file)
      throw new AppError(
        "conflict",
        `The store has run the migration ${name}, which this version of Waymark does not know. Use the newer version that made it.`,
        details,
      );
    if (file.hash !== hash || file.name !== name)
      throw new AppError(
        "conflict",
        `The migration ${file.name} has changed since the store ran it as ${name}. Migrations only go forward: restore the file and add a new one.`,
        details,
      );
  }
  return files.slice(ordered.length);
}
