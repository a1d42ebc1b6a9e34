/**
 * One event rule of a mapping as a SELECT that yields rows for the table `raw`, each with a problem code (0 = good).
 * Which records reach the rule (skips, conditions, joins) is told by the relation it is given.
 */
import type { EventRule, Mapping, ValueSource } from "../domain/mapping.ts";
import { addMaps } from "./compile-maps.ts";
import { addObjectList } from "./compile-object-list.ts";
import type { MappingScope } from "./mapping-scope.ts";
import type { ProblemList } from "./problem-list.ts";
import { asText, type TypedSql } from "./typed-sql.ts";

/** Ids that systems write when they know nobody. Compared in lower case. */
const PLACEHOLDER_IDS = [
  "",
  "0",
  "-1",
  "null",
  "undefined",
  "nan",
  "none",
  "anonymous",
  "guest",
  "email",
  "[object object]",
];

/**
 * Empty arrays and maps, written so that the engine does not see a constant: spreading a constant (or a default) of
 * a type with LowCardinality inside costs 0.4 s a million rows, more than reading the whole file.
 */
const EMPTY_COLUMNS: ReadonlyMap<string, string> = new Map([
  ["objectTypes", "if(ord = 0, [''], [])"],
  ["properties", "if(ord = 0, map('', ''), CAST(map(), 'Map(String, String)'))"],
  ["traits", "if(ord = 0, map('', ''), CAST(map(), 'Map(String, String)'))"],
]);

/** Named pieces of SQL, computed per record (or aggregated per group) before the row is put together. */
type Pieces = Map<string, string>;

export interface CompiledRule {
  readonly rule: EventRule;
  /** From 1, in the mapping's order. */
  readonly number: number;
  readonly pieces: Pieces;
  /** SQL over the pieces: a problem code, 0 when the row is good. */
  readonly code: string;
  /** Columns of `raw` and the SQL over the pieces that fills them. */
  readonly row: ReadonlyMap<string, string>;
  /** The same for one record of a group, before it is grouped: what the group itself computes is left out. */
  readonly recordCode: string;
}

function person(scope: MappingScope, field: string, source: ValueSource): string {
  const id = `trimBoth(${asText(scope.value(field, source, "expression"))})`;
  return `if(lower(${id}) IN (${PLACEHOLDER_IDS.map((one) => `'${one}'`).join(", ")}), '', ${id})`;
}

function label(scope: MappingScope, field: string, source: ValueSource): string {
  return asText(scope.value(field, source, "literal"));
}

/** Amounts: the text as written where it is one, so that no binary fraction comes between. */
function amountText(value: TypedSql): string {
  return value.type === "number" ? `ifNull(toString(round(${value.sql}, 4)), '')` : `trimBoth(${asText(value)})`;
}

function addNumbers(rule: EventRule, scope: MappingScope, pieces: Pieces): void {
  if (rule.value !== undefined) pieces.set("value_text", amountText(scope.value("value", rule.value, "expression")));
  if (rule.score !== undefined) {
    const score = scope.value("score", rule.score, "expression");
    pieces.set(
      "score_text",
      score.type === "number" ? `ifNull(toString(${score.sql}), '')` : `trimBoth(${asText(score)})`,
    );
  }
}

function addObjects(rule: EventRule, scope: MappingScope, pieces: Pieces, row: Map<string, string>): void {
  const entries: { readonly type: string; readonly name: string }[] = [];
  const lists: { readonly type: string; readonly name: string }[] = [];
  for (const [type, sources] of Object.entries(rule.objects ?? {}))
    for (const source of [sources].flat()) {
      const value = scope.value(`objects.${type}`, source, "expression");
      const many = value.type === "list";
      const name = many ? `object_list_${lists.length}` : `object_${entries.length}`;
      const ids = `arrayDistinct(arrayFilter(id -> id != '', arrayMap(id -> trimBoth(id), ${value.sql})))`;
      pieces.set(name, many ? ids : `trimBoth(${asText(value)})`);
      (many ? lists : entries).push({ type, name });
    }
  const own = objectArrays(entries, scope);
  if (lists.length === 0 && own) for (const [column, sql] of own) row.set(column, sql);
  if (lists.length === 0) return;
  const types = lists.map(({ type, name }) => `arrayMap(id -> ${scope.params.text(type)}, ${name})`);
  const ids = lists.map(({ name }) => name);
  row.set("objectTypes", `arrayConcat(${[...(own ? [own.get("objectTypes")] : []), ...types].join(", ")})`);
  row.set("objectIds", `arrayConcat(${[...(own ? [own.get("objectIds")] : []), ...ids].join(", ")})`);
}

