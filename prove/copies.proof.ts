/**
 * Proves that copies of ecom under other names, in another order, form and time zone give the same map through the proposal
 * alone. `npm test` reads the first of them, this reads all; needs the data folder (WAYMARK_DATA).
 */
import { runLonger } from "./run-longer.ts";

// The sample is what `npm test` reads.
if (!process.argv.includes("--sample")) runLonger(["test/ecom-copies-real-data.test.ts"], "WAYMARK_ALL_COPIES", 1);
