/**
 * Which input file belongs to which file table of a mapping, and what its columns are called there.
 * It reads no data; a table's columns are those of all its files together.
 */
import { AppError } from "../domain/app-error.ts";
import type { FileTable, Mapping } from "../domain/mapping.ts";
import type { PrepareDeps, WantedSheet } from "./preparation.ts";
import type { SourceFile } from "./source-file.ts";

/** One file of a table: for each column of the table, its position in the file (from 0), or undefined. */
export interface PlannedFile {
  readonly source: SourceFile;
  readonly names: readonly string[];
  /** Columns of the table that stand deep inside JSON: of a record (no `inside`) or of one of the file's columns. */
  readonly nested?: ReadonlyMap<string, NestedColumn>;
}

export interface NestedColumn {
  /** Position among the file's columns, from 0. */
  readonly inside?: number;
  readonly path: readonly string[];
}

export interface PlannedTable {
  readonly name: string;
  /** From 1; part of the names of its columns in SQL. */
  readonly number: number;
  readonly files: readonly PlannedFile[];
  readonly columns: readonly string[];
}

export interface TablePlan {
  readonly tables: readonly PlannedTable[];
  /** Files that no table takes, and tables without a file: whole sentences. */
  readonly warnings: readonly string[];
}

/** The name of a table when the mapping names none. */
const ONLY_TABLE = "events";

function matchesPattern(name: string, pattern: string): boolean {
  const base = name.replace(/^.*[/\\]/u, "");
  const source = pattern
    .split("")
    .map((character) =>
      character === "*" ? ".*" : character === "?" ? "." : character.replace(/[\^$\\.*+?()[\]{}|/]/u, "\\$&"),
    )
    .join("");
  const expression = new RegExp(`^${source}$`, "isu");
  return [base, base.replace(/\.gz$/iu, "")].some((candidate) => expression.test(candidate));
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_.-]+/gu, "");

/** Whether the file's columns hold all that the table is told by, in any of their spellings. */
function hasColumns(table: FileTable, columns: readonly string[]): boolean {
  const present = new Set(columns.map(plain));
  return (table.has ?? []).every((name) =>
    [name, ...(table.aliases?.[name] ?? [])].some((spelling) => present.has(plain(spelling))),
  );
}

function fitsName({ match }: FileTable, name: string): boolean {
  return match === undefined || [match].flat().some((pattern) => matchesPattern(name, pattern));
}

const isSheet = ({ sheet }: FileTable, name: string | undefined): boolean =>
  sheet !== undefined && sheet.toLowerCase() === name?.toLowerCase();

/** @param columns undefined before the file was looked into: then only names can tell */
function takes(table: FileTable, name: string, columns: readonly string[] | undefined, sheet?: string): boolean {
  if (columns === undefined ? table.has !== undefined && table.match === undefined : !hasColumns(table, columns))
    return false;
  if (sheet !== undefined && table.sheet !== undefined && !isSheet(table, sheet)) return false;
  return fitsName(table, name);
}

/**
 * The table, with its name, that takes the file of this name and columns; undefined when none does.
 * @param sheet of the workbook, where several are read
 */
export function findFileTable(
  mapping: Mapping,
  name: string,
  columns?: readonly string[],
  sheet?: string,
): readonly [string, FileTable] | undefined {
  const tables = Object.entries(mapping.files ?? { [ONLY_TABLE]: {} });
  const taking = tables.filter(([, table]) => takes(table, name, columns, sheet));
  const named = taking.find(([, table]) => isSheet(table, sheet));
  // What a table asks for is more specific than «every file».
  return named ?? taking.find(([, table]) => table.match ?? table.has) ?? taking[0];
}

/** The sheets that tables ask for of the workbook of this name; empty unless there are several. */
function wantedSheets({ files = {} }: Mapping, name: string): readonly WantedSheet[] {
  const wanted = new Map<string, WantedSheet>();
  for (const table of Object.values(files)) {
    const named = table.match !== undefined && table.sheet === undefined;
    if (!fitsName(table, name) || (table.sheet === undefined && !named)) continue;
    const key = table.sheet?.toLowerCase() ?? "";
    const optional = table.optional === true && (wanted.get(key)?.optional ?? true);
    wanted.set(key, { sheet: table.sheet, optional });
  }
  return wanted.size > 1 ? [...wanted.values()] : [];
}

/** What the mapping says of how its files are to be read. */
export function readingHints(mapping: Mapping): Required<Pick<PrepareDeps, "hints" | "sheets">> {
  return {
    hints: (name, sheet) => findFileTable(mapping, name, undefined, sheet)?.[1],
    sheets: (name) => wantedSheets(mapping, name),
  };
}

/** The file's own column names under the names that the mapping knows. */
function nameColumns(table: FileTable, tableName: string, source: SourceFile): readonly string[] {
  let names = [...source.columns];
  if (!source.header && source.format !== "jsonl" && source.format !== "parquet" && table.columns) {
    const lists = Array.isArray(table.columns[0]) ? (table.columns as string[][]) : [table.columns as string[]];
    const fitting = lists.find((list) => list.length === names.length);
    if (!fitting)
      throw new AppError(
        "invalid",
        `The file ${source.name} has ${names.length} columns, but the file table ${tableName} names ${lists.map((list) => list.length).join(" or ")}. Name as many as the file has.`,
        { file: source.name, table: tableName },
      );
    names = [...fitting];
  }
  const told = Object.fromEntries((table.has ?? []).map((name): [string, string[]] => [name, []]));
  for (const [canonical, spellings] of Object.entries({ ...told, ...table.aliases })) {
    if (names.includes(canonical)) continue;
    const accepted = [canonical, ...spellings];
    const exact = accepted.map((spelling) => names.indexOf(spelling)).find((at) => at >= 0);
    const loose = () =>
      accepted.map((spelling) => names.findIndex((name) => plain(name) === plain(spelling))).find((at) => at >= 0);
    const at = exact ?? loose();
    if (at !== undefined) names[at] = canonical;
  }
  return names;
}

