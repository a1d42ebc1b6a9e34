/**
 * Events of an object-centric log (OCEL 1 and 2.0) as JSON records: id, type, time, attributes, and [type, id] of each object.
 * Where events and objects come from is for its callers, flatten-ocel-json and flatten-ocel-sqlite.
 */
import { AppError } from "../domain/app-error.ts";

/** An object type as Waymark writes them: `Purchase Order` → `purchase-order`. */
export function writeObjectType(type: string): string {
  const word = type
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/gu, "-")
    .replace(/^[^a-z]+|-+$/gu, "");
  return word.slice(0, 40) || "object";
}

/** Ids of objects and relations are held in memory. */
const MAX_IDS = 5_000_000;

/** Which type each object has, and how many of each there are. */
export class ObjectTypes {
  readonly #types = new Map<string, string>();
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  set(id: string, type: string): void {
    this.#types.set(id, writeObjectType(type));
    if (this.#types.size > MAX_IDS) throw tooMany(this.#name);
  }

  get(id: string): string | undefined {
    return this.#types.get(id);
  }

  /** Relations to objects that have no type. */
  undescribed = 0;

  names(): readonly string[] {
    return [...new Set(this.#types.values())].sort();
  }
}

/** What people should know of a log that was rewritten. */
export function describeOcel(name: string, types: ObjectTypes, faults: readonly string[]): readonly string[] {
  const notes = [
    `${name} is an object-centric log (OCEL) of these object types: ${types.names().join(", ")}.`,
    ...faults,
  ];
  if (types.undescribed > 0)
    notes.push(`${types.undescribed} relations name objects that the log does not describe: they come in as «object».`);
  return notes;
}

export function tooMany(name: string): AppError {
  const message = `${name} names more than ${MAX_IDS.toLocaleString("en-US")} objects or relations. Export it in parts.`;
  return new AppError("invalid", message, { file: name });
}

export function mayHold(count: number): boolean {
  return count <= MAX_IDS;
}

export interface OcelEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly objects: readonly string[];
}

const PERSON_TYPES = /^(?:customer|client|buyer|user|person)s?$/u;

/** One line of JSON. An event's only customer is its customer; objects that the log does not describe have no type. */
export function writeOcelRecord({ id, type, time, attributes, objects }: OcelEvent, types: ObjectTypes): string {
  const pairs = [...new Set(objects)].map((object) => {
    const type = types.get(object);
    if (type === undefined) types.undescribed++;
    return [type ?? "object", object] as const;
  });
  const people = pairs.filter(([of]) => PERSON_TYPES.test(of));
  const customer = people.length === 1 ? (people[0]?.[1] as string) : "";
  const own = { ocel_id: id, ocel_type: type, ocel_time: time, customer, ocel_objects: pairs };
  // An attribute of the same name must not take the place of what the log itself says.
  const said = customer === "" && attributes.customer !== undefined ? { ...own, customer: attributes.customer } : own;
  return `${JSON.stringify({ ...own, ...attributes, ...said })}\n`;
}
