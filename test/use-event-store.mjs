/**
 * A process of its own that opens an embedded event store, does one task and prints what it saw as JSON.
 * Arguments: folder of the compiled sources, data directory, task, size: MB for `insert`, million rows for `stream`.
 */
import { spawnSync } from "node:child_process";
import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [sources, dir, task, size] = process.argv.slice(2);
const { openEmbeddedEventStore } = await import(`${pathToFileURL(sources)}/store/embedded-event-store.js`);

/** Highest growth of memory since the start, of the whole process and of JavaScript's share. */
function watchMemory() {
  const start = process.memoryUsage();
  const peak = { grownBytes: 0, heapBytes: 0 };
  const look = () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    peak.grownBytes = Math.max(peak.grownBytes, rss - start.rss);
    peak.heapBytes = Math.max(peak.heapBytes, heapUsed + external - start.heapUsed - start.external);
  };
  const timer = setInterval(look, 20);
  return () => {
    look();
    clearInterval(timer);
    return peak;
  };
}

async function streamRows(store) {
  await store.query("SELECT 1 AS a");
  const peak = watchMemory();
  let rows = 0;
  let sum = 0;
  for await (const block of store.stream(
    `SELECT number, concat('row ', toString(number)) AS t, number / 7 AS x FROM numbers(${Number(size) * 1e6})`,
  )) {
    rows += block.length;
    sum += block.at(-1).number;
  }
  return { rows, sum, ...peak() };
}

const ROWS_PER_PIECE = 8192;

async function* pieces(bytes, sent) {
  for (let at = 0; sent.bytes < bytes; at += ROWS_PER_PIECE) {
    let text = "";
    for (let n = at; n < at + ROWS_PER_PIECE; n++)
      text += `${n}\tTouchpoint ${n % 50} ü\tcustomer-${n % 100_000}-abcdefghijklmnop\t${n / 4}\n`;
    const piece = Buffer.from(text);
    sent.rows += ROWS_PER_PIECE;
    sent.bytes += piece.length;
    yield piece;
  }
}

const TABLE = "CREATE TABLE t (n UInt64, a LowCardinality(String), b String, c Float64) ENGINE = MergeTree ORDER BY n";

async function insertRows(store) {
  await store.command(TABLE);
  const peak = watchMemory();
  const sent = { rows: 0, bytes: 0 };
  const start = performance.now();
  await store.insertStream("t", "TabSeparated", pieces(Number(size) * 1e6, sent));
  const seconds = (performance.now() - start) / 1000;
  const [{ rows }] = await store.query("SELECT count() AS rows FROM t");
  return { rows, sent: sent.rows, bytes: sent.bytes, seconds, ...peak() };
}

async function* endlessPieces() {
  yield* pieces(Number.POSITIVE_INFINITY, { rows: 0, bytes: 0 });
}

/** What runs when the store is closed: two reads and an insert, either by the engine alone or from a stream. */
async function closeDuring(store, insert) {
  await store.command(TABLE);
  const endless = "SELECT sum(sipHash64(number)) AS s FROM numbers(1000000000000)";
  const outcomes = Promise.allSettled([insert(), store.query(endless), store.stream(endless).next()]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await store.close();
  const codes = (await outcomes).map(({ reason }) => reason?.code);
  return { unavailable: codes.filter((code) => code === "unavailable").length };
}

function closeDuringInsert(store) {
  return closeDuring(store, () =>
    store.command("INSERT INTO t SELECT number, 'a', 'b', 1 FROM numbers(1000000000000)"),
  );
}

function closeDuringStream(store) {
  return closeDuring(store, () => store.insertStream("t", "TabSeparated", endlessPieces()));
}

function openTwice() {
  const again = spawnSync(process.execPath, [process.argv[1], sources, dir, "stream"], { encoding: "utf8" });
  return { refused: Number(again.status !== 0 && again.stderr.includes("Is another process using this workspace?")) };
}

/** A file of 32 MB is cut to its beginning while the engine reads it, a block each few milliseconds. */
async function cutFile(store) {
  const path = `${dir}.csv`;
  writeFileSync(path, "0123456789abcde\n".repeat(2e6));
  await store.command("CREATE TABLE texts (text String) ENGINE = MergeTree ORDER BY text");
  const loading = store.loadFile({
    into: "texts",
    select: (source) => `SELECT text FROM ${source} WHERE sleep(0.01) = 0`,
    path,
    format: "CSV",
    structure: "text String",
    settings: { max_block_size: 20_000 },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  truncateSync(path, 1_000_000);
  await loading.catch(() => undefined);
  const [{ rows }] = await store.query("SELECT toFloat64(count()) AS rows FROM texts");
  rmSync(path);
  return { rows };
}

const TASKS = {
  "cut-file": cutFile,
  stream: streamRows,
  insert: insertRows,
  "close-insert": closeDuringInsert,
  "close-stream": closeDuringStream,
  share: openTwice,
};
const store = await openEmbeddedEventStore({ dir });
const report = await TASKS[task](store);
await store.close();
process.stdout.write(JSON.stringify(report));
