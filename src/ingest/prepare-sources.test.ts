import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../domain/app-error.ts";
import type { PrepareDeps } from "./preparation.ts";
import { prepareSources } from "./prepare-sources.ts";

let dir = "";
let temps = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-sources-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

const tempDir = () => join(dir, `temp-${++temps}`);

async function prepareOne(name: string, content: string | Buffer, deps?: PrepareDeps) {
  const { sources, samples } = await prepareSources([write(name, content)], tempDir(), deps);
  const [source] = sources;
  const [sample] = samples;
  if (!source || !sample) throw new Error("no source");
  return { source, sample };
}

async function failure(name: string, content: string | Buffer): Promise<string> {
  const error = await prepareOne(name, content).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  const { message } = error as AppError;
  expect(message).toContain(name);
  return message;
}

describe("tables", () => {
  test.each([
    [",", "a.csv"],
    ["\t", "a.tsv"],
    [";", "a.txt"],
    ["|", "a.psv"],
  ])("finds the delimiter %j, quoted ones and newlines in quotes notwithstanding", async (delimiter, name) => {
    const d = delimiter;
    const text = `user${d}note${d}at\r\n1${d}"x${d}y${d}${d}z"${d}2024-01-02\r\n2${d}"two\r\nlines"${d}2024-01-03\r\n`;
    const { source, sample } = await prepareOne(name, text);
    expect(source).toMatchObject({ format: "csv", delimiter: d, quotes: true, header: true, droppedLines: 0 });
    expect(source.columns).toEqual(["user", "note", "at"]);
    expect(sample.rows.map((row) => row[1])).toEqual([`x${d}y${d}${d}z`, "two\r\nlines"]);
    expect(sample.complete).toBe(true);
  });

  test("prefers the semicolon where commas are decimal", async () => {
    const { source } = await prepareOne("de.csv", "id;betrag;zeit\n1;1,50;2024-01-01\n2;2,50;2024-01-02\n");
    expect(source).toMatchObject({ delimiter: ";", columns: ["id", "betrag", "zeit"] });
  });

  test("a table of numbers has no header, one of words has", async () => {
    const bare = await prepareOne("bare.csv", "1,19970101,3.50\n2,19970102,4.00\n");
    expect(bare.source).toMatchObject({ header: false, droppedLines: 0, columns: ["c1", "c2", "c3"] });
    expect(bare.sample.rows).toHaveLength(2);
    const words = await prepareOne("words.csv", "who,what\nann,view\nbob,buy\nann,buy\n");
    expect(words.source.header).toBe(true);
    const data = await prepareOne("data.csv", "ann,view\nbob,buy\nann,buy\n");
    expect(data.source.header).toBe(false);
  });

  test("names columns apart: empty ones and repeated ones", async () => {
    const { source } = await prepareOne("names.csv", ",id,id,id\n1,2,3,4\n");
    expect(source.columns).toEqual(["c1", "id", "id 2", "id 3"]);
  });

  test("blanks part fixed-width text, with a leading blank and CRLF", async () => {
    const { source, sample } = await prepareOne(
      "fixed.txt",
      " id  day   sum\r\n 001 19970101  1.5\r\n 002 19970102 77.0\r\n",
    );
    expect(source).toMatchObject({ format: "fixed", header: true, droppedLines: 0, columns: ["id", "day", "sum"] });
    expect(sample.rows).toEqual([
      ["001", "19970101", "1.5"],
      ["002", "19970102", "77.0"],
    ]);
  });

  test("fixed-width text whose values hold blanks is cut at its columns", async () => {
    const cities = ["Oslo", "New York", "Rio de Janeiro", "Bonn", "St. Gallen", "Ulm", "Den Haag", "Bath", "La Paz"];
    const line = (city: string, at: number) =>
      `${String(at).padStart(3)} ${city.padEnd(20)}2024-01-0${at + 1}  ${String(at * 50).padStart(6)}`;
    const lines = [" no city                date          sum", ...cities.map(line)];
    const { source, sample } = await prepareOne("cities.txt", `${lines.join("\r\n")}\r\n`);
    expect(source).toMatchObject({ format: "csv", originalFormat: "fixed", columns: ["no", "city", "date", "sum"] });
    expect(sample.rows[2]).toEqual(["2", "Rio de Janeiro", "2024-01-03", "100"]);
    // Far behind the sample a name is longer than any before, and a number too; then two values touch.
    const many = Array.from({ length: 40_000 }, (_, at) => line(cities[at % 9] as string, at % 9));
    const long = "  9 Llanfair Caereinion 2024-01-09 1234567";
    const wide = await prepareOne("wide-cities.txt", [...lines, ...many, long].join("\n"));
    expect(readFileSync(wide.source.path, "utf8").trimEnd().split("\n").at(-1)).toBe(
      "9,Llanfair Caereinion,2024-01-09,1234567",
    );
    const torn = "  9 Llanfairpwllgwyngyllgogery2024-01-09 1";
    expect(await failure("torn.txt", [...lines, ...many, torn].join("\n"))).toContain("line 40011");
  });

  test("skips what stands above the table: blank lines, titles, sep=", async () => {
    const titled = await prepareOne(
      "titled.csv",
      "\nReport of May\n\nuser,event,at\n1,view,2024-01-01\n2,buy,2024-01-02\n",
    );
    expect(titled.source).toMatchObject({ header: true, droppedLines: 3, columns: ["user", "event", "at"] });
    expect(titled.source.notes.join(" ")).toContain("3 lines at the top");
    expect(readFileSync(titled.source.path, "utf8")).toBe('"user","event","at"\n1,view,2024-01-01\n2,buy,2024-01-02\n');
    const names = await prepareOne("names.csv", 'user,"what\nhappened"\n1,view\n2,"a\nb"\n');
    expect(names.source).toMatchObject({ header: true, droppedLines: 1, columns: ["user", "what\nhappened"] });
    expect(readFileSync(names.source.path, "utf8")).toBe('"user","what happened"\n1,view\n2,"a\nb"\n');
    const excel = await prepareOne("excel.csv", "sep=;\r\nuser;event\r\n1;view\r\n2;buy\r\n");
    expect(excel.source).toMatchObject({ delimiter: ";", droppedLines: 1, columns: ["user", "event"] });
  });

  test("knows tab-separated text in which quotes are ordinary", async () => {
    const rows = Array.from({ length: 50 }, (_, at) => `${at}\t${at % 3 === 0 ? '"half' : "whole"}\tx${at}`);
    const { source, sample } = await prepareOne("stray.tsv", `id\ttext\tcode\n${rows.join("\n")}\n`);
    expect(source).toMatchObject({ delimiter: "\t", quotes: false });
    expect(sample.rows).toHaveLength(50);
  });

  test("old Mac line ends become line feeds in a copy", async () => {
    const { source, sample } = await prepareOne("mac.csv", "id,what\r1,a\r2,b\r");
    expect(sample.rows).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
    expect(readFileSync(source.path, "utf8")).toBe("id,what\n1,a\n2,b\n");
  });

  test("what a mapping says of a file goes before what it looks like", async () => {
    const hints = () => ({ delimiter: "|", header: false });
    const { source } = await prepareOne("said.csv", "a,b|c,d\ne,f|g,h\n", { hints });
    expect(source).toMatchObject({ delimiter: "|", header: false, columns: ["c1", "c2"] });
  });
});

