/**
 * Inputs that fast-check makes up: tables, JSON, event logs, workbooks and mappings whose right reading is known,
 * filled with what people, programs and attackers write into fields.
 */
import * as fc from "fast-check";
import { workbookBytes } from "../test/workbook-bytes.ts";

/** One value of an arbitrary, always the same for a seed. */
export function draw<Value>(arbitrary: fc.Arbitrary<Value>, seed: number): Value {
  return (fc.sample(arbitrary, { seed, numRuns: 1 }) as [Value])[0];
}

const NASTY = [
  ...[
    "",
    " ",
    '"',
    "a,b",
    "x;y",
    "tab\there",
    'say "hi"',
    "two\nlines",
    "back\\slash",
    "\\N",
    "NULL",
    "null",
    "0",
    "-1",
  ],
  ...[
    "=1+1",
    "@cmd",
    "'; DROP TABLE raw; --",
    "{a:String}",
    "é",
    "日本語",
    "\u{1f600}",
    "\u00a0",
    "1e400",
    "[object Object]",
  ],
  ...[
    "true",
    "__proto__",
    "2024-01-01",
    "12:00",
    "1,234.56",
    "1.234,56",
    "€ 5",
    "100%",
    "<b>&amp;</b>",
    "\ufeff",
    "a|b",
  ],
];

/** Text that any format can carry: no zero, no control characters but tab and line end, no half characters. */
export const cellText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replace(/\p{Cc}/gu, "")) },
);

const GOOD_TIME = fc
  .date({ min: new Date("2001-01-01T00:00:00Z"), max: new Date("2037-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19).replace("T", " "));
const BAD_TIME = fc.constantFrom(
  "",
  "soon",
  "2024-13-45 10:00:00",
  "0000-00-00 00:00:00",
  "25:61",
  "null",
  "12/99/2024",
);

/** One record of a log; `good` says whether it must become an event. */
export interface MadeRecord {
  readonly cells: readonly [customer: string, event: string, time: string, note: string];
  readonly good: boolean;
}

export const HEAD = ["customer", "event", "timestamp", "note"] as const;

export const records: fc.Arbitrary<readonly MadeRecord[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom("u1", "u2", "u3", "ada@example.com", "4711"),
      fc.constantFrom("View", "Order Placed", "Add; to cart", 'Say "yes"', "Größe"),
      fc.oneof(
        { weight: 9, arbitrary: GOOD_TIME.map((time) => [time, true] as const) },
        { weight: 1, arbitrary: BAD_TIME.map((time) => [time, false] as const) },
      ),
      cellText,
    )
    .map(([customer, event, [time, good], note]): MadeRecord => ({ cells: [customer, event, time, note], good })),
  { minLength: 3, maxLength: 25 },
);

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** Delimited text, every field in quotes: whatever stands in it, it can be read in one way only. */
export function writeDelimited(rows: readonly MadeRecord[], delimiter: string, end: string): string {
  return [HEAD, ...rows.map(({ cells }) => cells)].map((row) => row.map(quote).join(delimiter) + end).join("");
}

/** Like records, but as objects with more keys of any value. */
export const jsonRecords: fc.Arbitrary<readonly Readonly<Record<string, unknown>>[]> = fc.array(
  fc
    .tuple(
      records.map((rows) => rows[0] as MadeRecord),
      fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }),
    )
    .map(
      ([
        {
          cells: [customer, event, timestamp, note],
        },
        rest,
      ]) => ({ ...rest, customer, event, timestamp, note }),
    ),
  { minLength: 1, maxLength: 12 },
);

