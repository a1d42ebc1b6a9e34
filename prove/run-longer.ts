/**
 * Runs test files with more rounds than `npm test` gives them. The rounds are the proof; what is checked is the test's.
 * It ends the process with the test runner's exit code.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const HOUR_MS = 3_600_000;

/** `variable` is the environment variable in which the tests read their rounds, or that few are wanted. */
export function runLonger(files: readonly string[], variable: string, rounds: number | "sample"): void {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [vitest, "run", ...files, `--testTimeout=${HOUR_MS}`], {
    stdio: "inherit",
    env: { ...process.env, [variable]: String(rounds) },
  });
  process.stdout.write(
    `${files.join(", ")}: ${rounds === "sample" ? "a sample" : `${rounds} rounds`} ${status === 0 ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
  );
  process.exitCode = status ?? 1;
}