function assignFiles(mapping: Mapping, sources: readonly SourceFile[]): Map<string, SourceFile[]> {
  const tables = Object.entries(mapping.files ?? { [ONLY_TABLE]: {} });
  const assigned = new Map<string, SourceFile[]>(tables.map(([name]) => [name, []]));
  for (const source of sources) {
    const { name, sheet } = source.workbook ?? { name: source.name };
    const found = findFileTable(mapping, name, source.columns, sheet);
    if (found) assigned.get(found[0])?.push(source);
  }
  return assigned;
}

/** Where in a file the columns are that its first records did not show. */
function findNested(
  source: SourceFile,
  names: readonly string[],
  wanted: readonly string[],
): Map<string, NestedColumn> {
  const nested = new Map<string, NestedColumn>();
  for (const column of wanted.filter((name) => !names.includes(name))) {
    const path = column.split(".");
    // The longest part in front that is a column: JSON may stand in it as text.
    const depth = path.findLastIndex((_, at) => names.includes(path.slice(0, at).join(".")));
    if (depth > 0)
      nested.set(column, { inside: names.indexOf(path.slice(0, depth).join(".")), path: path.slice(depth) });
    else if (source.format === "jsonl") nested.set(column, { path });
  }
  return nested;
}

/** " (named like a*.csv, with the columns id, at)", or "" where every file would do. */
function describeWanted({ match, has, sheet }: FileTable): string {
  const wanted = [
    ...(match === undefined ? [] : [`named like ${[match].flat().join(" or ")}`]),
    ...(sheet === undefined ? [] : [`its sheet «${sheet}»`]),
    ...(has === undefined ? [] : [`with the columns ${has.join(", ")}`]),
  ];
  return wanted.length === 0 ? "" : ` (${wanted.join(", ")})`;
}

function allOptional(mapping: Mapping): boolean {
  return Object.values(mapping.files ?? {}).every(({ optional }) => optional === true) && mapping.files !== undefined;
}

/** A mapping whose tables may all be missing still needs one of them. */
function refuseNothing(mapping: Mapping, sources: readonly SourceFile[]): never {
  const tables = Object.entries(mapping.files ?? {}).map(([name, table]) => `${name}${describeWanted(table)}`);
  throw new AppError(
    "invalid",
    `No file fits the mapping ${mapping.recipe}. It reads ${tables.join("; ")}; given: ${sources.map(({ name }) => name).join(", ")}.`,
    { recipe: mapping.recipe },
  );
}

/** Names every table that is needed and has no file. */
function refuseMissing(mapping: Mapping, assigned: ReadonlyMap<string, readonly SourceFile[]>): void {
  const missing = [...assigned].filter(([name, files]) => files.length === 0 && !mapping.files?.[name]?.optional);
  const [first, ...more] = missing.map(([name]) => name);
  if (first === undefined) return;
  const tables = missing.map(([name]) => `${name}${describeWanted(mapping.files?.[name] ?? {})}`).join(" and ");
  throw new AppError(
    "invalid",
    more.length === 0
      ? `The mapping ${mapping.recipe} needs a file for its table ${tables}, but none was given. Give that file, or the folder that holds it.`
      : `The mapping ${mapping.recipe} needs files for its tables ${tables}, but none was given. Give those files, or the folder that holds them.`,
    { table: first },
  );
}

/**
 * @throws AppError invalid when a table that is needed has no file, or no file fits any table
 */
export function planTables(mapping: Mapping, sources: readonly SourceFile[]): TablePlan {
  const assigned = assignFiles(mapping, sources);
  const warnings: string[] = [];
  if ([...assigned.values()].every((files) => files.length === 0) && allOptional(mapping))
    refuseNothing(mapping, sources);
  const taken = new Set([...assigned.values()].flat());
  const ignored = sources.filter((source) => !taken.has(source)).map((source) => source.name);
  if (ignored.length > 0)
    warnings.push(`Not part of the mapping ${mapping.recipe}, and ignored: ${ignored.join(", ")}.`);
  refuseMissing(mapping, assigned);
  const tables: PlannedTable[] = [];
  for (const [name, files] of assigned) {
    const table = mapping.files?.[name] ?? {};
    if (files.length === 0) warnings.push(`There is no file for the table ${name}: its values stay empty.`);
    const optional = table.optionalColumns ?? [];
    const planned = files.map((source) => {
      const names = nameColumns(table, name, source);
      return { source, names, nested: findNested(source, names, optional) };
    });
    const columns = [...new Set([...planned.flatMap((file) => file.names), ...optional])];
    tables.push({ name, number: tables.length + 1, files: planned, columns });
  }
  return { tables, warnings };
}

/** The SQL name of a table's column. */
export function columnId(table: PlannedTable, column: string): string {
  return `t${table.number}c${table.columns.indexOf(column) + 1}`;
}
