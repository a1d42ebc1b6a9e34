/**
 * How a `{name:Type}` parameter becomes a literal of exactly that type in the statement's text.
 * Which parameters exist and what they mean is the caller's; nothing here runs a statement.
 */
import { quoteText } from "./event-statement.ts";
import type { QueryParams, QueryValue } from "./event-store.ts";
import { readSqlTokens, type SqlToken } from "./sql-tokens.ts";

/** A value inside an array, in ClickHouse's quoted text form. */
function elementText(value: QueryValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "object") return `[${value.map(elementText).join(",")}]`;
  return scalarText(value);
}

function scalarText(value: string | number | bigint | boolean): string {
  if (typeof value !== "number" || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** The plain text that the type's parser reads: 2.5, true, 2024-01-01 00:00:00.123, ['a','b']. Not for null. */
function plainText(value: Exclude<QueryValue, null>): string {
  return typeof value === "object" ? elementText(value) : scalarText(value);
}

/**
 * A literal that has exactly the declared type. `exact` false leaves the cast away,
 * for statements such as ALTER … DROP PARTITION whose grammar takes literals only.
 */
function literal(value: QueryValue, type: string, exact: boolean): string {
  if (!exact) {
    if (Array.isArray(value)) throw new Error("an array cannot be a parameter of this kind of statement");
    return value === null || typeof value === "object" ? "NULL" : bareLiteral(value);
  }
  if (value === null) return `_CAST(NULL, ${quoteText(type)})`;
  if (type === "String" && typeof value === "string") return quoteText(value);
  return `_CAST(${quoteText(plainText(value))}, ${quoteText(type)})`;
}

function bareLiteral(value: string | number | bigint | boolean): string {
  return typeof value === "string" ? quoteText(value) : scalarText(value);
}

interface Placeholder {
  readonly name: string;
  readonly type: string;
  /** Index of the token after the closing brace. */
  readonly end: number;
}

function skipSpace(tokens: readonly SqlToken[], at: number): number {
  return tokens[at]?.kind === "space" ? at + 1 : at;
}

/** `{name:Type}` starting at a brace; a map literal such as {'a': 1} is not one. */
function placeholderAt(tokens: readonly SqlToken[], at: number): Placeholder | undefined {
  if (tokens[at]?.text !== "{") return undefined;
  const nameAt = skipSpace(tokens, at + 1);
  const name = tokens[nameAt];
  const colon = skipSpace(tokens, nameAt + 1);
  if (name?.kind !== "word" || tokens[colon]?.text !== ":") return undefined;
  let end = colon + 1;
  while (end < tokens.length && tokens[end]?.text !== "}") end++;
  const type = tokens.slice(colon + 1, end).map((token) => token.text);
  return { name: name.text, type: type.join("").trim(), end: end + 1 };
}

/**
 * The statement with every placeholder replaced by a literal of its type.
 * The embedded engine binds here, not itself: its own binding is not isolated between sessions,
 * so that a long parameterised query would hold up every other one.
 * @throws Error when a placeholder has no value: a bug of the caller
 */
export function bindLiterals(sql: string, params: QueryParams = {}): string {
  const tokens = readSqlTokens(sql);
  const verb = tokens.find((token) => token.kind === "word")?.text.toUpperCase();
  let bound = "";
  for (let at = 0; at < tokens.length; ) {
    const placeholder = placeholderAt(tokens, at);
    if (!placeholder) {
      bound += tokens[at]?.text ?? "";
      at++;
      continue;
    }
    const value = params[placeholder.name];
    if (value === undefined) throw new Error(`the statement's parameter {${placeholder.name}} has no value`);
    bound += literal(value, placeholder.type, verb !== "ALTER");
    at = placeholder.end;
  }
  return bound;
}
