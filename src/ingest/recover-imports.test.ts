import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CompiledSources, compileSources } from "../../test/compiled-sources.ts";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { seedStateFolder } from "../../test/state-folder.ts";
import { recoverImports } from "./recover-imports.ts";

const MAPPING = "recipe: shop\nevents:\n  - { touchpoint: { column: what }, time: at, customer: who }\n";
const FILE = { "s.csv": "who,what,at\na,View,2024-01-01\nb,Buy,2024-01-02\n" };

describe("what an interruption leaves", () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());
  const journeys = () => workspace.events.query("SELECT ownerId FROM journeys ORDER BY ownerId");

  it("is dropped when the import was still loading, with its temporary tables", async () => {
    const { events, state, deps } = workspace;
    const id = await state.beginImport({ recipe: "shop", mapping: {}, mappingHash: "", files: [] });
    await events.command("INSERT INTO raw (import, touchpoint) VALUES (77, 'unknown import')");
    await events.command(`INSERT INTO raw (import, touchpoint) VALUES (${id}, 'half an import')`);
    await events.command(`CREATE TABLE import_tmp_${id}_land AS raw ENGINE = Null`);
    expect(await recoverImports(deps)).toEqual({ dropped: [id], finished: [], removed: [], edited: [] });
    expect(await events.query("SELECT DISTINCT import FROM raw")).toEqual([]);
    expect(await events.query("SELECT name FROM system.tables WHERE name LIKE 'import_tmp_%'")).toEqual([]);
    expect(await state.getImport(id)).toMatchObject({ status: "removed" });
  });

  it("is finished when the import was live or its rollback had begun", async () => {
    const { events, state, deps, run } = workspace;
    const report = await run(MAPPING, FILE);
    // As if the process had died right after the commit: live, nothing prepared.
    const record = await state.getImport(report.id);
    const second = await state.beginImport(record);
    await events.command(
      `INSERT INTO raw SELECT * REPLACE (${second} AS import, 'c' AS customerId, cityHash64('c') AS customer, rowHash + 1 AS rowHash)
       FROM (SELECT * FROM raw WHERE import = ${report.id})`,
    );
    await state.commitImport(second);
    expect(await recoverImports(deps)).toEqual({ dropped: [], finished: [second], removed: [], edited: [] });
    expect(await journeys()).toEqual([{ ownerId: "a" }, { ownerId: "b" }, { ownerId: "c" }]);
    expect(await state.getImport(second)).toMatchObject({ prepared: true, events: { added: 2 }, customers: 1 });
    await state.beginRemoval(second);
    expect(await recoverImports(deps)).toEqual({ dropped: [], finished: [], removed: [second], edited: [] });
    expect(await journeys()).toEqual([{ ownerId: "a" }, { ownerId: "b" }]);
    expect(await recoverImports(deps)).toEqual({ dropped: [], finished: [], removed: [], edited: [] });
  });
});

interface Found {
  readonly statuses: readonly string[];
  readonly counted: readonly number[];
  readonly raw: readonly number[];
  readonly journeys: readonly number[];
  readonly leftovers: readonly number[];
}

const ROUNDS = Number(process.env.WAYMARK_KILL_ROUNDS ?? 2);
/** `prove` kills more often, and larger imports. */
const ROWS = ROUNDS > 3 ? 200_000 : 30_000;
const CHILD = fileURLToPath(new URL("../../test/import-until-killed.mjs", import.meta.url));

describe(`kill -9 at ${ROUNDS} random moments of an import`, () => {
  let compiled: CompiledSources;
  let dir: string;
  beforeAll(async () => {
    compiled = await compileSources();
    dir = await mkdtemp(join(tmpdir(), "waymark-killed-"));
    await seedStateFolder(dir);
    const lines = Array.from({ length: ROWS }, (_, at) => `c${at % 9000},View,${1_700_000_000 + at},${at}`);
    await writeFile(join(dir, "log.csv"), `who,what,at,n\n${lines.join("\n")}\n`);
  });
  afterAll(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  /** Opens the workspace in a process of its own, which dies `delay` ms after its import has begun. */
  function openAndKill(delay: number | undefined): Promise<{ found: Found; duration: number | undefined }> {
    const look = delay === undefined ? ["look"] : [];
    const child: ChildProcess = fork(CHILD, [compiled.folder, dir, join(dir, "log.csv"), ...look], { silent: true });
    let complaints = "";
    child.stderr?.on("data", (chunk) => (complaints += chunk));
    return new Promise((resolve, reject) => {
      let found: Found | undefined;
      let begun = 0;
      let duration: number | undefined;
      child.on("message", (message: { found?: Found; begun?: true; finished?: true }) => {
        found = message.found ?? found;
        if (message.begun && delay !== undefined) {
          begun = Date.now();
          setTimeout(() => child.kill("SIGKILL"), delay);
        }
        if (message.finished) duration = Date.now() - begun;
      });
      child.on("exit", () =>
        found ? resolve({ found, duration }) : reject(new Error(`the child failed: ${complaints}`)),
      );
    });
  }

  it(
    "leaves it absent or complete each time",
    async () => {
      // How long an import takes here and now; the moments are spread over that, and a little more.
      const { duration = 1000 } = await openAndKill(60_000);
      const seen: Found[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        // Golden-ratio steps: as irregular as chance, and the same in every run.
        const { found } = await openAndKill(((round * 0.618_034 + 0.1) % 1) * duration * 1.1);
        seen.push(found);
      }
      seen.push((await openAndKill(undefined)).found);
      expect(seen).toHaveLength(ROUNDS + 1);
      for (const found of seen) {
        const live = found.statuses.filter((status) => status === "live").length;
        expect(found.statuses.every((status) => status === "live" || status === "removed")).toBe(true);
        expect(live).toBeLessThanOrEqual(1);
        expect(found).toMatchObject({
          counted: live ? [ROWS] : [],
          raw: live ? [ROWS] : [],
          journeys: [live * ROWS],
          leftovers: [],
        });
      }
    },
    ROUNDS * 20_000,
  );
});
