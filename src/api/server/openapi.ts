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

/** What fields mean wherever they appear; a schema's own words go before. */
const MEANINGS: Readonly<Record<string, string>> = {
  journey: "Whose events, cut where: life, visit, order-cycle, or an object such as session or case.",
  from: "Journeys that start at this time or later; ISO day or time.",
  to: "Journeys that start before this time.",
  outside: "Those that start before or after [from, to) instead.",
  where: 'Which events and journeys count, such as: channel = "web" and has("Order Completed").',
  vs: "The other side of the comparison, with fields of its own.",
  by: "What the answer is counted by.",
  minShare: "Leaves out what is rarer than this share.",
  top: "How many rows; the rest is counted as other.",
  limit: "How many rows.",
  steps: "Touchpoints in their order, or how many steps.",
  select: "Which of them: what was clicked.",
  kpi: "The id of a KPI (kpi-definitions lists them).",
  target: "The touchpoint or the value to be reached.",
};

function explainFields(schema: Json | undefined): Json {
  const { properties, ...rest } = (schema ?? {}) as JsonObject;
  const explained = Object.entries((properties ?? {}) as JsonObject).map(([field, value]) => {
    const description = MEANINGS[field];
    return [field, description === undefined ? value : { description, ...(value as JsonObject) }];
  });
  return properties === undefined ? rest : { ...rest, properties: Object.fromEntries(explained) };
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
    const input = `${nameSchema(name)}Input`;
    const inputs = toComponents(input, operation.input, "input");
    Object.assign(schemas, inputs, { [input]: explainFields(inputs[input]) });
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
