/**
 * From paths to sources the engine can read, each with a sample: found, checked, and converted where it has to be.
 * Originals are never changed; what has to be rewritten goes into a temp folder that the caller owns and removes.
 */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../domain/app-error.ts";
import { checkParquetPages } from "./check-parquet-pages.ts";
import { scanText, type TextScan, transcodeToUtf8 } from "./decode-text.ts";
import { findSources } from "./find-sources.ts";
import { flattenOcelJson, looksLikeOcel } from "./flatten-ocel-json.ts";
import { flattenOcelSqlite } from "./flatten-ocel-sqlite.ts";
import { isLockedWorkbook } from "./locked-workbook.ts";
import { isParquet } from "./parquet-footer.ts";
import {
  aliasPath,
  cutAtLine,
  type Preparation,
  type PrepareDeps,
  type PreparedSource,
  readStart,
  SAMPLE_BYTES,
} from "./preparation.ts";
import { prepareJson, prepareTable, prepareXes } from "./prepare-text.ts";
import { flattenWorkbook } from "./prepare-workbook.ts";
import { type ByteSource, copyBytes, isGzip } from "./read-bytes.ts";
import { readParquetShape, sampleParquet } from "./read-parquet.ts";
import { isSqlite } from "./read-sqlite.ts";
import { isZip, ZipArchive } from "./read-zip.ts";
import { looksLikeJson } from "./sample-json.ts";
import type { Sample, SourceFile } from "./source-file.ts";
import { ParquetTrial } from "./try-parquet.ts";
import { judgeArchive, unpackArchive } from "./unpack-archive.ts";

const HEAD_BYTES = 64 * 1024;

/** Beginnings of formats that people try and that are not read. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ["425a68", "packed with bzip2. Unpack it, or pack it with gzip"],
  ["fd377a585a00", "packed with xz. Unpack it, or pack it with gzip"],
  ["28b52ffd", "packed with zstd. Unpack it, or pack it with gzip"],
  ["377abcaf271c", "a 7z archive. Unpack it"],
  ["25504446", "a PDF document. Export the data as CSV"],
  ["d0cf11e0", "an old Office document (.xls), or a workbook with a password. Save it as .xlsx without one, or as CSV"],
  ["4f626a01", "an Avro file. Export it as Parquet or JSON lines"],
  ["4f5243", "an ORC file. Export it as Parquet or CSV"],
  ["1f8b", "gzipped twice. Unpack it once"],
  ["50415245", "an encrypted Parquet file. Export it without encryption"],
];

/**
 * Prepares every file behind the paths.
 * @throws AppError naming the file and what to do
 */
export async function prepareSources(
  paths: readonly string[],
  tempDir: string,
  deps: PrepareDeps = {},
): Promise<{ sources: SourceFile[]; samples: Sample[] }> {
  const files = await findSources(paths);
  await mkdir(tempDir, { recursive: true });
  const sources: SourceFile[] = [];
  const samples: Sample[] = [];
  const trial = new ParquetTrial(join(tempDir, "parquet-trial"), { required: deps.events?.kind === "embedded" });
  try {
    for (const [at, found] of files.entries()) {
      deps.signal?.throwIfAborted();
      let next = 0;
      const tempPath = (ending: string) => join(tempDir, `source-${at + 1}-${++next}${ending}`);
      for await (const { source, sample } of prepareFound({ ...deps, found, tempPath, trial })) {
        sources.push(source);
        samples.push(sample);
      }
    }
  } finally {
    await trial.close();
  }
  return { sources, samples };
}

/** One source for most files; as many as an archive holds. */
async function* prepareFound(given: Preparation): AsyncGenerator<PreparedSource> {
  const task = await unwrap(given);
  const { found, limits } = task;
  const head = await readStart(found, HEAD_BYTES, limits);
  if (head.length === 0)
    throw new AppError("invalid", `${found.name} is empty once it is unpacked. Export it again.`, { file: found.name });
  if (!isZip(head)) {
    yield await prepareSource(task, head);
    return;
  }
  const archive = await ZipArchive.open(found, limits);
  try {
    if (judgeArchive(archive, found) === "spreadsheet") yield* prepareWorkbook(archive, task);
    else for await (const inner of unpackArchive(archive, task)) yield* prepareFound({ ...task, found: inner });
  } finally {
    archive.close();
  }
}

