/**
 * One kind of malformed input and what must come of it, tried on a workspace: refused in words that help and nothing left behind,
 * or imported with every record accounted for. Which kinds there are is said by the tests that give them.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { AppError } from "../src/domain/app-error.ts";
import { importPaths, type PathsReport, type PathsRequest } from "../src/ingest/import-paths.ts";
import { rollbackImport } from "../src/ingest/rollback-import.ts";
import type { ImportWorkspace } from "./import-workspace.ts";

export interface MalformedInput {
  /** As in the table of docs/malformed-input.md. */
  readonly kind: string;
  /** Files by name, or what makes them in an empty folder and says what to import. */
  readonly files: Readonly<Record<string, string | Buffer>> | ((folder: string) => Promise<readonly string[]>);
  /** YAML; otherwise what Waymark proposes. */
  readonly mapping?: string;
  readonly request?: (folder: string) => Partial<PathsRequest>;
  readonly outcome: Refused | Imported;
}

/** The sentence, which must name the file and the line where there is one. */
export interface Refused {
  readonly refused: RegExp;
}

export interface Imported {
  /** "customer touchpoint time" of each event in file order, or only how many. */
  readonly events: readonly string[] | number;
  /** "line field: reason" of each record that is refused. */
  readonly rejected?: readonly string[];
  readonly skipped?: Readonly<Record<string, number>>;
  readonly note?: RegExp;
  /** The rejects as people open them in a spreadsheet. */
  readonly rejectsFile?: RegExp;
}

/** What a workspace holds, in every place where an import might leave something. */
async function describeWorkspace({ dir, events, state }: ImportWorkspace) {
  const list = (folder: string) => readdir(join(dir, folder), { recursive: true }).catch(() => []);
  return {
    live: (await state.listImports()).filter(({ status }) => status !== "removed"),
    rows: await events.query(
      "SELECT import, toString(count()) AS n, toString(sum(rowHash)) AS hash FROM raw GROUP BY import ORDER BY import",
    ),
    tables: await events.query("SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name"),
    temporary: await list("temp"),
    rejects: await list("rejects"),
  };
}

async function place({ files }: MalformedInput, folder: string): Promise<readonly string[]> {
  if (typeof files === "function") return files(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return Object.keys(files).map((name) => join(folder, name));
}

function listRejects(text: string): string[] {
  const [, ...rows] = parse(text, { relax_column_count: true }) as string[][];
  return rows.map(([, line, field, reason]) => `${line} ${field}: ${reason}`);
}

/** What people are told, and what came in. Nothing may disappear: every record is an event, rejected or skipped. */
async function describeImport(workspace: ImportWorkspace, report: PathsReport) {
  const { read, added, rejected, skipped } = report.events;
  const rows = await workspace.raw<Record<"customer" | "touchpoint" | "at", string>>(
    report.id,
    "customerId AS customer, touchpoint, toString(time) AS at",
  );
  const rejectsFile = report.rejectsFile === null ? "" : await readFile(report.rejectsFile, "utf8");
  const rejects = listRejects(rejectsFile);
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  expect([read, added, rejected]).toEqual([rows.length + rejects.length + left, rows.length, rejects.length]);
  return {
    events: rows.map(({ customer, touchpoint, at }) => `${customer} ${touchpoint} ${at.replace(".000", "")}`),
    rejected: rejects,
    skipped,
    notes: [...report.mapping.notes, ...report.warnings],
    rejectsFile,
  };
}

type Found = { readonly refused: string } | Awaited<ReturnType<typeof describeImport>>;

/** @throws what is no AppError: a crash */
async function importFiles(workspace: ImportWorkspace, input: MalformedInput, folder: string): Promise<Found> {
  const files = join(folder, "files");
  await mkdir(files);
  const paths = await place(input, files);
  const mappingFile = join(folder, "mapping.yaml");
  if (input.mapping) await writeFile(mappingFile, input.mapping);
  const request = { paths, ...(input.mapping ? { mappingFile } : {}), ...input.request?.(files) };
  try {
    const report = await importPaths(workspace.deps, request);
    const found = await describeImport(workspace, report);
    await rollbackImport(workspace.deps, report.id);
    await rm(join(workspace.dir, "rejects"), { recursive: true, force: true });
    return found;
  } catch (error) {
    if (error instanceof AppError) return { refused: error.message };
    throw error;
  }
}

/** Tries one kind; afterwards the workspace must be what it was before. */
async function tryMalformed(workspace: ImportWorkspace, input: MalformedInput): Promise<Found> {
  const folder = await mkdtemp(join(workspace.dir, "in-"));
  const before = await describeWorkspace(workspace);
  const found = await importFiles(workspace, input, folder);
  await rm(folder, { recursive: true, force: true });
  expect(await describeWorkspace(workspace)).toEqual(before);
  return found;
}

function checkFound(found: Found, outcome: Refused | Imported): void {
  if ("refused" in outcome || "refused" in found) {
    expect(found).toEqual({ refused: expect.stringMatching("refused" in outcome ? outcome.refused : /(?!)/u) });
    return;
  }
  const { events, rejected = [], skipped = {}, note, rejectsFile } = outcome;
  expect(found).toMatchObject({ rejected, skipped, events: typeof events === "number" ? expect.any(Array) : events });
  if (typeof events === "number") expect(found.events).toHaveLength(events);
  if (rejectsFile) expect(found.rejectsFile).toMatch(rejectsFile);
  if (note) expect(found.notes.join("\n")).toMatch(note);
}

const DOCS = fileURLToPath(new URL("../docs/malformed-input.md", import.meta.url));

/** A test for each kind, and one that docs/malformed-input.md has a row for it. WAYMARK_SHOW_MALFORMED prints what people read. */
export function testMalformed(workspace: () => ImportWorkspace, inputs: readonly MalformedInput[]): void {
  test.each(inputs.map((input) => [input.kind, input] as const))("%s", async (kind, input) => {
    const found = await tryMalformed(workspace(), input);
    if (process.env.WAYMARK_SHOW_MALFORMED) process.stdout.write(`${kind} | ${JSON.stringify(found)}\n`);
    checkFound(found, input.outcome);
  });
  test("has a row for each kind in the docs", async () => {
    const text = await readFile(DOCS, "utf8");
    const rows = text.split("\n").map((line) => line.split(" | ")[0]?.replace("| ", ""));
    expect(rows).toEqual(expect.arrayContaining(inputs.map(({ kind }) => kind)));
  });
}
