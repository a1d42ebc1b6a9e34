/** Malformed tables of text: shapes, values, encodings. What becomes of each kind is said in docs/malformed-input.md, too. */
import type { MalformedInput } from "./malformed-input.ts";

const HEAD = "customer,event,timestamp";
const MAPPING =
  "recipe: shop\nevents:\n  - { touchpoint: { column: event }, time: timestamp, customer: customer, value: { column: value, optional: true } }\n";
const table = (...rows: readonly string[]) => `${[HEAD, ...rows].join("\n")}\n`;
const GOOD = ["ann,View,2024-01-01", "bob,Buy,2024-01-02"];
const [ANN, BOB] = ["ann View 2024-01-01 00:00:00", "bob Buy 2024-01-02 00:00:00"];
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
/** Lines of a table's records, from 2, that are rejected for one reason. */
const reject = (reason: string, from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${from + at} ${reason}`);
/** Of 1,001 kB: 1 MB is what a field may hold. */
const LONG = "i".repeat(1_001_000);

const BAD_TIMES = [
  ...["0000-00-00", "0000-00-00 00:00:00", "9999-12-31", "2024-01-32", "2024-13-01", "2023-02-29", "0", "-1"],
  ...["2024-01-01T25:00:00", "2024-01-01 10:61", "2024-01-01 24:30", "2024-01-01T00:00:00+99:00", "1899-12-31", "null"],
];
const GOOD_TIMES: Readonly<Record<string, string>> = {
  "1704067200": "2024-01-01 00:00:00",
  "1704067200000": "2024-01-01 00:00:00",
  "1704067200000000": "2024-01-01 00:00:00",
  "2024-01-01 24:00:00": "2024-01-02 00:00:00",
  "2024-01-01T23:59:60Z": "2024-01-02 00:00:00",
  "1969-12-31": "1969-12-31 00:00:00",
};
const BAD_NUMBERS = ["1e999", "1e308", "NaN", "inf", '"1.234,56"', "\u22125", "0x10", "1_000", "12abc"];
const NOBODY = ["null", "0", "undefined", "NaN", "[object Object]", "-1", ""];

export const SHAPES: readonly MalformedInput[] = [
  {
    kind: "empty file",
    files: { "a.csv": "" },
    outcome: { refused: /^a\.csv is empty \(0 bytes\)\. Export it again\.$/u },
  },
  {
    kind: "whitespace only",
    files: { "a.csv": " \n\t\n\r\n" },
    outcome: { refused: /^a\.csv holds nothing but blanks\. Export it/u },
  },
  {
    kind: "header only",
    files: { "a.csv": table() },
    outcome: { refused: /^a\.csv has column names but not a single record\. Did/u },
  },
  {
    kind: "10,000 columns",
    files: { "a.csv": `${Array.from({ length: 10_000 }, (_, at) => `c${at}`)}\n${Array(10_000).fill(1)}\n` },
    outcome: { refused: /^a\.csv has 10000 columns; at most 2000 can be read\. Export only/u },
  },
  {
    kind: "header of numbers",
    files: { "a.csv": "1,2,3\nann,View,2024-01-01\nbob,Buy,2024-01-02\n" },
    outcome: { refused: /^a\.csv does not tell by itself how to read it: .*waymark import FILE --mapping/u },
  },
  {
    kind: "quote never closed",
    files: { "a.csv": table(GOOD[0] as string, 'bob,"Buy,2024-01-02', "cid,View,2024-01-03") },
    outcome: { refused: /^a\.csv, line 3: a quote is opened and never closed.* Close it there/u },
  },
  {
    kind: "text behind a closing quote",
    files: { "a.csv": table(GOOD[0] as string, 'bob,"Buy"now,2024-01-02', "cid,View,2024-01-03") },
    outcome: {
      refused: /^a\.csv, line 3: the quote that opens here ends in the middle of the field.* Correct the line/u,
    },
  },
  {
    kind: "too few or too many fields",
    files: { "a.csv": table(...GOOD, "cid,View", "", "dan,View,2024-01-03,more", 'eve,5" screen,2024-01-04') },
    outcome: {
      events: [ANN, BOB, 'eve 5" screen 2024-01-04 00:00:00'],
      rejected: ["4 : the record has fewer fields than the header", "6 : the record has more fields than the header"],
      skipped: { "blank line": 1 },
    },
  },
  {
    kind: "mixed line ends",
    files: { "a.csv": `${HEAD}\r\nann,View,2024-01-01\rbob,Buy,2024-01-02\ncid,"a\rb",2024-01-03\r\ndan,View\r` },
    outcome: {
      events: [ANN, BOB, "cid a\rb 2024-01-03 00:00:00"],
      rejected: ["5 : the record has fewer fields than the header"],
    },
  },
  {
    kind: "duplicate and empty column names",
    files: { "a.csv": "customer,event,timestamp,event,\nann,View,2024-01-01,x,y\nbob,Buy,2024-01-02,x,y\n" },
    outcome: { events: [ANN, BOB] },
  },
];

export const VALUES: readonly MalformedInput[] = [
  {
    kind: "times that are none, or mean never",
    mapping: MAPPING,
    files: { "a.csv": table(...[...BAD_TIMES, ...Object.keys(GOOD_TIMES), ""].map((time) => `ann,View,${time}`)) },
    outcome: {
      events: Object.values(GOOD_TIMES).map((time) => `ann View ${time}`),
      rejected: [
        ...reject("time: the time cannot be read", 2, BAD_TIMES.length),
        `${2 + BAD_TIMES.length + Object.keys(GOOD_TIMES).length} time: the time is empty`,
      ],
    },
  },
  {
    kind: "numbers that are none",
    mapping: MAPPING,
    files: {
      "a.csv": `${HEAD},value\n${[...BAD_NUMBERS, "-0", ""].map((value) => `ann,View,2024-01-01,${value}\n`).join("")}`,
    },
    outcome: { events: [ANN, ANN], rejected: reject("value: the value is not a number", 2, BAD_NUMBERS.length) },
  },
  {
    kind: "ids that mean nobody",
    mapping: MAPPING,
    files: { "a.csv": table(...NOBODY.map((id) => `${id},View,2024-01-01`), ...GOOD) },
    outcome: {
      events: [ANN, BOB],
      rejected: reject("customer: neither a customer nor an object is named", 2, NOBODY.length),
    },
  },
  {
    kind: "an id or a name of more than 1 MB",
    mapping: MAPPING,
    files: { "a.csv": table(...GOOD, `${LONG},View,2024-01-01`, `ann,${LONG},2024-01-01`) },
    outcome: { events: [ANN, BOB], rejected: reject(": a field holds more than 1 MB", 4, 2) },
  },
  {
    kind: "formulas and control characters",
    mapping: MAPPING,
    files: {
      "a.csv": table(
        `=cmd|'/c calc'!A1,@SUM(1),2024-01-01`,
        "a\u001b[31m\u0007,b\u202ec,2024-01-01",
        "=1+1,-2+3,never",
      ),
    },
    outcome: {
      events: ["=cmd|'/c calc'!A1 @SUM(1) 2024-01-01 00:00:00", "a\u001b[31m\u0007 b\u202ec 2024-01-01 00:00:00"],
      rejected: ["4 time: the time cannot be read"],
      rejectsFile: /,'=1\+1,'-2\+3,never,/u,
    },
  },
];

export const ENCODINGS: readonly MalformedInput[] = [
  {
    kind: "zero bytes",
    files: { "a.csv": table(GOOD[0] as string, "b\0b,Buy,2024-01-02") },
    outcome: { refused: /^a\.csv, line 3: a zero byte, which no text holds\. If it is text, export it again/u },
  },
  {
    kind: "zero bytes only",
    files: { "a.csv": Buffer.alloc(5_000) },
    outcome: { refused: /^a\.csv, line 1: a zero byte/u },
  },
  {
    kind: "zero characters in UTF-16",
    files: { "a.csv": utf16(table("a\0n,View,2024-01-01")) },
    outcome: { refused: /^a\.csv, line 2: a zero byte/u },
  },
  {
    kind: "UTF-16 cut inside a character",
    files: { "a.csv": utf16(table(...GOOD)).subarray(0, -1) },
    outcome: {
      refused: /^a\.csv, line 3: it is written in utf-16le and ends in the middle of a character\. It was cut off/u,
    },
  },
  {
    kind: "UTF-16 without byte-order mark, with half a surrogate pair",
    files: { "a.csv": Buffer.from(table(...GOOD, "c\ud800d,View,2024-01-03"), "utf16le") },
    outcome: { events: [ANN, BOB, "c\ufffdd View 2024-01-03 00:00:00"], note: /written in utf-16le and was read so/u },
  },
  {
    kind: "Latin-1 instead of UTF-8",
    files: { "a.csv": Buffer.from(table("J\u00f6rg,View,2024-01-01"), "latin1") },
    outcome: { events: ["J\u00f6rg View 2024-01-01 00:00:00"], note: /not UTF-8; it was read as Windows-1252/u },
  },
  {
    kind: "damaged UTF-8, byte-order mark twice",
    files: {
      "a.csv": Buffer.concat([
        Buffer.from(`\ufeff\ufeff${table("J\u00f6rg,View,2024-01-01")}a`),
        Buffer.from([0xff]),
        Buffer.from("b,View,2024-01-01\n"),
      ]),
    },
    outcome: {
      events: ["J\u00f6rg View 2024-01-01 00:00:00", "a\ufffdb View 2024-01-01 00:00:00"],
      note: /UTF-8 with damaged places; each became/u,
    },
  },
  {
    kind: "byte-order mark only",
    files: { "a.csv": "\ufeff" },
    outcome: { refused: /^a\.csv holds nothing but blanks/u },
  },
];
