/**
 * Which of the steps that everybody passes are no alternative to another touch: the matter is decided when they come.
 * What they do to the outcome it does not ask; nobody is left without them to compare with.
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { TouchCount } from "./moment-survey.ts";

/** Odds of the outcome after a step, over the odds after any touch, from which on the matter is nearly decided. */
const DECIDED_ODDS = 3;
/** A step is at the end of the way where other touches follow it this much more seldom than they follow any touch. */
const LAST_SHARE = 0.1;
/** Stand for "the attempt ends" and "a touch that not everybody passes". */
const END = 0;
const OTHER = 65_535;

/** How often one touch follows another at once; `step` 0 is any touch that is no step everybody passes. */
export interface StepFollower {
  readonly step: number;
  readonly next: number;
  readonly often: number;
}

async function readFollowers(
  context: AnalysisContext,
  { aliases, outcome: { frame }, shown }: MomentRows,
  structural: readonly number[],
): Promise<StepFollower[]> {
  const ids = frame.bag.bind(structural, "Array(UInt16)");
  return context.store.query<StepFollower>(
    `WITH ${aliases},
  arrayPopFront(arrayPushBack(arrayMap((a, b, c) -> if(b OR c, toUInt16(${END}), a), ids, starts, hits), toUInt16(${END}))) AS followers
SELECT if(has(${ids}, touch), touch, toUInt16(0)) AS step,
  if(follower = ${END} OR has(${ids}, follower), follower, toUInt16(${OTHER})) AS next, count() AS often
FROM ${frame.source}
ARRAY JOIN ids AS touch, followers AS follower, eligibles AS eligible, hits AS hit
WHERE ${frame.rows} AND eligible AND ${shown}
GROUP BY step, next`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

/**
 * Steps after which nothing but the end, or another such step, comes: passing them is how the attempt is finished.
 * @example checkout → payment → end // both; a product page that is followed by anything // not
 */
export function findLastSteps(structural: readonly number[], followers: readonly StepFollower[]): Set<number> {
  const shareOf = (rows: readonly StepFollower[], isOpen: (next: number) => boolean) => {
    const all = rows.reduce((sum, { often }) => sum + often, 0);
    const open = rows.reduce((sum, { next, often }) => sum + (isOpen(next) ? often : 0), 0);
    return all === 0 ? 0 : open / all;
  };
  const usual = shareOf(followers, (next) => next === OTHER);
  const last = new Set(structural);
  const byStep = new Map(structural.map((id) => [id, followers.filter(({ step }) => step === id)]));
  for (let before = -1; before !== last.size; ) {
    before = last.size;
    for (const id of last) {
      const goesOn = shareOf(byStep.get(id) ?? [], (next) => next !== END && !last.has(next));
      if (goesOn > LAST_SHARE * usual || usual === 0) last.delete(id);
    }
  }
  return last;
}

/**
 * Ids of the steps that are no alternative to anything: the last of the way, and those after which the outcome nearly
 * always comes. Of a score nothing is decided before the answer.
 */
export async function findDeciding(
  context: AnalysisContext,
  rows: MomentRows,
  structural: readonly TouchCount[],
  all: TouchCount,
): Promise<number[]> {
  if (structural.length === 0 || rows.outcome.of !== null) return [];
  const ids = structural.map(({ id }) => id);
  const last = findLastSteps(ids, await readFollowers(context, rows, ids));
  const odds = ({ sum, answers }: TouchCount) => sum / (answers - sum);
  return structural.filter((one) => last.has(one.id) || odds(one) >= DECIDED_ODDS * odds(all)).map(({ id }) => id);
}
