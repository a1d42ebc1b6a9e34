/**
 * Proves on random logs that every view of a journey, every KPI, list of customers and tally of moments equals a brute-force count,
 * on one table and on two shards: 200 logs each with ties, repeats, filters and several imports; `--sample` checks the views on 4.
 */
import { runLonger } from "./run-longer.ts";

const VIEWS = "src/analysis/journey-views.test.ts";
const OTHERS = [
  "compare-journeys",
  "journey-list",
  "kpi-properties",
  "kpi-parts",
  "selection-kpi",
  "expectations",
  "moment-tallies",
];
const files = [VIEWS, ...OTHERS.map((name) => `src/analysis/${name}.test.ts`)];

if (process.argv.includes("--sample")) runLonger([VIEWS], "WAYMARK_PROPERTY_RUNS", 4);
else runLonger(files, "WAYMARK_PROPERTY_RUNS", 200);
