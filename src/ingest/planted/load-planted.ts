/**
 * Puts a planted world's events into an event store, through raw and the ordinary preparation.
 * It has no import and no state store: the store is a scratch one that holds nothing else.
 */
import type { Touchpoint } from "../../domain/touchpoint.ts";
import { touchpointDefaults } from "../../domain/touchpoint-defaults.ts";
import type { EventStore } from "../../store/event-store.ts";
import { prepareJourneys } from "../prepare-journeys.ts";
import type { PlantedCustomer, PlantedEvent } from "./simulate-planted.ts";

const CHUNK = 1 << 20;
const IMPORT = 1;

const STAGED = `CREATE TABLE IF NOT EXISTS planted (customer String, segment String, time Int64, touchpoint String,
  channel String, order String, score Nullable(Float64), properties Map(String, String)) ENGINE = Memory`;

/** The engine hashes customers as the importer does. */
const TO_RAW = `INSERT INTO raw (import, ordinal, rule, rowHash, customer, customerId, time, touchpoint, channel,
    score, scale, objectTypes, objectIds, properties, traits)
  SELECT ${IMPORT}, rowNumberInAllBlocks() + 1, 0, cityHash64(customer, time, touchpoint), cityHash64(customer), customer,
    fromUnixTimestamp64Milli(time, 'UTC'), touchpoint, channel, score, if(isNull(score), '', '1-5'),
    if(order = '', [], ['order']), if(order = '', [], [order]), properties, map('segment', segment)
  FROM planted`;

/** A map as TabSeparated reads it; planted names and values need no escapes. */
function formatProperties(properties: PlantedEvent["properties"] = {}): string {
  const pairs = Object.entries(properties).map(([name, value]) => `'${name}':'${value}'`);
  return `{${pairs.join(",")}}`;
}

function* formatRows(customers: Iterable<PlantedCustomer>, seen: Set<string>): Generator<Uint8Array> {
  let pending = "";
  for (const { id, segment, events } of customers) {
    for (const { touchpoint, time, channel, order, score, properties } of events) {
      seen.add(touchpoint);
      const told = `${score ?? "\\N"}\t${formatProperties(properties)}`;
      pending += `${id}\t${segment}\t${time}\t${touchpoint}\t${channel}\t${order}\t${told}\n`;
    }
    if (pending.length < CHUNK) continue;
    yield Buffer.from(pending);
    pending = "";
  }
  if (pending !== "") yield Buffer.from(pending);
}

async function* toStream(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/**
 * Replaces everything in the store by these customers' events, prepared.
 * @returns the catalogue of their touchpoints
 */
export async function loadPlanted(
  store: EventStore,
  customers: Iterable<PlantedCustomer>,
  signal?: AbortSignal,
): Promise<Touchpoint[]> {
  const options = signal ? { signal } : {};
  await store.command(STAGED);
  for (const table of ["planted", "raw", "journey_rows"]) await store.command(`TRUNCATE TABLE ${table}`);
  const seen = new Set<string>();
  await store.insertStream("planted", "TabSeparated", toStream(formatRows(customers, seen)), options);
  await store.command(TO_RAW, options);
  await store.command("TRUNCATE TABLE planted");
  const touchpoints = [...seen].toSorted().map(
    (name, index): Touchpoint => ({
      ...{ id: index + 1, name, owner: null, hidden: false, rawNames: [name] },
      ...touchpointDefaults(name),
    }),
  );
  await prepareJourneys(store, { liveImports: [IMPORT], touchpoints, version: 1, owners: "all", ...options });
  return touchpoints;
}