const escapeXml = (text: string) =>
  text
    .replace(/[<&>"'\n\r\t]/gu, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

/** A log of one event a record, in traces of a few. */
export function writeXes(rows: readonly MadeRecord[]): string {
  const events = rows.map(
    ({ cells: [customer, event, time, note] }) =>
      `<event><string key="concept:name" value="${escapeXml(event)}"/><string key="customer" value="${escapeXml(customer)}"/>` +
      `<date key="time:timestamp" value="${escapeXml(time.replace(" ", "T"))}"/><string key="note" value="${escapeXml(note)}"/></event>\n`,
  );
  const traces: string[] = [];
  for (let at = 0; at < events.length; at += 4)
    traces.push(
      `<trace><string key="concept:name" value="case ${at}"/>\n${events.slice(at, at + 4).join("")}</trace>\n`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n${traces.join("")}</log>\n`;
}

/** The inside of a sheet's rows: inline texts, numbers and dates. */
export function writeSheet(rows: readonly MadeRecord[]): string {
  return [HEAD, ...rows.map(({ cells }) => cells)]
    .map(
      (cells) =>
        `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`).join("")}</row>\n`,
    )
    .join("");
}

export function writeWorkbook(rows: readonly MadeRecord[]): Buffer {
  return workbookBytes({
    sheets: { Notes: "", Events: writeSheet(rows) },
    formats: ["yyyy-mm-dd"],
    strings: ["<t>x</t>"],
  });
}

/** OCEL 2.0, or 1 when `old`. */
export function writeOcel(rows: readonly MadeRecord[], old: boolean): string {
  if (old)
    return JSON.stringify({
      "ocel:global-log": { "ocel:version": "1.0" },
      "ocel:events": Object.fromEntries(
        rows.map(({ cells: [customer, event, time, note] }, at) => [
          `e${at}`,
          { "ocel:activity": event, "ocel:timestamp": time, "ocel:omap": [customer, "o1"], "ocel:vmap": { note } },
        ]),
      ),
      "ocel:objects": { o1: { "ocel:type": "Order", "ocel:ovmap": {} }, u1: { "ocel:type": "customer" } },
    });
  return JSON.stringify({
    objectTypes: [{ name: "Order", attributes: [] }],
    eventTypes: [],
    objects: [
      { id: "o1", type: "Order" },
      { id: "u1", type: "customer" },
    ],
    events: rows.map(({ cells: [customer, event, time, note] }, at) => ({
      ...{ id: `e${at}`, type: event, time, attributes: [{ name: "note", value: note }] },
      relationships: [{ objectId: customer, qualifier: "who" }, { objectId: "o1" }],
    })),
  });
}

const GOOD_COLUMN = fc.constantFrom("event", "customer", "timestamp", "note");
const COLUMN = oftenGood(
  fc.oneof(GOOD_COLUMN, fc.constant('col."note"')),
  fc.constantFrom('col."a b"', "missing", "prop.x", "e.note", "note.*"),
);
const LITERAL = fc.oneof(
  cellText.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    "0",
    "1",
    "-3",
    "1e300",
    "0.5",
    "99999999999999999999",
    '"x\' OR 1=1 --"',
    '"\\\\"',
    "'single'",
    "2024-01-01",
  ),
);
const CALLED = [
  ...["lower", "upper", "trim", "text", "number", "length", "concat", "replace", "substring", "startswith", "endswith"],
  ...["contains", "matches", "extract", "coalesce", "if", "abs", "floor", "round", "json", "list", "entry", "total"],
  ...[
    "date",
    "time",
    "endofday",
    "days",
    "hours",
    "addhours",
    "record",
    "sum",
    "min",
    "first",
    "count",
    "file",
    "sleep",
  ],
];

/** Text in the grammar of expressions, right or nearly so. */
export const expression: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    COLUMN,
    LITERAL,
    fc
      .tuple(
        tie("tree"),
        fc.constantFrom("+", "-", "*", "/", "=", "!=", "<", ">=", "and", "or", "in", "contains", "~", "is"),
        tie("tree"),
      )
      .map((parts) => parts.join(" ")),
    fc
      .tuple(fc.constantFrom(...CALLED), fc.array(tie("tree"), { maxLength: 4 }))
      .map(([name, args]) => `${name}(${args.join(", ")})`),
    tie("tree").map((tree) => `(${tree})`),
    tie("tree").map((tree) => `not ${tree}`),
    tie("tree").map((tree) => `${tree} is not empty`),
  ),
})).tree;

