/**
 * The stories of identity, imported and read as a user would: who owns what, before and after a link comes or goes.
 * Random logs against plain loops are in identities-random.test.ts.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { readCustomerJourneys } from "../analysis/customer-journey.ts";
import { listIdentities, readIdentity } from "../analysis/identities.ts";
import type { EventStore } from "../store/event-store.ts";
import { recoverImports } from "./recover-imports.ts";
import { rollbackImport } from "./rollback-import.ts";

const MAPPING = `recipe: shop
events:
  - { touchpoint: View, time: at, customer: who, anonymous: device, objects: { session: session }, traits: [mail],
      properties: [n] }
`;

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());
afterEach(async () => {
  for (const { id, status } of await workspace.state.listImports())
    if (status === "live") await rollbackImport(workspace.deps, id);
  expect(await owners()).toEqual({});
});

/** Lines `n,customer,device`; n is the day of January 2024 as well. */
async function load(...lines: string[]): Promise<number> {
  const rows = lines.map((line) => {
    const [n, who, device, session = "", mail = ""] = line.split(",");
    return `2024-01-${String(n).padStart(2, "0")},${n},${who},${device},${session},${mail}`;
  });
  const report = await workspace.run(MAPPING, { "s.csv": `at,n,who,device,session,mail\n${rows.join("\n")}\n` });
  return report.id;
}

/** The days on which each owner has events. */
async function owners(): Promise<Record<string, number[]>> {
  const rows = await workspace.events.query<{ id: string; days: string[] }>(
    "SELECT ownerId AS id, arrayMap(property -> property['n'], properties) AS days FROM journeys WHERE ownerType = 'customer'",
  );
  return Object.fromEntries(rows.map(({ id, days }) => [id, days.map(Number)]));
}

/** The store, but for the questions that fail. */
function failWhen(store: EventStore, fails: (sql: string) => boolean): EventStore {
  return new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (sql: string, ...rest: unknown[]) => {
        if (key === "query" && fails(sql)) throw new Error("no more");
        return value.call(target, sql, ...rest);
      };
    },
  });
}

const context = () => ({
  ...{ store: workspace.events, touchpoints: [], objectTypes: ["session"], defaultJourney: "life" },
  ...{ zone: "UTC", currency: "", source: "journeys" as const },
});

describe("an event that names a customer beside an anonymous id", () => {
  it("gives the customer what was before, however late it comes, and a customer's page by any of their ids", async () => {
    await load("1,,x", "2,,x", "9,ann,x", "12,,x", "3,bob,", "4,,y");
    expect(await owners()).toEqual({ ann: [1, 2, 9, 12], bob: [3], y: [4] });
    const byDevice = await readCustomerJourneys(context(), { customer: "x" });
    expect(byDevice).toMatchObject({ customer: "ann", known: true, events: 4 });
    expect(await listIdentities(context(), { limit: 5 })).toMatchObject({
      ...{ known: 2, linked: 1, unlinked: 1, split: 0, blocked: 0, rules: 1 },
      links: [{ anonymous: "x", customer: "ann", identified: "2024-01-09T00:00:00.000Z", from: null, to: null }],
    });
  });

  it("splits a shared tablet forward, and back again when the first identifies anew", async () => {
    await load("1,,t", "2,ann,t", "3,,t", "4,bob,t", "5,,t", "6,ann,t", "7,,t");
    expect(await owners()).toEqual({ ann: [1, 2, 3, 6, 7], bob: [4, 5] });
    const tablet = await readIdentity(context(), { id: "t" });
    expect(tablet.customers.map(({ customer, from, to }) => [customer, from?.slice(8, 10), to?.slice(8, 10)])).toEqual([
      ["ann", undefined, "04"],
      ["bob", "04", "06"],
      ["ann", "06", undefined],
    ]);
    const bob = await readIdentity(context(), { id: "bob" });
    expect(bob).toMatchObject({ known: true, anonymous: [{ anonymous: "t" }], customers: [] });
  });

  it("is nothing when both are the same, and merges no two known users by a loop of aliases", async () => {
    await load("1,ann,ann", "2,ann,bob", "3,bob,ann", "4,,ann", "5,,bob");
    expect(await owners()).toEqual({ ann: [1, 2, 4], bob: [3, 5] });
    expect(await listIdentities(context(), { limit: 5 })).toMatchObject({ linked: 0, blocked: 2, links: [] });
  });

  it("is nothing when an id means nobody", async () => {
    const blocked = ["0", "-1", "null", "undefined", "NaN", "anonymous", "guest", "email", "[object Object]"];
    await load(...blocked.map((id, at) => `${at + 1},ann,${id}`), ...blocked.map((id, at) => `${at + 11},${id},x`));
    expect(await owners()).toEqual({ ann: [1, 2, 3, 4, 5, 6, 7, 8, 9], x: [11, 12, 13, 14, 15, 16, 17, 18, 19] });
    expect(await listIdentities(context(), { limit: 5 })).toMatchObject({ linked: 0, blocked: 0 });
  });

  it("merges no two known users who share an e-mail", async () => {
    await load("1,ann,x,,home@example.com", "2,bob,y,,home@example.com", "3,,x", "4,,y");
    expect(await owners()).toEqual({ ann: [1, 3], bob: [2, 4] });
  });
});

