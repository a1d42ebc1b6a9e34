/**
 * What differs between two documents, field by field, with the value before and after; null where there was none.
 * Bookkeeping that the record itself carries (version, who changed it and when) is left out.
 */

export interface Change {
  /** As `requirements[3].priority.project`: in brackets the element's id or name, or its position from 0. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const BOOKKEEPING: ReadonlySet<string> = new Set(["version", "changedAt", "changedBy"]);

/** What an element is called by, the first that all elements of a list have. */
const KEYS = ["id", "kpi", "department", "statement", "requirement"] as const;

export function listChanges(before: unknown, after: unknown, path = ""): Change[] {
  if (before === after) return [];
  if (isList(before) && isList(after)) return compareLists(before, after, path);
  if (isFields(before) && isFields(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names]
      .filter((name) => !BOOKKEEPING.has(name))
      .flatMap((name) => listChanges(before[name], after[name], path === "" ? name : `${path}.${name}`));
  }
  return [{ field: path, before: before ?? null, after: after ?? null }];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !isList(value);

/** Lists of plain values, such as acceptance criteria, are told whole: their positions mean nothing. */
function compareLists(before: readonly unknown[], after: readonly unknown[], path: string): Change[] {
  const all = [...before, ...after];
  if (!all.every(isFields))
    return before.length === after.length && before.every((one, at) => one === after[at])
      ? []
      : [{ field: path, before, after }];
  const names = nameElements(before as readonly Fields[], after as readonly Fields[]);
  if (names) return compareNamed(before as readonly Fields[], after as readonly Fields[], path, names);
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
    listChanges(before[at], after[at], `${path}[${at}]`),
  ).flat();
}

/** The key by which elements can be told apart; undefined without one, or where their order changed. */
function nameElements(before: readonly Fields[], after: readonly Fields[]): string | undefined {
  return KEYS.find((key) => {
    const [old, now] = [before, after].map((list) => list.map((one) => one[key])) as [unknown[], unknown[]];
    if ([old, now].some((keys) => new Set(keys).size < keys.length)) return false;
    if ([...old, ...now].some((name) => typeof name !== "number" && typeof name !== "string")) return false;
    const added = now.filter((name) => !old.includes(name));
    const order = [...old.filter((name) => now.includes(name)), ...added];
    return order.every((name, at) => name === now[at]);
  });
}

function compareNamed(before: readonly Fields[], after: readonly Fields[], path: string, key: string): Change[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [one[key], one]))) as [
    Map<unknown, Fields>,
    Map<unknown, Fields>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    listChanges(old.get(name), now.get(name), `${path}[${JSON.stringify(name)}]`),
  );
}
