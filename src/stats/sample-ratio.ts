/**
 * Whether the arms hold as many units as the assignment should have given them: the sample-ratio check before any verdict.
 * Why they do not (a redirect that loses people, a filter after assignment) it cannot say.
 */
import { chiSquareTail } from "./incomplete-gamma.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";

/** Below this p the verdict is blocked: with honest assignment that happens once in a thousand experiments. */
export const SAMPLE_RATIO_LEVEL = 0.001;

export interface SampleRatio {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** False blocks the verdict: p < .001. */
  readonly passed: boolean;
  /** Units that the shares let expect, in the order of the counts. */
  readonly expected: readonly number[];
}

/**
 * Pearson's χ² of the units per arm against the expected shares.
 * Source: Fabijan et al. (2019), "Diagnosing sample ratio mismatch in online controlled experiments", KDD.
 * @param counts units per arm, at least two arms
 * @param shares expected shares > 0 in the same order; they are scaled to add up to 1. Equal when left out
 * @example checkSampleRatio([1000, 1200]) // χ² 18.18, p .000020079, not passed
 * @example checkSampleRatio([310, 98], [.75, .25]) // p .647434186, passed
 */
export function checkSampleRatio(
  counts: readonly number[],
  shares: readonly number[] = counts.map(() => 1),
): SampleRatio | NoAnswer {
  if (counts.length < 2)
    return noAnswer("too-few", "counts", "One arm alone has no ratio: the check needs at least two arms.");
  if (shares.length !== counts.length)
    return noAnswer("out-of-range", "shares", `${counts.length} arms need ${counts.length} expected shares.`);
  if (!shares.every((share) => share > 0 && Number.isFinite(share)))
    return noAnswer(
      "out-of-range",
      "shares",
      "Every arm needs an expected share above 0: leave out arms that get nobody.",
    );
  if (!counts.every((count) => count >= 0 && Number.isFinite(count)))
    return noAnswer("out-of-range", "counts", "Units per arm are numbers of 0 or more.");
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return noAnswer("too-few", "counts", "No arm has a unit yet: check again when there are some.");
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const expected = shares.map((share) => (total * share) / whole);
  const chiSquare = counts.reduce(
    (sum, count, arm) => sum + (count - (expected[arm] ?? 0)) ** 2 / (expected[arm] ?? 1),
    0,
  );
  const degreesOfFreedom = counts.length - 1;
  const p = chiSquareTail(chiSquare, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, p, passed: p >= SAMPLE_RATIO_LEVEL, expected };
}
