import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { openEmbeddedEventStore } from "../store/embedded-event-store.ts";
import { EventEngineError } from "../store/event-errors.ts";
import type { EventStore } from "../store/event-store.ts";
import { prepareSources } from "./prepare-sources.ts";
import { explainParquetError, readParquetShape } from "./read-parquet.ts";
import { readThriftStruct } from "./read-thrift.ts";

test("reads Thrift's compact protocol: short and long field numbers, zigzag, lists of structures", () => {
  // {1: i32 -3, 2: [ {4: "ab"}, {} ], 40: true}
  const bytes = Buffer.from([0x15, 0x05, 0x19, 0x2c, 0x48, 0x02, 0x61, 0x62, 0x00, 0x00, 0x01, 0x50, 0x00]);
  const fields = readThriftStruct(bytes, 100);
  expect(fields.get(1)).toBe(-3n);
  expect(fields.get(2)).toEqual([new Map([[4, "ab"]]), new Map()]);
  expect(fields.get(40)).toBe(true);
  for (let length = 0; length < bytes.length; length++)
    expect(() => readThriftStruct(bytes.subarray(0, length), 100)).toThrow(RangeError);
});

test("a page that cannot be unpacked is the file's fault, whatever its packing calls it; a fault of ours stays one", () => {
  const fault = (message: string) =>
    explainParquetError(new EventEngineError(message, 561, undefined), "pages.parquet");
  const message =
    "Code: 561. DB::Exception: ZSTD stream decoding failed: error 'Restored data doesn't match checksum': (in file/uri /x.parquet): While executing ParquetV3BlockInputFormat. (ZSTD_DECODER_FAILED)";
  expect(fault(message)).toMatchObject({
    code: "invalid",
    message: expect.stringContaining("pages.parquet cannot be read"),
  });
  expect(fault("Code: 561. DB::Exception: in a table of ours")).toBeInstanceOf(EventEngineError);
});

const parquet = join(REAL_DATA, "online_retail", "online_retail_II_2009-2010.parquet");

describe.skipIf(!hasRealData)(`a real Parquet file${whySkipped}`, () => {
  let dir = "";
  let events: EventStore;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "waymark-parquet-"));
    events = await openEmbeddedEventStore({ dir: join(dir, "events") });
  });
  afterAll(async () => {
    await events?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test("columns come from the footer, the sample from the engine; gzipped too", async () => {
    const packed = join(dir, "packed.parquet.gz");
    writeFileSync(packed, gzipSync(readFileSync(parquet), { level: 1 }));
    const { sources, samples } = await prepareSources([parquet, packed], join(dir, "temp"), { events });
    for (const source of sources)
      expect(source).toMatchObject({
        format: "parquet",
        gzip: false,
        columns: ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"],
      });
    expect(samples[0]?.rows).toHaveLength(1_000);
    expect(samples[0]?.rows[0]).toEqual([
      "489434",
      "85048",
      "15CM CHRISTMAS GLASS BALL 20 LIGHTS",
      "12",
      "2009-12-01 07:45:00",
      "6.95",
      "13085",
      "United Kingdom",
    ]);
    expect(samples[1]?.rows).toEqual(samples[0]?.rows);
    await expect(events.query("SELECT count() FROM parquet_sample")).rejects.toThrow();
  });

  test("a footer that is damaged anywhere is refused or still describes columns", async () => {
    const whole = readFileSync(parquet);
    const length = whole.readUInt32LE(whole.length - 8);
    const tail = Buffer.concat([Buffer.from("PAR1"), whole.subarray(whole.length - 8 - length)]);
    const path = join(dir, "hit.parquet");
    for (let at = 4; at < tail.length - 8; at += 7) {
      const hit = Buffer.from(tail);
      hit[at] = (hit[at] as number) ^ 0x5a;
      writeFileSync(path, hit);
      const shape = await readParquetShape(path, "hit.parquet").catch((error: unknown) => error);
      if (shape instanceof Error) expect(shape).toMatchObject({ name: "AppError", code: "invalid" });
    }
  });
});
