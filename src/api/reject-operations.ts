/**
 * Rejected records of an import: what is wrong with them, by reason, and reading them again once they are corrected.
 * Grouping and reading are done in ingest/.
 */
import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { type Mapping, mappingSchema } from "../domain/mapping.ts";
import { groupRejects, whyNotAlone } from "../ingest/group-rejects.ts";
import { rejectsPath } from "../ingest/kept-rejects.ts";
import { findOpenRejects } from "../ingest/open-rejects.ts";
import { readMappingFile } from "../ingest/recipes.ts";
import { listColumns, MAX_CSV_RECORDS } from "../ingest/rejects-csv.ts";
import { retryRejects } from "../ingest/retry-rejects.ts";
import { defineOperation } from "./operation.ts";
import { takeTurn } from "./take-turn.ts";

const absolutePath = z.string().refine(isAbsolute, "must be an absolute path");
const idSchema = z.int().min(1);

const problemSchema = z.object({ field: z.string(), reason: z.string() });
const changeSchema = z.object({ column: z.string(), find: z.string(), replace: z.string() });

const suggestionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("time-format"), timeFormat: z.string(), share: z.number() }),
  z.object({ kind: z.literal("replace"), changes: z.array(changeSchema).readonly(), share: z.number() }),
]);

const groupSchema = problemSchema.extend({
  /** From 1; the group with most records first. */
  number: z.int(),
  records: z.int(),
  /** Why none of them can be read again one by one; null when some can. */
  why: z.string().nullable(),
  /** Columns that the value at fault comes from. */
  columns: z.array(z.string()).readonly(),
  advice: z.string(),
  suggestion: suggestionSchema.nullable(),
  rows: z
    .array(
      z.object({
        record: z.int(),
        file: z.string(),
        line: z.int(),
        value: z.string(),
        cells: z.array(z.string().nullable()).readonly(),
        rest: z.string(),
        editable: z.boolean(),
      }),
    )
    .readonly(),
});

const rejects = defineOperation({
  summary: "The rejected records of an import that are still open, by what is wrong with them.",
  output: z.object({
    /** The import that first refused them. */
    import: z.int(),
    rejected: z.int(),
    /** Records that are kept for reading again; more are counted only. */
    kept: z.int(),
    mended: z.int(),
    open: z.int(),
    /** Why none of them can be read again one by one; null when some can. */
    why: z.string().nullable(),
    /** What could not be kept or written, in whole sentences. */
    notes: z.array(z.string()),
    columns: z.array(z.string()).readonly(),
    groups: z.array(groupSchema).readonly(),
    /** With `table`: the open records as CSV, to be corrected. */
    csv: z.string().nullable(),
  }),
  input: z.strictObject({
    id: idSchema,
    /** First records of each group. */
    rows: z.int().min(0).max(200).default(5),
    table: z.boolean().default(false),
  }),
  local: false,
  run: async ({ state, workspace }, { id, rows, table }) => {
    const open = await findOpenRejects({ state, workspaceDir: workspace }, id);
    const { import: record, rejected, kept, mended } = open;
    const path = rejectsPath(workspace, record.id, "csv");
    return {
      ...{ import: record.id, rejected, kept, mended },
      open: rejected - mended,
      why: whyNotAlone(open) ?? null,
      notes: describeLimits(rejected, kept, open.rejects.records.length),
      columns: open.rejects.texts ? listColumns(open.rejects.files) : [],
      groups: groupRejects(open, rows),
      csv: table ? await readFile(path, "utf8").catch(() => null) : null,
    };
  },
});

function describeLimits(rejected: number, kept: number, open: number): string[] {
  const count = (value: number) => value.toLocaleString("en-US");
  return [
    ...(kept < rejected
      ? [
          `Of ${count(rejected)} rejected records the first ${count(kept)} are kept, and only these can be read again. For the others correct the file and import it again.`,
        ]
      : []),
    ...(open > MAX_CSV_RECORDS
      ? [`The CSV holds the first ${count(MAX_CSV_RECORDS)}; the next come once these are mended.`]
      : []),
  ];
}

/** What both ways of asking for a retry share: the command line's with paths, the network's with an upload. */
export const retryFields = {
  id: idSchema.describe("The import whose rejects are read again."),
  group: z.strictObject(problemSchema.shape).optional().describe("Only records that are rejected for this."),
  changes: z
    .array(z.strictObject(changeSchema.shape))
    .max(100)
    .optional()
    .describe("New text in a column, in all these records; an empty `find` stands for the whole value."),
  rows: z
    .array(
      z.strictObject({ record: z.int().min(0), cells: z.record(z.string(), z.string()), rest: z.string().optional() }),
    )
    .max(10_000)
    .optional()
    .describe("New texts in single records, after the changes."),
  timeFormat: z.string().min(1).optional().describe("How their times are read, instead of the mapping's way."),
  mapping: mappingSchema.optional().describe("The corrected mapping: the same recipe and rules, read otherwise."),
} as const;

const retry = defineOperation({
  summary: "Reads rejected records again, corrected or under a corrected mapping, as an import of their own.",
  output: z.object({
    import: z.int(),
    /** The import they came in as; 0 when none of them is an event now. */
    id: z.int(),
    sent: z.int(),
    mended: z.int(),
    settled: z.int(),
    events: z.object({
      ...{ read: z.int(), added: z.int(), duplicate: z.int(), rejected: z.int() },
      skipped: z.record(z.string(), z.int()),
    }),
    rejects: z.array(problemSchema.extend({ records: z.int() })).readonly(),
    open: z.int(),
    warnings: z.array(z.string()).readonly(),
  }),
  input: z
    .strictObject({ ...retryFields, file: absolutePath.optional(), mappingFile: absolutePath.optional() })
    .refine(({ mapping, mappingFile }) => mapping === undefined || mappingFile === undefined, {
      error: "give a mapping or a mapping file, not both",
    }),
  local: true,
  run: async (platform, { mapping, mappingFile, ...input }, call) => {
    const { events, state, workspace, clock } = platform;
    const said: Mapping | undefined = mappingFile === undefined ? mapping : await readMappingFile(mappingFile);
    const { signal, onProgress } = call;
    return takeTurn(platform, call, () =>
      retryRejects(
        { events, state, workspaceDir: workspace, clock },
        {
          ...input,
          mapping: said,
          signal,
          onProgress: ({ phase, records }) => onProgress({ phase, done: records, total: 0, unit: "records" }),
        },
      ),
    );
  },
});

export const REJECT_OPERATIONS = { rejects, retry } as const;
