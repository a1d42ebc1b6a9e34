/**
 * Variants: the distinct sequences of touchpoints that journeys follow, the commonest first.
 * Timing inside a sequence is the map's business; here a journey only has its whole duration.
 */
import { z } from "zod";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { describeDetour } from "./detour.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { countJourneys } from "./journey-total.ts";

export const variantsQuerySchema = journeyScopeSchema.extend({
  /** How many variants are listed; all others are summed up in `other`. */
  top: z.int().min(1).max(10_000).default(10),
});
export type VariantsQuery = z.input<typeof variantsQuerySchema>;

export const variantsReportSchema = z.object({
  journey: z.string(),
  journeys: z.int(),
  customers: z.int(),
  /** Distinct variants in all. */
  count: z.int(),
  variants: z.array(
    z.object({
      path: z.array(z.string()),
      journeys: z.int(),
      share: z.number(),
      /**
       * What this path has more, and leaves out, than the commonest one (detour.ts); null for that one itself, and for
       * paths of many hundred touchpoints, which are not compared.
       */
      detour: z.object({ added: z.array(z.string()), skipped: z.array(z.string()) }).nullable(),
    }),
  ),
  other: z.object({ variants: z.int(), journeys: z.int(), emptied: z.int(), excluded: z.int() }),
  /** Exact median of last minus first event; null without a journey. */
  medianSeconds: z.number().nullable(),
});
export type VariantsReport = z.infer<typeof variantsReportSchema>;

/** Paths of a row's journeys, and their durations in ms, as parallel arrays. */
function journeyArrays(frame: JourneyFrame): { paths: string; durations: string } {
  if (frame.single) return { paths: "if(empty(ids), [], [ids])", durations: "if(empty(at), [], [at[-1] - at[1]])" };
  return {
    paths: "arraySplit((id, first) -> first, ids, firsts)",
    durations: `arrayMap((end, start) -> end - start,
      arrayFilter((time, last) -> last, at, lasts), arrayFilter((time, first) -> first, at, firsts))`,
  };
}

const HASHES = (paths: string) => `arrayMap(path -> sipHash128(path), ${paths})`;

/** The commonest variants by hash: the paths themselves would fill the memory where every journey is its own. */
async function rankVariants(context: AnalysisContext, frame: JourneyFrame, paths: string, top: number) {
  return context.store.query<{ variant: string; journeys: number }>(
    `WITH ${frame.aliases}
SELECT hex(hash) AS variant, count() AS journeys
FROM ${frame.source}
ARRAY JOIN ${HASHES(paths)} AS hash
WHERE ${frame.rows}
GROUP BY hash
ORDER BY journeys DESC, hash
LIMIT ${top}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

async function readPaths(
  context: AnalysisContext,
  frame: JourneyFrame,
  paths: string,
  variants: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (variants.length === 0) return new Map();
  const listed = "arrayMap(variant -> toFixedString(unhex(variant), 16), {variants:Array(String)})";
  const rows = await context.store.query<{ variant: string; walked: number[] }>(
    `WITH ${frame.aliases}
SELECT hex(sipHash128(path)) AS variant, any(path) AS walked
FROM ${frame.source}
ARRAY JOIN arrayFilter(candidate -> has(${listed}, sipHash128(candidate)), ${paths}) AS path
WHERE ${frame.rows}
GROUP BY variant`,
    { params: { ...frame.bag.values, variants }, settings: ANALYSIS_SETTINGS },
  );
  return new Map(rows.map(({ variant, walked }) => [variant, walked]));
}

async function summarize(context: AnalysisContext, frame: JourneyFrame, arrays: ReturnType<typeof journeyArrays>) {
  const [row] = await context.store.query<{ variants: number; median: number | null; journeys: number }>(
    `WITH ${frame.aliases}
SELECT uniqExact(hash) AS variants, quantileExactInclusive(0.5)(duration) AS median, count() AS journeys
FROM ${frame.source}
ARRAY JOIN ${HASHES(arrays.paths)} AS hash, ${arrays.durations} AS duration
WHERE ${frame.rows}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.journeys > 0 ? row : { variants: 0, median: null };
}

function nameIds(ids: readonly number[], touchpoints: readonly Touchpoint[]): string[] {
  const names = new Map(touchpoints.map(({ id, name }) => [id, name]));
  return ids.map((id) => names.get(id) ?? `#${id}`);
}

/**
 * The variants of a scope; equally common ones in a fixed order.
 * @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine)
 */
export async function analyzeVariants(context: AnalysisContext, input: VariantsQuery): Promise<VariantsReport> {
  const query = variantsQuerySchema.parse(input);
  const frame = buildJourneyFrame(context, query);
  const arrays = journeyArrays(frame);
  const [total, summary, ranked] = await Promise.all([
    countJourneys(context, frame),
    summarize(context, frame, arrays),
    rankVariants(context, frame, arrays.paths, query.top),
  ]);
  const listed = ranked.map(({ variant }) => variant);
  const paths = await readPaths(context, frame, arrays.paths, listed);
  const named = ranked.map(({ variant }) => nameIds(paths.get(variant) ?? [], context.touchpoints));
  const shown = ranked.reduce((sum, { journeys }) => sum + journeys, 0);
  return {
    journey: frame.journey,
    journeys: total.journeys,
    customers: total.customers,
    count: summary.variants,
    variants: ranked.map(({ journeys }, index) => {
      const path = named[index] ?? [];
      const detour = index === 0 ? null : describeDetour(named[0] ?? [], path);
      return { path, journeys, share: journeys / total.journeys, detour };
    }),
    other: { variants: summary.variants - ranked.length, journeys: total.journeys - shown, ...total.other },
    medianSeconds: summary.median === null ? null : summary.median / 1000,
  };
}
