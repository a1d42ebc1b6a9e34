import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { AppError } from "../domain/app-error.ts";
import type { EventStore } from "../store/event-store.ts";

const MAPPING = "recipe: shop\nevents:\n  - { touchpoint: { column: what }, time: at, customer: who }\n";
const FIRST = { "first.csv": "who,what,at\na,View,2024-01-01\nb,Buy,2024-01-02\n" };
const SECOND = { "second.csv": "who,what,at\na,Buy,2024-01-03\nc,View,2024-01-04\nd,View,never\n" };

describe("an import that cannot be published", () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());
  const journeys = () =>
    workspace.events.query(
      "SELECT ownerId, toFloat64(length(eventIds)) AS events FROM journeys WHERE ownerType = 'customer' ORDER BY ownerId",
    );

  /** The real store, until journeys have been written: then there is no space left. */
  function fullAfterJourneys(store: EventStore): EventStore {
    return {
      kind: store.kind,
      query: (sql, options) => store.query(sql, options),
      stream: (sql, options) => store.stream(sql, options),
      insertStream: (...given) => store.insertStream(...given),
      loadFile: (load) => store.loadFile(load),
      command: async (sql, options) => {
        await store.command(sql, options);
        if (sql.startsWith("INSERT INTO journey_rows")) throw new AppError("unavailable", "The disk is full.");
      },
      close: () => store.close(),
    };
  }

  it("is absent, and the journeys are as before; once there is room it comes in whole", async () => {
    const { deps, run, events, state } = workspace;
    await run(MAPPING, FIRST);
    const before = await journeys();
    const store = events;
    Object.assign(deps, { events: fullAfterJourneys(store) });
    await expect(run(MAPPING, SECOND)).rejects.toThrow("The disk is full.");
    Object.assign(deps, { events: store });
    expect(await journeys()).toEqual(before);
    expect((await state.listImports()).map(({ status }) => status)).toEqual(["live", "removed"]);
    expect(await store.query("SELECT DISTINCT import FROM raw")).toEqual([{ import: 1 }]);
    expect(await readdir(join(workspace.dir, "rejects"))).toEqual([]);
    expect((await run(MAPPING, SECOND)).events).toMatchObject({ added: 2, duplicate: 0, rejected: 1 });
    expect(await journeys()).toEqual([
      { ownerId: "a", events: 2 },
      { ownerId: "b", events: 1 },
      { ownerId: "c", events: 1 },
    ]);
  });
});
