import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WorkbookParts, workbookBytes } from "../../test/workbook-bytes.ts";
import { zipBytes } from "../../test/zip-bytes.ts";
import type { PrepareDeps } from "./preparation.ts";
import { prepareSources } from "./prepare-sources.ts";

let dir = "";
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-xlsx-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function prepare(book: WorkbookParts | Buffer, deps?: PrepareDeps) {
  const path = join(dir, `book-${++count}.xlsx`);
  writeFileSync(path, Buffer.isBuffer(book) ? book : workbookBytes(book));
  const { sources, samples } = await prepareSources([path], join(dir, `temp-${count}`), deps);
  const [source] = sources;
  const [sample] = samples;
  if (!source || !sample) throw new Error("no source");
  return { source, sample };
}

/** Cells as Excel writes them: texts shared, numbers as they are, empty ones not at all. */
function table(rows: readonly (readonly (string | number)[])[], strings: string[] = []) {
  const letters = "ABCDEFGH";
  const xml = rows.map((row, at) => {
    const cells = row.map((cell, column) => {
      const place = `r="${letters[column]}${at + 1}"`;
      if (cell === "") return "";
      if (typeof cell === "number") return `<c ${place}><v>${cell}</v></c>`;
      if (!strings.includes(cell)) strings.push(cell);
      return `<c ${place} t="s"><v>${strings.indexOf(cell)}</v></c>`;
    });
    return `<row r="${at + 1}">${cells.join("")}</row>`;
  });
  return { xml: xml.join(""), strings: () => strings.map((text) => `<t xml:space="preserve">${text}</t>`) };
}

describe("cells", () => {
  const HEADER = '<row r="1"><c t="inlineStr"><is><t>what</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row>';
  const cells = async (inside: string, book: Partial<WorkbookParts> = {}) => {
    const rows = `${HEADER}<row r="2"><c r="A2"><v>1</v></c>${inside}</row><row r="3"><c r="A3"><v>2</v></c>${inside}</row>`;
    const { sample } = await prepare({ ...book, sheets: { Data: rows } });
    return sample.rows[1]?.[1];
  };
  test.each<readonly [string, string, string]>([
    ["a number is not touched", '<c r="B2"><v>0012.50</v></c>', "12.5"],
    ["an id of 15 digits", '<c r="B2"><v>100000000000001</v></c>', "100000000000001"],
    ["19.99 as Excel writes it", '<c r="B2"><v>19.989999999999998</v></c>', "19.99"],
    ["a formula's last value", '<c r="B2"><f>A2*3</f><v>3</v></c>', "3"],
    ["a formula's last text", '<c r="B2" t="str"><f>"x"&amp;A2</f><v>x1</v></c>', "x1"],
    ["a text of several runs", '<c r="B2" t="s"><v>0</v></c>', "Köln Süd"],
    [
      "an inline text with quotes",
      '<c r="B2" t="inlineStr"><is><t>5" &amp; more, of it</t></is></c>',
      '5" & more, of it',
    ],
    ["a truth", '<c r="B2" t="b"><v>1</v></c>', "true"],
    ["a fault is no value", '<c r="B2" t="e"><v>#N/A</v></c>', ""],
    ["an ISO date", '<c r="B2" t="d"><v>2024-01-31</v></c>', "2024-01-31"],
    ["a date", '<c r="B2" s="1"><v>45322</v></c>', "2024-01-31"],
    ["a moment", '<c r="B2" s="2"><v>45292.416666666664</v></c>', "2024-01-01T10:00:00"],
    ["a moment at midnight", '<c r="B2" s="2"><v>45292</v></c>', "2024-01-01T00:00:00"],
    ["a moment to the millisecond", '<c r="B2" s="2"><v>45292.0000057870370</v></c>', "2024-01-01T00:00:00.500"],
    ["a built-in moment", '<c r="B2" s="3"><v>45292.5</v></c>', "2024-01-01T12:00:00"],
    ["a time of day", '<c r="B2" s="4"><v>0.75</v></c>', "18:00:00"],
    ["a duration stays a number of days", '<c r="B2" s="5"><v>1.5</v></c>', "1.5"],
    ["a colour is no date", '<c r="B2" s="6"><v>7</v></c>', "7"],
    ["the day before the leap day that never was", '<c r="B2" s="1"><v>59</v></c>', "1900-02-28"],
    ["the day after it", '<c r="B2" s="1"><v>61</v></c>', "1900-03-01"],
    ["no date at all", '<c r="B2" s="1"><v>-3</v></c>', "-3"],
  ])("%s", async (_, cell, expected) => {
    const strings = ['<r><t>Köln</t></r><r><t xml:space="preserve"> Süd</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'];
    const formats = [14, "dd/mm/yyyy\\ hh:mm", 22, "h:mm AM/PM", "[h]:mm", "[Red]0.00;\\-0.00"];
    expect(await cells(cell, { strings, formats })).toBe(expected);
  });

  test("days are counted from 1904 where the workbook says so", async () => {
    expect(await cells('<c r="B2" s="1"><v>43830</v></c>', { formats: [14], date1904: true })).toBe("2024-01-01");
  });
});

