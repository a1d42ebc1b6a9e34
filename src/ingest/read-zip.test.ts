import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ZippedFile, zipBytes } from "../../test/zip-bytes.ts";
import { AppError } from "../domain/app-error.ts";
import type { PrepareDeps } from "./preparation.ts";
import { prepareSources } from "./prepare-sources.ts";

let dir = "";
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-zip-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function prepare(bytes: Buffer, deps?: PrepareDeps) {
  const path = join(dir, `export-${++count}.zip`);
  writeFileSync(path, bytes);
  return prepareSources([path], join(dir, `temp-${count}`), deps);
}

async function refusal(files: readonly ZippedFile[] | Buffer, deps?: PrepareDeps): Promise<string> {
  const bytes = Buffer.isBuffer(files) ? files : zipBytes(files);
  const error = await prepare(bytes, deps).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).message.replace(/export-\d+\.zip/u, "export.zip");
}

const TABLE = "user,event,at\nann,view,2024-01-01\nbob,buy,2024-01-02\n";
const LINES = ['{"user":"ann","event":"view"}', '{"user":"bob","event":"buy"}'];

describe("a ZIP archive", () => {
  test("is a folder of sources, named by their paths inside, without what only packers see", async () => {
    const { sources, samples } = await prepare(
      zipBytes([
        { path: "shop/", content: "", stored: true },
        { path: "shop/orders.csv", content: TABLE },
        { path: "shop/customers.tsv", content: "id\tcity\n1\tUlm\n2\tBonn\n", stored: true },
        { path: "__MACOSX/shop/._orders.csv", content: "\0\x05\x16" },
        { path: "shop/.DS_Store", content: "\0\0\0\x01Bud1" },
        { path: "shop/readme.txt", content: "What these are.\n" },
      ]),
    );
    expect(sources.map(({ name, columns }) => [name, columns])).toEqual([
      [`export-${count}.zip/shop/customers.tsv`, ["id", "city"]],
      [`export-${count}.zip/shop/orders.csv`, ["user", "event", "at"]],
    ]);
    expect(samples.map(({ rows }) => rows.length)).toEqual([2, 2]);
    const [, orders] = sources;
    expect(gunzipSync(readFileSync(orders?.path ?? "")).toString()).toBe(TABLE);
  });

  test("may hold gzipped JSON lines, as Amplitude's export does", async () => {
    const { sources, samples } = await prepare(
      zipBytes([
        { path: "312/312_2024-01-01_0#1.json.gz", content: gzipSync(LINES.join("\n")), stored: true },
        { path: "312/312_2024-01-01_1#1.json.gz", content: gzipSync(`${LINES[0]}\n`) },
      ]),
    );
    expect(sources.map(({ format, gzip, columns }) => [format, gzip, columns])).toEqual([
      ["jsonl", true, ["user", "event"]],
      ["jsonl", true, ["user", "event"]],
    ]);
    expect(samples.map(({ rows }) => rows.length)).toEqual([2, 1]);
  });

  test("leads text of every encoding through the same path, and a gzipped archive too", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("id,city\n1,Köln\n", "utf16le")]);
    const files = [
      { path: "big.csv", content: Buffer.from(utf16).swap16() },
      { path: "latin.csv", content: Buffer.from("id,city\n1,Köln\n", "latin1") },
      { path: "little.csv", content: utf16, stored: true },
    ];
    const { sources, samples } = await prepare(gzipSync(zipBytes(files)));
    expect(sources.map(({ encoding }) => encoding)).toEqual(["utf-16be", "windows-1252", "utf-16le"]);
    expect(samples.map(({ rows }) => rows)).toEqual([[["1", "Köln"]], [["1", "Köln"]], [["1", "Köln"]]]);
  });

  test("with a single file takes it whatever its name", async () => {
    const { sources } = await prepare(zipBytes([{ path: "export 2024", content: TABLE }]));
    expect(sources[0]).toMatchObject({ format: "csv", columns: ["user", "event", "at"] });
  });
});

