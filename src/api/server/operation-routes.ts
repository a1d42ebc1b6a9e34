/**
 * Every operation of the table that is not for this machine's user alone, as POST /api/v1/{workspace}/{operation}.
 * Inputs are checked by whoever holds the workspace; jobs and uploads have routes of their own.
 */
import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Operation } from "../operation.ts";
import { findOperation } from "../operations.ts";
import { answerJson } from "./answer-body.ts";
import { type Front, findWorkspace, nameFolder, type ServedWorkspace } from "./front.ts";
import { HttpError } from "./http-error.ts";
import { readJson } from "./read-json.ts";
import { refuseUnknownFields } from "./refuse-unknown.ts";

export function addOperationRoutes(app: Hono, front: Front): void {
  app.get("/api/v1/workspaces", (context) =>
    answerJson(context, {
      workspaces: front.workspaces.map(({ name, folder, first }) => ({
        name,
        folder: nameFolder(folder),
        demo: name === "demo",
        first,
      })),
    }),
  );
  app.post("/api/v1/:workspace/:operation", async (context) => {
    const workspace = findWorkspace(front, context);
    const name = context.req.param("operation");
    findShared(name);
    return answerOperation(context, workspace, name, await readJson(context));
  });
}

/** Runs an operation for as long as its asker waits for the answer. */
export async function answerOperation(
  context: Context,
  workspace: ServedWorkspace,
  name: string,
  input: unknown,
): Promise<Response> {
  refuseUnknownFields(findShared(name).input, input);
  return answerJson(context, await workspace.run(name, input, { signal: context.req.raw.signal }));
}

/** @throws HttpError 404 (no such name), 403 (not over the network) */
function findShared(name: string): Operation<z.ZodType, unknown> {
  const operation = findOperation(name);
  if (!operation) throw new HttpError(404, `There is no operation «${name}».`, { operation: name });
  if (operation.local)
    throw new HttpError(403, `«${name}» is for the command line of this machine alone.`, { operation: name });
  return operation;
}
