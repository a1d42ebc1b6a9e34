/**
 * Large files of every format, written piece by piece with a seeded text that does not pack well: for measuring how much memory
 * an import takes. What they must cost is said by large-inputs.proof.ts.
 */
import { createWriteStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { openEmbeddedEventStore } from "../src/store/embedded-event-store.ts";
import { sqliteBytes } from "../test/sqlite-bytes.ts";
import { workbookBytes } from "../test/workbook-bytes.ts";
import { zipBytes } from "../test/zip-bytes.ts";

const MIB = 1024 ** 2;
const PIECE_ROWS = 1_000;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** mulberry32 as text: six random bits a character. */
function* randomWords(seed: number, length: number): Generator<string> {
  let state = seed;
  for (;;) {
    let word = "";
    while (word.length < length) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      for (let bits = mixed >>> 2, at = 0; at < 5; at++, bits >>>= 6) word += ALPHABET[bits & 63];
    }
    yield word;
  }
}

interface LargeRow {
  readonly customer: string;
  readonly event: string;
  readonly timestamp: string;
  readonly note: string;
}

/** Row by row, the same for the same seed. */
function* rows(seed: number): Generator<LargeRow> {
  const words = randomWords(seed, 40);
  for (let at = 0; ; at++)
    yield {
      customer: `c${seed}-${Math.floor(at / 20)}`,
      event: `touchpoint ${at % 30}`,
      timestamp: new Date(1_735_689_600_000 + (at % 31_000_000) * 1_000).toISOString(),
      note: words.next().value as string,
    };
}

/** Pieces of many rows until the text has `bytes`. */
function* pieces(seed: number, bytes: number, write: (row: LargeRow, at: number) => string): Generator<string> {
  const source = rows(seed);
  for (let done = 0, at = 0; done < bytes; ) {
    let piece = "";
    for (let row = 0; row < PIECE_ROWS; row++) piece += write(source.next().value as LargeRow, at++);
    done += piece.length;
    yield piece;
  }
}

function* around(first: string, inside: Iterable<string>, last = ""): Generator<string> {
  yield first;
  yield* inside;
  yield last;
}

const save = (path: string, text: Iterable<string>) => pipeline(Readable.from(text), createWriteStream(path));
const pack = (path: string, text: Iterable<string>) =>
  pipeline(Readable.from(text), createGzip({ level: 1 }), createWriteStream(path));

const csvRow = ({ customer, event, timestamp, note }: LargeRow) => `${customer},${event},${timestamp},${note}\n`;
const csv = (seed: number, bytes: number) => around("customer,event,timestamp,note\n", pieces(seed, bytes, csvRow));
const lines = (seed: number, bytes: number) => pieces(seed, bytes, (row) => `${JSON.stringify(row)}\n`);

export async function writeCsv(path: string, bytes: number): Promise<void> {
  await save(path, csv(1, bytes));
}

export async function writeLines(path: string, bytes: number): Promise<void> {
  await save(path, lines(1, bytes));
}

/** An archive of ten files, each packed on its own, that is about `bytes` long. */
export async function writeArchive(path: string, bytes: number, form: "csv" | "ndjson"): Promise<void> {
  const files: { path: string; content: Buffer; stored: true }[] = [];
  for (let part = 1; part <= 10; part++) {
    const packed = `${path}.part`;
    await pack(packed, (form === "csv" ? csv : lines)(part, (bytes / 10) * 3));
    files.push({ path: `part-${part}.${form}.gz`, content: await readFile(packed), stored: true });
    await rm(packed);
  }
  await writeFile(path, zipBytes(files));
}

export async function writeWide(path: string, columns: number, bytes: number): Promise<void> {
  const more = Array.from({ length: columns - 4 }, (_, at) => at);
  const values = more.map((at) => `,v${at % 100}`).join("");
  const text = pieces(1, bytes, (row) => csvRow(row).replace("\n", `${values}\n`));
  await save(path, around(`customer,event,timestamp,note${more.map((at) => `,column ${at}`).join("")}\n`, text));
}