/** What is read from its end, or was packed twice on its way into an archive, is unpacked into a file of its own. */
async function unwrap(task: Preparation): Promise<Preparation> {
  const { found, limits } = task;
  if (!found.gzip) return task;
  const head = await readStart(found, 16, limits);
  const twice = found.archive !== undefined && isGzip(head);
  if (!twice && !isZip(head) && !isSqlite(head)) return task;
  const path = task.tempPath(twice ? ".gz" : ".zip");
  await copyBytes(found, path, limits);
  const { modified: _, ...copied } = found;
  return { ...task, found: { ...copied, path, gzip: twice, bytes: (await stat(path)).size } };
}

/** A source for each sheet that the mapping reads. */
async function* prepareWorkbook(archive: ZipArchive, task: Preparation): AsyncGenerator<PreparedSource> {
  const { found } = task;
  for await (const { path, sheet, notes, several } of flattenWorkbook(archive, task)) {
    const said = task.hints?.(found.name, several ? sheet : undefined);
    const name = several ? `${found.name}, sheet ${sheet}` : found.name;
    const flat = { ...found, name, path, gzip: false, bytes: (await stat(path)).size };
    const hints = () => ({ ...said, format: "csv", delimiter: "," }) as const;
    const { source, sample } = await prepareText({ ...task, found: flat, hints }, await readStart(flat, HEAD_BYTES));
    const { path: originalPath, bytes } = found;
    const workbook = several ? { workbook: { name: found.name, sheet } } : {};
    const original = { originalPath, bytes, originalFormat: "xlsx" } as const;
    yield { source: { ...source, ...original, ...workbook, notes: [...notes, ...source.notes] }, sample };
  }
}

/** An object-centric log, rewritten as JSON lines. */
async function prepareOcel(
  task: Preparation,
  flatten: (target: string) => Promise<readonly string[]>,
): Promise<PreparedSource> {
  const { found } = task;
  const path = task.tempPath(".jsonl");
  const notes = await flatten(path);
  const { size } = await stat(path);
  if (size === 0)
    throw new AppError("invalid", `${found.name} is an OCEL log without any event.`, { file: found.name });
  const flat = { ...found, path, gzip: false, bytes: size };
  const hints = () => ({ format: "jsonl" }) as const;
  const { source, sample } = await prepareText({ ...task, found: flat, hints }, await readStart(flat, HEAD_BYTES));
  const { path: originalPath, bytes } = found;
  return {
    source: { ...source, originalPath, bytes, originalFormat: "ocel", notes: [...notes, ...source.notes] },
    sample,
  };
}

async function prepareSource(task: Preparation, head: Buffer): Promise<PreparedSource> {
  const { found } = task;
  const hex = head.subarray(0, 16).toString("hex");
  if (/\.(?:sqlite3?|db)(?:\.gz)?$/iu.test(found.name) && !isSqlite(head) && head.includes(0))
    throw new AppError(
      "invalid",
      `${found.name} is no SQLite database, or an encrypted one. Export it without a password.`,
      { file: found.name },
    );
  const foreign = FOREIGN.find(([magic]) => hex.startsWith(magic));
  if (foreign && (await isLockedWorkbook(found)))
    throw new AppError(
      "invalid",
      `${found.name} is a workbook with a password. Open it with its password, and save it without one or as CSV.`,
      { file: found.name },
    );
  if (foreign) throw new AppError("invalid", `${found.name} is ${foreign[1]}.`, { file: found.name });
  if (isParquet(head)) return prepareParquet(task);
  if (isSqlite(head)) return prepareOcel(task, (target) => flattenOcelSqlite(found.path, target, task));
  if (looksLikeOcel(head.toString("latin1"))) {
    const { encoding } = await scanText(found, head, task);
    return prepareOcel(task, (target) => flattenOcelJson(task, encoding, target));
  }
  return prepareText(task, head);
}

