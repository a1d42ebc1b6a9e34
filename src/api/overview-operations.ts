/**
 * The overview as an operation: the analysis' answer with how many imports it rests on.
 * What is counted and compared is in analysis/overview.ts.
 */
import { z } from "zod";
import { analyzeOverview, overviewQuerySchema, overviewReportSchema } from "../analysis/overview.ts";
import { ask } from "./ask.ts";
import { defineOperation } from "./operation.ts";

const asked = ask(
  "overview",
  "What is in the workspace, its headline numbers, and what changed since the last period.",
  overviewQuerySchema,
  overviewReportSchema,
  analyzeOverview,
);

const overview = defineOperation({
  ...asked,
  output: (asked.output as z.ZodObject).extend({ imports: z.int() }),
  run: async (platform, query, call) => {
    const report = await asked.run(platform, query, call);
    const live = (await platform.state.listImports()).filter(({ status }) => status === "live");
    return { ...report, imports: live.length };
  },
});

export const OVERVIEW_OPERATIONS = { overview } as const;
