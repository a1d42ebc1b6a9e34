/**
 * Files in and out: uploads that wait for their import, and the rejects that an import wrote.
 * The import itself is a job (job-routes.ts).
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hono } from "hono";
import { answerJson } from "./answer-body.ts";
import { type Front, findWorkspace } from "./front.ts";
import { HttpError } from "./http-error.ts";

export function addUploadRoutes(app: Hono, front: Front): void {
  app.post("/api/v1/:workspace/uploads", async (context) => {
    const { folder } = findWorkspace(front, context);
    return answerJson(context, await front.uploads.receive(folder, context.req.raw), 201);
  });
  app.delete("/api/v1/:workspace/uploads/:upload", async (context) => {
    const { folder } = findWorkspace(front, context);
    await front.uploads.remove(folder, context.req.param("upload"));
    return context.body(null, 204);
  });
  app.get("/api/v1/:workspace/imports/:id/rejects.csv", async (context) => {
    const { folder } = findWorkspace(front, context);
    const id = context.req.param("id");
    if (!/^[1-9]\d{0,9}$/u.test(id)) throw new HttpError(404, `There is no import «${id}».`);
    const name = `import-${id}.csv`;
    // The one place where imports write their rejects; at most ten thousand lines.
    const bytes = await readFile(join(folder, "rejects", name)).catch(() => undefined);
    if (!bytes) throw new HttpError(404, `Import ${id} has no rejects.`, { import: Number(id) });
    context.header("Content-Type", "text/csv; charset=utf-8");
    context.header("Content-Disposition", `attachment; filename="rejects-of-${name}"`);
    context.header("Cache-Control", "no-store");
    return context.body(bytes);
  });
}