async function prepareText(task: Preparation, head: Buffer): Promise<PreparedSource> {
  const { found, limits } = task;
  const scan = await scanText(found, head, task);
  const form = task.hints?.(found.name)?.format;
  if (form === "xes" || (form === undefined && beginsLikeXml(head, scan))) return prepareXes(task, head, scan);
  const readable = await makeReadable(task, scan);
  const start = await readStart(readable.bytes, SAMPLE_BYTES, limits);
  const complete = start.length >= readable.scan.unpackedBytes;
  const text = cutAtLine(start, complete);
  if (text.trim() === "")
    throw new AppError("invalid", `${found.name} holds nothing but blanks. Export it again.`, { file: found.name });
  const input = { ...readable, encoding: scan.encoding, text, complete };
  if (form === "jsonl" || (form === undefined && looksLikeJson(text))) return prepareJson(task, input);
  if (complete) refuseOtherJson(text, found.name);
  return prepareTable(task, input);
}

/** A number, a text, a list of them: whole and valid, but nothing that an event could be made of. */
function refuseOtherJson(text: string, name: string): void {
  try {
    JSON.parse(text);
  } catch {
    return;
  }
  throw new AppError(
    "invalid",
    `${name} is JSON without any record: export an array of objects, or one object a line.`,
    { file: name },
  );
}

function beginsLikeXml(head: Buffer, scan: TextScan): boolean {
  const text = scan.encoding.startsWith("utf-16")
    ? new TextDecoder(scan.encoding).decode(head.subarray(0, 256))
    : head.subarray(0, 256).toString("latin1").replace(/^ï»¿/u, "");
  return /^\s*</u.test(text);
}

/** The file itself where the engine can read it, or else a UTF-8 copy. */
async function makeReadable(task: Preparation, scan: TextScan) {
  const { found, limits } = task;
  const notes: string[] = [];
  const macLines = scan.carriageReturnsOnly;
  if (scan.encoding === "utf-8" && !scan.damaged && !macLines) return { bytes: found as ByteSource, scan, notes };
  if (scan.damaged)
    notes.push(`${found.name} is UTF-8 with damaged places; each became the replacement character U+FFFD.`);
  else if (scan.encoding === "windows-1252")
    notes.push(`${found.name} is not UTF-8; it was read as Windows-1252 (Western European).`);
  else if (scan.encoding !== "utf-8") notes.push(`${found.name} is written in ${scan.encoding} and was read so.`);
  const path = task.tempPath(".txt");
  await transcodeToUtf8(found, scan.encoding, path, { ...(limits ? { limits } : {}), carriageReturns: macLines });
  const bytes: ByteSource = { path, name: found.name, gzip: false, bytes: scan.unpackedBytes };
  const head = await readStart(bytes, 4096);
  return { bytes, scan: await scanText(bytes, head), notes };
}

async function prepareParquet(task: Preparation): Promise<PreparedSource> {
  const { found, limits } = task;
  let bytes: ByteSource = found;
  if (found.gzip) {
    // Parquet is read from its end: unpacked once instead of held in memory.
    bytes = { ...found, path: task.tempPath(".parquet"), gzip: false };
    await copyBytes(found, bytes.path, limits);
  }
  const shape = await readParquetShape(bytes.path, found.name);
  const path = await aliasPath(task, bytes);
  if (!task.events)
    throw new AppError("invalid", `${found.name} is a Parquet file, which cannot be read here.`, { file: found.name });
  const { trial, signal } = task;
  await checkParquetPages(bytes.path, found.name, { plain: shape.columns, signal });
  await trial.read({ path, name: found.name, columns: shape.columns, signal });
  const rows = await sampleParquet(task.events, path, found.name, shape.columns);
  const notes =
    shape.nested.length > 0 ? [`Columns that hold lists or groups are left out: ${shape.nested.join(", ")}.`] : [];
  const source: SourceFile = {
    path,
    name: found.name,
    originalPath: found.path,
    bytes: found.bytes,
    ...(found.modified === undefined ? {} : { modified: found.modified }),
    unpackedBytes: found.bytes,
    gzip: false,
    format: "parquet",
    originalFormat: "parquet",
    encoding: "utf-8",
    header: false,
    droppedLines: 0,
    columns: shape.columns,
    notes,
  };
  const sample = {
    path,
    name: found.name,
    columns: shape.columns,
    rows,
    spread: [],
    complete: rows.length >= shape.records,
  };
  return { source, sample };
}
