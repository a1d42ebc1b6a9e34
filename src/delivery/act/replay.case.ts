/**
 * Applies the changes of a record to the document before it, as somebody would who has nothing but the records.
 * Exists to prove that records tell everything; the tool itself never rebuilds a document.
 */
import type { DeliveryRecord, Initiative } from "../../domain/dsdm/initiative.ts";

/** By what the elements of a list are named in a path; all others by position. */
const KEYS: Readonly<Record<string, string>> = {
  requirements: "id",
  increments: "id",
  timeboxes: "id",
  exceptions: "id",
  feedback: "id",
  workshops: "id",
  constraints: "id",
  blockers: "id",
  kpis: "kpi",
  departments: "department",
  feasibility: "statement",
  foundations: "statement",
  scope: "requirement",
};

type Element = Record<string, unknown>;

export function replay(before: Initiative, record: DeliveryRecord): unknown {
  const document = JSON.parse(JSON.stringify(before)) as Element;
  // From the end, so that what is taken away by position leaves the positions before it alone.
  const removals = record.changes.filter(({ field, after }) => after === null && field.endsWith("]")).toReversed();
  for (const { field, after } of record.changes)
    if (!(after === null && field.endsWith("]"))) change(document, field, structuredClone(after));
  for (const { field } of removals) change(document, field, undefined);
  document.version = record.version;
  const touched = new Set(record.changes.flatMap(({ field }) => /^requirements\[(\d+)\]\./.exec(field)?.[1] ?? []));
  for (const one of document.requirements as Element[])
    if (touched.has(String(one.id)))
      Object.assign(one, { version: Number(one.version) + 1, changedAt: record.at, changedBy: record.author });
  return document;
}

function change(document: Element, field: string, after: unknown): void {
  const steps = [...field.matchAll(/\.?([A-Za-z]+)|\[(\d+|"(?:[^"\\]|\\.)*")\]/g)];
  let place: Element | Element[] = document;
  let list = "";
  for (const [index, [, name, element]] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (name !== undefined) {
      list = name;
      const fields = place as Element;
      if (isLast) fields[name] = after;
      else place = fields[name] as Element;
      continue;
    }
    const elements = place as unknown as Element[];
    const key = KEYS[list];
    const id: unknown = JSON.parse(element ?? "null");
    const found = key === undefined ? Number(id) : elements.findIndex((one) => one[key] === id);
    const at = found < 0 ? elements.length : found;
    if (isLast && after === undefined) elements.splice(at, 1);
    else if (isLast) elements[at] = after as Element;
    else place = elements[at] as Element;
  }
}
