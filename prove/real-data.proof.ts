/**
 * Proves on the large real exports what is known of them: recipes, joins, KPIs, moments, pain points and the way through the app.
 * `npm test` reads the smaller ones; needs the data folder (WAYMARK_DATA). The sample is what `npm test` reads.
 */
import { runLonger } from "./run-longer.ts";

const FILES = [
  "src/ingest/recipes.test.ts",
  "src/ingest/data-set-recipes.test.ts",
  "src/ingest/flatten-xes.test.ts",
  "src/analysis/moments-reviews.test.ts",
  "test/documented-commands.test.ts",
  "test/kpis-real-data.test.ts",
  "test/pain-points-real-data.test.ts",
  "test/web/stories.test.ts",
];
if (!process.argv.includes("--sample")) runLonger(FILES, "WAYMARK_REAL_DATA_ROUNDS", 1);
