/**
 * Shapes of the network that belong to no operation: problems, jobs, uploads, workspaces.
 * The types used by the code stand beside the code; a test holds real answers against these.
 */
import { z } from "zod";
import { importRequestSchema } from "./job-routes.ts";
import { retryRequestSchema } from "./retry-route.ts";

const problemSchema = z.object({
  type: z.string().describe("urn:waymark:problem: and the code."),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("One sentence for people: where, and what to do."),
  code: z.enum(["invalid", "not-found", "conflict", "forbidden", "unavailable", "bug"]),
  details: z.record(z.string(), z.unknown()).describe("Facts for programs, such as fields: [{field, message}]."),
});

const progressSchema = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number().describe("0 while unknown."),
  unit: z.enum(["bytes", "events", "records", "customers"]),
});

export const FIXED_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Problem: problemSchema,
  Job: z.object({
    job: z.string(),
    workspace: z.enum(["main", "demo"]),
    kind: z.enum(["import", "rollback", "retry", "demo"]),
    status: z.enum(["running", "done", "failed", "cancelled"]),
    progress: progressSchema.nullable(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    result: z.unknown().optional().describe("When done: what the operation answered."),
    problem: problemSchema.optional().describe("When failed."),
  }),
  Upload: z.object({
    upload: z.string().describe("Names the upload in an import."),
    files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  }),
  ImportRequest: importRequestSchema,
  RetryRequest: retryRequestSchema,
  Workspaces: z.object({
    workspaces: z.array(
      z.object({
        name: z.enum(["main", "demo"]),
        folder: z.string().describe("The last two parts of its path."),
        demo: z.boolean(),
        first: z.boolean().describe("Whether the app opens with it."),
      }),
    ),
  }),
  Recipes: z.object({
    recipes: z.array(z.object({ name: z.string(), description: z.string(), yaml: z.string() })),
  }),
};
