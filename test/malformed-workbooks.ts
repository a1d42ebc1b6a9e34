/** Malformed and unusual workbooks: XLSX and what is taken for it. What becomes of them is asserted in malformed-formats.test.ts. */
import type { MalformedKind } from "./malformed-kind.ts";
import { workbookBytes } from "./workbook-bytes.ts";
import { type ZippedFile, zipBytes } from "./zip-bytes.ts";

const cell = (text: string | number, reference?: string) => {
  const place = reference === undefined ? "" : ` r="${reference}"`;
  return typeof text === "number"
    ? `<c${place}><v>${text}</v></c>`
    : `<c${place} t="inlineStr"><is><t>${text}</t></is></c>`;
};
const row = (...cells: readonly (string | number)[]) => `<row>${cells.map((one) => cell(one)).join("")}</row>`;
const HEAD = row("customer", "event", "timestamp");
const ROWS = HEAD + row("c1", "visit", "2024-01-01 10:00:00") + row("c2", "pay", "2024-01-02 10:00:00");
const sheet = (rows: string) => workbookBytes({ sheets: { Events: rows } });

const MAIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
const BOOK = '<workbook><sheets><sheet name="Events" sheetId="1" id="r1"/></sheets></workbook>';
const RELS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>';
/** A workbook of these parts alone. */
const parts = (given: Readonly<Record<string, string | Buffer>>, more: Partial<ZippedFile> = {}) =>
  zipBytes(Object.entries(given).map(([path, content]) => ({ path, content, ...more })));
const PARTS = {
  "xl/workbook.xml": BOOK,
  "xl/_rels/workbook.xml.rels": RELS,
  "xl/worksheets/sheet1.xml": `${MAIN}${ROWS}</sheetData></worksheet>`,
};

const workbook = (kind: string, content: () => Buffer, told: Partial<MalformedKind>): MalformedKind => ({
  kind: `XLSX: ${kind}`,
  file: "log.xlsx",
  content,
  ...told,
});

/** A compound file (MS-CFB) whose directory names these streams. */
function compoundFile(...streams: readonly string[]): Buffer {
  const bytes = Buffer.alloc(2_048);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  for (const [at, name] of streams.entries()) bytes.write(name, 1_024 + at * 128, "utf16le");
  return bytes;
}

/** An archive whose end claims a million entries. */
function manyEntries(): Buffer {
  const bytes = parts(PARTS);
  bytes.writeUInt16LE(0xfffe, bytes.length - 12);
  return bytes;
}

