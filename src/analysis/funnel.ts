/**
 * The funnel: how many journeys (or customers) pass given touchpoints in this order, and where they stop.
 * It counts; what people did instead of the next step is in funnel-exits.ts.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findTouchpoint, type Touchpoint } from "../domain/touchpoint.ts";
import { wilsonInterval } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { countJourneys } from "./journey-total.ts";

export const funnelQuerySchema = journeyScopeSchema.extend({
  /** Touchpoint names in order; a trailing `?` makes a step optional. The first is required. */
  steps: z.array(z.string().min(1)).min(1).max(20),
  /** Count journeys, or customers over their whole history. */
  per: z.enum(["journey", "customer"]).default("journey"),
  /** The last step must come within this many milliseconds of the first; any start counts. Absent: no limit. */
  withinMs: z.int().min(1).optional(),
  /** Nothing may stand between two steps. */
  strict: z.boolean().default(false),
});
export type FunnelQuery = z.input<typeof funnelQuerySchema>;

export const funnelReportSchema = z.object({
  journey: z.string(),
  per: z.enum(["journey", "customer"]),
  /** All journeys (customers) of the scope. */
  total: z.int(),
  customers: z.int(),
  /** Those that pass the first step. */
  entrants: z.int(),
  steps: z.array(
    z.object({
      touchpoint: z.string(),
      optional: z.boolean(),
      count: z.int(),
      /** Of the entrants, with a 95 % Wilson interval; null without entrants. */
      share: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** Of the `n` who reach the last required step before, with a 95 % Wilson interval; null at the first, and for n = 0. */
      onward: z.object({ n: z.int(), share: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  other: z.object({ notEntered: z.int(), emptied: z.int(), excluded: z.int() }),
});
export type FunnelReport = z.infer<typeof funnelReportSchema>;

export interface FunnelStep {
  readonly touchpoint: Touchpoint;
  readonly optional: boolean;
}

/**
 * The touchpoints of a funnel's steps.
 * @throws AppError not-found (touchpoint), invalid (first step optional)
 */
export function parseSteps(texts: readonly string[], touchpoints: readonly Touchpoint[]): FunnelStep[] {
  const steps = texts.map((text) => {
    const exact = touchpoints.find((touchpoint) => touchpoint.name === text);
    if (exact || !text.endsWith("?"))
      return { touchpoint: exact ?? findTouchpoint(text, touchpoints, "the funnel"), optional: false };
    return { touchpoint: findTouchpoint(text.slice(0, -1), touchpoints, "the funnel"), optional: true };
  });
  if (steps[0]?.optional)
    throw new AppError("invalid", `The first step of a funnel cannot be optional: «${texts[0]}».`, { field: "steps" });
  return steps;
}

/** What makes an attempt count. */
export interface FunnelRules {
  readonly withinMs?: number | undefined;
  readonly strict: boolean;
}

/**
 * Aliases `reached0`, `reached1` …: for every event and step k, when the newest attempt began that reaches step k exactly at that event (0: none).
 * The newest attempt is the best one: whatever an older one can still reach in time, it can too.
 * Times are shifted to be positive. `began` carries it on to later events of the same journey.
 */
const EPOCH_SHIFT = 10_000_000_000_000;

export function stepAliases(frame: JourneyFrame, steps: readonly FunnelStep[], rules: FunnelRules): string[] {
  const { bag } = frame;
  const shift = (array: string) =>
    `arrayMap((before, first) -> if(first, 0, before), arrayPopBack(arrayPushFront(${array}, toInt64(0))), firsts)`;
  const carry = (array: string) => `arrayFill((began, first) -> began > 0 OR first, ${array}, firsts)`;
  const aliases: string[] = [];
  // The attempts that the next step may continue: the last required step's and those of optional steps after it.
  let open: string[] = [];
  for (const [k, step] of steps.entries()) {
    const id = bag.bind(step.touchpoint.id, "UInt16");
    if (k === 0) {
      aliases.push(`arrayMap((id, time) -> if(id = ${id}, time + ${EPOCH_SHIFT}, 0), ids, at) AS reached0`);
    } else {
      const names = open.map((_, index) => `b${index}`);
      const newest = names.length === 1 ? (names[0] as string) : `greatest(${names.join(", ")})`;
      const inTime = rules.withinMs
        ? ` AND time + ${EPOCH_SHIFT} - ${newest} <= ${bag.bind(rules.withinMs, "Int64")}`
        : "";
      aliases.push(
        `arrayMap((id, time, ${names.join(", ")}) -> if(id = ${id} AND ${newest} > 0${inTime}, ${newest}, 0), ids, at, ${open.join(", ")}) AS reached${k}`,
      );
    }
    const onward = `shifted${k}`;
    aliases.push(`${shift(rules.strict ? `reached${k}` : carry(`reached${k}`))} AS ${onward}`);
    // Without --strict an optional step changes nothing for those after it.
    open = step.optional ? (rules.strict ? [...open, onward] : open) : [onward];
  }
  return aliases;
}

/** The frame a funnel is counted in: per customer their whole history. */
export function buildFunnelFrame(context: AnalysisContext, query: z.output<typeof funnelQuerySchema>): JourneyFrame {
  return buildJourneyFrame(context, query.per === "customer" ? { ...query, journey: "life" } : query);
}

/** How many journeys reach step k. */
export function countSql(frame: JourneyFrame, k: number): string {
  if (frame.single) return `countIf(arrayExists(began -> began > 0, reached${k}))`;
  return `sum(length(arrayDistinct(arrayFilter((number, began) -> began > 0, numbers, reached${k}))))`;
}

/**
 * Counts a funnel. Ties in time keep source order.
 * @throws AppError not-found (journey or touchpoint), invalid (filter, first step optional), unavailable (a limit of the engine)
 */
export async function analyzeFunnel(context: AnalysisContext, input: FunnelQuery): Promise<FunnelReport> {
  const query = funnelQuerySchema.parse(input);
  const steps = parseSteps(query.steps, context.touchpoints);
  const frame = buildFunnelFrame(context, query);
  const aliases = stepAliases(frame, steps, query);
  const [total, [row]] = await Promise.all([
    countJourneys(context, frame),
    context.store.query<Record<string, number>>(
      `WITH ${frame.aliases},
  ${aliases.join(",\n  ")}
SELECT ${steps.map((_, k) => `${countSql(frame, k)} AS step${k}`).join(", ")}
FROM ${frame.source}
WHERE ${frame.rows}`,
      { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
    ),
  ]);
  const counts = steps.map((_, k) => row?.[`step${k}`] ?? 0);
  const entrants = counts[0] ?? 0;
  return {
    journey: frame.journey,
    per: query.per,
    total: total.journeys,
    customers: total.customers,
    entrants,
    steps: steps.map((step, k) => {
      const before = steps.findLastIndex(({ optional }, index) => index < k && !optional);
      return {
        ...describeStep(step, counts[k] ?? 0, entrants),
        onward: describeOnward(counts[k] ?? 0, counts[before] ?? 0),
      };
    }),
    other: { notEntered: total.journeys - entrants, ...total.other },
  };
}

function describeOnward(count: number, n: number): FunnelReport["steps"][number]["onward"] {
  return n > 0 ? { n, share: count / n, ...wilsonInterval(count / n, n) } : null;
}

function describeStep(step: FunnelStep, count: number, entrants: number) {
  const interval = entrants > 0 ? wilsonInterval(count / entrants, entrants) : undefined;
  return {
    touchpoint: step.touchpoint.name,
    optional: step.optional,
    count,
    share: entrants > 0 ? count / entrants : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}
