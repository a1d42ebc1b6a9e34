/**
 * What goes to ClickHouse for one statement: settings in its own clause, limits on every one, a guard on reads.
 * It runs nothing; both adapters of the event store use it.
 */
import { AppError } from "../domain/app-error.ts";
import type { QuerySettings, StatementOptions } from "./event-store.ts";
import { readSqlTokens, type SqlToken, significantTokens } from "./sql-tokens.ts";

export const READ_TIMEOUT_MS = 300_000;
export const WRITE_TIMEOUT_MS = 24 * 3_600_000;

/**
 * Table functions that only compute, or read our own tables: everything else ClickHouse offers
 * there reaches files, networks or programs. `format` and `values` carry their data in the text.
 */
const HARMLESS_TABLE_FUNCTIONS = new Set([
  "format",
  "generaterandom",
  "generate_series",
  "generateseries",
  "null",
  "numbers",
  "numbers_mt",
  "primes",
  "sqlstandardvalues",
  "values",
  "view",
  "viewexplain",
  "viewifpermitted",
  "zeros",
  "zeros_mt",
]);

/** Names that must not be called anywhere in a read, whatever the position; lower case. */
const REFUSED_FUNCTIONS = new Set(
  `arrowstream azureblobstorage catboostevaluate cluster clusterallreplicas cosn deltalake dictionary eval executable
   file filecluster filesystem fuzzjson fuzzquery gcs hdfs hudi iceberg input jdbc loop merge mergetreeanalyzeindexes
   mergetreeanalyzeindexesuuid mergetreeindex mergetreeprojection mergetreetextindex mongodb mysql odbc oss paimon
   postgresql prometheusquery prometheusqueryrange python redis remote remotesecure s3 sqlite timeseriesdata
   timeseriesmetrics timeseriessamples timeseriesselector timeseriestags url urlcluster ytsaurus`.split(/\s+/u),
);
/** Whole families by their beginning; the `ai…` functions send rows to language models over the network. */
const REFUSED_FAMILY = /^(?:ai|azureblobstorage|deltalake|gcs|hdfs|hudi|iceberg|paimon|s3)[a-z0-9]*$/u;

/** True when a read may call this function, judged by its name alone. */
function isReadableFunction(name: string): boolean {
  const lower = name.toLowerCase();
  return !REFUSED_FUNCTIONS.has(lower) && !REFUSED_FAMILY.test(lower);
}

function bareName(token: SqlToken | undefined): string | undefined {
  if (token?.kind === "word") return token.text;
  if (token?.kind !== "name") return undefined;
  return token.text.slice(1, -1).replace(/\\([\s\S])|``|""/gu, (whole, escaped) => escaped ?? whole.charAt(0));
}

function isSymbol(token: SqlToken | undefined, text: string): boolean {
  return token?.kind === "symbol" && token.text === text;
}

function isWord(token: SqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === "word" && words.includes(token.text.toUpperCase());
}

function refuse(what: string): AppError {
  return new AppError("forbidden", `${what} is not allowed in a query: reads see the workspace's own tables only`);
}

/**
 * Lets a single SELECT, WITH or EXPLAIN pass that calls no function reaching outside the store.
 * @throws AppError forbidden that names what was refused
 */
export function assertReadOnly(sql: string): void {
  const tokens = significantTokens(sql);
  while (isSymbol(tokens.at(-1), ";")) tokens.pop();
  const first = tokens.findIndex((token) => !isSymbol(token, "("));
  if (!isWord(tokens[first], "SELECT", "WITH", "EXPLAIN")) {
    throw refuse(`a statement starting with ${tokens[first]?.text ?? "nothing"}`);
  }
  for (const [at, token] of tokens.entries()) {
    if (isSymbol(token, ";")) throw refuse("a second statement");
    if (isWord(token, "INTO") && isWord(tokens[at + 1], "OUTFILE")) throw refuse("INTO OUTFILE");
    if (!isSymbol(tokens[at + 1], "(")) continue;
    const name = bareName(token);
    if (name === undefined) continue;
    const unfolds = isWord(tokens[at - 1], "JOIN") && isWord(tokens[at - 2], "ARRAY");
    const inTablePosition = !unfolds && isWord(tokens[at - 1], "FROM", "JOIN");
    const known = !inTablePosition || HARMLESS_TABLE_FUNCTIONS.has(name.toLowerCase());
    if (!isReadableFunction(name) || !known) throw refuse(`the function ${name}`);
  }
}

