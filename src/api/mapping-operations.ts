/**
 * Whether a mapping file is right, before anything is imported with it.
 * The checks themselves are in ingest/check-mapping.
 */
import { mkdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { checkMapping, type MappingCheck } from "../ingest/check-mapping.ts";
import { defineOperation } from "./operation.ts";

const absolutePath = z.string().refine(isAbsolute, "must be an absolute path");

const problemSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  line: z.int(),
  column: z.int(),
  place: z.string(),
  field: z.string(),
  message: z.string(),
  advice: z.string(),
});

const checkOperation = defineOperation({
  summary: "Checks a mapping file, beside data also against their columns, and imports nothing.",
  output: z.object({
    file: z.string(),
    recipe: z.string().nullable(),
    ok: z.boolean(),
    rules: z.int(),
    problems: z.array(problemSchema),
    warnings: z.array(z.string()),
    files: z.array(z.string()),
  }),
  /** `paths`: the data that it shall fit. */
  input: z.strictObject({ file: absolutePath, paths: z.array(absolutePath).default([]) }),
  local: true,
  run: async ({ events, workspace }, { file, paths }, { signal }) => {
    const temporary = join(workspace, "temp");
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    return writable(await checkMapping({ file, paths, temporary, deps: { events, ...(signal && { signal }) } }));
  },
});

/** The same as the schema's own type has it. */
function writable({ problems, warnings, files, ...check }: MappingCheck) {
  return {
    ...check,
    problems: problems.map((problem) => ({ ...problem, path: [...problem.path] })),
    warnings: [...warnings],
    files: [...files],
  };
}

/** Without data no workspace is needed. */
export async function checkMappingAlone(file: string) {
  return writable(await checkMapping({ file, paths: [], temporary: "", deps: {} }));
}

export const MAPPING_OPERATIONS = { "check-mapping": checkOperation } as const;
