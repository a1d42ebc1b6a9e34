/**
 * The fields of a mapping that people correct by hand: read from it and written back, without touching anything else.
 * Pure. A mapping with several event rules is corrected as text.
 */
import type { EventRule, Mapping, ValueSource } from "../../../src/domain/mapping.ts";

/** Fields that a form shows, in this order. */
export const FIELDS = [
  { field: "time", label: "Time", required: true, hint: "when it happened" },
  { field: "customer", label: "Customer", required: false, hint: "who it was" },
  { field: "anonymous", label: "Anonymous id", required: false, hint: "device or browser, before signing in" },
  { field: "touchpoint", label: "Touchpoint", required: true, hint: "what happened" },
  { field: "channel", label: "Channel", required: false, hint: "web, app, store …" },
  { field: "value", label: "Value", required: false, hint: "money of this event" },
  { field: "currency", label: "Currency", required: false, hint: "of the value" },
  { field: "score", label: "Score", required: false, hint: "an answer to a survey" },
] as const;
export type FieldName = (typeof FIELDS)[number]["field"];

/** Where plain text is a literal, as in src/domain/mapping.ts; elsewhere it names a column. */
const LITERAL_FIELDS: ReadonlySet<FieldName> = new Set(["touchpoint", "channel", "currency"]);

/** What a form shows for a value: a column, a fixed text, or an expression it leaves alone. */
export type Shown =
  | { readonly kind: "none" }
  | { readonly kind: "column"; readonly text: string }
  | { readonly kind: "fixed"; readonly text: string }
  | { readonly kind: "expression"; readonly text: string };

/** The one rule that can be shown as a form; undefined when the mapping has several. */
export function singleRule(mapping: Mapping): EventRule | undefined {
  return mapping.events.length === 1 ? mapping.events[0] : undefined;
}

function show(source: ValueSource | undefined, field: FieldName, columns: ReadonlySet<string>): Shown {
  if (source === undefined) return { kind: "none" };
  if (typeof source === "number") return { kind: "fixed", text: String(source) };
  if (typeof source === "string") {
    if (LITERAL_FIELDS.has(field)) return { kind: "fixed", text: source };
    return columns.has(source) ? { kind: "column", text: source } : { kind: "expression", text: source };
  }
  if ("column" in source) return { kind: "column", text: source.column };
  if ("literal" in source) return { kind: "fixed", text: String(source.literal) };
  return { kind: "expression", text: source.expression };
}

/** How a field gets its value: from the rule, else from the mapping's defaults. */
export function readField(mapping: Mapping, field: FieldName, columns: ReadonlySet<string>): Shown {
  return show(singleRule(mapping)?.[field] ?? mapping.defaults?.[field], field, columns);
}

/** The mapping with one field changed; `none` takes it away. */
export function writeField(mapping: Mapping, field: FieldName, shown: Shown): Mapping {
  const rule = singleRule(mapping);
  if (!rule || shown.kind === "expression") return mapping;
  const { [field]: _, ...rest } = rule;
  const { [field]: __, ...defaults } = mapping.defaults ?? {};
  const source: ValueSource | undefined =
    shown.kind === "none" ? undefined : shown.kind === "column" ? { column: shown.text } : { literal: shown.text };
  const changed = { ...rest, ...(source === undefined ? {} : { [field]: source }) } as EventRule;
  return { ...mapping, ...(mapping.defaults ? { defaults } : {}), events: [changed] };
}

export interface ObjectField {
  readonly type: string;
  readonly column: string;
}

/** The rule's objects that come from one column each. */
export function readObjects(mapping: Mapping): ObjectField[] {
  const objects = singleRule(mapping)?.objects ?? mapping.defaults?.objects ?? {};
  return Object.entries(objects).flatMap(([type, source]) => {
    const [only] = [source].flat();
    if (typeof only === "string") return [{ type, column: only }];
    return typeof only === "object" && "column" in only ? [{ type, column: only.column }] : [];
  });
}

/** The mapping with exactly these objects. */
export function writeObjects(mapping: Mapping, objects: readonly ObjectField[]): Mapping {
  const rule = singleRule(mapping);
  if (!rule) return mapping;
  const { objects: _, ...rest } = rule;
  const named = Object.fromEntries(
    objects.filter(({ type, column }) => type !== "" && column !== "").map(({ type, column }) => [type, { column }]),
  );
  const events = [{ ...rest, ...(Object.keys(named).length > 0 ? { objects: named } : {}) }];
  return { ...mapping, events };
}

/** The zone of times that carry none. */
export function writeZone(mapping: Mapping, zone: string): Mapping {
  const { zone: _, ...rest } = mapping;
  return zone === "" ? (rest as Mapping) : { ...mapping, zone };
}
