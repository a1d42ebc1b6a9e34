/**
 * Which columns of a file the value of a rejected field comes from, as far as the mapping says it by name.
 * What is wrong with the value is in the reason; joined tables are left out, because they stand in other files.
 */
import { type Expression, parseExpression, walkExpression } from "../domain/expression.ts";
import type { EventRule, Mapping, ValueSource } from "../domain/mapping.ts";
import type { KeptFile } from "./kept-rejects.ts";

/** The rules that read a file table, with the mapping's defaults filled in. */
export function rulesOf(mapping: Mapping, table: string): readonly EventRule[] {
  const [first = "events"] = Object.keys(mapping.files ?? {});
  return mapping.events
    .map((rule) => ({ ...mapping.defaults, ...rule }))
    .filter(({ from }) => (from ?? first) === table);
}

function sourcesOf(rule: EventRule, field: string): readonly ValueSource[] {
  const of = (source: ValueSource | undefined) => (source === undefined ? [] : [source]);
  const objects = Object.values(rule.objects ?? {}).flatMap((sources) => [sources].flat());
  if (field === "time") return of(rule.time);
  if (field === "touchpoint") return typeof rule.touchpoint === "string" ? [] : of(rule.touchpoint);
  if (field === "value") return of(rule.value);
  if (field === "score") return of(rule.score);
  if (field === "customer") return [...of(rule.customer), ...of(rule.anonymous), ...objects];
  return field === "objects" ? objects : [];
}

function namesIn(text: string): readonly string[] {
  let tree: Expression;
  try {
    tree = parseExpression(text);
  } catch {
    return [];
  }
  return [...walkExpression(tree)].flatMap((part) =>
    part.kind === "field" && ["", "col"].includes(part.scope) ? [part.name] : [],
  );
}

/** Computed fields lead to columns in a few steps; a circle of them is refused elsewhere. */
const MAX_STEPS = 10;

/** @example columnsAtFault(mapping, file, "time") // ["ordered_at"] */
export function columnsAtFault(mapping: Mapping, file: KeptFile, field: string): readonly string[] {
  const found = new Set<string>();
  for (const rule of rulesOf(mapping, file.table)) {
    const set: Readonly<Record<string, ValueSource>> = { ...mapping.set, ...rule.set };
    const follow = (source: ValueSource, steps: number): void => {
      if (typeof source === "number" || steps > MAX_STEPS || (typeof source === "object" && "literal" in source))
        return;
      const named = typeof source === "string" ? source : "column" in source ? source.column : undefined;
      const at = named === undefined ? -1 : file.names.indexOf(named);
      if (at >= 0) found.add(file.columns[at] as string);
      else if (named !== undefined && set[named] !== undefined) follow(set[named], steps + 1);
      else if (typeof source === "string")
        for (const name of namesIn(source)) if (name !== source) follow(name, steps + 1);
      if (typeof source === "object" && "expression" in source)
        for (const name of namesIn(source.expression)) follow(name, steps + 1);
    };
    for (const source of sourcesOf(rule, field)) follow(source, 0);
  }
  return [...found];
}
