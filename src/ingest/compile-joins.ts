/**
 * The relation a table's rules read: its own records, and beside each what the joined tables say of it.
 * A join never multiplies records: it brings the first matching record's columns, or aggregates over all matches.
 */
import type { JoinSpec, Mapping, MappingProblem } from "../domain/mapping.ts";
import { compileFill } from "./compile-fill.ts";
import { type JoinedTable, MappingScope } from "./mapping-scope.ts";
import { columnId, type PlannedTable } from "./plan-tables.ts";
import type { SqlParameters } from "./sql-parameters.ts";
import { asText, type TypedSql } from "./typed-sql.ts";

export interface CompiledJoins {
  readonly joined: ReadonlyMap<string, JoinedTable>;
  /** SELECT over stored tables; call it when everything that uses joined columns has been compiled. */
  readonly relation: (storedName: (table: PlannedTable) => string) => string;
}

interface Join {
  readonly number: number;
  readonly table: PlannedTable;
  /** Pairs of SQL: ours on the left, the joined table's own on the right. */
  readonly keys: readonly (readonly [string, string])[];
  readonly taken: readonly (readonly [name: string, sql: string])[];
  readonly brought: Set<string>;
  readonly filled: Filled;
}

/** A table's stored records, or a SELECT over them that fills their gaps. */
type Filled = ((stored: string) => string) | undefined;

function readFilled(filled: Filled, stored: string): string {
  return filled === undefined ? stored : `(${filled(stored)})`;
}

function keyPairs(on: string | readonly string[] | Readonly<Record<string, string>>): (readonly [string, string])[] {
  if (typeof on === "string") return [[on, on]];
  return Array.isArray(on) ? on.map((name: string) => [name, name] as const) : Object.entries(on);
}

/** What an aggregate over a table without a file gives. */
const UNKNOWN_NUMBER: TypedSql = { type: "number", sql: "CAST(NULL, 'Nullable(Float64)')" };

/**
 * @param tables all tables of the mapping, by name
 * @param onProblem told of every field that is wrong, where all are wanted
 * @throws AppError invalid, naming mapping, table and field
 */
export function compileJoins(
  mapping: Mapping,
  table: PlannedTable,
  tables: ReadonlyMap<string, PlannedTable>,
  params: SqlParameters,
  onProblem?: (problem: MappingProblem) => void,
): CompiledJoins {
  const joined = new Map<string, JoinedTable>();
  const joins: Join[] = [];
  for (const spec of [mapping.files?.[table.name]?.join ?? []].flat()) {
    const other = tables.get(spec.from);
    if (!other) continue;
    const { join, seen } = compileJoin(spec, other, joins.length + 1, { mapping, table, joined, params, onProblem });
    joined.set(spec.as ?? spec.from, seen);
    // A table without a file says nothing: there is nothing to join.
    if (other.files.length > 0) joins.push(join);
  }
  const filled = compileFill(mapping, table, params, onProblem);
  return { joined, relation: (storedName) => joinRelation(table, filled, joins, storedName) };
}

interface JoinContext {
  readonly mapping: Mapping;
  readonly table: PlannedTable;
  /** Tables joined before this one: their columns may be used in `on`. */
  readonly joined: ReadonlyMap<string, JoinedTable>;
  readonly params: SqlParameters;
  readonly onProblem: ((problem: MappingProblem) => void) | undefined;
}

function compileJoin(
  spec: JoinSpec,
  other: PlannedTable,
  number: number,
  context: JoinContext,
): { join: Join; seen: JoinedTable } {
  const { mapping, table, params, onProblem } = context;
  const shared = { mapping, params, onProblem, zone: mapping.zone ?? "UTC", timeFormat: "auto", set: {} };
  const here = new MappingScope({ ...shared, table, joined: context.joined, place: `file table ${table.name}` });
  const place = `join of ${table.name} with ${spec.as ?? spec.from}`;
  const there = new MappingScope({ ...shared, table: other, joined: new Map(), place, aggregates: true });
  const absent = other.files.length === 0;
  const side = (scope: MappingScope, text: string) => asText(scope.value("join.on", text, "expression"));
  const pairs = absent ? [] : keyPairs(spec.on);
  const keys = pairs.map(([left, right]) => [side(here, left), side(there, right)] as const);
  const taken = new Map<string, TypedSql>();
  const selected: (readonly [string, string])[] = [];
  for (const [name, text] of Object.entries(spec.take ?? {})) {
    const id = `j${number}_take${selected.length + 1}`;
    const value = absent ? UNKNOWN_NUMBER : there.expression(`join.take.${name}`, text);
    selected.push([id, value.sql]);
    taken.set(name, absent ? value : { type: value.type, sql: id });
  }
  const brought = new Set<string>();
  const bring = (column: string): string => {
    brought.add(column);
    return `j${number}_${columnId(other, column)}`;
  };
  return {
    join: {
      number,
      table: other,
      keys,
      taken: selected,
      brought,
      filled: compileFill(mapping, other, params, onProblem),
    },
    seen: { table: other, taken, bring },
  };
}

function joinRelation(
  table: PlannedTable,
  filled: Filled,
  joins: readonly Join[],
  storedName: (table: PlannedTable) => string,
): string {
  let relation = `SELECT * FROM ${readFilled(filled, storedName(table))}`;
  for (const join of joins) {
    const keys = join.keys.map(([, right], at) => `${right} AS j${join.number}_key${at + 1}`);
    const columns = [...join.brought].map(
      (column) => `argMin(${columnId(join.table, column)}, ord) AS j${join.number}_${columnId(join.table, column)}`,
    );
    const taken = join.taken.map(([id, sql]) => `${sql} AS ${id}`);
    const names = join.keys.map((_, at) => `j${join.number}_key${at + 1}`);
    const right = `SELECT ${[...keys, ...columns, ...taken].join(", ")} FROM ${readFilled(join.filled, storedName(join.table))}
      WHERE bad = 0 GROUP BY ${names.join(", ")} HAVING ${names.map((name) => `${name} != ''`).join(" AND ")}`;
    const condition = names.map((_, at) => `left_side.left_key${at + 1} = right_side.${names[at]}`).join(" AND ");
    const left = join.keys.map(([sql], at) => `${sql} AS left_key${at + 1}`).join(", ");
    relation = `SELECT * EXCEPT (${[...names, ...names.map((_, at) => `left_key${at + 1}`)].join(", ")})
      FROM (SELECT *, ${left} FROM (${relation})) AS left_side LEFT JOIN (${right}) AS right_side ON ${condition}`;
  }
  return relation;
}
