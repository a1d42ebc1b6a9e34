/**
 * Whether the linter really refuses an import that crosses the house's boundaries (ARCHITECTURE.md, "Who may import whom").
 * It plants one file a folder and asks Biome; whether the present sources obey is `npm run lint`.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const BIOME = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");

interface Planted {
  readonly folder: string;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

/** The table of the design, one row a part. */
const TABLE: readonly Planted[] = [
  {
    folder: "src/domain",
    allowed: ["zod", "./app-error.ts"],
    refused: ["../store/event-store.ts", "../stats/x.ts", "../config.ts", "node:fs", "pg"],
  },
  {
    folder: "src/stats",
    allowed: ["./x.ts"],
    refused: ["../domain/app-error.ts", "../store/event-store.ts", "node:fs"],
  },
  {
    folder: "src/store",
    allowed: ["../domain/app-error.ts", "./event-store.ts", "node:fs", "pg"],
    refused: [
      "../ingest/x.ts",
      "../analysis/context.ts",
      "../stats/x.ts",
      "../config.ts",
      "../platform.ts",
      "../api/x.ts",
    ],
  },
  {
    folder: "src/ingest",
    allowed: ["../domain/app-error.ts", "../store/event-store.ts", "node:fs"],
    refused: [
      "../analysis/context.ts",
      "../stats/x.ts",
      "../config.ts",
      "../platform.ts",
      "../api/x.ts",
      "../cli/x.ts",
      "chdb",
    ],
  },
  {
    folder: "src/analysis",
    allowed: ["../domain/app-error.ts", "../store/event-store.ts", "../stats/x.ts", "zod"],
    refused: ["../ingest/x.ts", "../config.ts", "../platform.ts", "../api/x.ts", "../cli/x.ts", "node:fs", "pg"],
  },
  {
    folder: "src/delivery",
    allowed: ["../domain/app-error.ts", "../store/state-store.ts"],
    refused: ["../analysis/context.ts", "../ingest/x.ts", "../platform.ts", "../api/x.ts"],
  },
  {
    folder: "src/api",
    allowed: ["../platform.ts", "../domain/app-error.ts", "../analysis/context.ts", "../ingest/x.ts"],
    refused: ["../cli/x.ts", "../store/state-store.ts", "pg"],
  },
  {
    folder: "src/cli",
    allowed: ["../api/x.ts", "../domain/moment-words.ts", "./x.ts", "commander"],
    refused: [
      "../platform.ts",
      "../config.ts",
      "../analysis/context.ts",
      "../store/state-store.ts",
      "../domain/app-error.ts",
    ],
  },
  {
    folder: "web/ui",
    allowed: ["../../src/domain/touchpoint.ts", "../api/types.ts", "./x.ts", "react", "zod"],
    refused: [
      "../../src/api/operations.ts",
      "../../src/store/event-store.ts",
      "../../src/analysis/context.ts",
      "../../src/stats/x.ts",
      "../../src/config.ts",
      "node:fs",
    ],
  },
  {
    folder: "web/pages/map/graph",
    allowed: ["../../../../src/domain/touchpoint.ts", "../../../api/types.ts", "../../../ui/x.ts"],
    refused: [
      "../../../../src/api/operations.ts",
      "../../../../src/api/problem.ts",
      "../../../../src/analysis/measured-journey.ts",
      "../../../../src/store/state-store.ts",
      "../../../../src/platform.ts",
      "node:path",
    ],
  },
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

const planted = TABLE.map(({ folder, allowed, refused }) => ({
  path: `${folder}/planted-by-boundaries-test.ts`,
  specifiers: [...allowed, ...refused],
  refused,
}));
const refusedLines = new Map<string, string[]>();
const environmentReaders: string[] = [];

/** A folder of its own with this project's rules: what is planted must not disturb a build that runs meanwhile. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-boundaries-"));
  for (const name of ["biome.json", ".gitignore", "package.json"]) await cp(join(ROOT, name), join(folder, name));
  for (const { path, specifiers } of planted) {
    const imports = specifiers.map((specifier, index) => `import * as n${index} from "${specifier}";`);
    const names = specifiers.map((_, index) => `n${index}`).join(", ");
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${imports.join("\n")}\nexport const all = [${names}, process.env];\n`);
  }
  const paths = planted.map(({ path }) => path);
  // Biome ends with 1 because it finds what was planted.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [BIOME, "lint", "--reporter=json", "--max-diagnostics=none", ...paths],
    { cwd: folder },
  ).catch((error: { stdout: string }) => error);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  for (const { category, location } of diagnostics) {
    const file = planted.find(({ path }) => location.path.endsWith(path));
    if (category === "lint/style/noProcessEnv" && file) environmentReaders.push(file.path);
    const specifier = file?.specifiers[location.start.line - 1];
    if (category !== "lint/style/noRestrictedImports" || !file || !specifier) continue;
    refusedLines.set(file.path, [...(refusedLines.get(file.path) ?? []), specifier]);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the linter keeps the house's boundaries", () => {
  test.each(planted)("$path: exactly the forbidden imports are refused", ({ path, refused }) => {
    expect((refusedLines.get(path) ?? []).toSorted()).toEqual(refused.toSorted());
  });

  test("only config.ts may read the environment", () => {
    expect(environmentReaders.toSorted()).toEqual(planted.map(({ path }) => path).toSorted());
  });

  test("the one file of web/ that may import the API takes types alone: a value would bring the server to the browser", async () => {
    const text = await readFile(join(ROOT, "web", "api", "types.ts"), "utf8");
    const imports = text.match(/^(?:import|export)\b.*\bfrom "|\bimport\(/gmu) ?? [];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((line) => !/^(?:import|export) type /u.test(line))).toEqual([]);
  });
});
