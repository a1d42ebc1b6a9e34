/**
 * Which files a list of paths stands for: files as given, folders by their data files, sorted by name.
 * What is inside a file is for the sniffer; here only existence, size and gzip's magic bytes count.
 */
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { AppError } from "../domain/app-error.ts";
import { isGzip, readHead } from "./read-bytes.ts";

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** For messages: the file's own name, inside a folder too. */
  readonly name: string;
  readonly bytes: number;
  /** When it was last written to, in ms; undefined for what an archive held. */
  readonly modified?: number;
  readonly gzip: boolean;
  /** The ZIP archive that it was in, for messages. */
  readonly archive?: string;
}

/** Inside a folder only these are data; a file named on its own may be called anything. */
const DATA_FILE =
  /\.(?:csv|tsv|tab|psv|txt|dat|log|json|jsonl|ndjson|jsonocel|parquet|pq|xes|xlsx|xlsm|sqlite|sqlite3)(?:\.gz)?$/iu;
/** In a folder an archive counts only where there is nothing else: beside its own files it would bring them twice. */
const ARCHIVE_FILE = /^[^.].*\.zip$/iu;
/** A folder may hold notes beside its data. */
const NOTES_FILE = /^(?:readme|license|licence|changelog|notes)\b.*\.txt$/iu;
const MAX_FILES = 10_000;

/** Whether a file inside a folder is taken for data. */
export function isDataFile(name: string): boolean {
  return !name.startsWith(".") && DATA_FILE.test(name) && !NOTES_FILE.test(name);
}

/** The data files among a folder's, by name or path; archives only where there is no other. */
export function chooseDataFiles(paths: readonly string[]): string[] {
  const nameOf = (path: string) => path.split("/").at(-1) as string;
  const data = paths.filter((path) => isDataFile(nameOf(path)));
  return data.length > 0 ? data : paths.filter((path) => ARCHIVE_FILE.test(nameOf(path)));
}

/**
 * The files behind the paths, in the order given; a folder's files by name. The same file twice counts once.
 * @throws AppError not-found | invalid | forbidden naming the path and what to do
 */
export async function findSources(paths: readonly string[]): Promise<FoundFile[]> {
  if (paths.length === 0)
    throw new AppError("invalid", "No file was named. Give at least one file or folder: waymark import PATH…");
  const found: FoundFile[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const candidate of await expandPath(path)) {
      const real = await realpath(candidate.path);
      if (seen.has(real)) continue;
      seen.add(real);
      found.push(await describeFile(candidate.path, candidate.name));
    }
  }
  if (found.length > MAX_FILES)
    throw new AppError("invalid", `These paths hold ${found.length} files; one import takes at most ${MAX_FILES}.`);
  return found;
}

/** A line break or an escape sequence in a file's name must not reach a terminal or forge a line of a message. */
export function showName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
}

async function statPath(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new AppError("not-found", `There is no file or folder «${showName(path)}».`, { path }, { cause });
    if (code === "EACCES")
      throw new AppError("forbidden", `«${path}» may not be read: its permissions forbid it.`, { path }, { cause });
    const why = code === "ELOOP" ? "it is a link that leads back to itself" : (code ?? "unknown fault");
    throw new AppError("invalid", `«${showName(path)}» cannot be read: ${why}.`, { path }, { cause });
  }
}

async function expandPath(path: string): Promise<{ path: string; name: string }[]> {
  const absolute = resolve(path);
  const info = await statPath(absolute);
  if (info.isFile()) return [{ path: absolute, name: basename(absolute) }];
  if (!info.isDirectory()) throw refuseSpecial(path, info.isFIFO());
  const names = chooseDataFiles((await listFolder(absolute, path)).sort((a, b) => (a < b ? -1 : 1)));
  const files: { path: string; name: string }[] = [];
  for (const name of names) {
    if ((await statPath(join(absolute, name))).isFile()) files.push({ path: join(absolute, name), name });
  }
  if (files.length === 0)
    throw new AppError(
      "invalid",
      `The folder «${path}» holds no data files (csv, tsv, txt, json, jsonl, parquet, xes, xlsx, sqlite, each also with .gz, or zip). Subfolders are not searched.`,
      { path },
    );
  return files;
}

/** Reading a pipe that nobody writes to, or a device, might never end. */
function refuseSpecial(path: string, isPipe: boolean): AppError {
  const shown = showName(path);
  const advice = isPipe
    ? `What another program writes goes in on standard input: waymark import - < ${shown}`
    : "It is a device or a socket: give the file that holds the data.";
  return new AppError("invalid", `«${shown}» is neither a file nor a folder. ${advice}`, { path });
}

async function listFolder(absolute: string, shown: string): Promise<string[]> {
  try {
    return await readdir(absolute);
  } catch (cause) {
    throw new AppError("forbidden", `The folder «${shown}» may not be read.`, { path: shown }, { cause });
  }
}

async function describeFile(path: string, fileName: string): Promise<FoundFile> {
  const name = showName(fileName);
  const { size, mtimeMs } = await statPath(path);
  if (size === 0) throw new AppError("invalid", `${name} is empty (0 bytes). Export it again.`, { file: name });
  return { path, name, bytes: size, modified: mtimeMs, gzip: isGzip(await readHead(path, name, 2)) };
}
