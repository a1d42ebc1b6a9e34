import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedStateFolder } from "../../../test/state-folder.ts";
import { openEmbeddedEventStore } from "../../store/embedded-event-store.ts";
import { migrateEventStore } from "../../store/event-migrations.ts";
import type { EventStore } from "../../store/event-store.ts";
import { openEmbeddedStateStore } from "../../store/open-state-store.ts";
import type { StateStore } from "../../store/state-store.ts";
import { importPaths, type PathsReport } from "../import-paths.ts";
import { DEMO_SHOP, simulateShop } from "./simulate-shop.ts";
import { writeDemoFiles } from "./write-demo-files.ts";

const SMALL = { ...DEMO_SHOP, customers: 150 };
const clock = () => new Date("2026-01-05T08:00:00Z");
let folder: string;
let events: EventStore;
let state: StateStore;
let report: PathsReport;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-demo-import-"));
  events = await openEmbeddedEventStore({ dir: join(folder, "events"), maxMemoryBytes: 1e9 });
  await migrateEventStore(events, new URL("../../../migrations/clickhouse", import.meta.url), clock());
  await seedStateFolder(folder);
  state = await openEmbeddedStateStore(join(folder, "state"), { clock });
  const { file } = await writeDemoFiles(join(folder, "demo"), SMALL);
  report = await importPaths({ events, state, workspaceDir: folder, clock }, { paths: [file], recipe: "demo" });
});

afterAll(async () => {
  await events?.close();
  await state?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("recipes/demo.yaml", () => {
  it("brings every event in, rejects none, and knows every touchpoint's stage", () => {
    const simulated = [...simulateShop(SMALL)].flatMap((year) => year.events);
    expect(report.events).toMatchObject({ read: simulated.length, added: simulated.length, duplicate: 0, rejected: 0 });
    expect(report.unmapped).toEqual([]);
  });

  it("keeps values, scores, objects, properties and traits", async () => {
    const simulated = [...simulateShop(SMALL)];
    const orders = simulated
      .flatMap((year) => year.events)
      .filter(({ touchpoint }) => touchpoint === "Order Completed");
    const late = simulated.flatMap((year) => year.events).filter(({ properties }) => properties?.overdue === true);
    const [row] = await events.query<Record<string, string | number>>(
      `SELECT toFloat64(sumIf(value, touchpoint = 'Order Completed')) AS revenue,
          toString(uniqExactIf(objectIds[indexOf(objectTypes, 'order')], touchpoint = 'Order Completed')) AS orders,
          toString(countIf(properties['overdue'] = 'true')) AS late,
          toString(countIf(touchpoint = 'NPS Answered' AND scale = '0-10' AND score IS NOT NULL)) AS nps,
          toString(arraySort(groupUniqArrayArray(arrayFilter((id, type) -> type = 'product', objectIds, objectTypes)))) AS products,
          toString(uniqExactIf(customerId, traits['region'] = 'north')) AS north,
          toString(countIf(mapContains(properties, 'trait:region') OR mapContains(properties, 'customer'))) AS leaked
        FROM raw`,
    );
    expect(row?.revenue).toBeCloseTo(
      orders.reduce((sum, { value = 0 }) => sum + value, 0),
      2,
    );
    expect(row).toMatchObject({
      orders: String(orders.length),
      late: String(late.length),
      nps: String(simulated.flatMap((year) => year.events).filter(({ scale }) => scale === "0-10").length),
      north: String(simulated.filter((year) => year.traits.region === "north").length),
      products: `[${[...new Set(orders.flatMap(({ products = [] }) => products))].sort().map((name) => `'${name}'`)}]`,
      leaked: "0",
    });
  });
});
