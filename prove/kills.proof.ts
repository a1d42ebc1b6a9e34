/**
 * Proves that an import killed with kill -9 at a random moment is absent or complete when the workspace opens again.
 * 50 kills of an import of 200,000 rows; `--sample` kills twice.
 */
import { runLonger } from "./run-longer.ts";

runLonger(["src/ingest/recover-imports.test.ts"], "WAYMARK_KILL_ROUNDS", process.argv.includes("--sample") ? 2 : 50);
