/** Malformed and unusual Parquet files. What becomes of them is asserted in malformed-formats.test.ts. */
import type { MalformedKind } from "./malformed-kind.ts";
import { int, parquetBytes, type StoredColumn, textValue, wide } from "./parquet-bytes.ts";

const whole = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const texts = (name: string, ...values: readonly string[]): StoredColumn => ({
  name,
  type: 6,
  values: values.map(textValue),
  schema: { 6: int(0) },
});
/** A moment as Spark and Impala used to write it: nanoseconds of the day, and the Julian day. */
function oldMoment(ms: number): Buffer {
  const bytes = Buffer.alloc(12);
  const day = Math.floor(ms / 86_400_000);
  bytes.writeBigInt64LE(BigInt(ms - day * 86_400_000) * 1_000_000n);
  bytes.writeInt32LE(day + 2_440_588, 8);
  return bytes;
}
const WHEN = Date.UTC(2024, 0, 1, 10);
const customer = texts("customer", "c1", "c2");
const event = texts("event", "visit", "pay");
const timestamp = texts("timestamp", "2024-01-01 10:00:00", "2024-01-02 10:00:00");
const GOOD = [customer, event, timestamp];
/** LogicalType: a moment in UTC, in nanoseconds. */
const MOMENT = { 8: { 1: true, 2: { 3: {} } } };

const parquet = (kind: string, content: () => Buffer, told: Partial<MalformedKind>): MalformedKind => ({
  kind: `Parquet: ${kind}`,
  file: "log.parquet",
  content,
  ...told,
});
const DAMAGED = /^log\.parquet begins like a Parquet file, but its end is damaged or missing/u;
const UNREADABLE = /^log\.parquet cannot be read as Parquet \(.+\): it is damaged, encrypted, .* Export it again/u;

