/**
 * Where the exports of real shops and desks are, and whether they are there.
 * What is in them, and the numbers that are known of them, is said by the tests.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The folder of real exports: WAYMARK_DATA, by default ../shared/data. */
export const REAL_DATA = resolve(process.env.WAYMARK_DATA ?? "../shared/data");
export const hasRealData = existsSync(REAL_DATA);
/** Added to the name of what is skipped, so that the reader sees why. */
export const whySkipped = hasRealData ? "" : ` (skipped: ${REAL_DATA} is missing; set WAYMARK_DATA)`;

/** What takes ten seconds and more on them is left to `npm run prove -- real-data`. */
export const readsLongData = hasRealData && process.env.WAYMARK_REAL_DATA_ROUNDS !== undefined;
export const whyLongSkipped = hasRealData && !readsLongData ? " (skipped: npm run prove -- real-data)" : whySkipped;
