/**
 * Reads rejected records of an import again, corrected or under another mapping, as an import of their own.
 * Which records are open is in open-rejects; that no event comes in twice is seen to in mend-records.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import type { ImportCounts } from "../store/state-store.ts";
import { readableAlone, whyNotAlone } from "./group-rejects.ts";
import { type ImportDeps, type ImportReport, importEvents } from "./import-events.ts";
import type { KeptFile, KeptProblem, KeptRecord } from "./kept-rejects.ts";
import type { LoadProgress } from "./load-records.ts";
import { type MendingPart, NothingMended } from "./mend-records.ts";
import { findOpenRejects, type OpenRejects, refreshRejectsTable, requireLive } from "./open-rejects.ts";
import { type CorrectedRow, readRejectsCsv } from "./rejects-csv.ts";
import type { SourceFile } from "./source-file.ts";
import { changeRecord, joinCells, splitRecord } from "./split-record.ts";
import type { TextChange } from "./suggest-mend.ts";

/** New texts for some cells of one record. */
interface RowChange {
  readonly record: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly rest?: string | undefined;
}

export interface RetryRequest {
  readonly id: number;
  /** Only records that are rejected for this. */
  readonly group?: KeptProblem | undefined;
  /** Absolute path of the corrected table. Records that it does not hold, or does not change, stay rejected. */
  readonly file?: string | undefined;
  /** In all records of the group … */
  readonly changes?: readonly TextChange[] | undefined;
  /** … and in single ones, after that. */
  readonly rows?: readonly RowChange[] | undefined;
  /** Instead of that of the mapping, for all times. */
  readonly timeFormat?: string | undefined;
  readonly mapping?: Mapping | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

interface RetryReport {
  /** The import whose rejects were read again. */
  readonly import: number;
  /** The import they came in as; 0 when none of them is an event now. */
  readonly id: number;
  /** Records read again, and those of them that are rejected no more. */
  readonly sent: number;
  readonly mended: number;
  /** Records of the table that were mended before. */
  readonly settled: number;
  readonly events: ImportCounts;
  /** What is still rejected of them, and for which reasons by now. */
  readonly rejects: readonly (KeptProblem & { readonly records: number })[];
  /** Records of the import that are still open. */
  readonly open: number;
  readonly warnings: readonly string[];
}

const MAX_FILE_BYTES = 100_000_000;
const NOTHING: ImportCounts = { read: 0, added: 0, duplicate: 0, rejected: 0, skipped: {} };

async function readTable(path: string): Promise<readonly CorrectedRow[]> {
  const name = basename(path);
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) throw new AppError("not-found", `There is no file ${path}.`, { file: path });
  if (info.size > MAX_FILE_BYTES)
    throw new AppError("invalid", `${name} has ${info.size} bytes; at most ${MAX_FILE_BYTES} are read.`, {
      file: name,
    });
  const bytes = await readFile(path);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Spreadsheets of the West save so.
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  return readRejectsCsv(text, name);
}

const placeOf = (file: string, line: number): string => `${line} ${file}`;

/** @throws AppError invalid when the table names a record that was not rejected */
function applyTable(
  open: OpenRejects,
  records: readonly KeptRecord[],
  rows: readonly CorrectedRow[],
): { records: KeptRecord[]; settled: number } {
  const { files } = open.rejects;
  const place = (one: KeptRecord) => placeOf(files[one.file]?.name ?? "", one.line);
  const corrections = new Map(rows.map((row) => [placeOf(row.file, row.line), row]));
  const known = new Set([...open.rejects.records, ...open.settled].map(place));
  for (const [key, { file, line }] of corrections)
    if (!known.has(key))
      throw new AppError("invalid", `Import ${open.import.id} rejected no record in line ${line} of ${file}.`, {
        file,
        line,
      });
  const corrected = records.flatMap((record) => {
    const row = corrections.get(place(record));
    const file = files[record.file];
    if (!row || !file) return [];
    return [{ ...record, text: changeRecord(file, record.text, row.cellsOf(file, splitRecord(file, record.text))) }];
  });
  const settled = open.settled.filter((record) => corrections.has(place(record))).length;
  return { records: corrected, settled };
}

