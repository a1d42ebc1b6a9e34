/**
 * What every event store must do, whichever engine is behind it: one suite, run on each adapter.
 * Memory and the end of a process are measured beside it, where a process of its own can be watched.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventStore } from "./event-store.ts";
import {
  collect,
  describeFiles,
  describeInserts,
  describeStopping,
  ENDLESS,
  elapsedMs,
  NASTY,
} from "./event-store-flow.case.ts";

export interface OpenedEventStore {
  readonly store: EventStore;
  /** Closes the store and ends what stands behind it. */
  close(): Promise<void>;
}

/** Registers the suite for one adapter. */
export function describeEventStore(name: string, open: () => Promise<OpenedEventStore>): void {
  describe(`the event store, ${name}`, () => {
    let opened: OpenedEventStore;
    let store: EventStore;
    let dir: string;
    const current = (): EventStore => store;
    const folder = (): string => dir;

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), "waymark contract {a,b} 'ü' *?-"));
      opened = await open();
      store = opened.store;
    });
    afterAll(async () => {
      await opened.close();
      await rm(dir, { recursive: true, force: true });
    });

    describeAnswers(current);
    describeParameters(current);
    describeSettings(current);
    describeFailures(current);
    describeReadGuard(current);
    describeStopping(current);
    describeInserts(current);
    describeFiles(current, folder);
  });
}

function describeAnswers(store: () => EventStore): void {
  describe("answers", () => {
    it("come as rows of plain values", async () => {
      const rows = await store().query(
        `SELECT toUInt8(1) AS a, 'x' AS b, toDecimal64('1.25', 4) AS c, toString(toUInt64(18446744073709551615)) AS d,
                NULL AS e, [1, 2] AS f, map('k', 'v') AS g, toDateTime64('2024-01-02 03:04:05.678', 3, 'UTC') AS h,
                toInt64(5) AS i, 0 / 0 AS j, true AS k -- a comment at the end`,
      );
      expect(rows).toEqual([
        {
          a: 1,
          b: "x",
          c: 1.25,
          d: "18446744073709551615",
          e: null,
          f: [1, 2],
          g: { k: "v" },
          h: "2024-01-02 03:04:05.678",
          i: 5,
          j: null,
          k: true,
        },
      ]);
    });

    it("may be empty, of several selects, and of EXPLAIN", async () => {
      expect(await store().query("SELECT 1 AS a WHERE 0")).toEqual([]);
      expect(await store().query("(SELECT 1 AS a) UNION ALL (SELECT 2 AS a WHERE 0);")).toEqual([{ a: 1 }]);
      expect(await store().query("EXPLAIN SELECT 1")).not.toEqual([]);
    });

    it("stream in blocks, with every row once and every character whole", async () => {
      const blocks = store().stream<{ n: number; t: string }>(
        "SELECT number AS n, concat('ü€😀', toString(number)) AS t FROM numbers(200000) ORDER BY n",
      );
      let next = 0;
      let count = 0;
      for await (const block of blocks) {
        count++;
        for (const { n, t } of block) {
          if (n !== next || t !== `ü€😀${n}`) expect.fail(`row ${next} came as ${n}, ${t}`);
          next++;
        }
      }
      expect(next).toBe(200_000);
      expect(count).toBeGreaterThan(1);
    });
  });
}

function describeParameters(store: () => EventStore): void {
  describe("parameters", () => {
    it("keep their values and types", async () => {
      const params = {
        text: NASTY,
        number: 42,
        big: 18446744073709551615n,
        negative: -1.5e-9,
        yes: true,
        nothing: null,
        money: "12345678901234.5678",
        time: "2024-01-02 03:04:05.678",
        texts: [NASTY, "", "b"],
        numbers: [1, 2, 3],
        maybe: [null, "NULL", "\\N"],
        nested: [["a"], []],
      };
      const [row] = await store().query(
        `SELECT {text:String} AS text, {number:UInt32} AS number, toTypeName({number:UInt32}) AS numberType,
                toString({big:UInt64}) AS big, {negative:Float64} AS negative, {yes:Bool} AS yes,
                {nothing:Nullable(String)} AS nothing, toString({money:Decimal(18, 4)}) AS money,
                {time:DateTime64(3, 'UTC')} AS time, {texts:Array(String)} AS texts, {numbers:Array(UInt16)} AS numbers,
                {maybe:Array(Nullable(String))} AS maybe, {nested:Array(Array(String))} AS nested`,
        { params },
      );
      expect(row).toEqual({ ...params, numberType: "UInt32", big: "18446744073709551615" });
    });

    it("carry any text unchanged", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit: "grapheme" }), { maxLength: 5 }),
          fc.string(),
          async (texts, text) => {
            const sql = "SELECT {text:String} AS text, {texts:Array(String)} AS texts";
            expect(await store().query(sql, { params: { text, texts } })).toEqual([{ text, texts }]);
          },
        ),
        { numRuns: 50, seed: 7 },
      );
    });

    it("may be long lists", async () => {
      const texts = Array.from({ length: 60_000 }, (_, at) => `name ${at} 'x'`);
      const numbers = texts.map((_, at) => at);
      const [row] = await store().query(
        "SELECT length({texts:Array(String)}) AS n, {texts:Array(String)}[60000] AS last, arraySum({numbers:Array(UInt64)}) AS sum",
        { params: { texts, numbers } },
      );
      expect(row).toEqual({ n: 60_000, last: "name 59999 'x'", sum: 1_799_970_000 });
    });

    it("work in a command, however long", async () => {
      await store().command("CREATE TABLE lists (name String) ENGINE = MergeTree ORDER BY name");
      const names = Array.from({ length: 10_000 }, (_, at) => `${at} ü'\\`);
      await store().command("INSERT INTO lists SELECT arrayJoin({names:Array(String)})", { params: { names } });
      await store().command("INSERT INTO lists VALUES ({name:String})", { params: { name: NASTY } });
      const sql = "SELECT count() AS n, countIf(name = {name:String}) AS nasty FROM lists";
      expect(await store().query(sql, { params: { name: NASTY } })).toEqual([{ n: 10_001, nasty: 1 }]);
      await store().command("DROP TABLE lists SYNC");
    });

    it("drop one partition", async () => {
      await store().command("CREATE TABLE parts (p UInt32) ENGINE = MergeTree PARTITION BY p ORDER BY p");
      await store().command("INSERT INTO parts SELECT number FROM numbers(3)");
      await store().command("ALTER TABLE parts DROP PARTITION {p:UInt32}", { params: { p: 1 } });
      expect(await store().query("SELECT p FROM parts ORDER BY p")).toEqual([{ p: 0 }, { p: 2 }]);
      await store().command("DROP TABLE parts SYNC");
    });
  });
}

