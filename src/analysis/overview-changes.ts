/**
 * What changed since the last period: touchpoints that are new or gone, those that many more or fewer meet, and KPIs that moved.
 * Only what chance does not explain is named; what brought it about is not said.
 */
import { z } from "zod";
import { isInsufficient } from "../stats/estimate.ts";
import { estimateShareDifference } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { TouchpointSpan } from "./coverage.ts";
import { buildJourneyFrame } from "./journey-frame.ts";
import { askFrame, dayNumber } from "./kpi-frame.ts";
import type { Bucket } from "./kpi-trend.ts";
import { changeSchema, type Headline } from "./overview-headline.ts";
import type { Periods } from "./overview-periods.ts";

const shareSchema = z.object({ owners: z.int(), n: z.int(), share: z.number() });
const moveSchema = z.object({
  touchpoint: z.string(),
  /** Owners of the default journey (customers, cases …) active in the period, and the share of them that meets it. */
  current: shareSchema,
  previous: shareSchema,
  /** In share points, with an interval widened for the number of touchpoints looked at. */
  difference: z.object({ value: z.number(), low: z.number(), high: z.number(), looks: z.int() }),
});

export const overviewChangeSchema = z.union([
  z.object({ kind: z.literal("new-touchpoint"), touchpoint: z.string(), firstSeen: z.string(), events: z.int() }),
  moveSchema.extend({ kind: z.literal("vanished-touchpoint"), lastSeen: z.string() }),
  moveSchema.extend({ kind: z.enum(["rise", "fall"]) }),
  z.object({
    kind: z.literal("kpi"),
    ...{ id: z.string(), title: z.string(), unit: z.string(), journey: z.string() },
    change: changeSchema,
  }),
]);
export type OverviewChange = z.infer<typeof overviewChangeSchema>;

/** Of each kind at the most; a list of everything is the map's. */
const MOST_OF_A_KIND = 5;
const FALSE_ALARMS = 0.05;
const NOBODY = 0;

interface OwnerRow {
  /** 1: previous period, 2: current. */
  readonly period: number;
  readonly touchpointId: number;
  readonly owners: number;
}

/** How many owners meet each touchpoint in each of the two periods; under NOBODY how many are active at all. */
async function countOwners(context: AnalysisContext, { current, previous }: Periods): Promise<OwnerRow[]> {
  const frame = buildJourneyFrame(context, {});
  const day = dayNumber(context, frame, "ms");
  const bound = (number: number) => frame.bag.bind(number, "Int32");
  const within = (bucket: Bucket) => `(${day} >= ${bound(bucket.start)} AND ${day} < ${bound(bucket.end)})`;
  return askFrame<OwnerRow>(context, frame, {
    aliases: [
      `arrayMap(ms -> multiIf(${within(current)}, 2, ${within(previous)}, 1, 0), at) AS periods`,
      `arrayDistinct(arrayFilter(pair -> pair.1 > 0, arrayZip(periods, ids))) AS met`,
      `arrayJoin(arrayConcat(met, arrayDistinct(arrayMap(pair -> (pair.1, toUInt16(${NOBODY})), met)))) AS meeting`,
    ],
    select: ["meeting.1 AS period", "meeting.2 AS touchpointId", "count() AS owners"],
    groupBy: ["period", "touchpointId"],
  });
}

type Move = z.infer<typeof moveSchema> & { readonly id: number };

/** Every touchpoint of the two periods, with intervals that hold for all of them at once (Bonferroni). */
function compareShares(context: AnalysisContext, rows: readonly OwnerRow[]): Move[] {
  const owners = (period: number, id: number) =>
    rows.find((row) => row.period === period && row.touchpointId === id)?.owners ?? 0;
  const ids = new Set(rows.map(({ touchpointId }) => touchpointId).filter((id) => id !== NOBODY));
  const touchpoints = context.touchpoints.filter(({ id }) => ids.has(id));
  const looks = touchpoints.length;
  return touchpoints.flatMap(({ id, name }) => {
    const [now, before] = [2, 1].map((period) => ({ hits: owners(period, id), n: owners(period, NOBODY) })) as [
      { hits: number; n: number },
      { hits: number; n: number },
    ];
    const difference = estimateShareDifference(now, before, 1 - FALSE_ALARMS / looks);
    if (isInsufficient(difference)) return [];
    const { value, low, high } = difference;
    const part = ({ hits, n }: typeof now) => ({ owners: hits, n, share: hits / n });
    return [
      { id, touchpoint: name, current: part(now), previous: part(before), difference: { value, low, high, looks } },
    ];
  });
}

function isBeyondChance({ difference: { low, high } }: Move): boolean {
  return low > 0 || high < 0;
}

function listNew(
  context: AnalysisContext,
  spans: ReadonlyMap<number, TouchpointSpan>,
  isIn: (ms: number) => boolean,
): (OverviewChange & { kind: "new-touchpoint" })[] {
  return context.touchpoints
    .flatMap(({ id, name, hidden }) => {
      const span = spans.get(id);
      if (!span || hidden || !isIn(span.first)) return [];
      const firstSeen = new Date(span.first).toISOString();
      return [{ kind: "new-touchpoint" as const, touchpoint: name, firstSeen, events: span.events }];
    })
    .sort((a, b) => b.events - a.events || (a.touchpoint < b.touchpoint ? -1 : 1));
}

export interface ChangeReading {
  /** Hidden touchpoints stay hidden: who hid one does not want to hear of it. */
  readonly context: AnalysisContext;
  readonly periods: Periods;
  readonly spans: ReadonlyMap<number, TouchpointSpan>;
  readonly headlines: readonly Headline[];
  /** Day number, in the zone, of a moment. */
  readonly dayOf: (ms: number) => number;
}

/** New touchpoints, then vanished ones, rises, falls, and KPIs that moved beyond chance. */
export async function readChanges(reading: ChangeReading): Promise<OverviewChange[]> {
  const { context, periods, spans, headlines, dayOf } = reading;
  const { current } = periods;
  const isCurrent = (ms: number) => dayOf(ms) >= current.start && dayOf(ms) < current.end;
  const fresh = listNew(context, spans, isCurrent);
  const freshNames = new Set(fresh.map(({ touchpoint }) => touchpoint));
  const moves = compareShares(context, await countOwners(context, periods))
    .filter((move) => isBeyondChance(move) && !freshNames.has(move.touchpoint))
    .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
  const lastSeen = ({ id }: Move) => spans.get(id)?.last ?? 0;
  const isGone = (move: Move) => dayOf(lastSeen(move)) < current.start;
  const strip = ({ id: _, ...move }: Move) => move;
  const kept = (fits: (move: Move) => boolean) => moves.filter(fits).slice(0, MOST_OF_A_KIND);
  const iso = (ms: number) => new Date(ms).toISOString();
  return [
    ...fresh.slice(0, MOST_OF_A_KIND),
    ...kept(isGone).map((move) => ({
      kind: "vanished-touchpoint" as const,
      lastSeen: iso(lastSeen(move)),
      ...strip(move),
    })),
    ...kept((move) => !isGone(move) && move.difference.value > 0).map((move) => ({
      kind: "rise" as const,
      ...strip(move),
    })),
    ...kept((move) => !isGone(move) && move.difference.value < 0).map((move) => ({
      kind: "fall" as const,
      ...strip(move),
    })),
    ...headlines.flatMap(({ id, title, unit, journey, change }) =>
      change?.beyondChance ? [{ kind: "kpi" as const, id, title, unit, journey, change }] : [],
    ),
  ];
}