export async function writeWorkbook(path: string, count: number): Promise<void> {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const source = rows(1);
  const head = ["customer", "event", "timestamp", "note"].map(cell).join("");
  const body = Array.from({ length: count }, () => {
    const { customer, event, timestamp, note } = source.next().value as LargeRow;
    return `<row>${[customer, event, timestamp, note].map(cell).join("")}</row>`;
  });
  await writeFile(path, workbookBytes({ sheets: { Events: `<row>${head}</row>${body.join("")}` } }));
}

export async function writeXes(path: string, bytes: number): Promise<void> {
  const text = pieces(1, bytes, ({ customer, event, timestamp, note }, at) => {
    const trace = `<trace><string key="concept:name" value="${customer}"/>`;
    const inside = `<event><string key="concept:name" value="${event}"/><date key="time:timestamp" value="${timestamp}"/><string key="note" value="${note}"/></event>\n`;
    return `${at % 20 === 0 ? trace : ""}${inside}${at % 20 === 19 ? "</trace>\n" : ""}`;
  });
  await save(path, around("<log>\n", text, "</log>"));
}

export async function writeOcelJson(path: string, bytes: number): Promise<void> {
  const objects = pieces(
    1,
    bytes / 8,
    ({ note }, at) => `${at === 0 ? "" : ","}{"id":"${at}","type":"customer","n":"${note}"}`,
  );
  const events = pieces(1, (bytes * 7) / 8, ({ event, timestamp, note }, at) => {
    const relation = `{"objectId":"${Math.floor(at / 20)}","qualifier":"who"}`;
    const attributes = `[{"name":"note","value":"${note}"}]`;
    return `${at === 0 ? "" : ","}{"id":"e${at}","type":"${event}","time":"${timestamp}","attributes":${attributes},"relationships":[${relation}]}\n`;
  });
  const all = around('{"eventTypes":[],"objectTypes":[],"objects":[', objects, '],"events":[');
  await save(path, around("", all));
  await pipeline(Readable.from(around("", events, "]}")), createWriteStream(path, { flags: "a" }));
}

/** An event takes about 220 bytes in the four tables that name it. */
export async function writeOcelSqlite(path: string, bytes: number): Promise<void> {
  const count = Math.ceil(bytes / 220);
  const words = randomWords(1, 100);
  const ids = Array.from({ length: count }, (_, at) => `e${at}`);
  const customers = Math.ceil(count / 20);
  const moment = (at: number) => new Date(1_735_689_600_000 + (at % 31_000_000) * 1_000).toISOString();
  const tables = [
    { name: "event", columns: "ocel_id, ocel_type", rows: ids.map((id) => [id, "pay"]) },
    {
      name: "object",
      columns: "ocel_id, ocel_type",
      rows: Array.from({ length: customers }, (_, at) => [`c${at}`, "customer"]),
    },
    { name: "event_map_type", columns: "ocel_type, ocel_type_map", rows: [["pay", "pay"]] },
    {
      name: "event_object",
      columns: "ocel_event_id, ocel_object_id, ocel_qualifier",
      rows: ids.map((id, at) => [id, `c${Math.floor(at / 20)}`, "who"]),
    },
    {
      name: "event_pay",
      columns: "ocel_id, ocel_time, note",
      rows: ids.map((id, at) => [id, moment(at), words.next().value as string]),
    },
  ];
  await writeFile(path, sqliteBytes(tables, 65_536));
}

/** Written by the engine: a record takes about 50 bytes there. */
export async function writeParquet(path: string, bytes: number): Promise<void> {
  const events = await openEmbeddedEventStore({ dir: join(`${path}.store`) });
  try {
    await events.command(
      `INSERT INTO FUNCTION file({path:String}, 'Parquet') SELECT concat('c', toString(intDiv(number, 20))) AS customer,
        concat('touchpoint ', toString(number % 30)) AS event, toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + number % 31000000 AS timestamp,
        randomPrintableASCII(40) AS note FROM numbers({count:UInt64})`,
      { params: { path, count: Math.ceil(bytes / 50) } },
    );
  } finally {
    await events.close();
    await rm(`${path}.store`, { recursive: true, force: true });
  }
}

export { MIB };
