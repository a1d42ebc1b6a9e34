/**
 * Whether the description is OpenAPI 3.1, names what is there and nothing else, and can be read by people.
 * Whether real answers have the shapes that it tells is tested beside the operations.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOperation, listOperations } from "../operations.ts";
import type { Json, JsonObject } from "./json.ts";
import { EXAMPLES } from "./openapi-examples.ts";
import { FIXED_SCHEMAS } from "./openapi-schemas.ts";
import { openServedApp, type ServedApp } from "./served-app.case.ts";

let app: ServedApp;
let document: {
  openapi: string;
  paths: Record<string, JsonObject>;
  components: { schemas: Record<string, JsonObject> };
};
beforeAll(async () => {
  app = await openServedApp();
  document = (await (await app.fetch("/api/v1/openapi.json")).json()) as typeof document;
});
afterAll(() => app.close());

test("every operation for the network is described, with what goes in and what comes out", () => {
  expect(document.openapi).toBe("3.1.0");
  for (const name of listOperations()) {
    const path = document.paths[`/api/v1/{workspace}/${name}`];
    if (findOperation(name)?.local) expect([name, path]).toEqual([name, undefined]);
    else expect([name, Object.keys(path ?? {})]).toEqual([name, ["post"]]);
  }
  const map = document.paths["/api/v1/{workspace}/map"]?.post as JsonObject;
  expect(map).toMatchObject({ operationId: "map", requestBody: { content: { "application/json": { example: {} } } } });
  expect(document.components.schemas.MapAnswer?.properties).toMatchObject({
    journeys: { type: "integer" },
    nodes: { type: "array" },
  });
  expect(Object.keys(document.components.schemas.MapInput?.properties as object)).toContain("where");
});

test("every reference leads somewhere, and every operation has a name of its own", () => {
  const references: string[] = [];
  const names: string[] = [];
  const walk = (value: Json) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$ref") references.push(inner as string);
      if (key === "operationId") names.push(inner as string);
      walk(inner as Json);
    }
  };
  walk(document as never);
  expect(references.length).toBeGreaterThan(20);
  for (const reference of references) {
    const [, name = ""] = /^#\/components\/schemas\/(.+)$/u.exec(reference) ?? [];
    expect(document.components.schemas[name], reference).toBeDefined();
  }
  expect(new Set(names).size).toBe(names.length);
});

test("paths of this machine appear nowhere", () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain("mappingFile");
  expect(document.components.schemas.ImportRequest?.properties).not.toHaveProperty("paths");
});

test("examples are right input", () => {
  for (const [name, example] of Object.entries(EXAMPLES))
    expect(findOperation(name)?.input.safeParse(example), name).toMatchObject({ success: true });
});

test("answers that belong to no operation have the shape they are told to have", async () => {
  const read = async (path: string) => (await app.fetch(path)).json();
  expect(FIXED_SCHEMAS.Workspaces?.safeParse(await read("/api/v1/workspaces"))).toMatchObject({ success: true });
  expect(FIXED_SCHEMAS.Recipes?.safeParse(await read("/api/v1/recipes"))).toMatchObject({ success: true });
  expect(FIXED_SCHEMAS.Problem?.safeParse(await read("/api/v1/none"))).toMatchObject({ success: true });
  const upload = await (await app.upload({ "a.csv": "x" })).json();
  expect(FIXED_SCHEMAS.Upload?.safeParse(upload)).toMatchObject({ success: true });
  for (const id of [1, "wrong"]) {
    const job = await app.finish(await app.post("/api/v1/main/rollbacks", { id }));
    expect(FIXED_SCHEMAS.Job?.safeParse(job)).toMatchObject({ success: true });
  }
});

test("the page for people names every operation and loads nothing from elsewhere", async () => {
  const response = await app.fetch("/api/v1/docs");
  const html = await response.text();
  for (const name of listOperations().filter((one) => !findOperation(one)?.local))
    expect(html).toContain(`id="operation-${name}"`);
  expect(html).not.toMatch(/<script|src=|href="http|@import|url\(/u);
  const [, nonce] = /<style nonce="([^"]+)">/u.exec(html) ?? [];
  expect(response.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
  expect(html).toContain("curl http://127.0.0.1:4477/api/v1/demo/map");
});