/** Nine times in ten what is right: a mapping with one fault gets further than one with five. */
function oftenGood<Good, Bad>(good: fc.Arbitrary<Good>, bad: fc.Arbitrary<Bad>): fc.Arbitrary<Good | Bad> {
  return fc.oneof({ weight: 9, arbitrary: good as fc.Arbitrary<Good | Bad> }, { weight: 1, arbitrary: bad });
}

const source = oftenGood(
  fc.oneof(
    GOOD_COLUMN,
    GOOD_COLUMN.map((column) => ({ column })),
    cellText.map((literal) => ({ literal })),
    expression.map((text) => ({ expression: text })),
  ),
  fc.oneof(COLUMN, fc.jsonValue({ maxDepth: 2 })),
);
const wild = fc.jsonValue({ maxDepth: 2 });
const word = fc.constantFrom("order", "case", "a-b", "x1");

/** A mapping as an object: most of it right, some of it nothing that a mapping knows. */
export const mapping = fc
  .record(
    {
      touchpoint: source,
      time: oftenGood(fc.constant("timestamp"), source),
      customer: source,
      timeFormat: oftenGood(
        fc.constantFrom("auto", "d/M/yyyy", "epoch-ms"),
        fc.constantFrom("yyyy-MM-dd'T'HH", "%%", ""),
      ),
      zone: oftenGood(fc.constantFrom("UTC", "Europe/Berlin"), fc.constantFrom("Mars/Base", "'; --")),
      when: oftenGood(expression, wild),
      value: source,
      currency: source,
      objects: oftenGood(fc.dictionary(word, source, { maxKeys: 3 }), wild),
      properties: oftenGood(fc.constantFrom("rest", ["note"], ["rest", "note"]), wild),
      group: oftenGood(fc.record({ by: GOOD_COLUMN, value: expression.map((text) => `sum(${text})`) }), wild),
      key: oftenGood(GOOD_COLUMN, wild),
    },
    { requiredKeys: ["touchpoint", "time", "customer"] },
  )
  .chain((rule) =>
    fc.record(
      {
        recipe: oftenGood(fc.constant("fuzz"), cellText),
        events: fc.constant([rule]),
        set: oftenGood(fc.dictionary(fc.constantFrom("a", "b"), expression, { maxKeys: 2 }), wild),
        skip: oftenGood(fc.array(fc.record({ when: expression, reason: cellText }), { maxLength: 2 }), wild),
        files: oftenGood(fc.constant({ log: { match: "*.csv" } }), wild),
        pii: oftenGood(fc.constant({ note: "hash" }), wild),
        touchpoints: oftenGood(fc.constant({ View: { stage: "evaluation" } }), wild),
      },
      { requiredKeys: ["recipe", "events"] },
    ),
  );

export const timeTexts = fc.array(
  fc.oneof(
    GOOD_TIME,
    BAD_TIME,
    cellText,
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }).map(String),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    fc.tuple(fc.nat(40), fc.nat(40), fc.nat(10_000)).map((parts) => parts.join("/")),
    fc.stringMatching(/^[0-9TZ:/. +-]{1,30}$/u),
  ),
  { minLength: 1, maxLength: 40 },
);

export const numberTexts = fc.array(
  fc.oneof(
    cellText,
    fc.double().map(String),
    fc.integer().map((value) => value.toLocaleString("en-US")),
    fc.integer().map((value) => `€ ${value.toLocaleString("de-DE")}`),
    fc.stringMatching(/^[0-9.,eE+$€% -]{1,40}$/u),
  ),
  { maxLength: 40 },
);

/** JSON text of any value, not only of records. */
export const anyJson = fc.json({ maxDepth: 6 });
