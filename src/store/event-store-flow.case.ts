/**
 * The part of the event store's contract in which data and time flow: stopping, streamed inserts, files.
 * event-store.case.ts registers it; the adapters' tests do not.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventStore } from "./event-store.ts";

/** Everything that quoting and encoding can get wrong. */
export const NASTY = 'it\'s "a" `b` \\ \\n \t tab\nline\r \b \f {x:String} -- /* ? */ ; ü € 😀 \\N NULL $1';
/** Runs for minutes unless it is stopped. */
export const ENDLESS = "SELECT sum(sipHash64(number)) AS s FROM numbers(1000000000000)";

export async function elapsedMs(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export async function collect<Row>(blocks: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const block of blocks) rows.push(...block);
  return rows;
}

/** Pieces of 1 to 3 bytes, so that every character of several bytes is cut somewhere. */
async function* crumbs(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size % 3) + 1) yield bytes.subarray(at, at + size);
}

export function describeStopping(store: () => EventStore): void {
  describe("stopping", () => {
    it("an abandoned stream does not hold up what follows", async () => {
      for (let round = 0; round < 8; round++) {
        for await (const block of store().stream("SELECT number, sipHash64(number) AS h FROM numbers(1000000000000)")) {
          expect(block.length).toBeGreaterThan(0);
          break;
        }
      }
      expect(await elapsedMs(() => store().query("SELECT 1 AS a"))).toBeLessThan(2000);
      const running =
        "SELECT count() AS n FROM system.processes WHERE query LIKE '%1000000000000%' AND query NOT LIKE '%processes%'";
      await expect.poll(() => store().query(running), { timeout: 10_000 }).toEqual([{ n: 0 }]);
    });

    it("an aborted read gives the signal's reason and its place back", async () => {
      const asked = Array.from({ length: 8 }, async () => {
        const signal = AbortSignal.timeout(200);
        await expect(store().query(ENDLESS, { signal })).rejects.toMatchObject({ name: "TimeoutError" });
      });
      expect(await elapsedMs(() => Promise.all(asked))).toBeLessThan(2000);
      const gone = new AbortController();
      gone.abort(new Error("never mind"));
      await expect(store().query("SELECT 1", { signal: gone.signal })).rejects.toThrow("never mind");
      expect(await elapsedMs(() => store().query("SELECT 1 AS a"))).toBeLessThan(2000);
    });

    it("an aborted stream stops before its first block", async () => {
      const signal = AbortSignal.timeout(200);
      const ms = await elapsedMs(() =>
        expect(collect(store().stream(ENDLESS, { signal }))).rejects.toMatchObject({ name: "TimeoutError" }),
      );
      expect(ms).toBeLessThan(2000);
    });

    it("an aborted write has ended when it is reported", async () => {
      await store().command("CREATE TABLE slow (a UInt64) ENGINE = MergeTree ORDER BY a");
      const sql = "INSERT INTO slow SELECT number FROM numbers(1000000000000)";
      const aborted = store().command(sql, { signal: AbortSignal.timeout(300) });
      await expect(aborted).rejects.toMatchObject({ name: "TimeoutError" });
      const rows = await store().query("SELECT count() AS n FROM slow");
      await sleep(200);
      expect(await store().query("SELECT count() AS n FROM slow")).toEqual(rows);
      await store().command("DROP TABLE slow SYNC");
    });

    it("a short read beside a long one does not wait", async () => {
      const stop = new AbortController();
      const long = expect(store().query(ENDLESS, { signal: stop.signal })).rejects.toThrow();
      await sleep(100);
      expect(await elapsedMs(() => store().query("SELECT {a:UInt8} AS a", { params: { a: 1 } }))).toBeLessThan(2000);
      stop.abort();
      await long;
    });
  });
}

export function describeInserts(store: () => EventStore): void {
  describe("streamed inserts", () => {
    it("keep characters that are cut across chunks", async () => {
      await store().command("CREATE TABLE lines (n UInt32, t String, x UInt8 DEFAULT 9) ENGINE = MergeTree ORDER BY n");
      const json = Array.from({ length: 500 }, (_, n) => `${JSON.stringify({ n, t: `${NASTY}${n}` })}\n`).join("");
      await store().insertStream("lines (n, t)", "JSONEachRow", crumbs(json));
      await store().insertStream(
        "lines",
        "TabSeparated",
        crumbs("1000\tü€😀\\n\\t\\\\\t7\n1001\tlast row without an end\t8"),
      );
      const sql = "SELECT countIf(t = concat({t:String}, toString(n)) AND x = 9) AS whole, count() AS rows FROM lines";
      expect(await store().query(sql, { params: { t: NASTY } })).toEqual([{ whole: 500, rows: 502 }]);
      expect(await store().query("SELECT t FROM lines WHERE n >= 1000 ORDER BY n")).toEqual([
        { t: "ü€😀\n\t\\" },
        { t: "last row without an end" },
      ]);
      await store().command("DROP TABLE lines SYNC");
    });

    it("fail with the engine's code, or with what their source threw", async () => {
      await store().command("CREATE TABLE bad (n UInt32) ENGINE = MergeTree ORDER BY n");
      await expect(store().insertStream("bad", "JSONEachRow", crumbs('{"n":"x"}\n'))).rejects.toMatchObject({
        clickhouseCode: expect.toSatisfy((code: number) => code > 0),
      });
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('{"n":1}\n');
        throw new Error("the source broke");
      }
      await expect(store().insertStream("bad", "JSONEachRow", broken())).rejects.toThrow("the source broke");
      expect(await store().query("SELECT 1 AS a")).toEqual([{ a: 1 }]);
      await store().command("DROP TABLE bad SYNC");
    });
  });
}

export function describeFiles(store: () => EventStore, folder: () => string): void {
  describe("files", () => {
    const load = { into: "loaded (n, t, i)", format: "CSV", structure: "`c1` String, `c2` String" } as const;
    const select = (source: string): string =>
      `SELECT toUInt32OrZero(c1), c2, {i:UInt32} FROM ${source} WHERE c2 != {skip:String}`;
    const options = { params: { i: 5, skip: "skip 'me'" }, settings: { parallelize_output_from_storages: 0 } };
    const csv = '1,"ü€😀, ""x""\nline"\n2,skip \'me\'\n3,c\n';
    const rows = [
      { n: 1, t: 'ü€😀, "x"\nline', i: 5 },
      { n: 3, t: "c", i: 5 },
    ];

    beforeAll(() =>
      store().command("CREATE TABLE loaded (n UInt32, t String, i UInt32) ENGINE = MergeTree ORDER BY n"),
    );
    afterAll(() => store().command("DROP TABLE loaded SYNC"));

    it.each([
      ["plain", "a.csv", csv],
      ["with an odd name", "it's {a,b} [x] * ? \\ \" :: ü.csv", csv],
      ["packed", "a b.csv.gz", gzipSync(csv)],
    ])("%s are parsed by the engine", async (_, name, content) => {
      const path = join(folder(), name);
      await writeFile(path, content);
      await store().command("TRUNCATE TABLE loaded");
      await store().loadFile({ ...load, ...options, select, path });
      expect(await store().query("SELECT n, t, i FROM loaded ORDER BY n")).toEqual(rows);
    });

    it("that are missing or damaged are the caller's fault", async () => {
      const path = join(folder(), "none.csv");
      const missing = store().loadFile({ ...load, ...options, select, path });
      await expect(missing).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(path) });
    });
  });
}
