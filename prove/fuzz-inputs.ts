/**
 * One input of a reader for each seed: made up, or a real file's beginning, and then most often damaged.
 * What must come out of it is said where it is known: of those that were left whole.
 */
import { gzipSync } from "node:zlib";
import { sqliteBytes } from "../test/sqlite-bytes.ts";
import { type ZippedFile, zipBytes } from "../test/zip-bytes.ts";
import type { Corpus } from "./fuzz-corpus.ts";
import {
  anyJson,
  draw,
  HEAD,
  jsonRecords,
  type MadeRecord,
  records,
  writeDelimited,
  writeOcel,
  writeSheet,
  writeWorkbook,
  writeXes,
} from "./fuzz-generate.ts";
import { type Dice, mutateBytes, mutateText, openDice } from "./fuzz-mutate.ts";

export interface FuzzInput {
  /** The file's name. */
  readonly name: string;
  readonly bytes: Buffer;
  /** The records that it holds for certain. */
  readonly records?: readonly MadeRecord[] | undefined;
  /** Only how many it holds. */
  readonly count?: number | undefined;
}

export type MakeInput = (seed: number, corpus: Corpus) => FuzzInput;

const WHOLE = 0.15;

/** Left as it is now and then; else damaged, and then nothing of it is certain. */
function damage(input: FuzzInput, dice: Dice, mutate: (bytes: Buffer, dice: Dice) => Buffer): FuzzInput {
  return dice.chance(WHOLE) ? input : { name: input.name, bytes: mutate(input.bytes, dice) };
}

/** Packed into gzip before or after the damage. */
function maybePacked(input: FuzzInput, dice: Dice): FuzzInput {
  if (dice.chance(0.9)) return damage(input, dice, mutateText);
  const packed = (whole: FuzzInput) => ({
    ...whole,
    name: `${whole.name}.gz`,
    bytes: gzipSync(whole.bytes, { level: 1 }),
  });
  return dice.chance(0.5) ? packed(damage(input, dice, mutateText)) : damage(packed(input), dice, mutateBytes);
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

export const makeTable: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  if (dice.chance(0.5)) return maybePacked({ name: "table.csv", bytes: dice.pick(corpus.tables) }, dice);
  const rows = draw(records, seed);
  const text = writeDelimited(rows, dice.pick(DELIMITERS), dice.pick(["\n", "\r\n"]));
  return maybePacked({ name: "table.csv", bytes: Buffer.from(text), records: rows }, dice);
};

/** Text as another program saves it, and whether every character of it survives that. */
function encode(text: string, dice: Dice): { bytes: Buffer; whole: boolean } {
  const wide = Buffer.from(`\ufeff${text}`, "utf16le");
  return dice.pick([
    () => ({ bytes: Buffer.from(`\ufeff${text}`), whole: true }),
    () => ({ bytes: wide, whole: true }),
    () => ({ bytes: Buffer.from(wide).swap16(), whole: true }),
    () => ({ bytes: Buffer.from(text, "latin1"), whole: false }),
    () => ({ bytes: Buffer.from(text.replaceAll(/\r?\n/gu, "\r")), whole: false }),
  ])();
}

export const makeEncoded: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  const rows = dice.chance(0.4) ? undefined : draw(records, seed);
  const real = () => dice.pick([...corpus.tables, ...corpus.lines]).toString("utf8");
  const { bytes, whole } = encode(rows ? writeDelimited(rows, dice.pick(DELIMITERS), "\r\n") : real(), dice);
  return maybePacked({ name: "encoded.txt", bytes, records: whole ? rows : undefined }, dice);
};

export const makeJson: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  if (dice.chance(0.35)) return maybePacked({ name: "array.json", bytes: dice.pick(corpus.json) }, dice);
  if (dice.chance(0.1)) return { name: "any.json", bytes: Buffer.from(draw(anyJson, seed)) };
  const list = draw(jsonRecords, seed);
  const indent = dice.pick([0, 2]);
  const text = dice.chance(0.5)
    ? JSON.stringify(list, null, indent)
    : JSON.stringify({ total: list.length, next: null, data: list, more: { a: [1] } }, null, indent);
  return maybePacked({ name: "array.json", bytes: Buffer.from(text), count: list.length }, dice);
};

export const makeLines: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  if (dice.chance(0.4)) return maybePacked({ name: "lines.jsonl", bytes: dice.pick(corpus.lines) }, dice);
  const list = draw(jsonRecords, seed);
  const end = dice.pick(["\n", "\r\n"]);
  const text = list.map((one) => JSON.stringify(one) + end).join("");
  return maybePacked({ name: "lines.jsonl", bytes: Buffer.from(text), count: list.length }, dice);
};

/** The archive as a whole is damaged, or one file in it before it is packed. */
function damageParts(name: string, parts: readonly ZippedFile[], dice: Dice): FuzzInput {
  if (dice.chance(0.35)) return { name, bytes: mutateBytes(zipBytes(parts), dice) };
  const at = dice.below(parts.length);
  const damaged = parts.map((part, position) =>
    position === at
      ? { ...part, content: mutateText(Buffer.from(part.content), dice), ...(dice.chance(0.1) && { stored: true }) }
      : part,
  );
  return { name, bytes: zipBytes(damaged) };
}

