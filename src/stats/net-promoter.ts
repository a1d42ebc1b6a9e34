/**
 * The Net Promoter Score with its variance and an interval that also holds for few answers.
 * Which answers promote and which detract (9–10 and 0–6) is decided by the caller.
 */
import { CONFIDENCE, type Result } from "./estimate.ts";
import { normalQuantile } from "./quantile.ts";

export interface PromoterCounts {
  readonly promoters: number;
  readonly detractors: number;
  /** All answers, passives included. */
  readonly n: number;
}

/**
 * 100(p − d) and its standard error 100·√([p + d − (p − d)²]/n), both in points.
 * @example netPromoterScore({ promoters: 60, detractors: 20, n: 100 }) // { score: 40, standardError: 8 }
 */
export function netPromoterScore({ promoters, detractors, n }: PromoterCounts) {
  const [p, d] = [promoters / n, detractors / n];
  return { score: 100 * (p - d), standardError: 100 * Math.sqrt((p + d - (p - d) ** 2) / n) };
}

/**
 * The score after adding three answers, ¾ promoters and ¾ detractors: the centre and width of the adjusted Wald interval.
 * Source: Rocks (2016), "Interval estimation for the Net Promoter Score", The American Statistician 70, 365–372.
 * @example adjustedNetPromoterScore({ promoters: 60, detractors: 20, n: 100 }) // { score: 38.83, standardError: 7.89 }
 */
export function adjustedNetPromoterScore({ promoters, detractors, n }: PromoterCounts) {
  return netPromoterScore({ promoters: promoters + 0.75, detractors: detractors + 0.75, n: n + 3 });
}

/**
 * The score as counted, with the adjusted Wald interval, cut at ±100; insufficient without an answer.
 * @example estimateNetPromoterScore({ promoters: 60, detractors: 20, n: 100 }) // 40 (23.37, 54.30), n 100
 */
export function estimateNetPromoterScore(counts: PromoterCounts, confidence = CONFIDENCE): Result {
  if (counts.n < 1) return { insufficient: true, n: counts.n, required: 1 };
  const adjusted = adjustedNetPromoterScore(counts);
  const half = normalQuantile((1 + confidence) / 2) * adjusted.standardError;
  const value = netPromoterScore(counts).score;
  const [low, high] = [adjusted.score - half, adjusted.score + half];
  // With very few unanimous answers the adjusted interval can miss the score itself; it is then stretched to hold it.
  return { value, low: Math.max(-100, Math.min(low, value)), high: Math.min(100, Math.max(high, value)), n: counts.n };
}
