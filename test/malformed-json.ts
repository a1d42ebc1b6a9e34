/** Malformed JSON: whole files that are refused, and lines that are rejected among good ones. */
import type { MalformedInput } from "./malformed-input.ts";

const record = (customer: unknown) => JSON.stringify({ customer, event: "View", timestamp: "2024-01-01" });
const ANN = "ann View 2024-01-01 00:00:00";
const BROKEN = ": the line is no JSON object";
const MAPPING =
  "recipe: shop\nevents:\n  - { touchpoint: { column: event }, time: timestamp, customer: { column: customer, optional: true } }\n";
const deep = (depth: number) => `{"customer":"ann","x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
/** The last line is cut, as an export that was stopped leaves it. */
const LINES = [
  ...["", record("ann"), "  ", "{oops}", "[1]", "5", deep(10_000), deep(1_000_000)],
  ...['{"customer":"a\\ud800b"}', '{"customer":1e999}', record("bob").slice(0, 20)],
];

export const JSON_KINDS: readonly MalformedInput[] = [
  ...["1", '"text"', "null", "[]", "[1,2,3]", "[[1,2],[3,4]]"].map((text) => ({
    kind: "JSON without records",
    files: { "a.json": text },
    outcome: { refused: /^a\.json is JSON without any record: export an array of objects, or one object a line\.$/u },
  })),
  {
    kind: "JSON objects without keys",
    files: { "a.json": "{}" },
    outcome: { refused: /^a\.json holds JSON objects without any key/u },
  },
  {
    kind: "JSON cut off",
    files: { "a.json": `[${record("ann")},\n${record("bob").slice(0, 20)}` },
    outcome: { refused: /^a\.json, line 2: record 2 is never closed\. Correct it there, or export/u },
  },
  {
    kind: "JSON array of objects and other things",
    files: { "a.json": `[${record("ann")},\n1,null]` },
    outcome: { refused: /^a\.json, line 2: a record \{ … \} was expected, and «1» stands there\. Correct/u },
  },
  {
    kind: "JSON record with a comma too many",
    files: { "a.json": `[${record("ann")},\n{"customer":"x",}]` },
    outcome: { refused: /^a\.json, record 2: this is not valid JSON .* Correct it/u },
  },
  ...[10_000, 1_000_000].map((depth) => ({
    kind: "JSON nested 10,000 deep",
    files: { "a.json": `[${record("ann")},\n${deep(depth)}]` },
    outcome: { refused: /^a\.json, line 2: a record is nested more than 100 deep\. Correct/u },
  })),
  {
    kind: "JSON array with a comma too many, and values of other types",
    mapping: MAPPING,
    files: { "a.json": `[${[record("ann"), record(5), record(["a"]), record(null), record(0)]},]` },
    outcome: {
      events: [ANN, "5 View 2024-01-01 00:00:00", '["a"] View 2024-01-01 00:00:00'],
      rejected: [4, 5].map((line) => `${line} customer: neither a customer nor an object is named`),
    },
  },
  {
    kind: "broken JSON lines among good ones",
    mapping: MAPPING,
    files: { "a.jsonl": [record("ann"), record("ann"), record("ann"), record("ann"), ...LINES].join("\n") },
    outcome: {
      events: [ANN, ANN, ANN, ANN, ANN],
      rejected: [8, 9, 10, 11, 12, 13, 14, 15].map((line) => `${line} ${BROKEN}`),
      skipped: { "blank line": 2 },
    },
  },
  {
    kind: "JSON with keys twice or called __proto__",
    files: {
      "a.jsonl": `{"customer":"ann","customer":"two","event":"View","timestamp":"2024-01-01","__proto__":{"x":1},"constructor":"c"}\n`,
    },
    outcome: { events: [ANN] },
  },
];