/** A string literal of ClickHouse's SQL that means exactly this text. */
export function quoteText(text: string): string {
  const escaped = text.replace(/[\\'\n\r\t\0\b\f]/gu, (char) => ESCAPES[char] ?? char);
  return `'${escaped}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
  "\b": "\\b",
  "\f": "\\f",
};

export interface StatementLimits {
  readonly maxMemoryBytes?: number | undefined;
}

/** Limits first, then the caller's settings, then what no caller may change. */
export function settingsFor(
  kind: "read" | "write",
  limits: StatementLimits,
  options: StatementOptions | undefined,
): QuerySettings {
  const timeoutMs = options?.timeoutMs ?? (kind === "read" ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS);
  return {
    max_execution_time: timeoutMs / 1000,
    ...(limits.maxMemoryBytes === undefined ? {} : { max_memory_usage: limits.maxMemoryBytes }),
    ...(kind === "read" ? { output_format_json_quote_64bit_integers: 0, output_format_json_quote_denormals: 0 } : {}),
    ...options?.settings,
    ...(kind === "read" ? { readonly: 2 } : {}),
  };
}

/** `SETTINGS a = 1, b = 'x'`, or nothing without settings. */
export function settingsClause(settings: QuerySettings): string {
  const entries = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z][a-z0-9_]*$/iu.test(name)) throw new Error(`not a setting's name: ${name}`);
    if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`setting ${name} is not a finite number`);
    return `${name} = ${typeof value === "number" ? String(value) : quoteText(value)}`;
  });
  return entries.length === 0 ? "" : `SETTINGS ${entries.join(", ")}`;
}

function withoutSemicolon(sql: string): string {
  return sql.replace(/[\s;]+$/u, "");
}

/** The text of a read whose answer comes as JSON lines. The SQL carries no FORMAT or SETTINGS of its own at its end. */
export function readStatement(sql: string, limits: StatementLimits, options?: StatementOptions): string {
  assertReadOnly(sql);
  return `${withoutSemicolon(sql)}\nFORMAT JSONEachRow ${settingsClause(settingsFor("read", limits, options))}`;
}

/** An INSERT with its clause where the grammar wants it: before VALUES, or after the SELECT. */
export function insertWithSettings(sql: string, clause: string): string {
  const tokens = readSqlTokens(sql);
  const values = tokens.findIndex((token) => isWord(token, "VALUES", "SELECT", "WITH"));
  if (!isWord(tokens[values], "VALUES")) return `${sql}\n${clause}`;
  const text = (part: readonly SqlToken[]): string => part.map((token) => token.text).join("");
  return `${text(tokens.slice(0, values))} ${clause} ${text(tokens.slice(values))}`;
}

/**
 * The text of a statement without an answer. INSERT carries the limits; DDL only what the caller set,
 * behind FORMAT Null so that it cannot be taken for a table's own settings.
 */
export function commandStatement(sql: string, limits: StatementLimits, options?: StatementOptions): string {
  const text = withoutSemicolon(sql);
  if (isWord(significantTokens(text)[0], "INSERT")) {
    return insertWithSettings(text, settingsClause(settingsFor("write", limits, options)));
  }
  const clause = settingsClause({
    ...(options?.timeoutMs === undefined ? {} : { max_execution_time: options.timeoutMs / 1000 }),
    ...options?.settings,
  });
  return clause === "" ? text : `${text}\nFORMAT Null ${clause}`;
}

export interface InsertTarget {
  readonly table: string;
  readonly columns: readonly string[] | undefined;
}

/**
 * `table`, `db.table` or `table (a, b)` taken apart.
 * @throws Error for anything else: the text is ours, so it is a bug
 */
export function parseInsertTarget(into: string): InsertTarget {
  const match = /^\s*(\w+(?:\.\w+)?)\s*(?:\(([^()]*)\))?\s*$/u.exec(into);
  const columns = match?.[2]?.split(",").map((column) => column.trim().replace(/^`(.*)`$/u, "$1"));
  if (!match?.[1] || columns?.some((column) => !/^\w+$/u.test(column))) {
    throw new Error(`not an insert target: ${into}`);
  }
  return { table: match[1], columns };
}
