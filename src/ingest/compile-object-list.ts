/**
 * Objects whose types only the data knows: a column with a JSON list of [type, id] pairs, as flattened OCEL logs have.
 * Objects of types that the mapping names are compiled with their rule.
 */
import type { EventRule } from "../domain/mapping.ts";
import type { MappingScope } from "./mapping-scope.ts";
import { asText } from "./typed-sql.ts";

/** Adds the pairs behind the objects that the rule names itself. */
export function addObjectList(
  rule: EventRule,
  scope: MappingScope,
  pieces: Map<string, string>,
  row: Map<string, string>,
): void {
  if (rule.objectList === undefined) return;
  const list = asText(scope.value("objectList", rule.objectList, "expression"));
  pieces.set(
    "object_pairs",
    `arrayFilter(p -> p.1 != '' AND p.2 != '', JSONExtract(${list}, 'Array(Tuple(String, String))'))`,
  );
  const own = (column: string) => (row.has(column) ? [row.get(column)] : []);
  row.set("objectTypes", `arrayConcat(${[...own("objectTypes"), "arrayMap(p -> p.1, object_pairs)"].join(", ")})`);
  row.set("objectIds", `arrayConcat(${[...own("objectIds"), "arrayMap(p -> p.2, object_pairs)"].join(", ")})`);
}
