import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, openCommandLine, type Run } from "../../test/command-line.ts";
import { compileSources } from "../../test/compiled-sources.ts";
import { withStandardInput } from "./standard-input.ts";

test("is a private file while it is used, and gone afterwards, also after a failure", async () => {
  const bytes: number[] = [];
  const options = { onBytes: (count: number) => bytes.push(count) };
  const input = Readable.from([Buffer.from("id,a\n"), Buffer.from("1,2\n")]);
  let kept = "";
  const text = await withStandardInput(input, options, async (path) => {
    kept = path;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    return readFileSync(path, "utf8");
  });
  expect([text, bytes]).toEqual(["id,a\n1,2\n", [5, 9]]);
  expect(existsSync(dirname(kept))).toBe(false);
  const failing = withStandardInput(Readable.from([Buffer.from("x")]), {}, async (path) => {
    kept = path;
    throw new Error("no table");
  });
  await expect(failing).rejects.toThrow("no table");
  expect(existsSync(dirname(kept))).toBe(false);
});

test("ends at its limit, at a signal, and at a terminal", async () => {
  const endless = () =>
    Readable.from(
      (async function* () {
        for (;;) yield Buffer.alloc(65_536, "1,2\n");
      })(),
    );
  const never = async () => expect.unreachable();
  await expect(withStandardInput(endless(), { maxBytes: 1_000_000 }, never)).rejects.toThrow(/holds more than/u);
  const abort = new AbortController();
  const stopped = withStandardInput(
    endless(),
    { signal: abort.signal, onBytes: () => abort.abort(new Error("stop")) },
    never,
  );
  await expect(stopped).rejects.toThrow("stop");
  const terminal = Object.assign(Readable.from([]), { isTTY: true });
  await expect(withStandardInput(terminal, {}, never)).rejects.toThrow(/Nothing is piped in/u);
});

let cli: CommandLine;
beforeAll(async () => {
  cli = await openCommandLine();
});
afterAll(() => cli.close());

async function pipe(input: Buffer, ...args: readonly string[]): Promise<Run> {
  const { folder } = await compileSources();
  const env = { ...process.env, WAYMARK_WORKSPACE: join(cli.folder, "piped"), UV_THREADPOOL_SIZE: "16" };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(folder, "cli", "main.js"), ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

test("is imported like a file, whatever it is; without --yes it shows the proposal and keeps nothing", async () => {
  const held = await cli.hold("piped");
  try {
    const table = gzipSync("user,event,time\nann,view,2024-01-01T10:00:00Z\nann,buy,2024-01-01T10:05:00Z\n");
    const [twice, asked] = await Promise.all([pipe(table, "import", "-", "-", "--yes"), pipe(table, "import", "-")]);
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining("give - once") });
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining("add --yes") });
    const brought = await pipe(table, "import", "-", "--yes", "--json");
    expect(brought.err).toBe("");
    const [report] = JSON.parse(brought.out).imports;
    expect(report.events).toMatchObject({ read: 2, added: 2, rejected: 0 });
    expect(report.files).toEqual([{ name: "standard input", records: 2 }]);
  } finally {
    await held.close();
  }
});
