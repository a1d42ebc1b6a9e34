/**
 * The question about the data themselves: their quality.
 */
import { type ImportFacts, qualityQuerySchema, qualityReportSchema } from "../analysis/quality/quality-schema.ts";
import { analyzeQuality } from "../analysis/quality.ts";
import type { Platform } from "../platform.ts";
import { ask } from "./ask.ts";

/** What the state store knows of the live imports. */
async function readImportFacts({ state }: Platform): Promise<readonly ImportFacts[]> {
  const live = (await state.listImports()).filter(({ status }) => status === "live");
  return live.map(({ id, files, startedAt, events }) => ({
    ...{ id, name: files[0]?.name ?? `import ${id}`, startedAt: startedAt.getTime() },
    ...{ read: events?.read ?? 0, rejected: events?.rejected ?? 0, duplicate: events?.duplicate ?? 0 },
  }));
}

export const QUALITY_OPERATIONS = {
  quality: ask(
    "quality",
    "How good the data are: gaps, stops, duplicates, times that cannot be, unknown customers, each with what to do.",
    qualityQuerySchema,
    qualityReportSchema,
    analyzeQuality,
    undefined,
    readImportFacts,
  ),
} as const;
