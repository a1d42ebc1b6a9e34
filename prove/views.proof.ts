/**
 * Proves on random logs that every view of a journey equals a brute-force count, on one table and on two shards.
 * 200 logs with ties, repeats, filters and several imports; `--sample` checks 4.
 */
import { runLonger } from "./run-longer.ts";

runLonger("src/analysis/journey-views.test.ts", "WAYMARK_PROPERTY_RUNS", process.argv.includes("--sample") ? 4 : 200);
