/**
 * A process to be killed: opens a workspace, tells what it found there, takes live imports back, then imports a file.
 * Arguments: folder of the compiled sources, workspace folder, CSV file; with a fourth it only looks.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [sources, dir, file, onlyLook] = process.argv.slice(2);
const load = (path) => import(`${pathToFileURL(sources)}/${path}`);
const { openEmbeddedEventStore } = await load("store/embedded-event-store.js");
const { migrateEventStore } = await load("store/event-migrations.js");
const { openEmbeddedStateStore } = await load("store/open-state-store.js");
const { recoverImports } = await load("ingest/recover-imports.js");
const { rollbackImport } = await load("ingest/rollback-import.js");
const { importEvents } = await load("ingest/import-events.js");
const { prepareSources } = await load("ingest/prepare-sources.js");

const clock = () => new Date();
const events = await openEmbeddedEventStore({ dir: join(dir, "events") });
await migrateEventStore(events, join(sources, "..", "migrations", "clickhouse"), clock());
const state = await openEmbeddedStateStore(join(dir, "state"), { clock });
const deps = { events, state, workspaceDir: dir, clock };

await recoverImports(deps);
const imports = await state.listImports();
const live = imports.filter(({ status }) => status === "live");
const numbers = async (sql) => (await events.query(sql)).map((row) => Number(row.n));
process.send({
  found: {
    statuses: imports.map(({ status, prepared }) => `${status}${prepared ? "" : ", not prepared"}`),
    counted: live.map((one) => one.events?.added),
    raw: await numbers("SELECT toFloat64(count()) AS n FROM raw GROUP BY import"),
    journeys: await numbers(
      "SELECT toFloat64(sum(length(touchpoints))) AS n FROM journeys WHERE ownerType = 'customer'",
    ),
    leftovers: await numbers("SELECT 1 AS n FROM system.tables WHERE startsWith(name, 'import_tmp_')"),
  },
});

if (!onlyLook) {
  for (const { id } of live) await rollbackImport(deps, id);
  const mapping = {
    recipe: "killed",
    events: [{ touchpoint: { column: "what" }, time: "at", customer: "who", properties: "rest" }],
  };
  const { sources: prepared } = await prepareSources([file], join(dir, "temp"), { events });
  process.send({ begun: true });
  await importEvents(deps, { paths: [file], mapping, sources: prepared });
  process.send({ finished: true });
}
await events.close();
await state.close();
process.disconnect();
