/**
 * OCEL in JSON, version 1 (`.jsonocel`) and 2.0, as JSON records, an event each, in a temp file.
 * The text is walked through twice, for objects and for events; one member at a time is in memory.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { decodeText, type TextEncodingName } from "./decode-text.ts";
import { describeOcel, ObjectTypes, type OcelEvent, writeOcelRecord } from "./ocel-records.ts";
import type { Preparation } from "./preparation.ts";
import { walkJson } from "./walk-json.ts";

type Member = Readonly<Record<string, unknown>>;

/** Whether the text begins like an OCEL log. */
export function looksLikeOcel(text: string): boolean {
  if (!/^\ufeff?\s*\{/u.test(text)) return false;
  return /"ocel:(?:global-log|events|objects)"\s*:/u.test(text) || /"(?:eventTypes|objectTypes)"\s*:\s*\[/u.test(text);
}

const asText = (value: unknown) => (value === undefined || value === null ? "" : String(value));
const isMember = (value: unknown): value is Member => typeof value === "object" && value !== null;

/** What stands where an event should be becomes a record too: it is rejected with its line, not passed over. */
function readEvent(key: string, event: unknown): OcelEvent {
  if (!isMember(event)) return { id: key, type: "", time: "", attributes: { no_event: event }, objects: [] };
  if ("ocel:activity" in event)
    return {
      id: key,
      type: asText(event["ocel:activity"]),
      time: asText(event["ocel:timestamp"]),
      attributes: isMember(event["ocel:vmap"]) ? event["ocel:vmap"] : {},
      objects: [event["ocel:omap"] ?? []].flat().map(asText),
    };
  const attributes = [event.attributes ?? []].flat().filter(isMember);
  return {
    id: asText(event.id ?? key),
    type: asText(event.type),
    time: asText(event.time),
    attributes: Object.fromEntries(attributes.map(({ name, value }) => [asText(name), value])),
    objects: relationsOf(event)
      .map((relation) => (isMember(relation) ? asText(relation.objectId) : ""))
      .filter((object) => object !== ""),
  };
}

const relationsOf = (event: Member): readonly unknown[] => [event.relationships ?? []].flat();

/** Relations that do not say which object they mean. */
function countUnreadable(event: unknown): number {
  if (!isMember(event)) return 0;
  return relationsOf(event).filter((relation) => !isMember(relation) || asText(relation.objectId) === "").length;
}

/** @returns what people should know @throws AppError invalid when the JSON is broken or there is no event */
export async function flattenOcelJson(
  task: Preparation,
  encoding: TextEncodingName,
  target: string,
): Promise<readonly string[]> {
  const { found, limits } = task;
  const members = () => walkJson(decodeText(found, encoding, limits), found.name);
  const types = new ObjectTypes(found.name);
  for await (const { list, key, value } of members())
    if ((list === "objects" || list === "ocel:objects") && isMember(value))
      types.set(list === "objects" ? asText(value.id) : key, asText(value.type ?? value["ocel:type"]));
  let events = 0;
  let unreadable = 0;
  const records = async function* () {
    for await (const { list, key, value } of members()) {
      if (list !== "events" && list !== "ocel:events") continue;
      if (++events % 1_000 === 0) {
        task.signal?.throwIfAborted();
        task.onProgress?.(found.name, events);
      }
      unreadable += countUnreadable(value);
      yield writeOcelRecord(readEvent(key, value), types);
    }
  };
  await pipeline(Readable.from(records()), createWriteStream(target, { flags: "wx" }));
  if (events === 0)
    throw new AppError("invalid", `${found.name} is an OCEL log without any event.`, { file: found.name });
  const faults = unreadable > 0 ? [`${unreadable} relations name no object and are left out.`] : [];
  return describeOcel(found.name, types, faults);
}