describe("is refused with a reason:", () => {
  const table = { path: "a.csv", content: TABLE };
  test.each<readonly [string, readonly ZippedFile[], string]>([
    ["encrypted", [{ ...table, encrypted: true }], "export.zip is an encrypted ZIP archive."],
    ["nested by name", [table, { path: "b.zip", content: "PK" }], "export.zip holds another archive (b.zip)."],
    ["nested by content", [{ path: "b", content: zipBytes([table]) }], "export.zip holds another archive (export"],
    [
      "no data",
      [
        { path: "a.png", content: "x" },
        { path: "b.pdf", content: "y" },
      ],
      "holds no data files: a.png, b.pdf.",
    ],
    ["empty", [], "export.zip is a ZIP archive that holds no file."],
    ["an empty file", [{ path: "a.csv", content: "" }], "export.zip/a.csv is empty (0 bytes)."],
    ["a foreign method", [{ ...table, method: 14 }], "export.zip/a.csv is packed with LZMA"],
    ["a wrong sum", [{ ...table, crc: 1 }], "export.zip/a.csv is a damaged gzip archive"],
    ["a path that leads outside", [{ ...table, path: "../../etc/cron.d/a.csv" }], "leads outside the archive"],
    ["an absolute path", [{ ...table, path: "/etc/a.csv" }], "leads outside the archive"],
    ["an old spreadsheet inside", [{ path: "a.txt", content: Buffer.from("d0cf11e0a1b11ae1", "hex") }], "old Office"],
    ["OpenDocument", [{ path: "content.xml", content: "<a/>" }], "is an OpenDocument file (.ods)."],
    ["Word", [{ path: "word/document.xml", content: "<a/>" }], "is a Word document."],
  ])("%s", async (_, files, reason) => {
    expect(await refusal(files)).toContain(reason);
    expect(readdirSync(dir).every((name) => name.startsWith("export-") || name.startsWith("temp-"))).toBe(true);
  });

  test("cut short or broken anywhere, it is damaged or still right", async () => {
    const whole = zipBytes([table, { path: "b.csv", content: TABLE, stored: true }]);
    expect(await refusal(whole.subarray(0, whole.length - 30))).toContain("is a damaged ZIP archive");
    let refused = 0;
    for (let at = 4; at < whole.length; at += 7) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] as number) ^ 0xff;
      const outcome = await prepare(broken).catch((thrown: unknown) => thrown);
      if (outcome instanceof Error) {
        expect(outcome, `byte ${at}: ${outcome.stack}`).toBeInstanceOf(AppError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(15);
  });

  test("a bomb: by what it unpacks to, by what it claims, and by entries that share their bytes", async () => {
    const zeros = Buffer.alloc(300_000, "0,");
    const limits = { maxBytes: 1_000_000, maxRatio: 20, freeBytes: 100_000 };
    expect(await refusal([{ path: "a.csv", content: zeros }], { limits })).toContain("more than 20 times its size");
    const many = Array.from({ length: 4 }, (_, at) => ({ path: `${at}.csv`, content: zeros }));
    expect(await refusal(many, { limits })).toContain("export.zip unpacks to more than");
    const content = Array.from({ length: 500 }, (_, at) => `${at * 7919},x`).join("\n");
    const one = zipBytes([{ path: "a.csv", content }]);
    const start = one.readUInt32LE(one.length - 6);
    const entry = one.subarray(start, one.length - 22);
    const end = Buffer.from(one.subarray(one.length - 22));
    end.writeUInt16LE(20, 8);
    end.writeUInt16LE(20, 10);
    end.writeUInt32LE(entry.length * 20, 12);
    const again = Array.from({ length: 20 }, () => entry);
    expect(await refusal(Buffer.concat([one.subarray(0, start), ...again, end]))).toContain("its entries overlap");
  });
});
