/**
 * The state store over a real Postgres server: the contract, and what only a server can do: refuse, restart connections,
 * be migrated by two processes at once, and appear in messages without its password.
 */
import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgres, type PostgresCluster, startPostgres } from "../../test/postgres-cluster.ts";
import { makeInitiative, makeRecord } from "./initiatives.case.ts";
import { openServerStateStore } from "./open-state-store.ts";
import { describeStateStore, START } from "./state-store.case.ts";

const binaries = findPostgres();
/** `npm run prove -- state-store` fills it. */
const touchpoints = process.env.WAYMARK_PROPERTY_RUNS === undefined ? "few" : "all";
const clock = () => {
  let seconds = 0;
  return () => new Date(START + 1000 * seconds++);
};

describe.skipIf(!binaries)("on a real Postgres server", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres(binaries as string);
  });
  afterAll(() => cluster?.stop());

  describe("contract", () =>
    describeStateStore(
      () => {
        let url: string;
        const reopen = () => openServerStateStore(url, { clock: clock() });
        return {
          open: async () => {
            url = await cluster.createDatabase("contract");
            return reopen();
          },
          reopen,
          dispose: async () => undefined,
        };
      },
      { touchpoints },
    ));

  test("many processes that open a new database at once all succeed; it is migrated once", async () => {
    const url = await cluster.createDatabase("at once");
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openServerStateStore(url, { clock: clock(), shared: true })),
    );
    expect(await Promise.all(stores.map((store) => store.dataVersion()))).toEqual(Array(8).fill(0));
    // Two stores on one database: ids and the data version are still given once each.
    const record = { recipe: "generic", mapping: {}, mappingHash: "", files: [] };
    const ids = await Promise.all(stores.map((store) => store.beginImport(record)));
    expect(ids.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const touchpoint = { stage: null, channel: null, role: null };
    const names = ["A", "B", "C"].map((name) => ({ ...touchpoint, name }));
    const catalogues = await Promise.all(stores.map((store) => store.ensureTouchpoints(names)));
    expect(new Set(catalogues.map((each) => JSON.stringify(each))).size).toBe(1);
    await Promise.all(ids.map((id, index) => stores[index]?.commitImport(id)));
    expect(await stores[0]?.dataVersion()).toBe(8);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("a database has one process at a time, also after its connections were dropped", async () => {
    const url = await cluster.createDatabase("claimed");
    const first = await openServerStateStore(url, { clock: clock() });
    const taken = {
      code: "conflict",
      message: expect.stringMatching(/works on the Postgres server .*claimed, from another folder/u),
    };
    await expect(openServerStateStore(url, { clock: clock() })).rejects.toMatchObject(taken);
    await cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'claimed'");
    const second = await openServerStateStore(url, { clock: clock() });
    await expect(first.dataVersion()).rejects.toMatchObject(taken);
    await second.close();
    expect(await first.dataVersion()).toBe(0);
    await first.close();
  });

  test("a connection that the server drops is replaced", async () => {
    const url = await cluster.createDatabase("dropped");
    const store = await openServerStateStore(url, { clock: clock() });
    await store.setSetting("zone", "UTC");
    await cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'dropped'");
    await expect.poll(() => store.getSetting("zone")).toBe("UTC");
    await store.close();
  });

  test.each([
    ["a wrong password", (url: URL) => Object.assign(url, { password: "hunter2" }), /authentication failed/u],
    [
      "a database that is not there",
      (url: URL) => Object.assign(url, { pathname: "/absent" }),
      /"absent" does not exist/u,
    ],
    ["a port where nobody listens", (url: URL) => Object.assign(url, { port: "1" }), /ECONNREFUSED/u],
    [
      "a host that is not there",
      (url: URL) => Object.assign(url, { hostname: "nowhere.invalid" }),
      /nowhere\.invalid/u,
    ],
  ])("%s is told without any password", async (_, change, message) => {
    const good = new URL(await cluster.createDatabase(`db ${message.source}`.slice(0, 40)));
    const { password } = good;
    const error = await openServerStateStore(change(good).href, { clock: clock() }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringMatching(message) });
    const told = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;
    for (const secret of [password, decodeURIComponent(password), "hunter2"]) expect(told).not.toContain(secret);
  });

  test("records of initiatives are written once, whoever asks", async () => {
    const url = await cluster.createDatabase("records");
    const store = await openServerStateStore(url, { clock: clock() });
    const id = await store.initiatives.add((next) => {
      const initiative = makeInitiative(next);
      return { initiative, records: [makeRecord(initiative)] };
    });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const refused = { code: "23001", message: expect.stringContaining("Records of initiatives are written once") };
    for (const sql of ["UPDATE initiative_record SET author = ''", "DELETE FROM initiative_record"])
      await expect(client.query(sql)).rejects.toMatchObject(refused);
    await expect(client.query("TRUNCATE initiative CASCADE")).rejects.toMatchObject(refused);
    await client.end();
    expect((await store.initiatives.records(id, { limit: 9 })).records).toHaveLength(1);
    await store.close();
  });

  test("what the server refuses is told without the values that were sent", async () => {
    const url = await cluster.createDatabase("refused");
    const store = await openServerStateStore(url, { clock: clock() });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("DROP TABLE setting");
    await client.end();
    const error = await store.setSetting("token", "hunter2").catch((caught: unknown) => caught);
    expect((error as Error).message).toMatch(/A statement failed in the Postgres server .*"setting" does not exist/u);
    expect(inspect(error, { depth: 10 })).not.toContain("hunter2");
    await store.close();
  });
});

test.each(["mysql://root:hunter2@host/db", "hunter2", "postgres//hunter2"])(
  "%s is no address; it is not repeated",
  async (url) => {
    const error = await openServerStateStore(url, { clock: clock() }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining("postgres://user:password@host") });
    expect(inspect(error, { depth: 10 })).not.toContain("hunter2@");
    expect((error as Error).message).not.toContain("hunter2");
  },
);

test("without a server the tests are left out, but not where CI is set", () => {
  expect(findPostgres(["", "/nowhere"], "")).toBeUndefined();
  expect(() => findPostgres(["", "/nowhere"], "1")).toThrow(/where CI is set its tests must run/u);
});
