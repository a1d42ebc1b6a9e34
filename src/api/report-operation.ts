/**
 * The report: KPIs, pain points, moments, themes, findings and initiatives as one document that needs no server to be read.
 * What it says is gathered and composed in src/api/report.
 */
import { z } from "zod";
import { journeyScopeSchema } from "../analysis/journey-frame.ts";
import { painPointsQuerySchema } from "../analysis/pain-points-schema.ts";
import { defineOperation } from "./operation.ts";
import { composeReport } from "./report/compose-report.ts";
import { gatherReport } from "./report/gather-report.ts";
import { writeDay } from "./report/number-words.ts";
import { writeHtml } from "./report/write-html.ts";
import { writeMarkdown } from "./report/write-markdown.ts";
import { VERSION } from "./version.ts";

const FORMATS = {
  markdown: { ending: "md", write: writeMarkdown },
  html: { ending: "html", write: writeHtml },
} as const;
const { outcome, withinMs, worth } = painPointsQuerySchema.shape;

const report = defineOperation({
  summary:
    "A report to read without a server, as Markdown or one HTML file: KPIs, pain points, moments, themes, findings, initiatives.",
  input: journeyScopeSchema.extend({
    format: z.enum(["markdown", "html"]).default("markdown"),
    /** What journeys are for; left out: the order that most journeys have, and where there is none, nothing is diagnosed. */
    outcome: outcome.optional(),
    withinMs: withinMs.unwrap().optional(),
    worth,
  }),
  output: z.object({
    title: z.string(),
    format: z.enum(["markdown", "html"]),
    /** A name to keep it under. */
    file: z.string(),
    text: z.string(),
  }),
  local: false,
  run: async (platform, { format, ...question }, call) => {
    const gathered = { ...(await gatherReport(platform, question, call)), version: VERSION };
    const document = composeReport(gathered);
    const { ending, write } = FORMATS[format];
    const name = gathered.workspace.replace(/[^\p{L}\p{N}_-]+/gu, "-");
    const file = `waymark-report-${name}-${writeDay(gathered.at, gathered.zone)}.${ending}`;
    return { title: document.title, format, file, text: write(document) };
  },
});

export const REPORT_OPERATIONS = { report } as const;
