/**
 * Work that takes long, as jobs: imports of uploads, rollbacks, the demo; and how to look at a job and stop it.
 * What an import does is in ../import-operations.ts; how uploads arrive, in upload-routes.ts.
 */
import { join } from "node:path";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { mappingSchema } from "../../domain/mapping.ts";
import { chooseDataFiles } from "../../ingest/find-sources.ts";
import { parseInput } from "../problem.ts";
import { answerJson } from "./answer-body.ts";
import { describeError, hideFolders } from "./answer-problem.ts";
import { type Front, findWorkspace, hearProgress, type ServedWorkspace } from "./front.ts";
import { HttpError } from "./http-error.ts";
import type { Job, JobWork } from "./jobs.ts";
import { answerOperation } from "./operation-routes.ts";
import { readJson } from "./read-json.ts";
import { describeRetry, readRetryRequest } from "./retry-route.ts";
import type { UploadFolder } from "./uploads.ts";

/** What an import over the network names; its files are the upload's. */
export const importRequestSchema = z
  .strictObject({
    upload: z.string().describe("What the upload answered."),
    recipe: z.string().optional().describe("A mapping that ships with Waymark."),
    mapping: mappingSchema.optional().describe("A mapping of your own; with neither, Waymark proposes one."),
    dryRun: z.boolean().default(false).describe("Show what would come in, and keep nothing."),
    replace: z.boolean().default(false).describe("Take back older imports of the same rows under another mapping."),
  })
  .refine(({ recipe, mapping }) => recipe === undefined || mapping === undefined, {
    error: "give a recipe or a mapping, not both",
  });
type ImportRequest = z.infer<typeof importRequestSchema>;

/** What the command line may name and the network must not. */
const LOCAL_FIELDS = ["paths", "path", "mappingFile"] as const;
/** The operation `imports` lists; a body with one of these starts an import. */
const IMPORT_FIELDS = [...LOCAL_FIELDS, "upload", "recipe", "mapping", "dryRun", "replace"] as const;

export function addJobRoutes(app: Hono, front: Front): void {
  app.post("/api/v1/:workspace/imports", async (context) => {
    const workspace = findWorkspace(front, context);
    const input = await readJson(context);
    const starts = typeof input === "object" && input !== null && IMPORT_FIELDS.some((field) => field in input);
    if (starts) return answerJob(context, startImport(front, workspace, input), 202);
    return answerOperation(context, workspace, "imports", input);
  });
  app.post("/api/v1/:workspace/rollbacks", async (context) => {
    const workspace = findWorkspace(front, context);
    const input = await readJson(context);
    return answerJob(
      context,
      startJob(front, workspace, "rollback", (ask) => ask("rollback", input)),
      202,
    );
  });
  app.post("/api/v1/:workspace/retries", async (context) => {
    const workspace = findWorkspace(front, context);
    const request = readRetryRequest(await readJson(context));
    const work = (ask: Ask) => describeRetry(front.uploads, workspace.folder, request, (input) => ask("retry", input));
    return answerJob(context, startJob(front, workspace, "retry", work), 202);
  });
  app.post("/api/v1/:workspace/demo", async (context) => {
    const workspace = findWorkspace(front, context);
    if (workspace.name !== "demo")
      throw new HttpError(403, "The demo fills its own workspace only, so that it never mixes with your data.");
    const input = await readJson(context);
    return answerJob(
      context,
      startJob(front, workspace, "demo", (ask) => ask("demo", input)),
      202,
    );
  });
  app.get("/api/v1/jobs/:job", (context) => answerJob(context, front.jobs.get(context.req.param("job"))));
  app.delete("/api/v1/jobs/:job", (context) => answerJob(context, front.jobs.cancel(context.req.param("job"))));
}

function answerJob(context: Context, job: Job, status: 200 | 202 = 200): Promise<Response> {
  return answerJson(context, job, status);
}

type Ask = (operation: string, input: unknown) => Promise<unknown>;

function startJob(
  { jobs, teller }: Front,
  workspace: ServedWorkspace,
  kind: Job["kind"],
  work: (ask: Ask) => Promise<unknown>,
  hide = teller.hide,
): Job {
  const run: JobWork["run"] = async (signal, onProgress) => {
    const hear = hearProgress((progress) => onProgress(hide(progress)));
    return hide(await work((operation, input) => workspace.run(operation, input, { signal, onProgress: hear })));
  };
  return jobs.start({ workspace: workspace.name, kind, run, describe: (error) => hide(describeError(teller, error)) });
}

function startImport(front: Front, workspace: ServedWorkspace, input: object): Job {
  const local = LOCAL_FIELDS.filter((field) => field in input);
  if (local.length > 0) {
    const message = "is not taken from the network: upload the files, then name the upload";
    const fields = local.map((field) => ({ field, message }));
    throw new HttpError(400, `${local.join(", ")} ${message}.`, { fields });
  }
  const request = parseInput(importRequestSchema, input);
  const { folder } = front.uploads.find(workspace.folder, request.upload);
  // People know their files by the names they gave them.
  const hide = hideFolders(
    new Map([
      [join(folder, "files"), ""],
      [folder, ""],
      [workspace.folder, ""],
    ]),
  );
  const work = (ask: Ask) =>
    front.uploads.use(workspace.folder, request.upload, async (files) => {
      const answer = await ask("import", await describeImport(files, request));
      return { result: linkRejects(answer, workspace.name), used: !request.dryRun };
    });
  return startJob(front, workspace, "import", work, hide);
}

async function describeImport(folder: UploadFolder, { recipe, mapping, dryRun, replace }: ImportRequest) {
  // A file on its own may be called anything; a folder may hold notes beside its data.
  const inside = new Set(chooseDataFiles(folder.names));
  const names = folder.names.filter((name) => !name.includes("/") || inside.has(name));
  if (names.length === 0)
    throw new HttpError(
      400,
      "The upload holds no data files (csv, tsv, txt, json, jsonl, parquet, xes, xlsx, sqlite, also with .gz, or zip).",
    );
  return {
    paths: names.map((name) => join(folder.files, name)),
    dryRun,
    replace,
    ...(recipe === undefined ? {} : { recipe }),
    ...(mapping === undefined ? {} : { mappingFile: await folder.writeMapping(mapping) }),
  };
}

const reportsSchema = z.looseObject({
  imports: z.array(z.looseObject({ id: z.int(), rejectsFile: z.string().nullable() })),
});

/** The file of rejects as an address instead of a path. */
function linkRejects(answer: unknown, workspace: string): unknown {
  const { imports, ...rest } = reportsSchema.parse(answer);
  const link = (id: number) => `/api/v1/${workspace}/imports/${id}/rejects.csv`;
  return {
    ...rest,
    imports: imports.map((one) => ({ ...one, rejectsFile: one.rejectsFile === null ? null : link(one.id) })),
  };
}
