/**
 * Where they went instead: of those who reach a step of a funnel but not the next required one, what came right after.
 * How many reach which step is the funnel's answer (funnel.ts); why they left is not said here.
 */
import { z } from "zod";
import type { Touchpoint } from "../domain/touchpoint.ts";
import { wilsonInterval } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import { buildFunnelFrame, countSql, type FunnelStep, funnelQuerySchema, parseSteps, stepAliases } from "./funnel.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "./journey-frame.ts";
import { countJourneys } from "./journey-total.ts";

export const funnelExitsQuerySchema = funnelQuerySchema;
export type FunnelExitsQuery = z.input<typeof funnelExitsQuerySchema>;

const exitsSchema = z.object({
  /** Index in the funnel, from 0. */
  step: z.int(),
  touchpoint: z.string(),
  optional: z.boolean(),
  /** Those who reach this step. */
  count: z.int(),
  /** The next required step, the one that is missed. */
  missed: z.string(),
  /** Those who reach this step but not the missed one = ended + Σ next. For a required step: its count minus the missed one's. */
  stopped: z.int(),
  /** Nothing followed in the journey. */
  ended: z.int(),
  /** The event right after the step's last one, the commonest first; shares of `stopped` with a 95 % Wilson interval. */
  next: z.array(
    z.object({
      touchpoint: z.string(),
      /** Journeys, or customers. */
      journeys: z.int(),
      share: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
});
type Exits = z.infer<typeof exitsSchema>;

export const funnelExitsReportSchema = z.object({
  journey: z.string(),
  per: z.enum(["journey", "customer"]),
  /** All journeys (customers) of the scope. */
  total: z.int(),
  /** Those that pass the first step. */
  entrants: z.int(),
  /** Every step that a required one follows; nobody can miss anything after the last required one. */
  steps: z.array(exitsSchema),
  other: z.object({ notEntered: z.int(), emptied: z.int(), excluded: z.int() }),
});
export type FunnelExitsReport = z.infer<typeof funnelExitsReportSchema>;

/** A step and the one that must follow it. */
interface Passage {
  readonly from: number;
  readonly to: number;
}

function findPassages(steps: readonly FunnelStep[]): Passage[] {
  return steps
    .map((_, from) => ({ from, to: steps.findIndex(({ optional }, index) => index > from && !optional) }))
    .filter(({ to }) => to !== -1);
}

/** Touchpoint of the event after each one in its journey, 0 at the journey's end. */
const FOLLOWERS = `arrayMap((next, last) -> if(last, toUInt16(0), next),
    arrayPopFront(arrayPushBack(ids, toUInt16(0))), lasts) AS followers`;

/**
 * Of every journey of a row that stops at the passage, what followed: touchpoint ids, 0 for none. A step reached several
 * times is left with its last event: that is the newest attempt, and the one after which nothing more was tried.
 * Several journeys are matched by sorting (number, 0: goes on | 1: was here, follower): a lookup for each would be quadratic.
 */
function exitAliases(frame: JourneyFrame, { from, to }: Passage): string[] {
  const matched = (array: string, step: number) =>
    `arrayFilter((element, began) -> began > 0, ${array}, reached${step})`;
  if (frame.single) {
    const stops = `arrayExists(began -> began > 0, reached${from}) AND NOT arrayExists(began -> began > 0, reached${to})`;
    return [`arraySlice(${matched("followers", from)}, -1, if(${stops}, 1, 0)) AS exits${from}`];
  }
  const here = `here${from}`;
  return [
    `${matched("numbers", from)} AS ${here}`,
    `arrayFilter((seen, number, after) -> number != after,
    arrayMap((number, follower) -> (number, toUInt8(1), follower), ${here}, ${matched("followers", from)}),
    ${here}, arrayPopFront(arrayPushBack(${here}, toUInt32(0)))) AS left${from}`,
    `arraySort(arrayConcat(left${from},
    arrayMap(number -> (number, toUInt8(0), toUInt16(0)), arrayDistinct(${matched("numbers", to)})))) AS met${from}`,
    // Who goes on has been here too, so the pair of one journey stands side by side.
    `arrayMap(one -> one.3, arrayFilter((one, before) -> one.2 = 1 AND one.1 != before,
    met${from}, arrayPopBack(arrayPushFront(arrayMap(one -> one.1, met${from}), toUInt32(0))))) AS exits${from}`,
  ];
}

/** Per step its count, and per passage how many left to which touchpoint. */
async function readExits(
  context: AnalysisContext,
  frame: JourneyFrame,
  steps: readonly FunnelStep[],
  aliases: readonly string[],
) {
  const passages = findPassages(steps);
  const exits = passages.map(
    ({ from }) => `sumMap(exits${from}, arrayWithConstant(length(exits${from}), toUInt64(1))) AS leaving${from}`,
  );
  const [row] = await context.store.query<Record<string, number | readonly [number[], number[]]>>(
    `WITH ${[frame.aliases, ...aliases, FOLLOWERS, ...passages.flatMap((one) => exitAliases(frame, one))].join(",\n  ")}
SELECT ${[...steps.map((_, k) => `${countSql(frame, k)} AS step${k}`), ...exits].join(", ")}
FROM ${frame.source}
WHERE ${frame.rows}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return {
    counts: steps.map((_, k) => (row?.[`step${k}`] as number | undefined) ?? 0),
    exits: passages.map((passage) => {
      const [ids, journeys] = (row?.[`leaving${passage.from}`] ?? [[], []]) as readonly [number[], number[]];
      return { ...passage, counts: new Map(ids.map((id, index) => [id, journeys[index] ?? 0])) };
    }),
  };
}

function describeNext(
  counts: ReadonlyMap<number, number>,
  stopped: number,
  touchpoints: readonly Touchpoint[],
): Exits["next"] {
  const names = new Map(touchpoints.map(({ id, name }) => [id, name]));
  return [...counts]
    .filter(([id]) => id !== 0)
    .map(([id, journeys]) => {
      const share = journeys / stopped;
      return { touchpoint: names.get(id) ?? `#${id}`, journeys, share, ...wilsonInterval(share, stopped) };
    })
    .sort((a, b) => b.journeys - a.journeys || (a.touchpoint < b.touchpoint ? -1 : 1));
}

/**
 * The ways out of a funnel. The event after counts whenever it came: `withinMs` limits the attempt, not what followed it.
 * @throws AppError not-found (journey or touchpoint), invalid (filter, first step optional), unavailable (a limit of the engine)
 */
export async function analyzeFunnelExits(
  context: AnalysisContext,
  input: FunnelExitsQuery,
): Promise<FunnelExitsReport> {
  const query = funnelExitsQuerySchema.parse(input);
  const steps = parseSteps(query.steps, context.touchpoints);
  const frame = buildFunnelFrame(context, query);
  const aliases = stepAliases(frame, steps, query);
  const [total, { counts, exits }] = await Promise.all([
    countJourneys(context, frame),
    readExits(context, frame, steps, aliases),
  ]);
  const entrants = counts[0] ?? 0;
  return {
    journey: frame.journey,
    per: query.per,
    total: total.journeys,
    entrants,
    steps: exits.map(({ from, to, counts: followers }) => {
      const stopped = [...followers.values()].reduce((sum, journeys) => sum + journeys, 0);
      const { touchpoint, optional } = steps[from] as FunnelStep;
      return {
        step: from,
        touchpoint: touchpoint.name,
        optional,
        count: counts[from] ?? 0,
        missed: (steps[to] as FunnelStep).touchpoint.name,
        stopped,
        ended: followers.get(0) ?? 0,
        next: describeNext(followers, stopped, context.touchpoints),
      };
    }),
    other: { notEntered: total.journeys - entrants, ...total.other },
  };
}
