/**
 * The rules of the touchpoint catalogue: which names get which ids, and what an edit changes.
 * It decides only; the state store keeps the rows (touchpoint-tables.ts).
 */
import { AppError } from "../domain/app-error.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { NewTouchpoint, TouchpointEdit } from "./state-store.ts";

/** Ids are UInt16 inside journeys, and 0 stands for none. */
const MAX_TOUCHPOINTS = 65_535;

/** A retired touchpoint has no events: all its raw names lead elsewhere. It comes back when one is split off again. */
export interface CatalogueEntry extends Omit<Touchpoint, "rawNames"> {
  readonly retired: boolean;
}

/** Where the events that come in under one name go. */
export interface TouchpointAlias {
  readonly rawName: string;
  /** The touchpoint they count for. */
  readonly touchpoint: number;
  /** The touchpoint that was made for this name; null when it found one of its name. */
  readonly home: number | null;
  /** Whether the journeys of those who have such events are prepared for the present touchpoint and its role. */
  readonly prepared: boolean;
}

export interface Catalogue {
  /** By id, rising. */
  readonly entries: readonly CatalogueEntry[];
  readonly aliases: readonly TouchpointAlias[];
}

/** Rows that are new or changed; the rest of the catalogue stays as it is. */
export type CatalogueChange = Catalogue;

/** The touchpoints there are, by id. */
export function listEntries({ entries, aliases }: Catalogue): Touchpoint[] {
  const names = new Map<number, string[]>();
  for (const { rawName, touchpoint } of aliases) {
    const list = names.get(touchpoint);
    if (list) list.push(rawName);
    else names.set(touchpoint, [rawName]);
  }
  return entries
    .filter(({ retired }) => !retired)
    .map(({ retired: _, ...entry }) => ({ ...entry, rawNames: (names.get(entry.id) ?? []).sort() }));
}

/** The catalogue after a change. */
export function applyChange(catalogue: Catalogue, change: CatalogueChange): Catalogue {
  const entries = new Map([...catalogue.entries, ...change.entries].map((entry) => [entry.id, entry]));
  const aliases = new Map([...catalogue.aliases, ...change.aliases].map((alias) => [alias.rawName, alias]));
  return { entries: [...entries.values()].sort((a, b) => a.id - b.id), aliases: [...aliases.values()] };
}

function checkName(name: string): void {
  if (name.trim() === "" || name.includes("\0"))
    throw new AppError("invalid", `«${name.replaceAll("\0", "\\0")}» cannot name a touchpoint.`, { field: "name" });
}

function checkId(id: number): number {
  if (id <= MAX_TOUCHPOINTS) return id;
  throw new AppError(
    "invalid",
    "There are more than 65,535 different touchpoints: the touchpoint column probably holds an id, not a kind of event; choose another column.",
    { touchpoints: id, limit: MAX_TOUCHPOINTS },
  );
}

/**
 * What to add so that every wanted name leads to a touchpoint: to the one that has it as raw name, else to the one that
 * is called so now (somebody renamed it to this), else to a new one with the next id, in the order given.
 * @throws AppError invalid for an empty name, one with a zero character, or more names than there are ids
 */
export function planTouchpoints(catalogue: Catalogue, wanted: readonly NewTouchpoint[]): CatalogueChange {
  const known = new Set(catalogue.aliases.map(({ rawName }) => rawName));
  const called = new Map(catalogue.entries.filter(({ retired }) => !retired).map(({ name, id }) => [name, id]));
  const entries: CatalogueEntry[] = [];
  const aliases: TouchpointAlias[] = [];
  let id = catalogue.entries.at(-1)?.id ?? 0;
  for (const { name, stage, channel, role } of wanted) {
    if (known.has(name)) continue;
    checkName(name);
    known.add(name);
    const namesake = called.get(name);
    if (namesake === undefined)
      entries.push({ id: ++id, name, stage, channel, role, owner: null, hidden: false, retired: false });
    aliases.push({
      rawName: name,
      touchpoint: namesake ?? id,
      home: namesake === undefined ? id : null,
      prepared: true,
    });
  }
  checkId(id);
  return { entries, aliases };
}

/** What an edit changes, and the id of the touchpoint it leads to. */
export interface PlannedEdit extends CatalogueChange {
  readonly id: number;
}

/**
 * @throws AppError not-found (no touchpoint of that name), conflict (name taken, nothing to split), invalid
 */
export function planEdit(catalogue: Catalogue, edit: TouchpointEdit): PlannedEdit {
  switch (edit.kind) {
    case "set":
      return planSet(catalogue, edit);
    case "rename":
      return planRename(catalogue, edit);
    case "merge":
      return planMerge(catalogue, edit);
    case "split":
      return planSplit(catalogue, edit);
  }
}

