/**
 * Files that a mapping would fit, made of what it says itself: every name in it is a column of every table.
 * With them its expressions are compiled before there is a file; whether a real file has the columns they cannot tell.
 */
import { AppError } from "../domain/app-error.ts";
import { type Expression, parseExpression, walkExpression } from "../domain/expression.ts";
import type { FileTable, Mapping } from "../domain/mapping.ts";
import type { SourceFile } from "./source-file.ts";

/** Words that may be the name of a column, but are no expression: «Paid at». */
const COLUMN_LIKE = /^[\p{L}\p{N}_ $.:#%&*/-]+$/u;

/** @param joined what tables are called: `people.email` is no column, as `properties.email` may be */
function* namesIn(text: string, joined: ReadonlySet<string>): Generator<string> {
  const [head = ""] = text.split(".");
  // `payload.*` names the column payload.
  if (COLUMN_LIKE.test(text) && !joined.has(head)) yield text.replace(/\.\*$/u, "");
  let tree: Expression;
  try {
    tree = parseExpression(text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return;
  }
  for (const node of walkExpression(tree)) if (node.kind === "field") yield node.name;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === "object" && value !== null) {
    if ("column" in value && typeof value.column === "string") yield `col.${JSON.stringify(value.column)}`;
    else
      for (const [key, inner] of Object.entries(value)) {
        yield* textsIn(inner);
        yield key;
      }
  }
}

/** The same mapping, its tables told by nothing but their names, and a file for each. */
export function imagineSources(mapping: Mapping): {
  readonly mapping: Mapping;
  readonly sources: readonly SourceFile[];
} {
  const { events, defaults, set, skip, files } = mapping;
  const names = Object.keys(files ?? {});
  const aliases = Object.values(files ?? {}).flatMap(({ join }) => [join ?? []].flat().map(({ as }) => as ?? ""));
  const joined = new Set([...names, ...aliases]);
  const texts = [...textsIn([events, defaults, set, skip, files])];
  const columns = [...new Set(texts.flatMap((text) => [...namesIn(text, joined)]))];
  const bare = (name: string): FileTable => {
    const { join, fill } = files?.[name] ?? {};
    return { match: `${name}.csv`, ...(join && { join }), ...(fill && { fill }) };
  };
  const tables = Object.fromEntries(names.map((name) => [name, bare(name)]));
  return {
    mapping: files ? { ...mapping, files: tables } : mapping,
    sources: (names.length > 0 ? names : ["events"]).map((name) => imagineFile(`${name}.csv`, columns)),
  };
}

function imagineFile(name: string, columns: readonly string[]): SourceFile {
  return {
    ...{ path: name, name, originalPath: name, bytes: 0, unpackedBytes: 0, droppedLines: 0, gzip: false },
    ...{ format: "csv", originalFormat: "csv", encoding: "utf-8", delimiter: ",", header: true, columns, notes: [] },
  };
}
