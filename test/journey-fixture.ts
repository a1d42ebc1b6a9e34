/**
 * A workspace's event store in a temporary folder, filled with events given as plain objects.
 * For tests of preparation and analyses; imports and the state store are not in it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnalysisContext } from "../src/analysis/context.ts";
import type { Stage, Touchpoint } from "../src/domain/touchpoint.ts";
import { collectLinks } from "../src/ingest/link-identities.ts";
import { prepareJourneys } from "../src/ingest/prepare-journeys.ts";
import { openEmbeddedEventStore } from "../src/store/embedded-event-store.ts";
import { migrateEventStore } from "../src/store/event-migrations.ts";
import type { EventStore } from "../src/store/event-store.ts";

export interface SampleEvent {
  readonly import: number;
  readonly ordinal: number;
  /** Equal for equal records. */
  readonly rowHash: number;
  readonly customer: string;
  readonly anonymous?: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly touchpoint: string;
  readonly channel: string;
  readonly value: number | null;
  readonly score?: number | null;
  readonly scale?: string;
  readonly objects: readonly (readonly [type: string, id: string])[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Two shards in one process: the engine plans a real distributed query over them. */
const SHARDS = [
  "CREATE VIEW journeys_shard AS SELECT * FROM journeys WHERE owner % 2 = shardNum() - 1",
  "CREATE TABLE journeys_on_shards AS remote('127.0.0.1,127.0.0.1', currentDatabase(), 'journeys_shard')",
];

export class JourneyFixture {
  readonly store: EventStore;
  readonly #dir: string;
  #version = 0;

  private constructor(store: EventStore, dir: string) {
    this.store = store;
    this.#dir = dir;
  }

  static async open(): Promise<JourneyFixture> {
    const dir = await mkdtemp(join(tmpdir(), "waymark-journeys-"));
    const store = await openEmbeddedEventStore({ dir: join(dir, "events") });
    await migrateEventStore(store, new URL("../migrations/clickhouse/", import.meta.url), new Date(0));
    await store.command("CREATE TABLE staged AS raw ENGINE = Memory");
    for (const statement of SHARDS) await store.command(statement);
    return new JourneyFixture(store, dir);
  }

  /** With these events loaded and prepared. */
  static async openFilled(events: readonly SampleEvent[], catalogue: readonly Touchpoint[]): Promise<JourneyFixture> {
    const fixture = await JourneyFixture.open();
    await fixture.load(events);
    await fixture.prepare([1], catalogue);
    return fixture;
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** Replaces all events; nothing is prepared yet. */
  async load(events: readonly SampleEvent[]): Promise<void> {
    for (const table of ["raw", "staged", "journey_rows", "identity_links", "identity_rows"])
      await this.store.command(`TRUNCATE TABLE ${table}`);
    const rows = events.map((event) =>
      JSON.stringify({
        import: event.import,
        ordinal: event.ordinal,
        rowHash: event.rowHash,
        customerId: event.customer,
        anonymousId: event.anonymous ?? "",
        time: new Date(event.time).toISOString().replace("T", " ").replace("Z", ""),
        touchpoint: event.touchpoint,
        channel: event.channel,
        value: event.value,
        score: event.score ?? null,
        scale: event.scale ?? "",
        objectTypes: event.objects.map(([type]) => type),
        objectIds: event.objects.map(([, id]) => id),
        properties: event.properties,
      }),
    );
    if (rows.length === 0) return;
    await this.store.insertStream("staged", "JSONEachRow", one(Buffer.from(`${rows.join("\n")}\n`)));
    await this.store.command(
      "INSERT INTO raw SELECT * REPLACE (if(customerId = '' AND anonymousId = '', 0, cityHash64(if(customerId = '', anonymousId, customerId))) AS customer) FROM staged",
    );
    const linking = events.filter(({ customer, anonymous }) => customer !== "" && anonymous !== undefined);
    for (const id of new Set(linking.map((event) => event.import))) await collectLinks(this.store, id);
  }

  async prepare(liveImports: readonly number[], touchpoints: readonly Touchpoint[], of?: number): Promise<void> {
    const owners = of === undefined ? "all" : { of };
    await prepareJourneys(this.store, { liveImports, touchpoints, version: ++this.#version, owners });
  }

  context(touchpoints: readonly Touchpoint[], source: AnalysisContext["source"] = "journeys"): AnalysisContext {
    return {
      store: this.store,
      touchpoints,
      objectTypes: ["session", "order"],
      defaultJourney: "life",
      zone: "UTC",
      currency: "EUR",
      source,
    };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A catalogue of the given names; stages go round robin, the last name has the role of an order. */
export function catalogueOf(names: readonly string[]): Touchpoint[] {
  const stages: readonly (Stage | null)[] = ["awareness", "purchase", null];
  return names.map((name, index) => ({
    id: index + 1,
    name,
    stage: stages[index % stages.length] ?? null,
    channel: null,
    role: index === names.length - 1 ? "order" : null,
    owner: null,
    hidden: false,
    rawNames: [name],
  }));
}
