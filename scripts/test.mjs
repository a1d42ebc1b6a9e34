/**
 * `npm test`: installs what is missing, then runs every correctness test. Arguments go to Vitest.
 * Proofs that take long (benchmarks, fifty kills) are not here: `npm run prove`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, ROOT } from "./prepare.mjs";

await ensureInstalled();
const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
const result = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "16" },
});
process.exitCode = result.status ?? 1;
