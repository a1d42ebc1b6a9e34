/**
 * What comes in and goes out again: import, imports, their rollback, and recipes.
 * Reading, mapping and preparing are done in ingest/.
 */
import { isAbsolute } from "node:path";
import { z } from "zod";
import { type Mapping, mappingSchema, zoneSchema } from "../domain/mapping.ts";
import { roleSchema, stageSchema } from "../domain/touchpoint.ts";
import { importPaths, type PathsReport, type PathsRequest } from "../ingest/import-paths.ts";
import { listRetries, refreshRejectsTable } from "../ingest/open-rejects.ts";
import { listRecipes, loadRecipe } from "../ingest/recipes.ts";
import { rollbackImport } from "../ingest/rollback-import.ts";
import { mappingToYaml } from "../ingest/write-mapping.ts";
import { hasRejects } from "../ingest/write-rejects.ts";
import type { Platform } from "../platform.ts";
import { type Call, defineOperation } from "./operation.ts";
import { takeTurn } from "./take-turn.ts";

const absolutePath = z.string().refine(isAbsolute, "must be an absolute path");

const importInput = z
  .strictObject({
    paths: z.array(absolutePath).min(1),
    recipe: z.string().optional(),
    mappingFile: absolutePath.optional(),
    zone: zoneSchema.optional(),
    dryRun: z.boolean().default(false),
    replace: z.boolean().default(false),
  })
  .refine(({ recipe, mappingFile }) => recipe === undefined || mappingFile === undefined, {
    error: "give a recipe or a mapping, not both",
  });

const importCountsSchema = z.object({
  read: z.int(),
  added: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
  skipped: z.record(z.string(), z.int()),
});

const previewEventSchema = z.object({
  record: z.int(),
  time: z.string(),
  customer: z.string(),
  touchpoint: z.string(),
  channel: z.string(),
  value: z.number().nullable(),
  currency: z.string(),
  score: z.number().nullable(),
  objects: z.array(z.object({ type: z.string(), id: z.string() })),
  properties: z.record(z.string(), z.string()),
});

const reasonSchema = z.object({
  field: z.string(),
  column: z.string(),
  why: z.string(),
  confidence: z.number(),
});

/** The commonest names that events would come in with, and the touchpoints they would count for. */
const previewTouchpointSchema = z.object({
  rawName: z.string(),
  name: z.string(),
  stage: stageSchema.nullable(),
  channel: z.string().nullable(),
  role: roleSchema.nullable(),
  events: z.int(),
});

/** A file table of the mapping: its files, and its columns with a few of their values. */
const sourceSchema = z.object({
  name: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  records: z.int().nullable(),
});

const pathsReportSchema = z.object({
  id: z.int(),
  recipe: z.string(),
  events: importCountsSchema,
  customers: z.int(),
  seconds: z.number(),
  rejects: z.array(z.object({ field: z.string(), reason: z.string(), records: z.int() })),
  rejectsFile: z.string().nullable(),
  warnings: z.array(z.string()),
  unmapped: z.array(z.string()),
  files: z.array(z.object({ name: z.string(), records: z.int() })),
  preview: z.array(previewEventSchema),
  touchpoints: z.array(previewTouchpointSchema),
  sources: z.array(sourceSchema),
  mapping: z.object({
    by: z.enum(["said", "recipe", "mapping"]),
    recipe: z.string(),
    value: mappingSchema,
    yaml: z.string(),
    reasons: z.array(reasonSchema),
    notes: z.array(z.string()),
  }),
});

/** Runs an import on an open workspace, in the caller's turn; progress is counted in bytes of the files, or in records while converting. */
export function runImport(
  { events, state, workspace, clock }: Platform,
  request: PathsRequest,
  { signal, onProgress }: Call,
): Promise<PathsReport> {
  return importPaths(
    { events, state, workspaceDir: workspace, clock },
    {
      ...request,
      signal,
      onProgress: ({ phase, bytes, totalBytes, records }) =>
        onProgress(
          totalBytes > 0
            ? { phase, done: bytes, total: totalBytes, unit: "bytes" }
            : { phase, done: records, total: 0, unit: "records" },
        ),
    },
  );
}

const importFiles = defineOperation({
  summary: "Brings events in from files, or with dryRun shows what would come in.",
  output: z.object({ imports: z.array(pathsReportSchema) }),
  input: importInput,
  local: true,
  run: async (platform, input, call) => ({
    imports: [await takeTurn(platform, call, () => runImport(platform, input, call))],
  }),
});

const importRecordSchema = z.object({
  id: z.int(),
  recipe: z.string(),
  status: z.enum(["loading", "live", "removing", "removed"]),
  events: importCountsSchema.nullable(),
  customers: z.int().nullable(),
  seconds: z.number().nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** What people should know of it. */
  notes: z.array(z.string()),
  /** The mapping in force, as a mapping file. */
  mapping: z.string(),
  /** Whether there is a file of rejected records. */
  rejects: z.boolean(),
  /** The import whose rejected records this one read again; null for any other import. */
  mends: z.int().nullable(),
  /** Records of its rejects that live imports have mended. */
  mended: z.int(),
});

const imports = defineOperation({
  summary: "What was imported, with its counts.",
  output: z.object({ imports: z.array(importRecordSchema) }),
  /** `all`: also those that were rolled back or never became complete. */
  input: z.strictObject({ all: z.boolean().default(false) }),
  local: false,
  run: async ({ state, workspace }, { all }) => {
    const every = await state.listImports();
    const live = new Set(every.filter(({ status }) => status === "live").map(({ id }) => id));
    const retries = await listRetries(state);
    const records = every.filter(({ status }) => all || status !== "removed");
    return {
      imports: await Promise.all(
        records.map(async (record) => ({
          ...(await describeImport(record, workspace)),
          mends: retries.find(({ id }) => id === record.id)?.of ?? null,
          mended: retries
            .filter(({ id, of }) => of === record.id && live.has(id))
            .reduce((sum, { mended }) => sum + mended, 0),
        })),
      ),
    };
  },
});

type ImportRecord = Awaited<ReturnType<Platform["state"]["getImport"]>>;

async function describeImport(record: ImportRecord, workspace: string) {
  const { id, recipe, status, events, customers, seconds, files, startedAt, finishedAt, notes } = record;
  return {
    ...{ id, recipe, status, events, customers, seconds, files, notes },
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    mapping: mappingToYaml(record.mapping as Mapping),
    rejects: await hasRejects(workspace, id),
  };
}

const rollback = defineOperation({
  summary: "Takes one import out again, with those that mend its rejects; what another import brought too stays.",
  output: z.object({ id: z.int(), status: z.literal("removed") }),
  input: z.strictObject({ id: z.int().min(1) }),
  local: false,
  run: async (platform, { id }, call) => {
    await takeTurn(platform, call, async () => {
      const deps = { ...platform, workspaceDir: platform.workspace };
      await rollbackImport(deps, id, call.signal);
      await refreshRejectsTable(deps, id);
    });
    return { id, status: "removed" as const };
  },
});

/** The recipes that ship with Waymark; they need no workspace. */
export async function describeRecipes() {
  const mappings = await Promise.all((await listRecipes()).map(loadRecipe));
  return {
    recipes: mappings.map((mapping) => ({
      name: mapping.recipe,
      description: mapping.description ?? "",
      yaml: mappingToYaml(mapping),
    })),
  };
}

export const IMPORT_OPERATIONS = { import: importFiles, imports, rollback } as const;
