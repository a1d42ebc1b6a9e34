/**
 * How good customers said it was at each node of the map: the mean of the scores that its own events carry.
 * Events without a score say nothing here; CSAT, NPS and CES are KPIs (kpi-scores.ts).
 */
import { z } from "zod";
import { type BucketSums, estimateRatio } from "../stats/clustered.ts";
import { isInsufficient } from "../stats/estimate.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "./journey-frame.ts";
import { customerBucket } from "./journey-steps.ts";

export const nodeScoreSchema = z.object({
  mean: z.number(),
  /** 95 % interval, clustered by customer; null when the answers come from a single bucket of customers. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Answers on this scale. */
  n: z.int(),
  /** Like 1-5 or 0-10; "" where the events name none. Of several scales the one with most answers. */
  scale: z.string(),
});
export type NodeScore = z.infer<typeof nodeScoreSchema>;

interface ScoreRow {
  readonly node: number;
  readonly bucket: number;
  readonly scaleName: string;
  readonly answers: number;
  readonly total: number;
}

/** Rows without any score are passed over by their scores alone. */
function scoresSql(frame: JourneyFrame, nodes: string): string {
  const scored = (array: string) =>
    `arrayFilter((element, score) -> isNotNull(score), ${array}, ${frame.kept("scores")})`;
  return `WITH ${frame.aliases},
  ${customerBucket(frame)} AS bucket
SELECT node, bucket, toString(scaleHere) AS scaleName, count() AS answers, sum(assumeNotNull(scoreHere)) AS total
FROM ${frame.source}
ARRAY JOIN ${scored(nodes)} AS node, ${scored(frame.kept("scales"))} AS scaleHere,
  ${scored(frame.kept("scores"))} AS scoreHere
WHERE ${frame.rows} AND arrayExists(score -> isNotNull(score), scores)
GROUP BY node, bucket, scaleName`;
}

function describeScore(scale: string, buckets: readonly BucketSums[]): NodeScore {
  const n = buckets.reduce((sum, { denominator }) => sum + denominator, 0);
  const mean = buckets.reduce((sum, { numerator }) => sum + numerator, 0) / n;
  const estimate = estimateRatio(buckets);
  if (isInsufficient(estimate)) return { mean, low: null, high: null, n, scale };
  return { mean, low: estimate.low, high: estimate.high, n, scale };
}

/** Scores by node id, of the nodes that have any. */
export async function readNodeScores(
  context: AnalysisContext,
  frame: JourneyFrame,
  nodes: string,
): Promise<ReadonlyMap<number, NodeScore>> {
  const rows = await context.store.query<ScoreRow>(scoresSql(frame, nodes), {
    params: frame.bag.values,
    settings: ANALYSIS_SETTINGS,
  });
  const groups = new Map<number, Map<string, BucketSums[]>>();
  for (const { node, scaleName, answers, total } of rows) {
    const scales = groups.get(node) ?? new Map<string, BucketSums[]>();
    const buckets = scales.get(scaleName) ?? [];
    buckets.push({ numerator: total, denominator: answers });
    groups.set(node, scales.set(scaleName, buckets));
  }
  const best = (scales: ReadonlyMap<string, readonly BucketSums[]>) =>
    [...scales]
      .map(([scale, buckets]) => describeScore(scale, buckets))
      .sort((a, b) => b.n - a.n || (a.scale < b.scale ? -1 : 1))[0] as NodeScore;
  return new Map([...groups].map(([node, scales]) => [node, best(scales)]));
}