function changeCells(
  file: KeptFile,
  record: KeptRecord,
  changes: readonly TextChange[],
  row: RowChange | undefined,
): KeptRecord {
  const { cells, rest } = splitRecord(file, record.text);
  const changed = file.columns.map((column, at) => {
    const before = cells[at] ?? "";
    const after = changes
      .filter((change) => change.column === column)
      .reduce((text, { find, replace }) => (find === "" ? replace : text.replaceAll(find, replace)), before);
    return row?.cells[column] ?? after;
  });
  return { ...record, text: changeRecord(file, record.text, { cells: changed, rest: row?.rest ?? rest }) };
}

/** @throws AppError invalid when a change names a column that no file has */
function applyChanges(
  open: OpenRejects,
  records: readonly KeptRecord[],
  { changes = [], rows = [] }: RetryRequest,
): KeptRecord[] {
  const { files } = open.rejects;
  const columns = new Set(files.flatMap((file) => file.columns));
  for (const column of [...changes.map((one) => one.column), ...rows.flatMap((one) => Object.keys(one.cells))])
    if (!columns.has(column))
      throw new AppError(
        "invalid",
        `The rejected records have no column «${column}», but ${[...columns].join(", ")}.`,
        { column },
      );
  const byRecord = new Map(rows.map((row) => [row.record, row]));
  return records.map((record) => changeCells(files[record.file] as KeptFile, record, changes, byRecord.get(record.at)));
}

/** @throws AppError invalid when the table corrects a record that cannot be read again alone */
function refuseTogether(
  open: OpenRejects,
  records: readonly KeptRecord[],
  alone: readonly KeptRecord[],
  table: readonly CorrectedRow[],
): void {
  const together = records.filter((record) => record.cut !== true && !alone.includes(record));
  const before = new Map(together.map(({ at, text }) => [at, text]));
  const changed = applyTable(open, together, table).records.find(({ at, text }) => before.get(at) !== text);
  if (!changed) return;
  const { name = "" } = open.rejects.files[changed.file] ?? {};
  const why = whyNotAlone(open, [changed]) ?? "";
  throw new AppError("invalid", `Line ${changed.line} of ${name} is corrected in the table. ${why}`, {
    file: name,
    line: changed.line,
  });
}

/** Which records are read again, and with which text. */
async function chooseRecords(
  open: OpenRejects,
  request: RetryRequest,
): Promise<{ records: KeptRecord[]; settled: number }> {
  const { group, file, mapping, timeFormat } = request;
  const ofGroup = open.rejects.records.filter(
    ({ problems }) => !group || problems.some((one) => one.field === group.field && one.reason === group.reason),
  );
  const why = whyNotAlone(open, ofGroup);
  if (ofGroup.length > 0 && why !== undefined) throw new AppError("invalid", why, { id: open.import.id });
  const wanted = readableAlone(open, ofGroup);
  if (group && wanted.length === 0)
    throw new AppError(
      "not-found",
      `Import ${open.import.id} has no open reject of this kind: ${group.field} ${group.reason}.`,
      { ...group },
    );
  const table = file === undefined ? undefined : await readTable(file);
  if (table) refuseTogether(open, ofGroup, wanted, table);
  const tabled = table ? applyTable(open, wanted, table) : { records: wanted, settled: 0 };
  const changed = applyChanges(open, tabled.records, request);
  // Under the same mapping the same record is rejected again.
  if (mapping !== undefined || timeFormat !== undefined) return { ...tabled, records: changed };
  const before = new Map(wanted.map((record) => [record.at, record.text]));
  return { ...tabled, records: changed.filter(({ at, text }) => before.get(at) !== text) };
}

/** @throws AppError invalid when the mapping could make other events of what came in */
function chooseMapping(original: Mapping, { mapping, timeFormat }: RetryRequest): Mapping {
  const chosen = mapping ?? original;
  if (chosen.recipe !== original.recipe || chosen.events.length !== original.events.length)
    throw new AppError(
      "invalid",
      `The corrected mapping must keep the recipe's name (${original.recipe}) and its ${original.events.length} event rules in their order, or events could come in twice. For other events import the file again with --replace.`,
    );
  if (timeFormat === undefined) return chosen;
  const { defaults, events } = chosen;
  return {
    ...chosen,
    defaults: { ...defaults, timeFormat },
    events: events.map((rule) => (rule.timeFormat === undefined ? rule : { ...rule, timeFormat })),
  };
}

