/**
 * Proves that large malformed input ends in its sentence or its rejects within 1 GiB of memory, through the command line as people
 * run it, and that it leaves the workspace as it was. `--sample` tries the first few kinds; small ones are malformed-*.test.ts.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, openSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { crc32, createDeflateRaw, createGzip } from "node:zlib";

const MIB = 2 ** 20;
const LIMIT_BYTES = 1024 * MIB;
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const HEAD = "customer,event,timestamp\n";
const RECORD = '{"customer":"ann","event":"View","timestamp":"2024-01-01"}';

interface HeavyKind {
  readonly kind: string;
  readonly file: string;
  readonly make: (path: string) => Promise<unknown>;
  /** What the command prints. */
  readonly says: RegExp;
  /** The counts of an import that comes in; otherwise the command must end with 2. */
  readonly imported?: string;
}

/** Text, and as [text, MiB] a text repeated over so many MiB. */
type Piece = string | readonly [text: string, mebibytes: number];

function* spell(pieces: readonly Piece[]): Generator<Buffer> {
  for (const piece of pieces) {
    if (typeof piece === "string") yield Buffer.from(piece);
    else for (let done = 0; done < piece[1]; done++) yield Buffer.alloc(MIB, piece[0]);
  }
}

const text =
  (...pieces: readonly Piece[]) =>
  (path: string) =>
    pipeline(Readable.from(spell(pieces)), createWriteStream(path));
const gzip =
  (...pieces: readonly Piece[]) =>
  (path: string) =>
    pipeline(Readable.from(spell(pieces)), createGzip({ level: 9 }), createWriteStream(path));

/** A ZIP of one entry, a.csv (APPNOTE.TXT 4.3). */
async function writeZip(path: string, pieces: readonly Piece[]): Promise<void> {
  let [sum, size] = [0, 0];
  const packed = Readable.from(spell(pieces)).pipe(createDeflateRaw({ level: 9 }));
  for (const part of spell(pieces)) [sum, size] = [crc32(part, sum), size + part.length];
  const body = Buffer.concat(await packed.toArray());
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(8, 2);
  for (const [at, value] of [sum, body.length, size].entries()) fields.writeUInt32LE(value, 8 + 4 * at);
  fields.writeUInt16LE(5, 20);
  const name = Buffer.from("a.csv");
  const local = Buffer.concat([Buffer.from("504b03041400", "hex"), fields, name, body]);
  const central = Buffer.concat([Buffer.from("504b010214001400", "hex"), fields, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  await writeFile(path, Buffer.concat([local, central, end]));
}

const wideRow = (first: string, rest: (at: number) => string) =>
  `${first},${Array.from({ length: 9_997 }, (_, at) => rest(at)).join(",")}\n`;

const KINDS: readonly HeavyKind[] = [
  {
    kind: "a line of 100 MB",
    file: "a.csv",
    make: text(HEAD, ["x", 100], "\n"),
    says: /a\.csv has a line of more than 8 MiB/u,
  },
  {
    kind: "gzip bomb",
    file: "a.csv.gz",
    make: gzip(["0,0\n", 1_024]),
    says: /a\.csv\.gz unpacks to more than 400 times/u,
  },
  {
    kind: "JSON nested 10,000 deep",
    file: "a.jsonl",
    make: text(`${RECORD}\n{"customer":`, ["[", 1], ["]", 1], "}\n"),
    says: /1 record rejected/u,
    imported: "2 records read, 1 event added",
  },
  {
    kind: "a field of 100 MB in quotes",
    file: "a.csv",
    make: text(HEAD, '"', ["x\n", 100], '",View,2024-01-01\nann,View,2024-01-01\nbob,Buy,2024-01-02\n'),
    says: /a\.csv: the first record does not end within 1 MiB\. Most likely a quote/u,
  },
  {
    kind: "a field of 100 MB in quotes",
    file: "a.csv",
    make: text(HEAD, "ann,View,2024-01-01\n", '"', ["x\n", 100], '",View,2024-01-01\n'),
    says: /a\.csv, line 3: a quote is opened and never closed, or only more than 8 MiB later/u,
  },
  {
    kind: "quote never closed",
    file: "a.csv",
    make: text(HEAD, "ann,View,2024-01-01\n", 'bob,"', ["x\n", 100]),
    says: /a\.csv, line 3: a quote is opened and never closed/u,
  },
  { kind: "gzip bomb", file: "a.csv.gz", make: gzip(["0", 1_024]), says: /a\.csv\.gz unpacks to more than 400 times/u },
  {
    kind: "ZIP bomb",
    file: "a.zip",
    make: (path) => writeZip(path, [["0,0\n", 1_024]]),
    says: /a\.zip\/a\.csv unpacks to more than 400 times/u,
  },
  {
    kind: "a line of 100 MB",
    file: "a.jsonl",
    make: text(`${RECORD}\n{"customer":"`, ["x", 100], '"}\n'),
    says: /a\.jsonl has a line of more than 8 MiB/u,
  },
  {
    kind: "a line of 100 MB",
    file: "a.jsonl",
    make: text('{"customer":"', ["x", 100], '"}\n'),
    says: /a\.jsonl begins like JSON, but its first record does not end/u,
  },
  {
    kind: "a line of 100 MB",
    file: "a.json",
    make: text(`[${RECORD},{"customer":"`, ["x", 100], '"}]'),
    says: /a\.json, line 1: record 2 is longer than 8 MiB/u,
  },
  {
    kind: "a line of 100 MB",
    file: "a.csv",
    make: text(HEAD, ["x", 100], "\u0000"),
    says: /a\.csv, line 2: a zero byte/u,
  },
  {
    kind: "JSON nested 10,000 deep",
    file: "a.json",
    make: text(`[${RECORD},{"x":`, ["[", 100]),
    says: /a\.json, line 1: a record is nested more than 100 deep/u,
  },
  {
    kind: "10,000 columns",
    file: "a.csv",
    make: text(
      wideRow("customer,event,timestamp", (at) => `c${at}`),
      ...Array.from({ length: 5_000 }, () => wideRow("ann,View,2024-01-01", () => "1")),
    ),
    says: /a\.csv has 10000 columns/u,
  },
  {
    kind: "an id or a name of more than 1 MB",
    file: "a.csv",
    make: text(
      HEAD,
      "ann,View,2024-01-01\n",
      ...Array.from({ length: 15 }, (): Piece[] => [["x", 7], ",View,2024-01-01\n"]).flat(),
    ),
    says: /15 records, : a field holds more than 1 MB/u,
    imported: "16 records read, 1 event added",
  },
  {
    kind: "zero bytes only",
    file: "a.csv",
    make: async (path) => {
      openSync(path, "w");
      await truncate(path, 2 ** 40);
    },
    says: /a\.csv, line 1: a zero byte/u,
  },
];

interface Run {
  readonly code: number | null;
  readonly said: string;
  readonly peakBytes: number;
}

/** One command in a process of its own; nothing is on its standard input. */
async function runCommand(workspace: string, ...args: readonly string[]): Promise<Run> {
  const env = { ...process.env, WAYMARK_WORKSPACE: workspace, UV_THREADPOOL_SIZE: "16" };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let peakBytes = 0;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      said += part.toString();
    });
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peakBytes = Math.max(peakBytes, Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1] ?? 0) * 1024);
  }, 20);
  const [code] = await once(child, "close");
  clearInterval(look);
  return { code, said, peakBytes };
}

