/** Malformed gzip and ZIP archives: damaged, dishonest, or packed as nothing here unpacks. */
import { gzipSync } from "node:zlib";
import type { MalformedInput } from "./malformed-input.ts";
import { type ZippedFile, zipBytes } from "./zip-bytes.ts";

const TABLE = "customer,event,timestamp\nann,View,2024-01-01\n";
const ANN = "ann View 2024-01-01 00:00:00";
const LINE = gzipSync("bob,View,2024-01-01\n");
const GZIP = gzipSync(TABLE);
const ONE = { path: "a.csv", content: TABLE };
const ZIP = zipBytes([ONE]);
/** Where the table of contents begins: sizes at 20 (packed) and 24, place of the entry at 42. */
const CONTENTS = ZIP.indexOf(Buffer.from("504b0102", "hex"));
/** Above the 64 MiB under which no ratio is held against a file. */
const BOMB_BYTES = 65 * 2 ** 20;

const zip = (...files: readonly ZippedFile[]) => ({ "a.zip": zipBytes(files) });
const damagedGzip = /^a\.csv\.gz is a damaged gzip archive: .* Fetch or export it again\.$/u;
const damagedZip = /^a\.zip is a damaged ZIP archive: .* Fetch or export it again\.$/u;
const damagedEntry = /^a\.zip\/a\.csv is a damaged gzip archive: .* Fetch or export it again\.$/u;

/** The archive with another number in one place. */
function lie(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}

const gzipped = (kind: string, bytes: Buffer, refused: RegExp): MalformedInput => ({
  kind,
  files: { "a.csv.gz": bytes },
  outcome: { refused },
});
const zipped = (kind: string, files: readonly ZippedFile[] | Buffer, refused: RegExp): MalformedInput => ({
  kind,
  files: Buffer.isBuffer(files) ? { "a.zip": files } : zip(...files),
  outcome: { refused },
});

export const GZIP_KINDS: readonly MalformedInput[] = [
  gzipped("gzip cut off", gzipSync(TABLE.repeat(50)).subarray(0, -10), damagedGzip),
  gzipped("gzip cut off", Buffer.concat([GZIP, LINE.subarray(0, -6)]), damagedGzip),
  gzipped("gzip with a wrong check sum or length", lie(GZIP, GZIP.length - 8, 5), damagedGzip),
  gzipped("gzip with a wrong check sum or length", lie(GZIP, GZIP.length - 4, 5), damagedGzip),
  gzipped("gzip with foreign bytes behind it", Buffer.concat([GZIP, Buffer.from("not of it")]), damagedGzip),
  gzipped(
    "gzip with foreign bytes behind it",
    Buffer.concat([GZIP, Buffer.alloc(512)]),
    /^a\.csv\.gz: foreign bytes .* Unpack it/u,
  ),
  gzipped("gzip of nothing", gzipSync(""), /^a\.csv\.gz is empty once it is unpacked\. Export it again\.$/u),
  gzipped("gzipped twice", gzipSync(GZIP), /^a\.csv\.gz is gzipped twice\. Unpack it once\.$/u),
  gzipped(
    "gzip bomb",
    gzipSync(Buffer.alloc(BOMB_BYTES, "0,0\n")),
    /^a\.csv\.gz unpacks to more than 400 times its size/u,
  ),
  {
    kind: "gzip under a wrong name, or none under its name",
    files: { "a.csv": Buffer.concat([GZIP, LINE]), "b.csv.gz": TABLE },
    outcome: { events: [ANN, "bob View 2024-01-01 00:00:00", ANN] },
  },
];

export const ZIP_KINDS: readonly MalformedInput[] = [
  zipped(
    "ZIP bomb",
    [{ path: "a.csv", content: Buffer.alloc(BOMB_BYTES, "0,0\n") }],
    /^a\.zip\/a\.csv unpacks to more than 400 times/u,
  ),
  zipped(
    "ZIP of more than 10,000 entries",
    Array.from({ length: 10_001 }, (_, at) => ({ path: `${at}.csv`, content: "", stored: true })),
    /^a\.zip holds 10001 entries; at most 10000 are read/u,
  ),
  zipped(
    "ZIP whose entries overlap",
    lie(ZIP, CONTENTS + 20, 0xfffffff),
    /^a\.zip is no honest ZIP archive: its entries overlap/u,
  ),
  zipped("ZIP with a password", [{ ...ONE, encrypted: true }], /^a\.zip is an encrypted ZIP archive\. Unpack it/u),
  ...["../../evil.csv", "/etc/evil.csv", "..\\evil.csv"].map((path) =>
    zipped(
      "ZIP with names that lead outside",
      [{ ...ONE, path }],
      /^a\.zip holds a name that leads outside the archive.* source you trust\?$/u,
    ),
  ),
  zipped("ZIP cut off", ZIP.subarray(0, -12), damagedZip),
  zipped("ZIP cut off", lie(ZIP, CONTENTS + 42, 0xffffff), damagedZip),
  zipped("ZIP without any file", [], /^a\.zip is a ZIP archive that holds no file/u),
  zipped(
    "ZIP without any file",
    [{ path: "a/", content: "", stored: true }],
    /^a\.zip is a ZIP archive that holds no file/u,
  ),
  zipped(
    "ZIP with an empty file",
    [ONE, { path: "b.csv", content: "" }],
    /^a\.zip\/b\.csv is empty \(0 bytes\)\. Export it/u,
  ),
  zipped(
    "ZIP packed in a rare way",
    [{ ...ONE, method: 14 }],
    /^a\.zip\/a\.csv is packed with LZMA, which is not read\. Pack/u,
  ),
  zipped("ZIP with a wrong check sum or size", [{ ...ONE, crc: 7 }], damagedEntry),
  zipped("ZIP with a wrong check sum or size", [{ ...ONE, stored: true, crc: 7 }], damagedZip),
  // 0xffffffff says that the true size stands in a ZIP64 field, which is not there.
  ...[5, 0xfffffff0, 0xffffffff].map((size) =>
    zipped("ZIP with a wrong check sum or size", lie(ZIP, CONTENTS + 24, size), damagedEntry),
  ),
  zipped("ZIP inside a ZIP", [{ path: "in.zip", content: ZIP }], /^a\.zip holds another archive \(in\.zip\)\. Unpack/u),
  zipped("ZIP inside a ZIP", [{ path: "in.csv", content: ZIP }], /^a\.zip holds another archive \(a\.zip\/in\.csv\)/u),
  {
    kind: "ZIP with one name twice",
    files: zip(ONE, { ...ONE, content: TABLE.replace("ann", "bob") }),
    outcome: { events: [ANN, "bob View 2024-01-01 00:00:00"] },
  },
];
