/**
 * Whether journeys follow the catalogue: merged, split, cut elsewhere, also after a crash, a rollback and a new import.
 * The oracle replaces the names in the files before they are imported: both ways must give the same map.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { analyzeMeasuredJourney } from "../analysis/measured-journey.ts";
import { countRawNames } from "./count-touchpoints.ts";
import { editTouchpoint, finishEdits } from "./edit-touchpoints.ts";
import { dropEvents } from "./import-tables.ts";
import { recoverImports } from "./recover-imports.ts";
import { rollbackImport } from "./rollback-import.ts";

interface LogEvent {
  readonly who: string;
  readonly what: string;
  readonly at: number;
  readonly ticket: string;
}

const mappingFor = (recipe: string) => `recipe: ${recipe}
events:
  - touchpoint: { column: what }
    time: at
    customer: who
    objects: { ticket: ticket }
    key: [n]
touchpoints: { Order: { stage: purchase, role: order }, Bought: { role: order } }
`;

const csvOf = (log: readonly LogEvent[]) =>
  `who,what,at,ticket,n\n${log.map(({ who, what, at, ticket }, n) => `${who},${what},${1_700_000_000 + at * 600},${ticket},${n}`).join("\n")}\n`;

let workspace: ImportWorkspace;
let recipes = 0;

/** All imports leave: the next test starts with a catalogue of names, and without events. */
async function clear(): Promise<void> {
  for (const { id, status } of await workspace.state.listImports()) {
    if (status === "live") await rollbackImport(workspace.deps, id);
    await dropEvents(workspace.events, id);
  }
  await workspace.events.command("TRUNCATE TABLE journey_rows");
  for (const { name, rawNames } of await workspace.state.listTouchpoints())
    for (const rawName of rawNames.filter((each) => rawNames.length > 1 && each !== name))
      await editTouchpoint(workspace.deps, { kind: "split", name, rawName });
}

async function importLog(log: readonly LogEvent[], recipe = `log-${++recipes}`): Promise<number> {
  return (await workspace.run(mappingFor(recipe), { "log.csv": csvOf(log) })).id;
}

/** Nodes and edges by name, for customers and for tickets, cut by orders or not. */
async function readMaps(): Promise<unknown> {
  const context = {
    store: workspace.events,
    touchpoints: await workspace.state.listTouchpoints(),
    objectTypes: ["ticket"],
    ...{ defaultJourney: "life", zone: "UTC", currency: "", source: "journeys" as const },
  };
  const maps = [];
  for (const journey of ["life", "order-cycle", "ticket"]) {
    const map = await analyzeMeasuredJourney(context, { journey, by: "touchpoint", minShare: 0 });
    maps.push({
      ...{ journey, journeys: map.journeys, customers: map.customers },
      nodes: map.nodes.map(({ touchpoint, events, starts, ends }) => ({ touchpoint, events, starts, ends })),
      edges: map.edges.map(({ from, to, transitions, medianSeconds }) => ({ from, to, transitions, medianSeconds })),
    });
  }
  return sorted(maps);
}

/** Equal numbers may be listed in another order where the catalogue's ids differ. */
function sorted(maps: readonly { nodes: object[]; edges: object[] }[]): unknown {
  const text = (list: object[]) => list.map((each) => JSON.stringify(each)).sort();
  return maps.map((map) => ({ ...map, nodes: text(map.nodes), edges: text(map.edges) }));
}

const LOG: readonly LogEvent[] = [
  { who: "a", what: "View", at: 0, ticket: "" },
  { who: "a", what: "view", at: 1, ticket: "t1" },
  { who: "a", what: "Order", at: 2, ticket: "" },
  { who: "b", what: "view", at: 0, ticket: "t1" },
  { who: "b", what: "Order", at: 5, ticket: "t2" },
  { who: "b", what: "View", at: 6, ticket: "" },
  { who: "c", what: "Order", at: 1, ticket: "" },
  { who: "", what: "view", at: 9, ticket: "t3" },
];
const renamed = (log: readonly LogEvent[], from: string, to: string) =>
  log.map((event) => (event.what === from ? { ...event, what: to } : event));

beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());
beforeEach(() => clear());

