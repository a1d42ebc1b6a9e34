/**
 * How long a journey takes, from its first event to its last: the exact median with its distribution-free interval.
 * Times between single touchpoints are on the map (measured-journey.ts).
 */
import { isInsufficient } from "../stats/estimate.ts";
import { medianRanks } from "../stats/order-statistics.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { type KpiPart, missingKpi } from "./kpi-report.ts";

const ID = "journey-duration";

/**
 * Levels at which quantiles are read, closer and closer to the median: which ranks bound it depends on n, and the engine
 * takes no level that differs from part to part. The bounds are those of the next level outwards, so never too narrow.
 */
const BELOW = Array.from({ length: 40 }, (_, step) => 0.5 - 0.5 * 0.8 ** step);
const LEVELS = [...BELOW, 0.5, ...BELOW.toReversed().map((level) => 1 - level)];

interface DurationRow {
  readonly part: string;
  readonly counted: number;
  /** Milliseconds, parallel to LEVELS. */
  readonly quantiles: readonly number[];
}

/** Index of the level that is at most the one of a rank from 1 among n. */
function levelBelow(rank: number, n: number): number {
  const level = (rank - 1) / (n - 1);
  return LEVELS.findLastIndex((one) => one <= level);
}

function durationPart(row: DurationRow | undefined): KpiPart {
  const n = row?.counted ?? 0;
  const ranks = medianRanks(n);
  if (!row || isInsufficient(ranks)) {
    const required = isInsufficient(ranks) ? ranks.required : 1;
    return { kpi: missingKpi(ID, `A median with a 95 % interval takes at least ${required} journeys.`, n, required) };
  }
  const low = levelBelow(ranks.low, n);
  const seconds = (index: number) => (row.quantiles[index] ?? 0) / 1000;
  return {
    kpi: {
      ...{ id: ID, unit: "seconds", n },
      ...{ value: seconds(BELOW.length), low: seconds(low), high: seconds(LEVELS.length - 1 - low) },
    },
  };
}

/** The median duration, by the label of each journey's first event. */
export async function measureDuration(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const rows = await askFrame<DurationRow>(context, frame, {
    aliases: [
      labelAlias(context, frame, grouping),
      "arrayFilter((label, first) -> first, labels, firsts) AS startLabels",
      `arrayMap((begin, finish) -> finish - begin, arrayFilter((ms, first) -> first, at, firsts),
    arrayFilter((ms, last) -> last, at, lasts)) AS durations`,
      "arrayJoin(arrayZip(startLabels, durations)) AS lasted",
    ],
    select: [
      "toString(lasted.1) AS part",
      "count() AS counted",
      `quantilesExactInclusive(${LEVELS.join(", ")})(lasted.2) AS quantiles`,
    ],
    groupBy: ["part"],
  });
  return cutRows(rows, ([row]) => [durationPart(row)]);
}

/** Longer than this nobody waits before comparing. Days. */
const LONGEST_WAIT = 90;
const MOST_JOURNEYS = 0.95;

/**
 * How many whole days nearly all journeys (95 %) take at the most, up to 90: those that began later may still go on,
 * and what is said of them may change.
 */
export async function findWait(context: AnalysisContext, frame: JourneyFrame): Promise<number> {
  const [row] = await askFrame<{ wait: number | null }>(context, frame, {
    aliases: [
      `arrayJoin(arrayMap((begin, finish) -> finish - begin, arrayFilter((ms, first) -> first, at, firsts),
    arrayFilter((ms, last) -> last, at, lasts))) AS duration`,
    ],
    select: [`ifNotFinite(quantileExactInclusive(${MOST_JOURNEYS})(duration), 0) AS wait`],
  });
  return Math.min(LONGEST_WAIT, Math.floor((row?.wait ?? 0) / 86_400_000));
}