/** The columns objectTypes and objectIds for objects of one id each; undefined when there are none. */
function objectArrays(
  entries: readonly { readonly type: string; readonly name: string }[],
  scope: MappingScope,
): ReadonlyMap<string, string> | undefined {
  if (entries.length === 0) return undefined;
  const names = entries.map(({ name }) => name);
  const types = entries.map(({ type }) => scope.params.text(type));
  const all = { types: `[${types.join(", ")}]`, ids: `[${names.join(", ")}]` };
  const [only] = names;
  if (only && names.length === 1)
    return new Map([
      ["objectTypes", `if(${only} = '', [], ${all.types})`],
      ["objectIds", `if(${only} = '', [], ${all.ids})`],
    ]);
  // The usual record has all its objects: the filter over arrays is for the others.
  const present = names.map((name) => `${name} != ''`).join(" AND ");
  return new Map([
    ["objectTypes", `if(${present}, ${all.types}, arrayFilter((t, i) -> i != '', ${all.types}, ${all.ids}))`],
    ["objectIds", `if(${present}, ${all.ids}, arrayFilter(i -> i != '', ${all.ids}))`],
  ]);
}

/** Objects that only the records of a group together name come behind those of the rule. */
function addGroupObjects(rule: EventRule, scope: MappingScope, row: Map<string, string>): void {
  const types = Object.keys(rule.group?.objects ?? {});
  if (types.length === 0) return;
  const ids = types.map((_, at) => `group_object_${at}`);
  const named = types.map((type, at) => `arrayMap(id -> ${scope.params.text(type)}, ${ids[at]})`);
  const own = (column: string) => (row.has(column) ? [row.get(column)] : []);
  row.set("objectTypes", `arrayConcat(${[...own("objectTypes"), ...named].join(", ")})`);
  row.set("objectIds", `arrayConcat(${[...own("objectIds"), ...ids].join(", ")})`);
}

function addPeople(rule: EventRule, scope: MappingScope, pieces: Pieces, row: Map<string, string>): string {
  if (rule.customer !== undefined) pieces.set("customer_id", person(scope, "customer", rule.customer));
  if (rule.anonymous !== undefined) pieces.set("anonymous_id", person(scope, "anonymous", rule.anonymous));
  const known = ["customer_id", "anonymous_id"].filter((piece) => pieces.has(piece));
  if (pieces.has("customer_id")) row.set("customerId", "customer_id");
  if (pieces.has("anonymous_id")) row.set("anonymousId", "anonymous_id");
  if (known.length === 0) return "''";
  const id = known.length === 1 ? (known[0] as string) : "if(customer_id = '', anonymous_id, customer_id)";
  row.set("customer", `if(${id} = '', 0, cityHash64(${id}))`);
  return id;
}

/** The first thing that keeps a row from being an event. */
function problemCode(
  rule: EventRule,
  pieces: Pieces,
  row: ReadonlyMap<string, string>,
  owner: string,
  problems: ProblemList,
): string {
  const reject = (field: string, reason: string) => problems.code("reject", field, reason);
  const checks = [
    `trimBoth(touchpoint_name) = '', ${reject("touchpoint", "the touchpoint is empty")}`,
    `isNull(at), if(at_text = '', ${reject("time", "the time is empty")}, ${reject("time", "the time cannot be read")})`,
  ];
  if (pieces.has("value_text"))
    checks.push(
      `value_text != '' AND isNull(toDecimal64OrNull(value_text, 4)), ${reject("value", "the value is not a number")}`,
    );
  if (pieces.has("score_text"))
    checks.push(
      `score_text != '' AND NOT isFinite(ifNull(toFloat64OrNull(score_text), nan)), ${reject("score", "the score is not a number")}`,
    );
  const nobody = row.has("objectIds") ? `${owner} = '' AND empty(${row.get("objectIds")})` : `${owner} = ''`;
  const wanted = rule.customer === undefined && rule.anonymous === undefined ? "objects" : "customer";
  checks.push(`${nobody}, ${reject(wanted, "neither a customer nor an object is named")}`);
  return `multiIf(${checks.join(", ")}, 0)`;
}