/** The records of one file as a file of the same form. */
async function writePart(
  folder: string,
  at: number,
  file: KeptFile,
  records: readonly KeptRecord[],
): Promise<MendingPart> {
  const format = file.format === "parquet" ? "csv" : file.format;
  const header = format !== "jsonl" && (file.header || file.format === "parquet");
  const lines = [...(header ? [joinCells({ ...file, format }, file.columns)] : []), ...records.map(({ text }) => text)];
  const path = join(folder, `rejects-${at + 1}.txt`);
  const text = `${lines.join("\n")}\n`;
  await writeFile(path, text, { mode: 0o600 });
  const bytes = Buffer.byteLength(text);
  const { names: _, table: __, ...form } = file;
  const source: SourceFile = {
    ...form,
    ...{ path, format, header, originalPath: path, bytes, unpackedBytes: bytes, gzip: false },
    ...{ encoding: "utf-8", droppedLines: 0, notes: [] },
  };
  return { source, records };
}

async function writeParts(
  folder: string,
  files: readonly KeptFile[],
  records: readonly KeptRecord[],
): Promise<MendingPart[]> {
  const parts: MendingPart[] = [];
  for (const [at, file] of files.entries()) {
    const own = records.filter((record) => record.file === at);
    if (own.length > 0) parts.push(await writePart(folder, at, file, own));
  }
  return parts;
}

function withOptionalFiles(mapping: Mapping): Mapping {
  if (mapping.files === undefined) return mapping;
  const files = Object.entries(mapping.files).map(([name, table]) => [name, { ...table, optional: true }] as const);
  return { ...mapping, files: Object.fromEntries(files) };
}

/** @throws NothingMended when none of the records is an event now */
async function readAgain(
  deps: ImportDeps,
  { signal, onProgress }: RetryRequest,
  { import: { id: of }, rejects: { files } }: OpenRejects,
  records: readonly KeptRecord[],
  mapping: Mapping,
): Promise<ImportReport> {
  const temporary = join(deps.workspaceDir, "temp");
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(temporary, "retry-"));
  try {
    const parts = await writeParts(folder, files, records);
    return await importEvents(deps, {
      paths: [],
      mapping,
      sources: parts.map(({ source }) => source),
      notes: [`Rejected records of import ${of}, read again.`],
      mends: { of, files, parts, reading: withOptionalFiles(mapping) },
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Reads rejects again; those that are events now come in at once or, where anything goes wrong, not at all.
 * @throws AppError not-found, conflict (not live), invalid (records that cannot be read alone, columns, mapping)
 */
export async function retryRejects(deps: ImportDeps, request: RetryRequest): Promise<RetryReport> {
  const open = await findOpenRejects(deps, request.id);
  requireLive(open.import);
  const of = open.import.id;
  const why = whyNotAlone(open);
  if (why !== undefined) throw new AppError("invalid", why, { id: of });
  const { records, settled } = await chooseRecords(open, request);
  const mapping = chooseMapping(open.import.mapping as Mapping, request);
  const left = open.rejects.records.length;
  const none = {
    import: of,
    id: 0,
    sent: records.length,
    mended: 0,
    settled,
    events: NOTHING,
    rejects: [],
    open: left,
    warnings: [],
  };
  if (records.length === 0) return none;
  try {
    const report = await readAgain(deps, request, open, records, mapping);
    await refreshRejectsTable(deps, of);
    const { id, events, rejects, warnings } = report;
    const after = (await findOpenRejects(deps, of)).rejects.records.length;
    return { ...none, id, events, rejects, warnings, mended: left - after, open: after };
  } catch (error) {
    if (!(error instanceof NothingMended)) throw error;
    return { ...none, rejects: error.rejects };
  }
}