describe("a link of another import", () => {
  it("moves what was there before, sessions too, and gives it back when its import is taken out", async () => {
    const people = () =>
      workspace.events.query(
        "SELECT ownerId AS session, arrayMap(who -> transform(toString(who), [toString(cityHash64('x')), toString(cityHash64('ann'))], ['x', 'ann'], '?'), customers) AS who FROM journeys WHERE ownerType = 'session' ORDER BY session",
      );
    await load("1,,x,s1", "2,ann,,s1", "3,,z,s2");
    const before = [await owners(), await people()];
    const linking = await load("8,ann,x");
    expect(await owners()).toEqual({ ann: [1, 2, 8], z: [3] });
    expect(await people()).toEqual([
      { session: "s1", who: ["ann", "ann"] },
      { session: "s2", who: ["?"] },
    ]);
    await rollbackImport(workspace.deps, linking);
    expect([await owners(), await people()]).toEqual(before);
    expect(await readCustomerJourneys(context(), { customer: "x" })).toMatchObject({ customer: "x", known: false });
  });

  it("leaves nothing behind when its import fails after its journeys were prepared", async () => {
    await load("1,,x", "3,bob,");
    const before = await owners();
    const { deps, events } = workspace;
    deps.events = failWhen(events, (sql) => sql.includes("uniq"));
    await expect(load("8,ann,x")).rejects.toThrow("no more");
    deps.events = events;
    expect(await owners()).toEqual(before);
    expect(await listIdentities(context(), { limit: 5 })).toMatchObject({ linked: 0, unlinked: 1, links: [] });
  });

  it("counts the same whichever import came first", async () => {
    const files = [
      ["1,,t", "4,bob,t", "5,,t"],
      ["2,ann,t", "3,,t"],
    ] as const;
    for (const order of [files, [...files].reverse()]) {
      for (const lines of order) await load(...lines);
      expect(await owners()).toEqual({ ann: [1, 2, 3], bob: [4, 5] });
      for (const { id, status } of await workspace.state.listImports())
        if (status === "live") await rollbackImport(workspace.deps, id);
    }
  });

  it("is found when a workspace from before identities is opened", async () => {
    await load("1,,x", "2,ann,x");
    const { events, state, deps } = workspace;
    for (const table of ["identity_links", "identity_rows"]) await events.command(`TRUNCATE TABLE ${table}`);
    await state.setSetting("identityRules", null);
    await recoverImports(deps);
    expect(await owners()).toEqual({ ann: [1, 2] });
    expect(await state.getSetting("identityRules")).toBe(1);
  });
});