export const PARQUET_KINDS: readonly MalformedKind[] = [
  parquet("nothing wrong", () => parquetBytes(GOOD), { events: [2, 0] }),
  parquet("without the column of times", () => parquetBytes([customer, event]), {
    refused: /no column holds times.*customer, event/u,
  }),
  parquet("cut short", () => parquetBytes(GOOD).subarray(0, 200), { refused: DAMAGED }),
  parquet("nothing but its magic", () => Buffer.from("PAR1"), { refused: DAMAGED }),
  parquet("another magic at its end", () => parquetBytes(GOOD, {}, { magic: "PAR2" }), { refused: DAMAGED }),
  parquet("encrypted", () => Buffer.concat([Buffer.from("PARE"), parquetBytes(GOOD).subarray(4)]), {
    refused: /^log\.parquet is an encrypted Parquet file\. Export it without encryption/u,
  }),
  parquet("a footer longer than the file", () => parquetBytes(GOOD, {}, { length: 4_000_000 }), { refused: DAMAGED }),
  parquet("a footer of nothing", () => parquetBytes(GOOD, {}, { length: 0 }), { refused: DAMAGED }),
  parquet("a footer that begins too late", () => parquetBytes(GOOD, {}, { length: 20 }), {
    refused: /^log\.parquet (?:begins like|has 0 plain columns)/u,
  }),
  parquet("no rows", () => parquetBytes(GOOD.map((column) => ({ ...column, values: [] }))), {
    refused: /^log\.parquet holds no records/u,
  }),
  parquet("no rows counted, but some there", () => parquetBytes(GOOD, { 3: wide(0) }), {
    refused: /holds no records/u,
  }),
  parquet("fewer than no rows", () => parquetBytes(GOOD, { 3: wide(-5) }), { refused: DAMAGED }),
  parquet("more rows counted than there are", () => parquetBytes(GOOD, { 3: wide(1_000_000_000_000) }), {
    events: [2, 0],
  }),
  parquet("no columns", () => parquetBytes(GOOD, { 2: [{ 4: "schema", 5: int(0) }] }), {
    refused: /has 0 plain columns/u,
  }),
  parquet(
    "more columns named than there are",
    () => parquetBytes(GOOD, { 2: [{ 4: "schema", 5: int(2_000_000_000) }] }),
    {
      refused: /has 0 plain columns/u,
    },
  ),
  parquet("a column twice", () => parquetBytes([...GOOD, customer]), {
    refused: /^log\.parquet has two columns named «customer»\. Give them names of their own/u,
  }),
  parquet(
    "a page far beyond the file",
    () => parquetBytes([customer, event, { ...timestamp, offset: 1_000_000_000 }]),
    {
      refused:
        /^log\.parquet is damaged: column «timestamp» in row group 1, at byte 1000000000: its pages would stand/u,
    },
  ),
  parquet("a page before the file", () => parquetBytes([customer, event, { ...timestamp, offset: -4 }]), {
    refused: /^log\.parquet is damaged: column «timestamp» in row group 1: where it begins is missing or cannot be/u,
  }),
  parquet("a packing that nobody knows", () => parquetBytes([customer, event, { ...timestamp, codec: 99 }]), {
    refused: UNREADABLE,
  }),
  parquet("bytes that are not packed as they say", () => parquetBytes([customer, event, { ...timestamp, codec: 1 }]), {
    refused:
      /^log\.parquet is damaged: column «timestamp» in row group 1, at byte \d+: a page is \d+ bytes unpacked, where/u,
  }),
  parquet(
    "a text longer than its page",
    () => {
      const lie = Buffer.from(textValue("pay"));
      lie.writeUInt32LE(0x7fffffff);
      return parquetBytes([customer, { ...event, values: [textValue("visit"), lie] }, timestamp]);
    },
    { refused: UNREADABLE },
  ),
  parquet("lists and groups", () => parquetBytes([...GOOD, { ...texts("city", "Ulm", "Bonn"), group: "place" }]), {
    events: [2, 0],
    told: /left out: place/u,
  }),
  parquet(
    "old moments (INT96)",
    () =>
      parquetBytes([customer, event, { name: "timestamp", type: 3, values: [oldMoment(WHEN), oldMoment(WHEN + 1)] }]),
    {
      events: [2, 0],
      told: /2024-01-01[T ]10:00:00\.001/u,
    },
  ),
  parquet(
    "moments in nanoseconds",
    () =>
      parquetBytes([
        customer,
        event,
        {
          name: "timestamp",
          type: 2,
          schema: { 10: MOMENT },
          values: [whole(BigInt(WHEN) * 1_000_000n), whole(BigInt(WHEN + 1) * 1_000_000n + 1n)],
        },
      ]),
    {
      events: [2, 0],
      told: /2024-01-01[T ]10:00:00\.001/u,
    },
  ),
  parquet(
    "decimal numbers",
    () =>
      parquetBytes([
        ...GOOD,
        { name: "amount", type: 2, schema: { 6: int(5), 7: int(2), 8: int(10) }, values: [whole(1_250n), whole(-5n)] },
      ]),
    {
      events: [2, 0],
      told: /12\.5.*-0\.05/su,
    },
  ),
  parquet(
    "a dead end of brackets in its footer",
    () => {
      const nest = Buffer.concat([
        Buffer.from("PAR1"),
        Buffer.alloc(100_000, 0x1c),
        Buffer.alloc(4),
        Buffer.from("PAR1"),
      ]);
      nest.writeUInt32LE(100_000, nest.length - 8);
      return nest;
    },
    { refused: DAMAGED },
  ),
  parquet(
    "a footer of a million empty things",
    () => {
      // A list of structures that end at once: a byte each.
      const list = Buffer.concat([Buffer.from([0x29, 0xfc, 0x80, 0x80, 0x80, 0x01]), Buffer.alloc(2_097_152)]);
      const bytes = Buffer.concat([Buffer.from("PAR1"), list, Buffer.from([0]), Buffer.alloc(4), Buffer.from("PAR1")]);
      bytes.writeUInt32LE(list.length + 1, bytes.length - 8);
      return bytes;
    },
    { refused: DAMAGED },
  ),
  parquet(
    "a text file with its name",
    () => Buffer.from("customer,event,timestamp\nc1,pay,2024-01-01\nc2,pay,2024-01-02\n"),
    {
      events: [2, 0],
    },
  ),
];
