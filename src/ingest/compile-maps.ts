/**
 * The two maps of an event: its properties and the traits of its customer, put together from named values and from JSON.
 * Which columns «rest» means depends on what everything else used, so it is asked last.
 */
import type { EventRule } from "../domain/mapping.ts";
import { jsonMapSql } from "./json-functions.ts";
import type { MappingScope } from "./mapping-scope.ts";
import { asText } from "./typed-sql.ts";

/** Named pieces of SQL, computed per record (or aggregated per group) before the row is put together. */
type Pieces = Map<string, string>;
type Entry = readonly [name: string, piece: string];

/** `properties.*`: every key of the JSON in the column `properties`. */
const SPREAD = /^(.+)\.\*$/su;

interface Listed {
  /** Values by name, as SQL. */
  readonly named: readonly Entry[];
  /** Columns whose JSON is taken apart, with their SQL. */
  readonly spread: readonly Entry[];
  readonly rest: boolean;
}

function readListed(
  field: "properties" | "traits",
  said: EventRule["properties" | "traits"],
  scope: MappingScope,
): Listed {
  const listed = said === "rest" ? ["rest"] : Array.isArray(said) ? said : [said ?? {}];
  const named: Entry[] = [];
  const spread: Entry[] = [];
  for (const item of listed) {
    if (item === "rest" && field === "properties") continue;
    const inside = typeof item === "string" ? SPREAD.exec(item)?.[1] : undefined;
    if (inside !== undefined) {
      spread.push([inside, asText(scope.value(`${field}.${inside}`, { column: inside }, "expression"))]);
      continue;
    }
    const sources = typeof item === "string" ? { [item]: { column: item } } : item;
    for (const [name, source] of Object.entries(sources))
      named.push([name, asText(scope.value(`${field}.${name}`, source, "expression"))]);
  }
  return { named, spread, rest: field === "properties" && listed.includes("rest") };
}

/** Map columns hold only what is not empty. */
function namedMapSql(entries: readonly Entry[], scope: MappingScope): string {
  const pairs = entries.map(([name, piece]) => `${scope.params.text(name)}, ${piece}`);
  return `mapFilter((k, v) -> v != '', map(${pairs.join(", ")}))`;
}

/** Maps one over the other: what is named outright wins over what JSON says, later over earlier. */
function mergeMaps(spread: readonly Entry[], named: readonly Entry[], scope: MappingScope): string {
  const maps = spread.map(([column, piece]) => {
    const { without, hashed } = scope.inside(column);
    return jsonMapSql(piece, without, hashed, scope.params);
  });
  if (named.length > 0) maps.push(namedMapSql(named, scope));
  return maps.reduce((under, over) => `mapUpdate(${under}, ${over})`);
}

function restEntries(scope: MappingScope, { named, spread }: Listed): Entry[] {
  const taken = new Set(named.map(([name]) => name));
  return scope.columns.flatMap((column) => {
    const inside = spread.some(([parent]) => column === parent || column.startsWith(`${parent}.`));
    const sql = inside || scope.used.has(column) || taken.has(column) ? undefined : scope.property(column);
    return sql === undefined ? [] : [[column, sql] as const];
  });
}

/** Fills the row's `traits` and `properties`. @throws AppError invalid, naming mapping, rule and field */
export function addMaps(rule: EventRule, scope: MappingScope, pieces: Pieces, row: Map<string, string>): void {
  const store = (kind: string, entries: readonly Entry[]): Entry[] =>
    entries.map(([name, sql], at) => {
      pieces.set(`${kind}_${at}`, sql);
      return [name, `${kind}_${at}`];
    });
  const traits = readListed("traits", rule.traits, scope);
  const properties = readListed("properties", rule.properties, scope);
  const toldTraits = [store("trait_inside", traits.spread), store("trait", traits.named)] as const;
  if (toldTraits.flat().length > 0) row.set("traits", mergeMaps(...toldTraits, scope));
  // Properties come last: «rest» is what nothing else used.
  const rest = properties.rest ? restEntries(scope, properties) : [];
  const aggregated = Object.keys(rule.group?.properties ?? {}).map((name, at): Entry => [name, `group_property_${at}`]);
  const told = [...store("property", [...properties.named, ...rest]), ...aggregated];
  const inside = store("property_inside", properties.spread);
  if (told.length + inside.length > 0) row.set("properties", mergeMaps(inside, told, scope));
}