describe("editTouchpoint", () => {
  it("gives the maps of a log with the names replaced, and after the split those of the log as it was", async () => {
    const event = fc.record({
      who: fc.constantFrom("a", "b", "c", "d", ""),
      what: fc.constantFrom("View", "view", "Order", "Help"),
      at: fc.integer({ min: 0, max: 12 }),
      ticket: fc.constantFrom("", "t1", "t2"),
    });
    const merge = fc.constantFrom(["view", "View"], ["View", "Order"], ["Order", "Help"]);
    const property = fc.asyncProperty(
      fc.array(event, { minLength: 4, maxLength: 25 }),
      merge,
      async (drafts, [from = "", into = ""]) => {
        await clear();
        const log = [
          ...["View", "view", "Order", "Help"].map((what) => ({ who: "z", what, at: 0, ticket: "t9" })),
          ...drafts,
        ];
        await importLog(log);
        const before = await readMaps();
        await editTouchpoint(workspace.deps, { kind: "merge", names: [from], into });
        const merged = await readMaps();
        await editTouchpoint(workspace.deps, { kind: "split", name: into, rawName: from });
        expect(await readMaps()).toEqual(before);
        await clear();
        await importLog(renamed(log, from, into));
        expect(merged).toEqual(await readMaps());
      },
    );
    await fc.assert(property, { numRuns: 3, seed: 11 });
  });

  it("touches only the owners who have such events", async () => {
    await importLog([...LOG, { who: "untouched", what: "Order", at: 3, ticket: "t7" }]);
    const versions = () =>
      workspace.events.query<{ ownerId: string }>("SELECT ownerType, ownerId, version FROM journeys ORDER BY ALL");
    const before = await versions();
    await editTouchpoint(workspace.deps, { kind: "merge", names: ["view"], into: "View" });
    const same = new Set(before.map((row) => JSON.stringify(row)));
    const changed = (await versions()).filter((row) => !same.has(JSON.stringify(row)));
    expect(changed.map(({ ownerId }) => ownerId)).toEqual(["a", "b", "t1", "t3"]);
  });

  it("cuts order cycles anew when a touchpoint becomes an order", async () => {
    await importLog(LOG);
    const before = await readMaps();
    await editTouchpoint(workspace.deps, { kind: "set", name: "view", change: { role: "order" } });
    const cycles = "SELECT ownerId, cycles FROM journeys WHERE ownerType = 'customer' ORDER BY ownerId";
    expect(await workspace.events.query(cycles)).toEqual([
      { ownerId: "a", cycles: [1, 1, 2] },
      { ownerId: "b", cycles: [1, 2, 3] },
      { ownerId: "c", cycles: [1] },
    ]);
    await editTouchpoint(workspace.deps, { kind: "set", name: "view", change: { role: null } });
    expect(await readMaps()).toEqual(before);
  });

  it("leads later events of a merged or renamed name to its touchpoint; a rollback and a new import keep it so", async () => {
    const first = await importLog(LOG, "same");
    await editTouchpoint(workspace.deps, { kind: "merge", names: ["view"], into: "View" });
    await editTouchpoint(workspace.deps, { kind: "rename", name: "View", to: "Looked" });
    const merged = await readMaps();
    const second = await importLog([{ who: "e", what: "view", at: 0, ticket: "" }], "other");
    await rollbackImport(workspace.deps, second);
    await rollbackImport(workspace.deps, first);
    await importLog(LOG, "same");
    expect(await readMaps()).toEqual(merged);
    const touchpoints = await workspace.state.listTouchpoints();
    expect(touchpoints.find(({ name }) => name === "Looked")?.rawNames).toEqual(["View", "view"]);
    expect(touchpoints.filter(({ name }) => name === "View" || name === "view")).toEqual([]);
    await editTouchpoint(workspace.deps, { kind: "rename", name: "Looked", to: "View" });
  });

  it("is finished on the next opening when the process died between commit and preparation", async () => {
    await importLog(LOG);
    const before = await readMaps();
    await editTouchpoint(workspace.deps, { kind: "merge", names: ["view"], into: "View" });
    const merged = await readMaps();
    await editTouchpoint(workspace.deps, { kind: "split", name: "View", rawName: "view" });
    // As if it had died right after the commit.
    await workspace.state.editTouchpoint({ kind: "merge", names: ["view"], into: "View" });
    expect(await readMaps()).toEqual(before);
    expect(await recoverImports(workspace.deps)).toMatchObject({ edited: ["view"] });
    expect(await readMaps()).toEqual(merged);
    expect(await recoverImports(workspace.deps)).toMatchObject({ edited: [] });
    // And after preparation, before it was noted: once more changes nothing.
    await workspace.state.editTouchpoint({ kind: "split", name: "View", rawName: "view" });
    expect(await finishEdits(workspace.deps)).toEqual(["view"]);
    expect(await readMaps()).toEqual(before);
  });

  it("stopped before its commit it leaves nothing; an edit that failed half-way is finished by the next", async () => {
    await importLog(LOG);
    const before = [await readMaps(), await workspace.state.dataVersion()];
    const signal = AbortSignal.abort(new Error("enough"));
    const edit = { kind: "merge", names: ["view"], into: "View" } as const;
    await expect(editTouchpoint(workspace.deps, edit, { signal })).rejects.toThrow("enough");
    expect([await readMaps(), await workspace.state.dataVersion()]).toEqual(before);
    await workspace.state.editTouchpoint(edit);
    const told: number[] = [];
    await editTouchpoint(
      workspace.deps,
      { kind: "set", name: "Order", change: { owner: "Ada" } },
      { onPreparing: (customers) => told.push(customers) },
    );
    expect(told).toEqual([2]);
    expect(await workspace.state.listUnprepared()).toEqual([]);
    expect((await workspace.state.listTouchpoints()).some(({ name }) => name === "view")).toBe(false);
  });

  it("counts every event once, by the name it came in with, over imports that overlap", async () => {
    const first = await importLog(LOG, "overlap");
    const more = [...LOG, { who: "z", what: "view", at: 20, ticket: "" }];
    await importLog(more, "overlap");
    await importLog(LOG.slice(0, 1), "apart");
    const counts = async () =>
      Object.fromEntries(await countRawNames(workspace.events, await workspace.state.listImports()));
    expect(await counts()).toEqual({ View: 3, view: 4, Order: 3 });
    await rollbackImport(workspace.deps, first);
    expect(await counts()).toEqual({ View: 3, view: 4, Order: 3 });
  });
});
