/**
 * Shares and their differences as reports carry them: number, 95 % interval and n, or the statement that data are too few.
 * The methods are in stats/clustered.ts; whose shares they are is for the analyses.
 */
import { z } from "zod";
import { type BucketSums, estimateClusteredDifference, estimateClusteredShare } from "../stats/clustered.ts";
import { isInsufficient } from "../stats/estimate.ts";

/** Of 0 … 1, with a 95 % interval; null when there is nothing to have a share of. */
export const shareShape = {
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
} as const;

/** a − b, both shares of 0 … 1. */
export const shareDifferenceSchema = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number() }),
  z.object({ value: z.null(), reason: z.literal("insufficient-data"), n: z.int(), required: z.int() }),
]);
export type ShareDifference = z.infer<typeof shareDifferenceSchema>;

/** A numerator or a denominator by bucket of customers. */
export type BucketCounts = ReadonlyMap<number, number>;

export function sumOf(counts: BucketCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Adds one bucket's count. */
export function addTo(counts: Map<number, number>, bucket: number, count: number): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + count);
}

/** A share's parts, bucket by bucket. */
export function pairBuckets(hits: BucketCounts, units: BucketCounts): BucketSums[] {
  return [...units].map(([bucket, denominator]) => ({ numerator: hits.get(bucket) ?? 0, denominator }));
}

export function describeShare(buckets: readonly BucketSums[]) {
  const estimate = estimateClusteredShare(buckets);
  if (isInsufficient(estimate)) return { share: null, low: null, high: null };
  return { share: estimate.value, low: estimate.low, high: estimate.high };
}

export function describeDifference(a: readonly BucketSums[], b: readonly BucketSums[]): ShareDifference {
  const estimate = estimateClusteredDifference(a, b);
  if (isInsufficient(estimate))
    return { value: null, reason: "insufficient-data", n: estimate.n, required: estimate.required };
  return { value: estimate.value, low: estimate.low, high: estimate.high };
}