/** Live imports, and what lies in the temporary folder. */
async function describeWorkspace(workspace: string): Promise<string> {
  const { said } = await runCommand(workspace, "imports", "--json");
  return `${said} ${await readdir(join(workspace, "temp")).catch(() => [])}`;
}

async function tryKind(folder: string, workspace: string, before: string, kind: HeavyKind): Promise<boolean> {
  const path = join(folder, kind.file);
  await kind.make(path);
  const { code, said, peakBytes } = await runCommand(workspace, "import", path, "--yes");
  await rm(path);
  const [, id] = /^Import (\d+) /mu.exec(said) ?? [];
  if (id !== undefined) await runCommand(workspace, "imports", "rollback", id);
  const same = (await describeWorkspace(workspace)) === before;
  const outcome = kind.imported === undefined ? code === 2 : code === 0 && said.includes(kind.imported);
  const good = outcome && kind.says.test(said) && peakBytes <= LIMIT_BYTES && same;
  process.stdout.write(
    `${good ? "passed" : "FAILED"}  ${kind.kind} (${kind.file}): ${Math.round(peakBytes / MIB)} MiB, exit code ${code}, ` +
      `workspace ${same ? "as before" : "CHANGED"}: ${said.split("\n").slice(0, 3).join(" ").slice(0, 240)}\n`,
  );
  return good;
}

const folder = await mkdtemp(join(tmpdir(), "waymark-malformed-"));
try {
  const workspace = join(folder, "workspace");
  // A workspace that is there already: making its databases takes more than any import of these.
  await runCommand(workspace, "imports", "--json");
  const { peakBytes } = await runCommand(workspace, "imports", "--json");
  process.stdout.write(`a command that reads nothing: ${Math.round(peakBytes / MIB)} MiB\n`);
  const before = await describeWorkspace(workspace);
  const kinds = process.argv.includes("--sample") ? KINDS.slice(0, 3) : KINDS;
  let failed = 0;
  for (const kind of kinds) if (!(await tryKind(folder, workspace, before, kind))) failed++;
  process.stdout.write(`${kinds.length - failed} of ${kinds.length} kinds within ${LIMIT_BYTES / MIB} MiB\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
