/**
 * KPIs of what customers said: mean score, CSAT, NPS and CES of every touchpoint that carries scores.
 * Who did not answer is unknown here; a response rate needs the surveys that were sent.
 */
import { estimateClusteredShare, estimateRatio } from "../stats/clustered.ts";
import { estimateNetPromoterScore } from "../stats/net-promoter.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET } from "./kpi-frame.ts";
import { estimateKpi, type Kpi } from "./kpi-report.ts";

export const SCORE_KPIS = ["mean-score", "csat", "nps", "ces", "ces-share"] as const;

const NO_SPREAD = "Answers are needed from customers in at least two of the 100 buckets.";

interface ScoreRow {
  readonly bucket: number;
  readonly touchpointId: number;
  readonly scaleName: string;
  readonly answers: number;
  readonly total: number;
  readonly onFive: number;
  readonly satisfied: number;
  readonly onTen: number;
  readonly promoters: number;
  readonly detractors: number;
  readonly onSeven: number;
  readonly totalOnSeven: number;
  readonly easy: number;
}

async function readScores(context: AnalysisContext, frame: JourneyFrame): Promise<ScoreRow[]> {
  const arrays = [frame.kept("scales"), frame.kept("scores")].join(", ");
  const within = (low: number, high: number) => `countIf(answer.3 BETWEEN ${low} AND ${high})`;
  return askFrame<ScoreRow>(context, frame, {
    aliases: [
      `arrayMap((id, scale, score) -> (id, toString(scale), assumeNotNull(score)),
    arrayFilter((id, score) -> isNotNull(score), ids, ${frame.kept("scores")}),
    arrayFilter((scale, score) -> isNotNull(score), ${arrays}),
    arrayFilter(score -> isNotNull(score), ${frame.kept("scores")})) AS scored`,
      "arrayJoin(scored) AS answer",
    ],
    select: [
      `${BUCKET} AS bucket`,
      "answer.1 AS touchpointId",
      "answer.2 AS scaleName",
      "count() AS answers",
      "sum(answer.3) AS total",
      `${within(1, 5)} AS onFive`,
      `${within(4, 5)} AS satisfied`,
      `${within(0, 10)} AS onTen`,
      `${within(9, 10)} AS promoters`,
      "countIf(answer.3 >= 0 AND answer.3 <= 6) AS detractors",
      `${within(1, 7)} AS onSeven`,
      "sumIf(answer.3, answer.3 BETWEEN 1 AND 7) AS totalOnSeven",
      `${within(5, 7)} AS easy`,
    ],
    groupBy: ["bucket", "touchpointId", "scaleName"],
  });
}

/** The rows of one touchpoint on one scale, by bucket. */
interface ScoreGroup {
  readonly touchpoint: string;
  readonly scale: string;
  readonly buckets: readonly ScoreRow[];
}

function addUp(group: ScoreGroup, key: Exclude<keyof ScoreRow, "scaleName">): number {
  return group.buckets.reduce((sum, bucket) => sum + bucket[key], 0);
}

function groupScores(context: AnalysisContext, rows: readonly ScoreRow[]): ScoreGroup[] {
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  const groups = new Map<string, { touchpoint: string; scale: string; buckets: ScoreRow[] }>();
  for (const row of rows) {
    const key = `${row.touchpointId} ${row.scaleName}`;
    const touchpoint = names.get(row.touchpointId) ?? `touchpoint ${row.touchpointId}`;
    const group = groups.get(key) ?? { touchpoint, scale: row.scaleName, buckets: [] };
    group.buckets.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => a.touchpoint.localeCompare(b.touchpoint, "en") || addUp(b, "answers") - addUp(a, "answers"),
  );
}

type BucketKey = "answers" | "total" | "onSeven" | "totalOnSeven" | "easy";

function ratio(group: ScoreGroup, numerator: BucketKey, denominator: BucketKey) {
  return group.buckets.map((row) => ({ numerator: row[numerator], denominator: row[denominator] }));
}

/** The score that a scale calls for; answers outside the scale count in the mean score alone. */
function scaleKpis(group: ScoreGroup, name: string): Kpi[] {
  switch (group.scale) {
    case "1-5": {
      const csat = estimateShare(addUp(group, "satisfied"), addUp(group, "onFive"));
      return [estimateKpi(`csat:${name}`, "share of answers", csat, "No answer lies on the scale 1–5.")];
    }
    case "0-10": {
      const [promoters, detractors, n] = [addUp(group, "promoters"), addUp(group, "detractors"), addUp(group, "onTen")];
      const score = estimateNetPromoterScore({ promoters, detractors, n });
      return [estimateKpi(`nps:${name}`, "points", score, "No answer lies on the scale 0–10.")];
    }
    case "1-7":
      return [
        estimateKpi(`ces:${name}`, "score", estimateRatio(ratio(group, "totalOnSeven", "onSeven")), NO_SPREAD),
        estimateKpi(
          `ces-share:${name}`,
          "share of answers",
          estimateClusteredShare(ratio(group, "easy", "onSeven")),
          "No answer lies on the scale 1–7.",
        ),
      ];
    default:
      return [];
  }
}

/**
 * The score KPIs of every touchpoint that has scores, ids like `mean-score:Review Answered`.
 * Where a touchpoint was scored on several scales, the rarer ones carry theirs in the id: `mean-score:Review Answered (0-10)`.
 */
export async function measureScores(context: AnalysisContext, frame: JourneyFrame): Promise<Kpi[]> {
  const named = new Set<string>();
  return groupScores(context, await readScores(context, frame)).flatMap((group) => {
    const { touchpoint, scale } = group;
    const name = named.has(touchpoint) ? `${touchpoint} (${scale === "" ? "no scale" : scale})` : touchpoint;
    named.add(touchpoint);
    const mean = estimateKpi(`mean-score:${name}`, "score", estimateRatio(ratio(group, "total", "answers")), NO_SPREAD);
    return [mean, ...scaleKpis(group, name)].map((kpi) => (kpi.value === null ? kpi : { ...kpi, touchpoint, scale }));
  });
}