export const WORKBOOK_KINDS: readonly MalformedKind[] = [
  workbook("no sheet", () => workbookBytes({ sheets: {} }), {
    refused: /^log\.xlsx holds no table: no sheet has a header/u,
  }),
  workbook("an empty sheet", () => sheet(""), { refused: /holds no table/u }),
  workbook("a header only", () => sheet(HEAD), {
    refused: /holds no table: no sheet has a header and a row below it/u,
  }),
  workbook("a sheet that is missing", () => parts({ "xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELS }), {
    refused: /^log\.xlsx is a damaged workbook: its sheet «Events» \(xl\/worksheets\/sheet1\.xml\) is missing/u,
  }),
  workbook(
    "relations that lead outside",
    () =>
      parts({
        ...PARTS,
        "xl/_rels/workbook.xml.rels": RELS.replace("worksheets/sheet1.xml", "../../../../etc/passwd"),
      }),
    {
      refused: /its sheet «Events» \(etc\/passwd\) is missing/u,
    },
  ),
  workbook("shared texts that are missing", () => sheet(`${ROWS}<row><c r="A4" t="s"><v>0</v></c></row>`), {
    refused:
      /^log\.xlsx, sheet Events, cell A4: it refers to the shared text 0, and the workbook has 0\. It is damaged/u,
  }),
  workbook(
    "a shared text beyond the last",
    () =>
      workbookBytes({ sheets: { Events: `${ROWS}<row><c r="B4" t="s"><v>7</v></c></row>` }, strings: ["<t>a</t>"] }),
    {
      refused: /cell B4: it refers to the shared text 7, and the workbook has 1/u,
    },
  ),
  workbook("a shared text without a number", () => sheet(`${ROWS}<row><c t="s"><v>-1</v></c></row>`), {
    refused: /row 4: it refers to the shared text -1/u,
  }),
  workbook("broken XML in a sheet", () => sheet(ROWS.replace("</row>", "</rows>")), {
    refused: /^log\.xlsx, sheet Events, line 2, column \d+: the XML is broken: unexpected close tag/u,
  }),
  workbook("broken XML in the list of sheets", () => parts({ ...PARTS, "xl/workbook.xml": BOOK.slice(0, -20) }), {
    refused: /^log\.xlsx\/xl\/workbook\.xml, line 1, column \d+: the XML is broken: unclosed tag/u,
  }),
  workbook(
    "entities declared in a sheet",
    () =>
      parts({ ...PARTS, "xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${MAIN}` }),
    {
      refused: /it has a document type declaration, which is not accepted/u,
    },
  ),
  workbook("nested 1,000 deep", () => sheet("<row>".repeat(1_000)), { refused: /nested more than 100 deep/u }),
  workbook(
    "a number that is a date, counted from 1904",
    () =>
      workbookBytes({
        date1904: true,
        formats: ["yyyy-mm-dd"],
        sheets: {
          Events: `${HEAD}<row>${cell("c1")}${cell("visit")}<c s="1"><v>43830</v></c></row><row>${cell("c2")}${cell("pay")}<c s="1"><v>43831</v></c></row>`,
        },
      }),
    { events: [2, 0], told: /2024-01-01/u },
  ),
  workbook(
    "dates before and beyond the calendar",
    () =>
      workbookBytes({
        formats: ["yyyy-mm-dd"],
        sheets: {
          Events: `${ROWS}${row("c1", "visit", "2024-01-03 10:00:00").repeat(20)}${[-5, 2_958_466, 1e300].map((days) => `<row>${cell("c3")}${cell("pay")}<c s="1"><v>${days}</v></c></row>`).join("")}`,
        },
      }),
    { events: [22, 3], told: /the time cannot be read/u },
  ),
  workbook(
    "merged cells",
    () => sheet(`<sheetData>${ROWS}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>`),
    {
      events: [2, 0],
      told: /1 ranges of cells are merged: only the first cell of each has its value/u,
    },
  ),
  workbook(
    "formulas that failed",
    () => sheet(`${ROWS}<row>${cell("c3")}${cell("pay")}<c t="e"><f>A1</f><v>#REF!</v></c></row>`),
    {
      events: [2, 1],
      told: /1 cells hold a fault such as #N\/A, and count as empty/u,
    },
  ),
  workbook(
    "formulas that give what looks like one",
    () => sheet(`${ROWS}${row("=cmd|' /C calc'!A0", "+pay", "2024-01-03 10:00:00")}`),
    {
      events: [3, 0],
    },
  ),
  workbook(
    "an extent that lies",
    () =>
      parts({
        ...PARTS,
        "xl/worksheets/sheet1.xml": PARTS["xl/worksheets/sheet1.xml"].replace(
          "<sheetData>",
          '<dimension ref="A1:XFD1048576"/><sheetData>',
        ),
      }),
    {
      events: [2, 0],
    },
  ),
  workbook(
    "a last row far below",
    () =>
      sheet(
        `${ROWS}<row r="1048576">${cell("c3", "A1048576")}${cell("pay", "B1048576")}${cell("2024-01-03", "C1048576")}</row>`,
      ),
    {
      events: [3, 0],
    },
  ),
  workbook("a cell beyond the last column", () => sheet(`${ROWS}<row>${cell("x", "XFE4")}</row>`), {
    refused:
      /^log\.xlsx, sheet Events, cell XFE4: the sheet has more than 2000 columns\. Delete those that are no data/u,
  }),
  workbook("a cell in column AAAA", () => sheet(`${ROWS}<row>${cell("x", "AAAA4")}</row>`), {
    refused: /cell AAAA4: that is no place of a cell/u,
  }),
  workbook("a cell that is nowhere", () => sheet(`${ROWS}<row>${cell("x", "4$")}</row>`), {
    refused: /cell 4\$: that is no place of a cell/u,
  }),
  workbook("a cell twice", () => sheet(`${ROWS}<row>${cell("x", "A4")}${cell("y", "A4")}</row>`), {
    refused: /cell A4: the cell stands twice in its row/u,
  }),
  workbook(
    "several sheets, the first hidden",
    () => workbookBytes({ hidden: ["Old"], sheets: { Old: ROWS, Cover: row("Report"), Events: ROWS, More: ROWS } }),
    {
      events: [2, 0],
      told: /The sheet «Events» was read; «More» holds a table too, not read\. A mapping reads another one/u,
    },
  ),
  workbook("hidden sheets only", () => workbookBytes({ hidden: ["Events"], sheets: { Events: ROWS } }), {
    refused: /^log\.xlsx holds no table: .*«Events» is hidden: a mapping reads it when it names it/u,
  }),
  workbook("the text of a cell over 1 MiB", () => sheet(ROWS + row("x".repeat(1_100_000), "pay", "2024-01-03")), {
    refused: /holds a text of more than 1 MiB: that is no cell of a table/u,
  }),
  workbook(
    "one long text in every cell",
    () =>
      workbookBytes({
        sheets: { Events: ROWS + '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'.repeat(2_000) },
        strings: [`<t>${"x".repeat(50_000)}</t>`],
      }),
    { refused: /repeats a long text in so many records/u },
  ),
  workbook(
    "100,000 styles",
    () =>
      parts({
        ...PARTS,
        "xl/styles.xml": `<styleSheet><cellXfs>${'<xf numFmtId="0"/>'.repeat(100_000)}</cellXfs></styleSheet>`,
      }),
    {
      refused: /more than 65536 sheets, formats or styles/u,
    },
  ),
  workbook("more entries than an archive of its kind has", manyEntries, {
    refused: /holds 65534 entries; at most 10000 are read/u,
  }),
  workbook("a bomb", () => parts({ ...PARTS, "xl/sharedStrings.xml": Buffer.alloc(20_000_000, " ") }), {
    refused: /^log\.xlsx\/xl\/sharedStrings\.xml, line 1, column \d+: no element begins or ends within 8 MiB/u,
  }),
  workbook("cut short", () => sheet(ROWS).subarray(0, -60), { refused: /^log\.xlsx is a damaged ZIP archive/u }),
  workbook("behind a password", () => compoundFile("Root Entry", "EncryptionInfo", "EncryptedPackage"), {
    refused: /^log\.xlsx is a workbook with a password\. Open it with its password, and save it without one/u,
  }),
  {
    ...workbook("of 1997", () => compoundFile("Root Entry", "Workbook"), {
      refused: /old Office document \(\.xls\).*Save it as \.xlsx/u,
    }),
    file: "log.xls",
  },
  {
    ...workbook(
      "OpenDocument",
      () =>
        zipBytes([
          { path: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet", stored: true },
          { path: "content.xml", content: "<x/>" },
        ]),
      {
        refused: /^log\.ods is an OpenDocument file \(\.ods\)\. Save the sheet as \.xlsx or CSV/u,
      },
    ),
    file: "log.ods",
  },
  {
    ...workbook("binary", () => zipBytes([{ path: "xl/workbook.bin", content: "x" }]), {
      refused: /binary Excel workbook \(\.xlsb\)\. Save it as \.xlsx or CSV/u,
    }),
    file: "log.xlsb",
  },
];
