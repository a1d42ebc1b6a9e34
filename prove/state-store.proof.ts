/**
 * Proves the contract of the state store, over PGlite and on a Postgres server, with as many touchpoints as there can be,
 * which takes long; `--sample` is what `npm test` does.
 */
import { runLonger } from "./run-longer.ts";

if (process.argv.includes("--sample")) process.stdout.write("state-store: the sample is what npm test does\n");
else
  runLonger(
    ["src/store/embedded-state-store.test.ts", "src/store/server-state-store.test.ts"],
    "WAYMARK_PROPERTY_RUNS",
    1,
  );
