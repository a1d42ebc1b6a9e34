/**
 * What a retry over the network names: changes in the body, or a corrected table that was uploaded.
 * That it runs as a job is in job-routes; reading the records again, in ../reject-operations.ts.
 */
import { join } from "node:path";
import { z } from "zod";
import { parseInput } from "../problem.ts";
import { retryFields } from "../reject-operations.ts";
import { HttpError } from "./http-error.ts";
import type { Uploads } from "./uploads.ts";

export const retryRequestSchema = z.strictObject({
  ...retryFields,
  upload: z.string().optional().describe("What the upload of the corrected table answered: one CSV file."),
});
type RetryRequest = z.infer<typeof retryRequestSchema>;

export function readRetryRequest(input: unknown): RetryRequest {
  return parseInput(retryRequestSchema, input);
}

/** @throws HttpError 404 (no such upload), 400 (not one file) */
export async function describeRetry(
  uploads: Uploads,
  workspace: string,
  { upload, ...request }: RetryRequest,
  ask: (input: unknown) => Promise<unknown>,
): Promise<unknown> {
  if (upload === undefined) return ask(request);
  return uploads.use(workspace, upload, async ({ files, names }) => {
    const [name, ...more] = names;
    if (name === undefined || more.length > 0)
      throw new HttpError(400, "A corrected table is one file; upload it alone.");
    return { result: await ask({ ...request, file: join(files, name) }), used: true };
  });
}
