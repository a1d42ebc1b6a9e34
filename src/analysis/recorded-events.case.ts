/**
 * Events for the KPI tests: written into raw, prepared by the real preparation, and read whole or over two shards.
 * It checks nothing itself.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Touchpoint } from "../domain/touchpoint.ts";
import { touchpointDefaults } from "../domain/touchpoint-defaults.ts";
import { prepareJourneys } from "../ingest/prepare-journeys.ts";
import { openEmbeddedEventStore } from "../store/embedded-event-store.ts";
import { migrateEventStore } from "../store/event-migrations.ts";
import type { EventStore } from "../store/event-store.ts";
import type { AnalysisContext } from "./context.ts";

export interface RecordedEvent {
  readonly customer?: string;
  readonly anonymous?: string;
  /** Like 2025-03-01 or 2025-03-01T10:00:00Z. */
  readonly at: string;
  readonly touchpoint: string;
  readonly channel?: string;
  readonly value?: string;
  readonly currency?: string;
  readonly score?: number;
  readonly scale?: string;
  readonly objects?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
  /** What the record says of the customer. */
  readonly traits?: Readonly<Record<string, string>>;
}

const MIGRATIONS = new URL("../../migrations/clickhouse/", import.meta.url);

/** Import under which rows stand until their customers are hashed. */
const UNHASHED = 2;

/** Each shard holds half of the owners; ClickHouse plans this as a real cluster of two. */
const SHARDS = [
  "CREATE VIEW journeys_of_shard AS SELECT * FROM journeys WHERE owner % 2 = shardNum() - 1",
  "CREATE TABLE journeys_on_shards AS remote('127.0.0.1,127.0.0.1', currentDatabase(), 'journeys_of_shard')",
];

function toRawRow(event: RecordedEvent, index: number) {
  const objects = Object.entries(event.objects ?? {});
  return JSON.stringify({
    import: UNHASHED,
    ordinal: index + 1,
    rule: 0,
    rowHash: String(index + 1),
    customerId: event.customer ?? "",
    anonymousId: event.anonymous ?? "",
    time: new Date(event.at).toISOString().replace("T", " ").replace("Z", ""),
    touchpoint: event.touchpoint,
    channel: event.channel ?? "",
    value: event.value ?? null,
    currency: event.currency ?? "",
    score: event.score ?? null,
    scale: event.scale ?? "",
    objectTypes: objects.map(([type]) => type),
    objectIds: objects.map(([, id]) => id),
    properties: event.properties ?? {},
    traits: event.traits ?? {},
  });
}

function catalogueOf(events: readonly RecordedEvent[]): Touchpoint[] {
  const names = [...new Set(events.map(({ touchpoint }) => touchpoint))];
  return names.map((name, index) => ({
    ...{ id: index + 1, name, owner: null, hidden: false, rawNames: [name] },
    ...touchpointDefaults(name),
  }));
}

export class RecordedEvents {
  readonly store: EventStore;
  readonly #dir: string;

  private constructor(store: EventStore, dir: string) {
    this.store = store;
    this.#dir = dir;
  }

  static async open(): Promise<RecordedEvents> {
    const dir = await mkdtemp(join(tmpdir(), "waymark-kpis-"));
    const store = await openEmbeddedEventStore({ dir });
    await migrateEventStore(store, MIGRATIONS, new Date(0));
    for (const statement of SHARDS) await store.command(statement);
    return new RecordedEvents(store, dir);
  }

  /** Replaces everything by these events. */
  async record(events: readonly RecordedEvent[], context: Partial<AnalysisContext> = {}): Promise<AnalysisContext> {
    await this.store.command("TRUNCATE TABLE raw");
    await this.store.command("TRUNCATE TABLE journey_rows");
    const lines = events.map((event, index) => `${toRawRow(event, index)}\n`).join("");
    const columns =
      "import, ordinal, rule, rowHash, customerId, anonymousId, time, touchpoint, channel, value, currency, score, scale, objectTypes, objectIds, properties, traits";
    if (lines !== "")
      await this.store.insertStream(`raw (${columns})`, "JSONEachRow", Readable.from([Buffer.from(lines)]));
    await this.#hashCustomers();
    const touchpoints = catalogueOf(events);
    await prepareJourneys(this.store, { liveImports: [1], touchpoints, version: 1, owners: "all" });
    return {
      store: this.store,
      touchpoints,
      objectTypes: [...new Set(events.flatMap(({ objects }) => Object.keys(objects ?? {})))],
      defaultJourney: "life",
      zone: "UTC",
      currency: "EUR",
      source: "journeys",
      ...context,
    };
  }

  /** The importer hashes while loading; here the rows are copied with their hash. */
  async #hashCustomers(): Promise<void> {
    await this.store.command(`INSERT INTO raw SELECT * REPLACE (1 AS import,
      if(customerId = '' AND anonymousId = '', 0, cityHash64(if(customerId = '', anonymousId, customerId))) AS customer) FROM raw`);
    await this.store.command(`ALTER TABLE raw DROP PARTITION ${UNHASHED}`);
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.#dir, { recursive: true, force: true });
  }
}