/** The identity of a record's event: its key or, where it has none, its content, under this recipe and rule (or their `identity`). */
function rowHashSql(mapping: Mapping, rule: EventRule, number: number, scope: MappingScope, pieces: Pieces): string {
  const rules = rule.identity === undefined ? number : scope.params.text(rule.identity);
  const seed = `cityHash64(${scope.params.text(mapping.recipe)}, ${rules})`;
  const content = rule.group ? "cityHash64(group_hash)" : "h";
  if (rule.key === undefined) return `bitXor(${content}, ${seed})`;
  const parts = [rule.key].flat().map((part, at) => {
    pieces.set(`key_${at}`, asText(scope.value("key", part, "expression")));
    return `key_${at}`;
  });
  return `bitXor(if(${noKeySql(rule)}, ${content}, cityHash64(${parts.join(", ")})), ${seed})`;
}

/** SQL over the pieces: whether every part of the key is empty, so that the record is known by its content. */
export function noKeySql(rule: EventRule): string {
  return `(${[rule.key ?? []]
    .flat()
    .map((_, at) => `key_${at} = ''`)
    .join(" AND ")})`;
}

/** The rule without what reads an optional column that is not there: an empty value costs time in every row. */
function withoutAbsent(rule: EventRule, scope: MappingScope): EventRule {
  const isAbsent = (source: unknown) =>
    typeof source === "object" &&
    source !== null &&
    "optional" in source &&
    "column" in source &&
    source.optional === true &&
    !scope.columns.includes(String(source.column));
  const present = <Value>(fields: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(fields).filter(([, source]) => !isAbsent(source)));
  const { objects, ...rest } = rule;
  const named = Object.entries(objects ?? {}).map(
    ([type, sources]) => [type, [sources].flat().filter((source) => !isAbsent(source))] as const,
  );
  const told = Object.fromEntries(named.filter(([, sources]) => sources.length > 0));
  return { ...(present(rest) as EventRule), ...(objects ? { objects: told } : {}) };
}

/**
 * Compiles a rule whose defaults are already filled in.
 * @param number of the rule, from 1
 * @throws AppError invalid, naming mapping, rule and field
 */
export function compileRule(
  mapping: Mapping,
  written: EventRule,
  number: number,
  scope: MappingScope,
  problems: ProblemList,
): CompiledRule {
  const rule = withoutAbsent(written, scope);
  const pieces: Pieces = new Map();
  const row = new Map<string, string>();
  pieces.set("touchpoint_name", label(scope, "touchpoint", rule.touchpoint));
  const time = scope.value("time", rule.time as ValueSource, "expression");
  pieces.set("at_text", asText(time));
  pieces.set("at", scope.time("time", time));
  const owner = addPeople(rule, scope, pieces, row);
  addNumbers(rule, scope, pieces);
  if (rule.group?.value !== undefined) pieces.set("value_text", "");
  if (rule.group?.score !== undefined) pieces.set("score_text", "");
  if (rule.channel !== undefined) pieces.set("channel_name", label(scope, "channel", rule.channel));
  const currency = rule.currency ?? mapping.currency;
  if (currency !== undefined) pieces.set("currency_name", label(scope, "currency", currency));
  if (rule.scale !== undefined) pieces.set("scale_name", label(scope, "scale", rule.scale));
  addObjects(rule, scope, pieces, row);
  addObjectList(rule, scope, pieces, row);
  row.set("rule", String(number));
  row.set("rowHash", rowHashSql(mapping, rule, number, scope, pieces));
  addMaps(rule, scope, pieces, row);
  row.set("time", "ifNull(at, toDateTime64(0, 3, 'UTC'))");
  row.set("touchpoint", "touchpoint_name");
  if (pieces.has("channel_name")) row.set("channel", "channel_name");
  if (pieces.has("value_text")) row.set("value", "toDecimal64OrNull(value_text, 4)");
  // A currency stands beside a value only.
  if (pieces.has("currency_name") && pieces.has("value_text"))
    row.set("currency", "if(value_text = '', '', currency_name)");
  if (pieces.has("score_text")) row.set("score", "toFloat64OrNull(score_text)");
  if (pieces.has("scale_name") && pieces.has("score_text")) row.set("scale", "if(score_text = '', '', scale_name)");
  const ofRecord = new Map([...pieces].filter(([, sql]) => sql !== ""));
  const recordCode = problemCode(rule, ofRecord, row, owner, problems);
  const code = rule.group ? "0" : recordCode;
  addGroupObjects(rule, scope, row);
  for (const [column, sql] of EMPTY_COLUMNS) if (!row.has(column)) row.set(column, sql);
  return { rule, number, pieces, code, recordCode, row };
}
