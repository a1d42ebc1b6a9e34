/**
 * The documents of an initiative, written from its data.
 * What stands in each is in src/delivery/documents.
 */
import { z } from "zod";
import { DOCUMENT_KINDS, writeDocument } from "../delivery/documents/write-document.ts";
import { readReport } from "./delivery-context.ts";
import { defineOperation } from "./operation.ts";

const idSchema = z.int().min(1).max(2_147_483_647);

const initiativeDocument = defineOperation({
  summary: "A document of an initiative, written from its data as Markdown.",
  input: z.strictObject({
    id: idSchema,
    document: z.enum(DOCUMENT_KINDS),
    /** For the timebox review: which one. */
    timebox: idSchema.optional(),
  }),
  output: z.object({ title: z.string(), markdown: z.string() }),
  local: false,
  run: async (platform, { id, document, timebox }, call) =>
    writeDocument(document, await readReport(platform, await platform.state.initiatives.get(id), call), timebox),
});

export const INITIATIVE_DOCUMENT_OPERATIONS = { "initiative-document": initiativeDocument } as const;
