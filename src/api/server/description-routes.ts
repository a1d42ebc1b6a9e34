/**
 * What describes the API: its OpenAPI document, a page to read it, and the recipes an import may name.
 * Made once, when first asked for.
 */
import type { Hono } from "hono";
import { answerJson, answerText } from "./answer-body.ts";
import type { JsonObject } from "./json.ts";
import { makeNonce, pagePolicy } from "./response-headers.ts";

/** Loaded when asked for: describing takes every schema there is, and no question needs that. */
async function describe(): Promise<JsonObject> {
  const { describeApi } = await import("./openapi.ts");
  return describeApi();
}

async function readRecipes() {
  const { describeRecipes } = await import("../import-operations.ts");
  return describeRecipes();
}

export function addDescriptionRoutes(app: Hono): void {
  let description: Promise<JsonObject> | undefined;
  const describeOnce = () => {
    description ??= describe();
    return description;
  };
  app.get("/api/v1/openapi.json", async (context) => answerJson(context, await describeOnce()));
  app.get("/api/v1/recipes", async (context) => answerJson(context, await readRecipes()));
  app.get("/api/v1/docs", async (context) => {
    const { renderDocs } = await import("./docs-page.ts");
    const nonce = makeNonce();
    context.header("Content-Security-Policy", pagePolicy(nonce));
    context.header("Cache-Control", "no-store");
    return answerText(
      context,
      renderDocs(await describeOnce(), { nonce, origin: new URL(context.req.url).origin }),
      "text/html; charset=utf-8",
    );
  });
}