function describeSettings(store: () => EventStore): void {
  describe("settings", () => {
    const ask = "SELECT getSetting('max_block_size') AS size, getSetting('count_distinct_implementation') AS text";

    it("hold for their own statement and no other", async () => {
      const before = await store().query(ask);
      const settings = { max_block_size: 777, count_distinct_implementation: "uniq" };
      expect(await store().query(ask, { settings })).toEqual([{ size: 777, text: "uniq" }]);
      expect(await collect(store().stream(ask, { settings }))).toEqual([{ size: 777, text: "uniq" }]);
      const after = await Promise.all(Array.from({ length: 6 }, () => store().query(ask)));
      expect(after).toEqual(Array.from({ length: 6 }, () => before));
    });

    it("reach inserts and DDL", async () => {
      await store().command(
        "CREATE TABLE sizes (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS index_granularity = 512",
      );
      await store().command("INSERT INTO sizes SELECT getSetting('max_block_size')", {
        settings: { max_block_size: 777 },
      });
      await store().command("INSERT INTO sizes VALUES (1)", { settings: { async_insert: 0 } });
      await store().command("ALTER TABLE sizes DELETE WHERE a = 1", { settings: { mutations_sync: 2 } });
      expect(await store().query("SELECT a FROM sizes")).toEqual([{ a: 777 }]);
      await store().command("DROP TABLE sizes SYNC");
    });
  });
}

function describeFailures(store: () => EventStore): void {
  describe("failures", () => {
    it("of ours carry the engine's code", async () => {
      await expect(store().query("SELECT * FROM nowhere")).rejects.toMatchObject({ clickhouseCode: 60 });
      await expect(store().command("SELEC 1")).rejects.toMatchObject({ clickhouseCode: 62 });
      await expect(collect(store().stream("SELECT nothing"))).rejects.toMatchObject({ clickhouseCode: 47 });
    });

    it("leave no rows in a later answer", async () => {
      const failing = "SELECT number, throwIf(number = 300000) AS t FROM numbers(1000000)";
      for (let round = 0; round < 8; round++) {
        await expect(store().query(failing)).rejects.toMatchObject({ clickhouseCode: 395 });
        expect(await store().query("SELECT 1 AS a")).toEqual([{ a: 1 }]);
        await expect(collect(store().stream(failing))).rejects.toMatchObject({ clickhouseCode: 395 });
        expect(await collect(store().stream("SELECT 2 AS a"))).toEqual([{ a: 2 }]);
      }
    });

    it("at the time limit are unavailable", async () => {
      const failure = { code: "unavailable", details: { clickhouseCode: 159 } };
      const ms = await elapsedMs(() =>
        expect(store().query(ENDLESS, { timeoutMs: 300 })).rejects.toMatchObject(failure),
      );
      expect(ms).toBeLessThan(3000);
    });

    it("at the memory limit are unavailable", async () => {
      const greedy = "SELECT length(groupArray(number)) AS n FROM numbers(100000000)";
      const failure = { code: "unavailable", details: { clickhouseCode: 241 } };
      await expect(store().query(greedy, { settings: { max_memory_usage: 50_000_000 } })).rejects.toMatchObject(
        failure,
      );
    });
  });
}

function describeReadGuard(store: () => EventStore): void {
  describe("reads", () => {
    it.each([
      "SELECT * FROM file('/etc/passwd', 'LineAsString')",
      "SELECT * FROM/**/`file`\n('/etc/passwd')",
      "SELECT file('/etc/passwd')",
      "SELECT 1 WHERE 'a' IN (SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String'))",
      "SELECT * FROM numbers(1), remote('127.0.0.1', system.one)",
      "WITH x AS (SELECT * FROM s3('http://127.0.0.1:1/a')) SELECT * FROM x",
      "SELECT 1; DROP TABLE raw",
      "SELECT 1 INTO OUTFILE '/tmp/x'",
      "INSERT INTO raw SELECT 1",
      "/* SELECT */ DROP TABLE raw",
      "SET readonly = 0",
      "",
    ])("refuse %j", async (sql) => {
      await expect(store().query(sql)).rejects.toMatchObject({ code: "forbidden" });
      await expect(collect(store().stream(sql))).rejects.toMatchObject({ code: "forbidden" });
    });

    it("allow the same words where they mean nothing", async () => {
      const sql = "SELECT 'file(1); url(2)' AS file, count() AS n /* s3(3) */ FROM numbers(3) -- remote(4)";
      expect(await store().query(sql)).toEqual([{ file: "file(1); url(2)", n: 3 }]);
    });
  });
}
