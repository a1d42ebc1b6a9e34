/**
 * Whether the front process can load no engine: none of the modules it imports at once reaches one.
 * Modules that are loaded on demand are the keeper's; that a running front has no engine is seen in serve.test.ts.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ENGINES = /^(?:chdb|@electric-sql\/.*|pg|drizzle-orm.*|@clickhouse\/.*)$/u;
/** Imports that stay after the types are taken out. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;]*?\sfrom\s+)?"([^"]+)"/gmu;

/** Packages that a module reaches, each with the module that names it. */
function reach(entry: string): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const walk = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      if (!name.startsWith(".")) packages.set(name, path);
      else if (existsSync(resolve(dirname(path), name))) walk(resolve(dirname(path), name));
    }
  };
  walk(entry);
  return packages;
}

const SRC = fileURLToPath(new URL("../..", import.meta.url));
const enginesOf = (module: string) => [...reach(join(SRC, module))].filter(([name]) => ENGINES.test(name));

test.each(["api/server/open-front.ts", "api/server/openapi.ts", "api/server/docs-page.ts", "cli/serve-command.ts"])(
  "%s reaches no engine",
  (module) => {
    expect(enginesOf(module)).toEqual([]);
  },
);

test("this test would see one", () => {
  expect(enginesOf("platform.ts").map(([name]) => name)).toContain("@electric-sql/pglite");
});
