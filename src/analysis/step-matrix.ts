/**
 * The step matrix and the Sankey levels: what customers do at their first, second, third … step.
 * Each step and each level sums to the same journeys: those that are somewhere plus those that have ended.
 */
import { z } from "zod";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { countJourneys } from "./journey-total.ts";

export const stepMatrixQuerySchema = journeyScopeSchema.extend({
  /** How many steps from the start are shown. */
  steps: z.int().min(1).max(50).default(10),
});
export type StepMatrixQuery = z.input<typeof stepMatrixQuerySchema>;

export const stepMatrixReportSchema = z.object({
  journey: z.string(),
  journeys: z.int(),
  customers: z.int(),
  /** Step k from 1: journeys at each touchpoint, and journeys that have ended before; together all journeys. */
  steps: z.array(
    z.object({
      step: z.int(),
      ended: z.int(),
      cells: z.array(z.object({ touchpoint: z.string(), journeys: z.int(), share: z.number() })),
    }),
  ),
  other: z.object({ emptied: z.int(), excluded: z.int() }),
});
export type StepMatrixReport = z.infer<typeof stepMatrixReportSchema>;

export const sankeyQuerySchema = journeyScopeSchema.extend({
  levels: z.int().min(2).max(20).default(5),
  /** Touchpoints named on each level; the rest is one node "Other". */
  top: z.int().min(1).max(100).default(10),
});
export type SankeyQuery = z.input<typeof sankeyQuerySchema>;

const sankeyNodeSchema = z.object({
  touchpoint: z.string(),
  journeys: z.int(),
  /** Whether this stands for all touchpoints of the level that are not named. */
  rest: z.boolean(),
});
export const sankeyReportSchema = z.object({
  journey: z.string(),
  journeys: z.int(),
  customers: z.int(),
  levels: z.array(z.object({ level: z.int(), ended: z.int(), nodes: z.array(sankeyNodeSchema) })),
  /** From a node of a level to one of the next; journeys that end there have no link. */
  links: z.array(z.object({ level: z.int(), from: z.string(), to: z.string(), journeys: z.int() })),
  other: z.object({ emptied: z.int(), excluded: z.int() }),
});
export type SankeyReport = z.infer<typeof sankeyReportSchema>;

interface StepCount {
  readonly step: number;
  /** Touchpoint id at the step before; 0 at the first. */
  readonly before: number;
  readonly id: number;
  readonly journeys: number;
}

async function countSteps(context: AnalysisContext, frame: JourneyFrame, steps: number): Promise<StepCount[]> {
  const position = frame.single ? "arrayEnumerate(ids)" : "arrayEnumerateUniq(numbers)";
  return context.store.query<StepCount>(
    `WITH ${frame.aliases},
  arrayMap((before, first) -> if(first, 0, before), arrayPopBack(arrayPushFront(ids, toUInt16(0))), firsts) AS befores
SELECT toUInt32(position) AS step, before, id, count() AS journeys
FROM ${frame.source}
ARRAY JOIN ${position} AS position, befores AS before, ids AS id
WHERE ${frame.rows} AND position <= ${steps}
GROUP BY step, before, id`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

function sumBy<Key>(counts: readonly StepCount[], key: (count: StepCount) => Key): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const count of counts) sums.set(key(count), (sums.get(key(count)) ?? 0) + count.journeys);
  return sums;
}

/** Largest first, equal ones by name. */
function ranked(sums: ReadonlyMap<string, number>): [string, number][] {
  return [...sums].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}

function nameOf(touchpoints: readonly Touchpoint[]): (id: number) => string {
  const names = new Map(touchpoints.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? `#${id}`;
}

/** @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine) */
export async function analyzeStepMatrix(context: AnalysisContext, input: StepMatrixQuery): Promise<StepMatrixReport> {
  const query = stepMatrixQuerySchema.parse(input);
  const frame = buildJourneyFrame(context, query);
  const [total, counts] = await Promise.all([countJourneys(context, frame), countSteps(context, frame, query.steps)]);
  const name = nameOf(context.touchpoints);
  const steps = Array.from({ length: query.steps }, (_, index) => {
    const here = counts.filter(({ step }) => step === index + 1);
    const reached = here.reduce((sum, { journeys }) => sum + journeys, 0);
    const cells = ranked(sumBy(here, ({ id }) => name(id)));
    return {
      step: index + 1,
      ended: total.journeys - reached,
      cells: cells.map(([touchpoint, journeys]) => ({ touchpoint, journeys, share: journeys / total.journeys })),
    };
  });
  return { journey: frame.journey, journeys: total.journeys, customers: total.customers, steps, other: total.other };
}

/** Name of the node that stands for what a level does not name. */
const REST = "Other";

/** @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine) */
export async function analyzeSankey(context: AnalysisContext, input: SankeyQuery): Promise<SankeyReport> {
  const query = sankeyQuerySchema.parse(input);
  const frame = buildJourneyFrame(context, query);
  const [total, counts] = await Promise.all([countJourneys(context, frame), countSteps(context, frame, query.levels)]);
  const name = nameOf(context.touchpoints);
  const levels: SankeyReport["levels"] = [];
  const links: SankeyReport["links"] = [];
  let shownBefore: ReadonlySet<string> = new Set();
  for (let level = 1; level <= query.levels; level++) {
    const here = counts.filter(({ step }) => step === level);
    const sums = ranked(sumBy(here, ({ id }) => name(id)));
    const shown = new Set(sums.slice(0, query.top).map(([touchpoint]) => touchpoint));
    const rest = sums.slice(query.top).reduce((sum, [, journeys]) => sum + journeys, 0);
    const nodes = sums.slice(0, query.top).map(([touchpoint, journeys]) => ({ touchpoint, journeys, rest: false }));
    if (rest > 0) nodes.push({ touchpoint: REST, journeys: rest, rest: true });
    const reached = sums.reduce((sum, [, journeys]) => sum + journeys, 0);
    levels.push({ level, ended: total.journeys - reached, nodes });
    if (level > 1) links.push(...linkLevels(here, level - 1, name, shownBefore, shown));
    shownBefore = shown;
  }
  return {
    journey: frame.journey,
    journeys: total.journeys,
    customers: total.customers,
    levels,
    links,
    other: total.other,
  };
}

function linkLevels(
  counts: readonly StepCount[],
  level: number,
  name: (id: number) => string,
  from: ReadonlySet<string>,
  to: ReadonlySet<string>,
): SankeyReport["links"] {
  const label = (id: number, shown: ReadonlySet<string>) => (shown.has(name(id)) ? name(id) : REST);
  const sums = sumBy(counts, ({ before, id }) => JSON.stringify([label(before, from), label(id, to)]));
  return ranked(sums).map(([key, journeys]) => {
    const [source, target] = JSON.parse(key) as [string, string];
    return { level, from: source, to: target, journeys };
  });
}