export const makeZip: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  const rows = draw(records, seed);
  const table = writeDelimited(rows, ",", "\n");
  const name = "packed.zip";
  if (dice.chance(WHOLE)) return { name, bytes: zipBytes([{ path: "a/table.csv", content: table }]), records: rows };
  const more: ZippedFile[] = [
    { path: "lines.jsonl", content: dice.pick(corpus.lines) },
    { path: "__MACOSX/._table.csv", content: "x" },
    {
      path: dice.pick(["../../etc/x.csv", "/abs.csv", "b\\c.csv", "table.csv", "é\u202e.csv", "in.zip"]),
      content: table,
    },
    { path: "deep.csv", content: table, crc: 1 },
    { path: "locked.csv", content: table, encrypted: true },
    { path: "odd.csv", content: table, method: dice.pick([1, 9, 12, 14, 99]) },
  ];
  return damageParts(name, [{ path: "table.csv", content: table }, ...more.filter(() => dice.chance(0.15))], dice);
};

export const makeWorkbook: MakeInput = (seed) => {
  const dice = openDice(seed);
  const rows = draw(records, seed);
  const name = "book.xlsx";
  if (dice.chance(WHOLE)) return { name, bytes: writeWorkbook(rows), count: rows.length };
  if (dice.chance(0.35)) return { name, bytes: mutateBytes(writeWorkbook(rows), dice) };
  const xml = (content: string) => `<?xml version="1.0"?>\n${content}`;
  const parts: ZippedFile[] = [
    {
      path: "xl/workbook.xml",
      content: xml(
        '<workbook><workbookPr date1904="0"/><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
    },
    {
      path: "xl/_rels/workbook.xml.rels",
      content: xml('<Relationships><Relationship Id="rId1" Target="worksheets/s.xml"/></Relationships>'),
    },
    {
      path: "xl/styles.xml",
      content: xml(
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d/m/yy h:mm"/></numFmts><cellXfs><xf numFmtId="0"/>\n<xf numFmtId="170"/></cellXfs></styleSheet>',
      ),
    },
    {
      path: "xl/sharedStrings.xml",
      content: xml(
        "<sst><si><t>customer</t></si>\n<si><t>event</t></si>\n<si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>",
      ),
    },
    {
      path: "xl/worksheets/s.xml",
      content: xml(
        `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>\n${writeSheet(rows)}<row><c r="C9" s="1"><v>45000.5</v></c>\n<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`,
      ),
    },
  ];
  return damageParts(name, parts, dice);
};

export const makeXes: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  if (dice.chance(0.3) && corpus.xes.length > 0)
    return maybePacked({ name: "log.xes", bytes: dice.pick(corpus.xes) }, dice);
  const rows = draw(records, seed);
  return maybePacked({ name: "log.xes", bytes: Buffer.from(writeXes(rows)), count: rows.length }, dice);
};

export const makeOcel: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  const name = "log.jsonocel";
  if (dice.chance(0.3) && corpus.ocel.length > 0) return maybePacked({ name, bytes: dice.pick(corpus.ocel) }, dice);
  const rows = draw(records, seed);
  return maybePacked({ name, bytes: Buffer.from(writeOcel(rows, dice.chance(0.5))), count: rows.length }, dice);
};

export const makeSqlite: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  const name = "log.sqlite";
  if (dice.chance(0.004) && corpus.sqlite.length > 0)
    return { name, bytes: mutateBytes(dice.pick(corpus.sqlite), dice) };
  const rows = draw(records, seed);
  const [note] = HEAD.slice(3);
  const tables = [
    {
      name: "event",
      columns: "ocel_id TEXT PRIMARY KEY, ocel_type TEXT",
      rows: rows.map((_, at) => [`e${at}`, "Act"]),
    },
    {
      name: "object",
      columns: "ocel_id TEXT, ocel_type TEXT",
      rows: [
        ["u1", "customer"],
        ["o1", "order"],
      ],
    },
    {
      name: "event_object",
      columns: "ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT",
      rows: rows.map((_, at) => [`e${at}`, "u1", ""]),
    },
    { name: "event_map_type", columns: "ocel_type TEXT, ocel_type_map TEXT", rows: [["Act", "Act"]] },
    {
      name: "event_Act",
      columns: `ocel_id TEXT, ocel_time TIMESTAMP, "${note}" TEXT`,
      rows: rows.map(({ cells: [, , time, text] }, at) => [
        `e${at}`,
        time,
        dice.chance(0.05) ? "long ".repeat(900) : text,
      ]),
    },
  ];
  const kept = tables.filter(() => dice.chance(0.98));
  const bytes = sqliteBytes(kept, dice.pick([2_048, 4_096, 16_384]));
  const whole = { name, bytes, count: kept.length === tables.length ? rows.length : undefined };
  return damage(whole, dice, mutateBytes);
};

/** A footer whose length is right again after the damage, so that its inside is reached. */
export const makeParquetEnd: MakeInput = (seed, corpus) => {
  const dice = openDice(seed);
  const name = "table.parquet";
  const end = dice.pick(corpus.parquetEnds);
  if (dice.chance(0.2)) return { name, bytes: mutateBytes(end, dice) };
  const footer = mutateBytes(end.subarray(4, -8), dice);
  const tail = Buffer.from("\0\0\0\0PAR1", "latin1");
  tail.writeUInt32LE(footer.length, 0);
  return { name, bytes: Buffer.concat([end.subarray(0, 4), footer, tail]) };
};