describe("a sheet", () => {
  const ORDERS = table([
    ["Order", "Customer", "Paid at"],
    [1001, "Ann, jr.", "2024-01-01"],
    [1002, "", "2024-01-02"],
    ["", "", ""],
    [1003, 'Bob\nand "Co"', ""],
  ]);

  test("becomes a table: gaps are empty, empty rows are left out, the first sheet with a table is taken", async () => {
    const { source, sample } = await prepare({
      sheets: { Cover: "", Secret: ORDERS.xml, Orders: ORDERS.xml, More: ORDERS.xml },
      hidden: ["Secret"],
      strings: ORDERS.strings(),
    });
    expect(source).toMatchObject({ format: "csv", originalFormat: "xlsx", columns: ["Order", "Customer", "Paid at"] });
    expect(sample.rows).toEqual([
      ["1001", "Ann, jr.", "2024-01-01"],
      ["1002", "", "2024-01-02"],
      ["1003", 'Bob\nand "Co"', ""],
    ]);
    expect(source.notes).toEqual([
      "The sheet «Orders» was read; «More» holds a table too, not read. A mapping reads another one, or several as tables to join: " +
        `files: { one: { match: ${source.name}, sheet: Orders }, two: { match: ${source.name}, sheet: More } }.`,
    ]);
    expect(source.originalPath).toMatch(/\.xlsx$/u);
    expect(readFileSync(source.path, "utf8").split("\n")[2]).toBe("1002,,2024-01-02");
  });

  test("titles above and empty columns before the table are left out, merged cells are told", async () => {
    const text = table([
      ["Export of May", "", "", "", ""],
      ["", "", "by", "", ""],
      ["", "Order", "Customer", "Sum", "City"],
      ["", 1, "Ann", 2.5, "Ulm"],
      ["", 2, "Bob", 3, ""],
    ]);
    const rows = `<sheetData>${text.xml}</sheetData><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>`;
    const { source, sample } = await prepare({ sheets: { May: rows }, strings: text.strings() });
    expect(source.columns).toEqual(["Order", "Customer", "Sum", "City"]);
    expect(sample.rows).toEqual([
      ["1", "Ann", "2.5", "Ulm"],
      ["2", "Bob", "3", ""],
    ]);
    expect(source.notes.join(" ")).toMatch(/2 rows above the table.*1 ranges of cells are merged/u);
  });

  test("the mapping may name one, and hears which there are", async () => {
    const small = table([
      ["a", "b"],
      ["x", "y"],
    ]);
    const book = { sheets: { One: ORDERS.xml, Two: small.xml }, strings: [...small.strings()] };
    const { source } = await prepare(book, { hints: () => ({ sheet: "two" }) });
    expect(source.columns).toEqual(["a", "b"]);
    const wrong = prepare(book, { hints: () => ({ sheet: "Three" }) });
    await expect(wrong).rejects.toThrow(/has no sheet «Three». Its sheets: «One», «Two»\./u);
  });

  test("inside an archive is one source among others", async () => {
    const book = workbookBytes({ sheets: { Orders: ORDERS.xml }, strings: ORDERS.strings() });
    const path = join(dir, "both.zip");
    writeFileSync(
      path,
      zipBytes([
        { path: "x/b.xlsx", content: book },
        { path: "x/a.csv", content: "id,n\n1,2\n" },
      ]),
    );
    const { sources } = await prepareSources([path], join(dir, "both"));
    expect(sources.map(({ name, originalFormat }) => [name, originalFormat])).toEqual([
      ["both.zip/x/a.csv", "csv"],
      ["both.zip/x/b.xlsx", "xlsx"],
    ]);
  });
});

describe("is refused with a reason:", () => {
  const row = (inside: string) => ({ sheets: { Data: `<row r="1">${inside}</row>` } });
  test.each<readonly [string, WorkbookParts, RegExp]>([
    ["empty", { sheets: { One: "", Two: "" } }, /holds no table/u],
    ["a header alone", row('<c r="A1"><v>1</v></c>'), /holds no table/u],
    ["broken XML", row("<c><v>1</c>"), /part0\.xml|sheet Data, line \d+, column \d+: the XML is broken/u],
    ["entities", { sheets: { Data: "" }, strings: ["</si></sst><!DOCTYPE x>"] }, /XML is broken|document type/u],
    ["deep", row("<x>".repeat(200)), /nested more than 100 deep/u],
    ["too wide", row('<c r="XFD1"><v>1</v></c>'), /more than 2000 columns/u],
  ])("%s", async (_, book, reason) => {
    await expect(prepare(book)).rejects.toThrow(reason);
  });

  test("a bomb of one cell repeated", async () => {
    const rows = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(20_000);
    const limits = { maxBytes: 2 ** 30, maxRatio: 50, freeBytes: 100_000 };
    await expect(prepare({ sheets: { Data: rows } }, { limits })).rejects.toThrow(/more than 50 times its size/u);
  });
});
