import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddedEventStore } from "../store/embedded-event-store.ts";
import type { EventStore } from "../store/event-store.ts";
import { checkParquetPages } from "./check-parquet-pages.ts";
import { prepareSources } from "./prepare-sources.ts";
import { ParquetTrial } from "./try-parquet.ts";

const COLUMNS = ["customer", "event", "timestamp", "amount"];
/** The unpacked size in a page's header: the engine decodes without end where it says 44 instead of 3. */
const WRONG_SIZE = { at: 228, before: 6, after: 88 } as const;

let dir = "";
let events: EventStore;
let made = "";
let endless = "";

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "waymark-trial-"));
  events = await openEmbeddedEventStore({ dir: join(dir, "events") });
  made = join(dir, "made.parquet");
  await events.command(
    `INSERT INTO FUNCTION file('${made}', 'Parquet') SELECT toString(number % 5) AS customer, 'View' AS event,
       toDateTime64('2024-01-01 00:00:00', 3, 'UTC') + number AS timestamp, number / 7 AS amount, [number] AS list FROM numbers(40)`,
  );
  const bytes = readFileSync(made);
  expect(bytes[WRONG_SIZE.at]).toBe(WRONG_SIZE.before);
  bytes[WRONG_SIZE.at] = WRONG_SIZE.after;
  endless = join(dir, "endless.parquet");
  writeFileSync(endless, bytes);
});

afterAll(async () => {
  await events?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function withTrial<Result>(work: (trial: ParquetTrial, folder: string) => Promise<Result>): Promise<Result> {
  const folder = join(dir, "trial");
  const trial = new ParquetTrial(folder, { required: true });
  try {
    return await work(trial, folder);
  } finally {
    await trial.close();
    expect(existsSync(folder)).toBe(false);
  }
}

const read = (path: string, more: { deadlineMs?: number; signal?: AbortSignal } = {}) =>
  withTrial((trial) => trial.read({ path, name: "log.parquet", columns: COLUMNS, ...more }));

test("a page header with a wrong unpacked size is refused before the engine sees it, with column, row group and byte", async () => {
  await expect(prepareSources([endless], join(dir, "temp"), { events })).rejects.toMatchObject({
    code: "invalid",
    message:
      "endless.parquet is damaged: column «event» in row group 1, at byte 182: its pages are 52 bytes unpacked, where 69 with their headers are said. Fetch it or write it anew, or export it as CSV.",
    details: { file: "endless.parquet", at: 182 },
  });
});

test("a file that is read without end takes its own process along, and is refused", async () => {
  await expect(read(endless, { deadlineMs: 400 })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/^log\.parquet could not be read to its end within 1 s; most likely it is damaged/u),
  });
});

test("an import that is cancelled does not wait for it", async () => {
  const cancel = new AbortController();
  const reading = read(endless, { signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error("cancelled")), 300);
  await expect(reading).rejects.toThrow("cancelled");
});

test("what the engine says of a damaged page is told; the process goes on with the next file", async () => {
  const hit = join(dir, "hit.parquet");
  const bytes = readFileSync(made);
  bytes.fill(0, 25, 40);
  writeFileSync(hit, bytes);
  await checkParquetPages(hit, "hit.parquet", { plain: COLUMNS });
  await withTrial(async (trial, folder) => {
    await expect(trial.read({ path: hit, name: "hit.parquet", columns: COLUMNS })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^hit\.parquet cannot be read as Parquet \(.+\): it is damaged/u),
    });
    await trial.read({ path: made, name: "made.parquet", columns: COLUMNS });
    expect(existsSync(folder)).toBe(true);
  });
});

test("a file that passed is not tried again until it changes", async () => {
  const path = join(dir, "again.parquet");
  writeFileSync(path, readFileSync(made));
  await read(path);
  await withTrial(async (trial, folder) => {
    await trial.read({ path, name: "again.parquet", columns: COLUMNS });
    expect(existsSync(folder)).toBe(false);
    writeFileSync(path, readFileSync(endless));
    await expect(trial.read({ path, name: "again.parquet", columns: COLUMNS, deadlineMs: 300 })).rejects.toThrow();
  });
});

test("a page header with any wrong size or number of values is refused, one that is right is not", async () => {
  const whole = readFileSync(made);
  const path = join(dir, "turned.parquet");
  // «event»: the header of its dictionary, whose sizes and number of values stand in bytes 183 to 188.
  for (let at = 183; at < 188; at++) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] as number) ^ 0x1e;
    writeFileSync(path, bytes);
    await expect(checkParquetPages(path, "turned.parquet", { plain: COLUMNS })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(
        /^turned\.parquet is damaged: column «event» in row group 1, at byte (?:182|2\d\d): /u,
      ),
    });
  }
  await checkParquetPages(made, "made.parquet", { plain: COLUMNS });
});

test("files of other writers, packings, page versions and row groups pass both", async () => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const duckdb = await DuckDBInstance.create(":memory:");
  const connection = await duckdb.connect();
  const paths: string[] = [];
  const next = () => {
    const path = join(dir, `whole-${paths.length}.parquet`);
    paths.push(path);
    return path;
  };
  for (const form of ["COMPRESSION zstd, PARQUET_VERSION V2", "COMPRESSION snappy", "ROW_GROUP_SIZE 2048"])
    await connection.run(
      `COPY (SELECT (i % 5)::VARCHAR AS customer, CASE WHEN i % 3 = 0 THEN NULL ELSE 'View' END AS event,
         TIMESTAMP '2024-01-01' AS timestamp, i AS amount FROM range(5000) t(i)) TO '${next()}' (FORMAT parquet, ${form})`,
    );
  connection.closeSync();
  duckdb.closeSync();
  for (const settings of [
    ...["none", "snappy", "gzip", "lz4", "brotli"].map((to) => ({ output_format_parquet_compression_method: to })),
    { output_format_parquet_data_page_size: 64, output_format_parquet_batch_size: 8 },
    { output_format_parquet_row_group_size: 100, output_format_parquet_write_page_index: 0 },
  ])
    await events.command(
      `INSERT INTO FUNCTION file('${next()}', 'Parquet') SELECT toString(number % 5) AS customer,
         if(number % 3 = 0, NULL, 'View') AS event, now64(3) AS timestamp, number / 7 AS amount FROM numbers(400)`,
      { settings },
    );
  await withTrial(async (trial) => {
    for (const path of paths) {
      await checkParquetPages(path, path, { plain: COLUMNS });
      await trial.read({ path, name: path, columns: COLUMNS });
    }
  });
  expect(paths).toHaveLength(10);
});
