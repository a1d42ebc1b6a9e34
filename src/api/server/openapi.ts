/**
 * The network's description, OpenAPI 3.1, made from the operations' own schemas.
 * The paths that are no operation are written down in openapi-paths.ts.
 */
import { z } from "zod";
import { findOperation, listOperations } from "../operations.ts";
import { VERSION } from "../version.ts";
import type { Json, JsonObject } from "./json.ts";
import { EXAMPLES } from "./openapi-examples.ts";
import { describeFixedPaths } from "./openapi-paths.ts";
import { FIXED_SCHEMAS } from "./openapi-schemas.ts";

const WORKSPACE: JsonObject = {
  name: "workspace",
  in: "path",
  required: true,
  description: "Whose data: your own, or the demo's.",
  schema: { type: "string", enum: ["main", "demo"] },
};

const refer = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const problemAnswer = (description: string): JsonObject => ({
  description,
  content: { "application/problem+json": { schema: refer("Problem") } },
});

/** "step-breakdown" → "StepBreakdown" */
const nameSchema = (operation: string): string =>
  operation.replaceAll(/(?:^|-)([a-z])/gu, (_, letter: string) => letter.toUpperCase());

/**
 * One Zod schema as components: itself under `name`, what it refers to under names that begin with it.
 * What JSON Schema cannot say (a checked text, say) stays open there; the server checks it all the same.
 */
function toComponents(name: string, schema: z.ZodType, io: "input" | "output"): Record<string, Json> {
  const made = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const text = JSON.stringify(made)
    .replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${name}.`)
    .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${name}"`);
  const { $schema: _, $defs = {}, ...root } = JSON.parse(text) as Record<string, Json>;
  const inner = Object.entries($defs as JsonObject).map(([key, value]) => [`${name}.${key}`, value] as const);
  return Object.fromEntries([[name, root], ...inner]);
}

function describeOperation(name: string, summary: string): JsonObject {
  const example = EXAMPLES[name];
  return {
    operationId: name,
    summary,
    tags: ["Operations"],
    parameters: [WORKSPACE],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: refer(`${nameSchema(name)}Input`),
          ...(example === undefined ? {} : { example }),
        },
      },
    },
    responses: {
      200: {
        description: "The answer.",
        content: { "application/json": { schema: refer(`${nameSchema(name)}Answer`) } },
      },
      400: problemAnswer("Wrong input; details.fields says where."),
      403: problemAnswer("Not from here."),
      404: problemAnswer("What was named does not exist."),
      409: problemAnswer("It contradicts what is there."),
      500: problemAnswer("A fault of Waymark."),
      503: problemAnswer("Not now; try again."),
    },
  };
}

/** The whole document; made anew at each call. */
export function describeApi(): JsonObject {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, Json> = {};
  for (const [name, schema] of Object.entries(FIXED_SCHEMAS))
    Object.assign(schemas, toComponents(name, schema, "input"));
  for (const name of listOperations()) {
    const operation = findOperation(name);
    if (!operation || operation.local) continue;
    paths[`/api/v1/{workspace}/${name}`] = { post: describeOperation(name, operation.summary) };
    Object.assign(schemas, toComponents(`${nameSchema(name)}Input`, operation.input, "input"));
    Object.assign(schemas, toComponents(`${nameSchema(name)}Answer`, operation.output, "output"));
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Waymark",
      version: VERSION,
      summary: "From raw customer events to the journey that really happens.",
      description:
        "Every question and every change of Waymark. It answers on this machine alone, to its own pages and to programs.",
    },
    servers: [{ url: "/" }],
    paths: { ...paths, ...describeFixedPaths(paths) },
    components: { schemas },
  };
}
