/**
 * The paths of the network that are no operation, as OpenAPI: uploads, jobs, workspaces and what describes the API.
 * What they do is in the *-routes.ts beside it.
 */
import type { JsonObject } from "./json.ts";

const refer = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): JsonObject => ({ "application/json": { schema: refer(name) } });
const problem = (description: string): JsonObject => ({
  description,
  content: { "application/problem+json": { schema: refer("Problem") } },
});
const parameter = (name: string, schema: JsonObject): JsonObject => ({ name, in: "path", required: true, schema });

const WORKSPACE = parameter("workspace", { type: "string", enum: ["main", "demo"] });
const TEXT: JsonObject = { type: "string" };
const JOB: JsonObject = { description: "The job.", content: json("Job") };

const UPLOAD: JsonObject = {
  operationId: "upload",
  summary: "Takes files for an import: one multipart part for each, named by its relative path.",
  tags: ["Bring data in"],
  parameters: [WORKSPACE],
  requestBody: {
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          type: "object",
          properties: {
            files: { type: "array", items: { type: "string", contentMediaType: "application/octet-stream" } },
          },
        },
      },
    },
  },
  responses: {
    201: { description: "The upload, kept for a day or until it is imported.", content: json("Upload") },
    400: problem("A name that is not safe, or no multipart body."),
    413: problem("Too many bytes."),
  },
};

const IMPORT_ANSWERS: JsonObject = {
  202: {
    description: "The import began; its result has the same shape as `waymark import --json`.",
    content: json("Job"),
  },
  400: problem("Wrong input; paths of the server are never taken."),
  404: problem("No such upload."),
};

const ROLLBACK: JsonObject = {
  operationId: "startRollback",
  summary: "Takes one import out again, as a job.",
  tags: ["Bring data in"],
  parameters: [WORKSPACE],
  requestBody: { required: true, content: json("RollbackInput") },
  responses: { 202: JOB, 400: problem("Wrong input.") },
};

const DEMO: JsonObject = {
  operationId: "fillDemo",
  summary: "Fills the demo workspace with the demo shop, once, as a job.",
  tags: ["Bring data in"],
  requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
  responses: { 202: JOB },
};

const RETRY: JsonObject = {
  operationId: "startRetry",
  summary: "Reads rejected records again, corrected or under a corrected mapping, as a job: an import of their own.",
  tags: ["Bring data in"],
  parameters: [WORKSPACE],
  requestBody: { required: true, content: json("RetryRequest") },
  responses: {
    202: {
      description: "It began; its result has the same shape as `waymark imports retry --json`.",
      content: json("Job"),
    },
    400: problem("Wrong input; paths of the server are never taken."),
    404: problem("No such upload."),
  },
};

const REJECTS: JsonObject = {
  operationId: "rejectsTable",
  summary: "The records that an import could not read: file, line, field, reason, and the record's own columns.",
  tags: ["Bring data in"],
  parameters: [WORKSPACE, parameter("id", { type: "integer", minimum: 1 })],
  responses: {
    200: { description: "A table.", content: { "text/csv": { schema: TEXT } } },
    404: problem("The import has no rejects."),
  },
};

const get = (operationId: string, summary: string, tag: string, answer: JsonObject): JsonObject => ({
  get: { operationId, summary, tags: [tag], responses: { 200: answer } },
});

/** One address does two things: without an upload it lists, with one it begins. */
function startOrList(list: JsonObject): JsonObject {
  const { responses, ...rest } = list as { responses: JsonObject };
  return {
    ...rest,
    summary: "Lists what was imported; with an upload in the body it starts an import instead.",
    tags: ["Bring data in"],
    requestBody: {
      required: true,
      content: { "application/json": { schema: { oneOf: [refer("ImportsInput"), refer("ImportRequest")] } } },
    },
    responses: { ...responses, ...IMPORT_ANSWERS },
  };
}

/** @param operations the paths of the operations: one of them is completed */
export function describeFixedPaths(operations: JsonObject): JsonObject {
  const imports = operations["/api/v1/{workspace}/imports"] as { post: JsonObject };
  return {
    "/api/v1/workspaces": get("workspaces", "Which workspaces are served.", "Workspaces", {
      description: "The workspaces.",
      content: json("Workspaces"),
    }),
    "/api/v1/recipes": get("recipes", "The mappings that ship with Waymark.", "Bring data in", {
      description: "The recipes.",
      content: json("Recipes"),
    }),
    "/api/v1/{workspace}/uploads": { post: UPLOAD },
    "/api/v1/{workspace}/uploads/{upload}": {
      delete: {
        operationId: "removeUpload",
        summary: "Removes an upload that is not wanted any more.",
        tags: ["Bring data in"],
        parameters: [WORKSPACE, parameter("upload", TEXT)],
        responses: {
          204: { description: "It is gone." },
          404: problem("No such upload."),
          409: problem("It is in use."),
        },
      },
    },
    "/api/v1/{workspace}/imports": { post: startOrList(imports.post) },
    "/api/v1/{workspace}/imports/{id}/rejects.csv": { get: REJECTS },
    "/api/v1/{workspace}/rollbacks": { post: ROLLBACK },
    "/api/v1/{workspace}/retries": { post: RETRY },
    "/api/v1/demo/demo": { post: DEMO },
    "/api/v1/jobs/{job}": {
      parameters: [parameter("job", TEXT)],
      get: {
        operationId: "job",
        summary: "How far a job is; finished ones are kept for an hour.",
        tags: ["Jobs"],
        responses: { 200: JOB, 404: problem("No such job.") },
      },
      delete: {
        operationId: "cancelJob",
        summary: "Tells a job to stop. An import that is stopped leaves nothing.",
        tags: ["Jobs"],
        responses: { 200: JOB, 404: problem("No such job.") },
      },
    },
  };
}
