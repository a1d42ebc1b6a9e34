/**
 * The same kind of events in the forms that imports read, large enough to be interrupted on the way.
 * Every hundredth record has no time and is rejected, except in the object-centric log.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sqliteBytes } from "../../test/sqlite-bytes.ts";
import { workbookBytes } from "../../test/workbook-bytes.ts";
import { zipBytes } from "../../test/zip-bytes.ts";

const HEADER = ["customer", "event", "timestamp", "note"] as const;

/** Seconds from 2023-11-14; distinct for each row. */
const timeOf = (at: number): string => new Date((1_700_000_000 + at) * 1000).toISOString().slice(0, 19);

type Row = readonly [customer: string, event: string, time: string, note: string];

function makeRows(name: string, count: number): Row[] {
  return Array.from({ length: count }, (_, at) => [
    `${name}-${at % Math.ceil(count / 9)}`,
    at % 3 === 0 ? "Buy" : "View",
    at % 100 === 99 ? "never" : timeOf(at),
    `${(at * 7_919) % 1_000_003}`,
  ]);
}

function csvText(rows: readonly Row[], mend = false): string {
  const lines = rows.map((row, at) => (mend && row[2] === "never" ? row.with(2, timeOf(at)) : row).join(","));
  return `${HEADER.join(",")}\n${lines.join("\n")}\n`;
}

function workbook(rows: readonly Row[]): Buffer {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = [HEADER, ...rows].map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  return workbookBytes({ sheets: { Export: sheet } });
}

function ocel(count: number): Buffer {
  const ids = Array.from({ length: count }, (_, at) => at);
  return sqliteBytes([
    { name: "event", columns: "ocel_id TEXT, ocel_type TEXT", rows: ids.map((at) => [`e${at}`, "pay"]) },
    { name: "object", columns: "ocel_id TEXT, ocel_type TEXT", rows: ids.map((at) => [`o${at}`, "customer"]) },
    { name: "event_map_type", columns: "ocel_type TEXT, ocel_type_map TEXT", rows: [["pay", "pay"]] },
    {
      name: "event_object",
      columns: "ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT",
      rows: ids.map((at) => [`e${at}`, `o${at % 900}`, ""]),
    },
    {
      name: "event_pay",
      columns: "ocel_id TEXT, ocel_time TIMESTAMP",
      rows: ids.map((at) => [`e${at}`, timeOf(at).replace("T", " ")]),
    },
  ]);
}

const mapping = (touchpoint: string) =>
  `recipe: kept\nevents:\n  - { touchpoint: ${touchpoint}, time: timestamp, customer: customer }\n`;

export interface Sources {
  readonly rows: number;
  /** Events that a table brings in, and records that it rejects. */
  readonly good: number;
  readonly bad: number;
  path(name: string): string;
}

export function writeSources(folder: string, rows: number): Sources {
  mkdirSync(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const bad = Math.floor(rows / 100);
  const files: Readonly<Record<string, string | Buffer>> = {
    "first.csv": csvText(makeRows("first", 1_000)),
    "log.csv": csvText(makeRows("c", rows)),
    "log.zip": zipBytes([{ path: "export/log.csv", content: csvText(makeRows("z", rows)) }]),
    "log.xlsx": workbook(makeRows("x", rows)),
    "log.sqlite": ocel(rows),
    "by-event.yaml": mapping("{ column: event }"),
    "by-note.yaml": mapping("Noted"),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path(name), content);
  return { rows, good: rows - bad, bad, path };
}
