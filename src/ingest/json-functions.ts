/**
 * What mapping expressions can say of JSON that stands in a column: a value inside it, the entries of a list, a list of pairs.
 * Text that is no JSON, or holds nothing at that place, gives nothing; it never fails.
 */
import type { SqlParameters } from "./sql-parameters.ts";
import { asText, type TypedSql } from "./typed-sql.ts";

/** A key of an object, or a position in a list: 1 is the first entry, -1 the last. */
function pathSql(path: readonly TypedSql[]): string {
  return path.map((key) => (key.type === "number" ? `toInt32(${key.sql})` : asText(key))).join(", ");
}

/** The text of what stands at a path: `json('{"a":{"b":[1,2]}}', "a", "b", -1)` is 2. */
export function jsonValueSql(json: TypedSql, path: readonly TypedSql[]): string {
  return `JSONExtract(${[asText(json), pathSql(path)].filter((part) => part !== "").join(", ")}, 'String')`;
}

/** One text an entry of a JSON list: the entry itself or, with a path, what stands there in it; entries that have it. */
export function jsonListSql(json: TypedSql, path: readonly TypedSql[]): string {
  if (path.length === 0) return `JSONExtract(${asText(json)}, 'Array(String)')`;
  return `arrayFilter(v -> v != '', arrayMap(x -> JSONExtract(x, ${pathSql(path)}, 'String'), JSONExtractArrayRaw(${asText(json)})))`;
}

/**
 * The value of a pair `{"key": …, "value": …}` (or `name` for `key`); a value that is an object, as in Google Analytics'
 * `{"string_value": "x", "int_value": null}`, stands for its first member that is not empty.
 */
function pairValue(pair: string): string {
  const value = `JSONExtract(${pair}, 'value', 'String')`;
  const member = `arrayFirst(m -> m.2 != '', JSONExtractKeysAndValues(${value}, 'String')).2`;
  return `if(startsWith(${value}, '{'), ${member}, ${value})`;
}

function pairKey(pair: string): string {
  return `if(JSONHas(${pair}, 'key'), JSONExtract(${pair}, 'key', 'String'), JSONExtract(${pair}, 'name', 'String'))`;
}

/** The value that a list of pairs has for a key. */
export function jsonEntrySql(json: TypedSql, key: TypedSql): string {
  const pair = `arrayFirst(x -> ${pairKey("x")} = ${asText(key)}, JSONExtractArrayRaw(${asText(json)}))`;
  return pairValue(pair);
}

/** The numbers of a list added up, texts that are none left out; NULL for an empty list. */
export function totalSql(list: string): string {
  return `if(empty(${list}), NULL, arraySum(x -> ifNull(toFloat64OrNull(trimBoth(x)), 0), ${list}))`;
}

/** SQL of type Map(String, String): what an object's keys, or a list's pairs, say. Empty values are left out. */
export function jsonMapSql(
  json: string,
  without: readonly string[],
  hashed: readonly string[],
  params: SqlParameters,
): string {
  const pairs = `arrayMap(x -> (${pairKey("x")}, ${pairValue("x")}), JSONExtractArrayRaw(${json}))`;
  const all = `CAST(if(startsWith(${json}, '['), ${pairs}, JSONExtractKeysAndValues(${json}, 'String')), 'Map(String, String)')`;
  const names = (list: readonly string[]) => `(${list.map((name) => params.text(name)).join(", ")})`;
  const kept = without.length > 0 ? ` AND k NOT IN ${names(without)}` : "";
  const filtered = `mapFilter((k, v) -> v != '' AND k != ''${kept}, ${all})`;
  if (hashed.length === 0) return filtered;
  return `mapApply((k, v) -> (k, if(k IN ${names(hashed)}, lower(hex(SHA256(trimBoth(v)))), v)), ${filtered})`;
}
