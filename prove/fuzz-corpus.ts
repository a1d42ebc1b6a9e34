/**
 * Real files to damage: the beginnings of real exports where their folder is there, and the small exports of test/recipes.
 * They are cut short, so that a hundred thousand inputs take minutes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { hasRealData, REAL_DATA } from "../test/real-data.ts";
import { stripeCharges, stripePaymentsCsv, wooOrders } from "../test/recipes/shop-exports.ts";
import {
  amplitudeExport,
  ga4Export,
  mixpanelExport,
  posthogCsv,
  posthogLines,
  segmentCalls,
} from "../test/recipes/tracker-exports.ts";

export interface Corpus {
  readonly tables: readonly Buffer[];
  readonly json: readonly Buffer[];
  readonly lines: readonly Buffer[];
  readonly xes: readonly Buffer[];
  readonly ocel: readonly Buffer[];
  /** Whole files; empty without real data. */
  readonly sqlite: readonly Buffer[];
  /** What stands at a Parquet file's end, and its first four bytes; empty without real data. */
  readonly parquetEnds: readonly Buffer[];
}

const MAX_HEAD = 8_000;
const MAX_LINES = 60;

/** The beginning of a file, gzipped or not: so many bytes at the most. */
function readHead(path: string, bytes = 256 * 1024): Buffer {
  const start = readFileSync(path).subarray(0, bytes);
  // Cut off in its middle on purpose: what could be unpacked is enough.
  return path.endsWith(".gz") ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
}

function firstLines(bytes: Buffer): Buffer {
  let end = 0;
  for (let line = 0; line < MAX_LINES; line++) {
    const next = bytes.indexOf(0x0a, end) + 1;
    if (next === 0 || next > MAX_HEAD) break;
    end = next;
  }
  return bytes.subarray(0, end || MAX_HEAD);
}

function firstTraces(text: string): string {
  const end = text.split("</trace>", 3).join("</trace>").length;
  return `${text.slice(0, end)}</trace>\n</log>\n`;
}

function firstEvents(text: string): string {
  const log = JSON.parse(text) as Record<string, object>;
  const cut = Object.entries(log).map(([key, value]) => {
    const few = Object.entries(value).slice(0, 12);
    return [key, Array.isArray(value) ? value.slice(0, 12) : Object.fromEntries(few)] as const;
  });
  return JSON.stringify(Object.fromEntries(cut), null, 2);
}

/** The footer as a file of its own: all that the reader of the shape looks at. */
function endOfParquet(file: Buffer): Buffer {
  const length = file.readUInt32LE(file.length - 8);
  return Buffer.concat([file.subarray(0, 4), file.subarray(file.length - 8 - length)]);
}

function listRealFiles(): string[] {
  if (!hasRealData) return [];
  const names = readdirSync(REAL_DATA, { recursive: true, encoding: "utf8" });
  return names.sort().map((name) => join(REAL_DATA, name));
}

export function readCorpus(): Corpus {
  const files = listRealFiles();
  const ending = (pattern: RegExp) => files.filter((path) => pattern.test(path));
  const made = (texts: readonly string[]) => texts.map((text) => Buffer.from(text));
  return {
    tables: [
      ...made([posthogCsv(), stripePaymentsCsv()]),
      ...ending(/\.(?:csv|txt|csv\.gz)$/u).map((path) => firstLines(readHead(path))),
    ],
    json: made([wooOrders(), stripeCharges(), wooOrders({ paid: 103 })]),
    lines: made([posthogLines(), segmentCalls(), mixpanelExport(), amplitudeExport(), ga4Export()]),
    xes: made(ending(/\.xes\.gz$/u).map((path) => firstTraces(readHead(path).toString("utf8")))),
    ocel: made(ending(/\.jsonocel$/u).map((path) => firstEvents(readFileSync(path, "utf8")))),
    sqlite: ending(/\.sqlite$/u).map((path) => readFileSync(path)),
    parquetEnds: ending(/\.parquet$/u).map((path) => endOfParquet(readFileSync(path))),
  };
}