describe("encodings", () => {
  const text = "id,name,note\n1,Zoë Müller,5 € – “ok”\n2,André,ž\n";
  const cp1252 = Buffer.from(
    text
      .replace("€", "\u0080")
      .replace("–", "\u0096")
      .replace("“", "\u0093")
      .replace("”", "\u0094")
      .replace("ž", "\u009e"),
    "latin1",
  );
  const utf16be = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  test.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\ufeff${text}`)],
    ["utf-16le", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["utf-16le", Buffer.from(text, "utf16le")],
    ["utf-16be", utf16be],
    ["windows-1252", cp1252],
  ])("reads %s", async (encoding, bytes) => {
    for (const [name, content] of [
      ["enc.csv", bytes],
      ["enc.csv.gz", gzipSync(bytes)],
    ] as const) {
      const { source, sample } = await prepareOne(name, content);
      expect(source.encoding).toBe(encoding);
      expect(source.columns).toEqual(["id", "name", "note"]);
      expect(sample.rows).toEqual([
        ["1", "Zoë Müller", "5 € – “ok”"],
        ["2", "André", "ž"],
      ]);
      if (encoding !== "utf-8") expect(readFileSync(source.path, "utf8")).toBe(text);
    }
  });

  test("finds one Latin-1 byte behind megabytes of ASCII", async () => {
    const lines = "1,plain,2024-01-01\n".repeat(150_000);
    const { source } = await prepareOne(
      "late.csv",
      Buffer.from(`id,name,at\n${lines}2,Zo\u00eb,2024-01-02\n`, "latin1"),
    );
    expect(source.encoding).toBe("windows-1252");
    expect(readFileSync(source.path, "utf8").endsWith("2,Zoë,2024-01-02\n")).toBe(true);
  });

  test("a character cut by a chunk's end is not taken for a foreign byte", async () => {
    // 3-byte characters across every 512 KiB boundary, whatever its remainder.
    const { source } = await prepareOne("cut.csv", `id,name\n${"1,€€€€€\n".repeat(120_000)}`);
    expect(source.encoding).toBe("utf-8");
  });

  test("damaged UTF-8 stays UTF-8, with a note", async () => {
    const bytes = Buffer.concat([Buffer.from("id,name\n1,Müller und Zoë\n2,"), Buffer.from([0xff]), Buffer.from("\n")]);
    const { source } = await prepareOne("damaged.csv", bytes);
    expect(source.encoding).toBe("utf-8");
    expect(source.notes.join(" ")).toContain("damaged");
  });
});

describe("JSON", () => {
  test("JSON lines are read in place; nested objects become dotted columns", async () => {
    const { source, sample } = await prepareOne(
      "m.jsonl",
      '{"event":"View","properties":{"time":1700000000,"id":"u1"}}\n{"event":"Buy","properties":{"time":1700000001,"id":"u2","items":[1,2]}}\n',
    );
    expect(source).toMatchObject({ format: "jsonl", originalFormat: "jsonl", path: source.originalPath });
    expect(source.columns).toEqual(["event", "properties.time", "properties.id", "properties.items"]);
    expect(source.jsonPaths?.["properties.time"]).toEqual(["properties", "time"]);
    expect(sample.rows[1]).toEqual(["Buy", "1700000001", "u2", "[1,2]"]);
  });

  test.each([
    [
      "an array on one line",
      JSON.stringify([
        { a: 1, b: "x\n}{" },
        { a: 2, b: "ü" },
      ]),
    ],
    [
      "a laid-out array",
      JSON.stringify(
        [
          { a: 1, b: "x\n}{" },
          { a: 2, b: "ü" },
        ],
        null,
        2,
      ),
    ],
    [
      "laid-out objects one after another",
      `${JSON.stringify({ a: 1, b: "x\n}{" }, null, 2)}\n${JSON.stringify({ a: 2, b: "ü" }, null, 2)}`,
    ],
  ])("%s becomes JSON lines", async (_, text) => {
    const { source } = await prepareOne("array.json", text);
    expect(source).toMatchObject({ format: "jsonl", originalFormat: "json", columns: ["a", "b"] });
    const lines = readFileSync(source.path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { a: 1, b: "x\n}{" },
      { a: 2, b: "ü" },
    ]);
  });

  test("a large array on one line is converted piece by piece", async () => {
    const { source, sample } = await prepareOne(
      "big.json.gz",
      gzipSync(`[${'{"user":"u","n":[{"x":"}"}]},'.repeat(200_000)}{"user":"last"}]`),
    );
    expect(sample.complete).toBe(false);
    const text = readFileSync(source.path, "utf8");
    expect(text.split("\n")).toHaveLength(200_002);
    expect(text.endsWith('{"user":"last"}\n')).toBe(true);
  });

  test("a broken line among JSON lines is for the import to reject", async () => {
    const { source, sample } = await prepareOne("some.jsonl", '{"a":1}\n{"a":"cut\n\n{"a":{"b":2}}\n[1]\n{"a":3}\n');
    expect(source).toMatchObject({ originalFormat: "jsonl", columns: ["a", "a.b"] });
    expect(sample.rows).toHaveLength(3);
    expect(source.notes).toEqual(["2 of the first 5 lines of some.jsonl are no valid JSON objects."]);
  });

  test("a list inside one object holds the records; a list that a record may have itself does not", async () => {
    const answer = { object: "list", data: [{ a: "]}" }, { a: 2 }], more: { data: [{ a: 3 }] } };
    for (const text of [JSON.stringify(answer), `\ufeff${JSON.stringify(answer, null, 2)}\n`]) {
      const { source } = await prepareOne("answer.json", text);
      expect(source).toMatchObject({ format: "jsonl", originalFormat: "json", columns: ["a"] });
      expect(readFileSync(source.path, "utf8")).toMatch(/^\{\s*"a":\s*"\]\}"\s*\}\n\{\s*"a":\s*2\s*\}\n$/u);
    }
    const orders = [1, 2].map((id) => JSON.stringify({ id, items: [{ sku: "p" }, { sku: "q" }] }, null, 2)).join("\n");
    const { source, sample } = await prepareOne("orders.json", orders);
    expect([source.columns, sample.rows.length]).toEqual([["id", "items"], 2]);
  });

  test.each([
    ['{"total":2,"orders":[{"id":1},{"id":2}]}', []],
    ['{"response":{"numFound":2,"docs":[{"id":1},{"id":2}]},"status":"ok"}', []],
    ['{"took":3,"hits":{"total":{"value":2},"hits":[{"id":1},{"id":2}]}}', []],
    ['{"@odata.context":"…","value":[{"id":1},{"id":2}],"@odata.nextLink":"…"}', []],
    ['{"links":[{"rel":"self"}],"content":[{"id":1},{"id":2}]}', ["links"]],
  ])("reads the longest list of an answer: %s", async (answer, others) => {
    for (const text of [answer, JSON.stringify(JSON.parse(answer), null, 1)]) {
      const { source, sample } = await prepareOne("answer.json", text);
      expect([source.columns, sample.rows]).toEqual([["id"], [["1"], ["2"]]]);
      expect(readFileSync(source.path, "utf8").trim().split("\n")).toHaveLength(2);
      for (const key of others) expect(source.notes.join(" ")).toContain(`«${key}»`);
      expect(source.notes.join(" ").includes("several lists")).toBe(others.length > 0);
    }
  });

  test("refuses what is no list of records", async () => {
    const page = JSON.stringify({ data: [{ a: 1 }, { a: 2 }] }, null, 2);
    expect(await failure("pages.json", `${page}\n${page}`)).toContain("has ended, and «{» follows it");
    expect(await failure("short.json", page.slice(0, -2))).toContain("the object around the records is never closed");
    const order = '{"id":7,"total":2,"items":[{"sku":1},{"sku":2}]}';
    expect(await failure("order.json", order)).toContain("«items»");
    const late = '{\n  "took": 3,\n  "hits": {\n    "hits": [\n      {"a": 1}, {"a": 2},\n      oops\n    ]\n  }\n}';
    expect(await failure("late.json", late)).toContain("late.json, line 6");
    expect(await failure("open.json", '[{"a":1},{"a":2')).toContain("never closed");
    expect(await failure("bad.json", '[{"a":1},\n{"a":oops}]')).toContain("record 2");
    expect(await failure("bad.jsonl", '{"a":1}\n{"a":oops}\n{"a":\n')).toContain("2 of the first 3 lines");
    expect(await failure("deep.json", `[${'{"a":'.repeat(200)}1${"}".repeat(200)}]`)).toContain("deep");
  });
});

describe("paths", () => {
  test("gzip is told by content; the engine gets a path with the right ending", async () => {
    const disguised = await prepareOne("plain-name.csv", gzipSync("id,what\n1,a\n2,b\n"));
    expect(disguised.source.gzip).toBe(true);
    expect(disguised.source.path.endsWith(".gz")).toBe(true);
    expect(lstatSync(disguised.source.path).isSymbolicLink()).toBe(true);
    const pretender = await prepareOne("pretender.csv.gz", "id,what\n1,a\n2,b\n");
    expect(pretender.source.gzip).toBe(false);
    expect(pretender.source.path.endsWith(".gz")).toBe(false);
  });

  test("a name that is a pattern to the engine is given a plain one", async () => {
    const { source } = await prepareOne("q[1]{a,b}*?.csv", "id,what\n1,a\n2,b\n");
    expect(source.path).not.toMatch(/[*?{}[\]]/u);
    expect(source.name).toBe("q[1]{a,b}*?.csv");
  });

  test("a folder stands for its data files by name; hidden files, notes and folders do not count", async () => {
    const folder = join(dir, "folder");
    mkdirSync(join(folder, "sub.csv"), { recursive: true });
    for (const name of ["b.csv", "a.csv", ".hidden.csv", "c.pdf", "readme.txt"])
      writeFileSync(join(folder, name), "id,what\n1,a\n2,b\n");
    symlinkSync(join(folder, "a.csv"), join(folder, "z.csv"));
    const { sources } = await prepareSources([folder, join(folder, "a.csv")], tempDir());
    expect(sources.map((source) => source.name)).toEqual(["a.csv", "b.csv"]);
  });

  test("says what is wrong with a path", async () => {
    mkdirSync(join(dir, "empty-folder"));
    await expect(prepareSources([], tempDir())).rejects.toThrow(/No file was named/u);
    await expect(prepareSources([join(dir, "nowhere.csv")], tempDir())).rejects.toMatchObject({ code: "not-found" });
    await expect(prepareSources([join(dir, "empty-folder")], tempDir())).rejects.toThrow(/holds no data files/u);
    expect(await failure("void.csv", "")).toContain("empty");
    execFileSync("mkfifo", [join(dir, "pipe.csv")]);
    await expect(prepareSources([join(dir, "pipe.csv")], tempDir())).rejects.toThrow(
      /waymark import - < .*pipe\.csv$/u,
    );
    expect(await failure("void.csv.gz", gzipSync(""))).toContain("empty");
    expect(await failure("blank.csv", " \n\n \n")).toContain("blanks");
  });
});

describe("broken and hostile input", () => {
  test("foreign formats are named", async () => {
    expect(await failure("book.xlsx", Buffer.from("504b030414000600", "hex"))).toContain("damaged ZIP");
    expect(await failure("db.csv", Buffer.from("SQLite format 3\0.......", "latin1"))).toContain("SQLite");
    expect(await failure("twice.csv.gz", gzipSync(gzipSync("id,a\n1,2\n")))).toContain("gzipped twice");
    expect(await failure("cut.parquet", Buffer.from("PAR1 and then nothing of use"))).toContain("damaged");
  });

  test("a gzip archive that is cut short or damaged", async () => {
    let seed = 7;
    const digits = Array.from({ length: 20_000 }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed;
    });
    const whole = gzipSync(`id,what\n${digits.join(",1\n")},1\n`);
    expect(await failure("cut.csv.gz", whole.subarray(0, whole.length - 100))).toContain("damaged gzip");
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, 5_000, 5_100);
    expect(await failure("hit.csv.gz", damaged)).toContain("damaged gzip");
  });

  test("a gzip bomb is stopped while it unpacks", async () => {
    const bomb = gzipSync(Buffer.alloc(120 * 1024 ** 2, "0,0\n"), { level: 9 });
    expect(await failure("bomb.csv.gz", bomb)).toContain("gzip bomb");
  });

  test("one line of 10 MB, text that is no table, too many columns", async () => {
    expect(await failure("line.csv", "x".repeat(10 * 1024 ** 2))).toContain("MiB");
    expect(await failure("late-line.csv", `id,what\n1,a\n2,${"x".repeat(10 * 1024 ** 2)}\n`)).toContain("MiB");
    expect(
      await failure("prose.txt", "It was a dark night.\nThe rain fell, in torrents, on and on.\nStop.\n"),
    ).toContain("table");
    const wide = Array.from({ length: 2_001 }, (_, at) => `col_${at}`).join(",");
    expect(await failure("wide.csv", `${wide}\n${wide.replaceAll("col_", "1")}\n`)).toContain("2001 columns");
    expect(await failure("names-only.csv", "user,event,time\n")).toContain("not a single record");
  });

  test("a quote that is never closed is found, in the sample and behind it", async () => {
    expect(await failure("open.csv", 'id,what\n1,"a\n2,b\n3,c\n')).toContain("line 2");
    const rows = '1,"a ""b"" c"\n'.repeat(200_000);
    expect(await failure("open-late.csv", `id,what\n${rows}2,"oops\n${"3,c\n".repeat(9)}`)).toContain("line 200002");
    const { source } = await prepareOne("inches.csv", `id,what\n${rows}2,5" screen\n`);
    expect(source.header).toBe(true);
  });

  test("random bytes end in a clear error or in a table, never otherwise", async () => {
    let seed = 42;
    const next = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 16;
    };
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(Array.from({ length: 1 + (next() % 3_000) }, () => next() & 0xff));
      const printable = Buffer.from(bytes.map((byte) => (byte % 16 === 0 ? 10 : 32 + (byte % 95))));
      const starts = ["", "PAR1", "{", "[{", "<log>", "\ufeff", "\x1f\x8b\x08"];
      for (const body of [bytes, printable]) {
        const content = Buffer.concat([Buffer.from(starts[round % starts.length] as string, "latin1"), body]);
        const error = await prepareOne(`fuzz-${round}.bin`, content).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) expect(error).toBeInstanceOf(AppError);
      }
    }
  });
});
