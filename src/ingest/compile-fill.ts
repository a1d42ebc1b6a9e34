/**
 * A table's records with their gaps filled: an order's facts, said on its first line, stand on its other lines too.
 * Which columns are filled is the mapping's word (`fill`); nothing is guessed, and no record is added or lost.
 */
import type { Mapping, MappingProblem } from "../domain/mapping.ts";
import { MappingScope } from "./mapping-scope.ts";
import { columnId, type PlannedTable } from "./plan-tables.ts";
import type { SqlParameters } from "./sql-parameters.ts";
import { asText } from "./typed-sql.ts";

/**
 * SELECT over the stored table. One aggregate and one join: linear, however many records share a key.
 * @returns undefined when the table has nothing to fill
 * @throws AppError invalid, naming mapping and field, when `by` does not fit the table
 */
export function compileFill(
  mapping: Mapping,
  table: PlannedTable,
  params: SqlParameters,
  onProblem?: (problem: MappingProblem) => void,
): ((stored: string) => string) | undefined {
  const fill = mapping.files?.[table.name]?.fill;
  const filled = (fill?.columns ?? []).filter((column) => table.columns.includes(column));
  if (!fill || table.files.length === 0 || filled.length === 0) return undefined;
  const place = `file table ${table.name}`;
  const zone = mapping.zone ?? "UTC";
  const scope = new MappingScope({
    ...{ mapping, table, params, onProblem, place, zone, timeFormat: "auto" },
    joined: new Map(),
    set: mapping.set ?? {},
  });
  const keys = [fill.by].flat().map((by) => asText(scope.value("fill.by", by, "expression")));
  const own = keys.map((sql, at) => `${sql} AS own_key${at + 1}`);
  const shared = keys.map((sql, at) => `${sql} AS fill_key${at + 1}`);
  const names = keys.map((_, at) => `fill_key${at + 1}`);
  const columns = filled.map((column) => columnId(table, column));
  const first = columns.map((id) => `argMinIf(${id}, ord, ${id} != '') AS first_${id}`);
  const replaced = columns.map((id) => `if(${id} = '', first_${id}, ${id}) AS ${id}`);
  const added = [...names, ...keys.map((_, at) => `own_key${at + 1}`), ...columns.map((id) => `first_${id}`)];
  const condition = names.map((name, at) => `own.own_key${at + 1} = known.${name}`).join(" AND ");
  return (stored) => `SELECT * EXCEPT (${added.join(", ")}) REPLACE (${replaced.join(", ")})
    FROM (SELECT *, ${own.join(", ")} FROM ${stored}) AS own LEFT JOIN (
      SELECT ${[...shared, ...first].join(", ")} FROM ${stored} WHERE bad = 0
      GROUP BY ${names.join(", ")} HAVING ${names.map((name) => `${name} != ''`).join(" AND ")}) AS known ON ${condition}`;
}
