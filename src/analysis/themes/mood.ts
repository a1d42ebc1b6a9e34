/**
 * How texts are scored: how many, their mean and spread, on a scale from 0 to 1.
 * Two things said in the same mood may be one thing; in different moods they are two.
 */

export interface Mood {
  /** Texts with a score. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation, of all n. */
  readonly spread: number;
}

/** Fewer scores tell no mood. */
const LEAST = 15;
/** Further apart in their means, two things are not said in the same mood: four tenths of a star of five. */
const NEAR = 0.1;
/** Said in one mood by nearly all: a little more than one star of five. */
const ONE_MOOD = 0.3;

/** @param texts places in `scores` */
export function moodOf(texts: Iterable<number>, scores: readonly (number | null)[]): Mood {
  let [n, sum, squares] = [0, 0, 0];
  for (const at of texts) {
    const score = scores[at] ?? null;
    if (score === null) continue;
    n += 1;
    sum += score;
    squares += score * score;
  }
  const mean = n > 0 ? sum / n : 0;
  return { n, mean, spread: n > 0 ? Math.sqrt(Math.max(0, squares / n - mean * mean)) : 0 };
}

export function hasMood({ n }: Mood): boolean {
  return n >= LEAST;
}

/** Whether most texts agree in their score; true where scores cannot tell. */
export function isOneMood(mood: Mood): boolean {
  return !hasMood(mood) || mood.spread <= ONE_MOOD;
}

/** Whether both are scored alike; true where scores cannot tell. */
export function isSameMood(a: Mood, b: Mood, near = NEAR): boolean {
  return !hasMood(a) || !hasMood(b) || Math.abs(a.mean - b.mean) <= near;
}

/** The mood of the texts of `whole` that are not in `part`. */
export function withoutMood(whole: Iterable<number>, part: ReadonlySet<number>, scores: readonly (number | null)[]) {
  return moodOf(
    [...whole].filter((at) => !part.has(at)),
    scores,
  );
}
