/**
 * The command line as people and scripts meet it: real processes, exit codes, JSON alone on stdout.
 * What the numbers are is tested beside the analyses; here stand the contract's keys and the words.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CompiledSources, compileSources } from "../../test/compiled-sources.ts";
import { openSession, type Session } from "../api/session.ts";
import { buildProgram } from "./program.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let compiled: CompiledSources;
let folder: string;

beforeAll(async () => {
  compiled = await compileSources();
  folder = await mkdtemp(join(tmpdir(), "waymark-cli-"));
});

afterAll(async () => {
  await compiled.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs one command; `workspace` is a name below this test's own folder. */
function waymark(workspace: string, ...args: readonly string[]): Promise<Run> {
  const main = join(compiled.folder, "cli", "main.js");
  const env = { ...process.env, WAYMARK_WORKSPACE: join(folder, workspace), UV_THREADPOOL_SIZE: "16" };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env, maxBuffer: 64 * 2 ** 20 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, err });
    });
  });
}

/** What the program itself writes, without a process. */
async function explain(...args: readonly string[]): Promise<{ text: string; code: string }> {
  let text = "";
  const program = buildProgram();
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command.exitOverride().configureOutput({ writeOut: (part) => (text += part), writeErr: (part) => (text += part) });
  const code = await program.parseAsync(args, { from: "user" }).then(
    () => "",
    (error: { code: string }) => error.code,
  );
  return { text, code };
}

describe("without a workspace", () => {
  test("help and version are answers", async () => {
    const [help, version] = await Promise.all([waymark("none", "--help"), waymark("none", "--version")]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toMatch(/Exit codes: 0 done, 1 a fault of Waymark, 2 wrong use or bad input, 3 not enough data/u);
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  });

  test("every command explains itself with an example, and takes --json and --workspace", async () => {
    const names = buildProgram().commands.map((command) => command.name());
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const { text, code } = await explain(name, "--help");
      expect(code, name).toBe("commander.helpDisplayed");
      expect(text, name).toMatch(/Example:\n {2}\$ waymark /u);
      expect(text, name).toContain("--json");
      expect(text, name).toContain("--workspace <dir>");
    }
  });

  test("wrong use ends with 2 and says what is wrong; with --json also as a problem", async () => {
    const [unknown, wrong] = await Promise.all([
      waymark("none", "mop"),
      waymark("none", "map", "--min-share", "3", "--json"),
    ]);
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain("unknown command 'mop'");
    expect(wrong).toMatchObject({ code: 2, out: "" });
    const problem = wrong.err.split("\n").find((line) => line.startsWith("{"));
    expect(JSON.parse(problem ?? "")).toMatchObject({ code: "invalid", status: 400 });
  });
});

describe("an empty workspace, held by another process", () => {
  let holder: Session;

  beforeAll(async () => {
    holder = await openSession({ workspace: join(folder, "empty") });
  });

  afterAll(() => holder.close());

  test("the map is empty, exits 0 and says what to do next", async () => {
    const { code, out, err } = await waymark("empty", "map", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ journeys: 0, customers: 0, unassigned: 0, nodes: [], edges: [] });
    expect(err).toContain("waymark import");
  });

  test("kpis and imports never end with 3", async () => {
    expect((await waymark("empty", "kpis", "--json")).code).toBe(0);
    const imports = await waymark("empty", "imports", "--json");
    expect(imports.code).toBe(0);
    expect(JSON.parse(imports.out)).toEqual({ imports: [] });
  });

  test("an answer that is wholly missing ends with 3 and says so in its JSON", async () => {
    const { code, out } = await waymark("empty", "variants", "--json");
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      status: "insufficient-data",
      n: 0,
      required: 1,
      journeys: 0,
      variants: [],
    });
  });

  test("what is not there is wrong input, as one sentence", async () => {
    const { code, out, err } = await waymark("empty", "journeys", "nobody");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^waymark: There is no customer «nobody»[^\n]*\n$/u);
    const filter = await waymark("empty", "map", "--where", 'touchpoint = "X');
    expect(filter.code).toBe(2);
    expect(filter.err).toContain("never closed");
  });
});
