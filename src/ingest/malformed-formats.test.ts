/**
 * Malformed files in formats with a structure of their own: each is refused in a sentence that names the file and what to
 * do, or its records are read or rejected with a reason; nothing is imported by half. Text, gzip and ZIP: malformed-text.test.ts.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { DATABASE_KINDS } from "../../test/malformed-databases.ts";
import type { MalformedKind } from "../../test/malformed-kind.ts";
import { OCEL_KINDS, XES_KINDS } from "../../test/malformed-logs.ts";
import { PARQUET_KINDS } from "../../test/malformed-parquet.ts";
import { WORKBOOK_KINDS } from "../../test/malformed-workbooks.ts";
import { AppError } from "../domain/app-error.ts";
import { importPaths } from "./import-paths.ts";

let workspace: ImportWorkspace;
let before: Awaited<ReturnType<typeof look>>;
beforeAll(async () => {
  workspace = await openImportWorkspace();
  mkdirSync(join(workspace.dir, "temp"));
  before = await look();
});
afterAll(() => workspace.close());

/** All that an import could leave behind: imports, events, tables, files. */
async function look() {
  const [count] = await workspace.events.query<{ events: string }>("SELECT toString(count()) AS events FROM raw");
  const tables = await workspace.events.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
  );
  const imports = await workspace.state.listImports();
  const temporary = readdirSync(join(workspace.dir, "temp"), { recursive: true });
  return { events: count?.events, tables, imports: imports.map(({ id }) => id), temporary };
}

/** What can be read is only looked at, as by --dry-run; what is refused must be refused by an import itself. */
async function run({ file, content, beside = {}, refused }: MalformedKind) {
  const folder = mkdtempSync(join(workspace.dir, "in-"));
  for (const [name, bytes] of Object.entries({ [file]: content(), ...beside }))
    writeFileSync(join(folder, name), bytes);
  try {
    return await importPaths(workspace.deps, { paths: [join(folder, file)], dryRun: refused === undefined });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const KINDS: readonly MalformedKind[] = [
  ...XES_KINDS,
  ...OCEL_KINDS,
  ...PARQUET_KINDS,
  ...DATABASE_KINDS,
  ...WORKBOOK_KINDS,
];

test.each(KINDS)("$kind", async (kind) => {
  const outcome = await run(kind).catch((error: unknown) => error);
  if (kind.refused) {
    expect(outcome).toBeInstanceOf(AppError);
    expect((outcome as AppError).message).toMatch(kind.refused);
  } else {
    if (outcome instanceof Error) throw outcome;
    const { events, rejects, warnings, mapping, preview } = outcome as Awaited<ReturnType<typeof run>>;
    expect([events.added, events.rejected]).toEqual(kind.events);
    expect(JSON.stringify([mapping.notes, warnings, rejects, preview])).toMatch(kind.told ?? /./u);
  }
  expect(await look()).toEqual(before);
});
