/**
 * Proves that every page in every state has no serious or critical finding of axe, in light and dark, wide and on a tablet.
 * Each is also read aloud, as its reviewed ARIA snapshot. `npm test` does so with each page and some states; `--sample` leaves it at that.
 */
import { runLonger } from "./run-longer.ts";

if (process.argv.includes("--sample")) process.stdout.write("page-states: the sample is what npm test looks at\n");
else runLonger(["test/web/pages.test.ts", "test/web/stories.test.ts"], "WAYMARK_PAGE_ROUNDS", 2);
