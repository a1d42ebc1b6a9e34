/**
 * Refuses fields that an operation does not know: a misspelt one must not be a question with another answer.
 * What the known ones may hold is checked by whoever runs the operation.
 */
import { z } from "zod";
import { HttpError } from "./http-error.ts";
import type { Json, JsonObject } from "./json.ts";

const known = new WeakMap<z.ZodType, ReadonlySet<string> | "any">();

/** @throws HttpError 400 naming each field that the schema of the input does not */
export function refuseUnknownFields(schema: z.ZodType, input: unknown): void {
  if (typeof input !== "object" || input === null) return;
  const fields = known.get(schema) ?? findFields(schema);
  known.set(schema, fields);
  if (fields === "any") return;
  const unknown = Object.keys(input).filter((field) => !fields.has(field));
  if (unknown.length === 0) return;
  const message = `is not known here; known: ${[...fields].join(", ") || "none"}`;
  throw new HttpError(400, `${unknown.join(", ")} ${message}.`, {
    fields: unknown.map((field) => ({ field, message })),
  });
}

function findFields(schema: z.ZodType): ReadonlySet<string> | "any" {
  const fields = new Set<string>();
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonObject;
  return collect(described, fields) ? fields : "any";
}

/** @returns false when the schema takes fields that it does not name */
function collect(schema: JsonObject, fields: Set<string>): boolean {
  const { properties, additionalProperties, anyOf, oneOf, allOf } = schema;
  for (const field of Object.keys((properties as JsonObject | undefined) ?? {})) fields.add(field);
  const parts = [anyOf, oneOf, allOf].flatMap((list) => (list as readonly Json[] | undefined) ?? []) as JsonObject[];
  const says = properties !== undefined || parts.length > 0;
  const open = typeof additionalProperties === "object" || additionalProperties === true;
  return says && !open && parts.every((part) => collect(part, fields));
}
