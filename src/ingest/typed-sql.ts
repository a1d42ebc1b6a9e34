/**
 * SQL with the type the mapping language gives it, and the conversions between those types.
 * Text is never NULL ("" is empty); numbers, dates and times are NULL when a text could not be read as one.
 */
import type { AppError } from "../domain/app-error.ts";
import { parseTimeSql } from "./compile-time.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** text: String · number: Nullable(Float64) · boolean: UInt8 · date: Nullable(Date32) · time: Nullable(DateTime64(3)) · list: Array(String). */
export type SqlType = "text" | "number" | "boolean" | "date" | "time" | "list";

export interface TypedSql {
  readonly type: SqlType;
  readonly sql: string;
  /** The text itself when it is a literal. */
  readonly literal?: string;
  /** A text that was put together from texts: `+` goes on joining. */
  readonly joined?: true;
}

export interface ConversionScope {
  readonly params: SqlParameters;
  readonly zone: string;
  readonly timeFormat: string;
  readonly error: (problem: string) => AppError;
}

export function asNumber(value: TypedSql, scope: Pick<ConversionScope, "error">): string {
  if (value.type === "number") return value.sql;
  if (value.type === "text") return `toFloat64OrNull(trimBoth(${value.sql}))`;
  if (value.type === "boolean") return `toFloat64(${value.sql})`;
  if (value.type === "list")
    throw scope.error("a list cannot be used as a number; length(a) counts its entries, total(a) adds them up");
  throw scope.error(`a ${value.type} cannot be used as a number; days(from, to) and hours(from, to) give differences`);
}

export function asText(value: TypedSql): string {
  if (value.type === "text") return value.sql;
  if (value.type === "boolean") return `if(${value.sql}, 'true', 'false')`;
  if (value.type === "time")
    return `ifNull(concat(replaceOne(toString(toTimeZone(${value.sql}, 'UTC')), ' ', 'T'), 'Z'), '')`;
  if (value.type === "list") return `arrayStringConcat(${value.sql}, ', ')`;
  return `ifNull(toString(${value.sql}), '')`;
}

export function asTime(value: TypedSql, scope: ConversionScope): string {
  if (value.type === "time") return value.sql;
  if (value.type === "text") return parseTimeSql(value.sql, scope.timeFormat, scope.zone, scope.params);
  if (value.type === "date")
    return `toTimeZone(toDateTime64(${value.sql}, 3, ${scope.params.text(scope.zone)}), 'UTC')`;
  throw scope.error(`a ${value.type} cannot be used as a time`);
}

export function asDate(value: TypedSql, scope: ConversionScope): string {
  if (value.type === "date") return value.sql;
  return `toDate32(toTimeZone(${asTime(value, scope)}, ${scope.params.text(scope.zone)}))`;
}

export function requireBoolean(value: TypedSql, scope: Pick<ConversionScope, "error">): string {
  if (value.type === "boolean") return value.sql;
  throw scope.error(`a condition was expected, but this is a ${value.type}; compare it, or ask «is not empty»`);
}

export function isEmptySql(value: TypedSql): string {
  if (value.type === "list") return `empty(${value.sql})`;
  return value.type === "text" ? `(${value.sql} = '')` : `isNull(${value.sql})`;
}

/** Both sides in one type: numbers if either is a number, dates or times if either is one, else texts. */
export function comparable(left: TypedSql, right: TypedSql, scope: ConversionScope): readonly [string, string] {
  const types = [left.type, right.type];
  if (types.includes("number")) return [asNumber(left, scope), asNumber(right, scope)];
  if (types.includes("time")) return [asTime(left, scope), asTime(right, scope)];
  if (types.includes("date")) return [asDate(left, scope), asDate(right, scope)];
  if (types.every((type) => type === "boolean")) return [left.sql, right.sql];
  return [asText(left), asText(right)];
}