type Edit<Kind extends TouchpointEdit["kind"]> = Extract<TouchpointEdit, { kind: Kind }>;

/** Edits take the present name alone: a raw name may stand for one of several merged ones. */
function findEntry(catalogue: Catalogue, name: string): CatalogueEntry {
  const shown = catalogue.entries.filter(({ retired }) => !retired);
  const found = shown.find((entry) => entry.name === name);
  if (found) return found;
  const alias = catalogue.aliases.find(({ rawName }) => rawName === name);
  const now = alias && shown.find(({ id }) => id === alias.touchpoint);
  const hint = now
    ? `Events of that name count for «${now.name}».`
    : "The catalogue lists the names: waymark touchpoints.";
  throw new AppError("not-found", `There is no touchpoint «${name}». ${hint}`, { touchpoint: name });
}

function aliasesOf({ aliases }: Catalogue, id: number): TouchpointAlias[] {
  return aliases.filter(({ touchpoint }) => touchpoint === id);
}

function isTaken({ entries }: Catalogue, name: string): boolean {
  return entries.some((entry) => !entry.retired && entry.name === name);
}

function planSet(catalogue: Catalogue, { name, change }: Edit<"set">): PlannedEdit {
  const before = findEntry(catalogue, name);
  const after = { ...before, ...change };
  const same = JSON.stringify(after) === JSON.stringify(before);
  // Orders cut order cycles: who has such events is prepared anew.
  const cuts = (before.role === "order") !== (after.role === "order");
  const aliases = cuts ? aliasesOf(catalogue, before.id).map((alias) => ({ ...alias, prepared: false })) : [];
  return { id: before.id, entries: same ? [] : [after], aliases };
}

function planRename(catalogue: Catalogue, { name, to }: Edit<"rename">): PlannedEdit {
  const before = findEntry(catalogue, name);
  checkName(to);
  if (to === name) return { id: before.id, entries: [], aliases: [] };
  if (isTaken(catalogue, to))
    throw new AppError(
      "conflict",
      `There is a touchpoint «${to}» already. Choose another name, or merge «${name}» into it.`,
      { touchpoint: to, field: "to" },
    );
  return { id: before.id, entries: [{ ...before, name: to }], aliases: [] };
}

function planMerge(catalogue: Catalogue, { names, into }: Edit<"merge">): PlannedEdit {
  const target = findEntry(catalogue, into);
  const merged = new Set(names.map((name) => findEntry(catalogue, name).id));
  merged.delete(target.id);
  if (merged.size === 0)
    throw new AppError("invalid", `There is nothing to merge into «${into}»: name at least one other touchpoint.`, {
      field: "names",
    });
  const aliases = catalogue.aliases
    .filter(({ touchpoint }) => merged.has(touchpoint))
    .map((alias) => ({ ...alias, touchpoint: target.id, prepared: false }));
  return { id: target.id, entries: [], aliases };
}

/** The touchpoint the name had before a merge, as it was; else a new one like the one it leaves. */
function planSplit(catalogue: Catalogue, { name, rawName }: Edit<"split">): PlannedEdit {
  const whole = findEntry(catalogue, name);
  const own = aliasesOf(catalogue, whole.id);
  const alias = own.find((candidate) => candidate.rawName === rawName);
  const listed = own
    .map((one) => `«${one.rawName}»`)
    .sort()
    .join(", ");
  if (!alias)
    throw new AppError("not-found", `No events of «${name}» came in as «${rawName}». They came in as ${listed}.`, {
      touchpoint: name,
      field: "rawName",
    });
  if (own.length === 1)
    throw new AppError("conflict", `All events of «${name}» came in as «${rawName}»: there is nothing to split.`, {
      touchpoint: name,
      field: "rawName",
    });
  const former = catalogue.entries.find(({ id, retired }) => retired && id === alias.home);
  const id = former?.id ?? checkId((catalogue.entries.at(-1)?.id ?? 0) + 1);
  const entry = { ...(former ?? whole), id, name: freeName(catalogue, former?.name ?? rawName), retired: false };
  return { id, entries: [entry], aliases: [{ ...alias, touchpoint: id, home: id, prepared: false }] };
}

/** The name itself, or with a number when another touchpoint is called so. */
function freeName(catalogue: Catalogue, name: string): string {
  if (!isTaken(catalogue, name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name} (${number})`;
    if (!isTaken(catalogue, numbered)) return numbered;
  }
}
