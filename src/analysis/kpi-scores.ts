/**
 * KPIs of what customers said: mean score, CSAT, NPS and CES of every touchpoint that carries scores.
 * Who did not answer is unknown here; a response rate needs the surveys that were sent.
 */
import { type BucketSums, estimateClusteredShare, estimateRatio } from "../stats/clustered.ts";
import { estimateNetPromoterScore } from "../stats/net-promoter.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET } from "./kpi-frame.ts";
import { type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { estimateKpi, type KpiPart } from "./kpi-report.ts";

export const SCORE_KPIS = ["mean-score", "csat", "nps", "ces", "ces-share"] as const;

const NO_SPREAD = "Answers are needed from customers in at least two of the 100 buckets.";

interface ScoreRow {
  readonly part: string;
  readonly bucket: number;
  readonly touchpointId: number;
  readonly scaleName: string;
  readonly answers: number;
  readonly total: number;
  readonly onFive: number;
  readonly satisfied: number;
  readonly onTwo: number;
  readonly good: number;
  readonly onTen: number;
  readonly promoters: number;
  readonly detractors: number;
  readonly onSeven: number;
  readonly totalOnSeven: number;
  readonly easy: number;
}

async function readScores(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): Promise<ScoreRow[]> {
  const answered = (array: string) =>
    `arrayFilter((element, score) -> isNotNull(score), ${array}, ${frame.kept("scores")})`;
  const within = (low: number, high: number) => `countIf(answer.3 BETWEEN ${low} AND ${high})`;
  return askFrame<ScoreRow>(context, frame, {
    aliases: [
      labelAlias(context, frame, grouping),
      `arrayMap((id, scale, score, label) -> (id, toString(scale), assumeNotNull(score), label), ${answered("ids")},
    ${answered(frame.kept("scales"))}, ${answered(frame.kept("scores"))}, ${answered("labels")}) AS scored`,
      "arrayJoin(scored) AS answer",
    ],
    select: [
      "toString(answer.4) AS part",
      `${BUCKET} AS bucket`,
      "answer.1 AS touchpointId",
      "answer.2 AS scaleName",
      "count() AS answers",
      "sum(answer.3) AS total",
      `${within(1, 5)} AS onFive`,
      `${within(4, 5)} AS satisfied`,
      "countIf(answer.3 IN (0, 1)) AS onTwo",
      "countIf(answer.3 = 1) AS good",
      `${within(0, 10)} AS onTen`,
      `${within(9, 10)} AS promoters`,
      "countIf(answer.3 >= 0 AND answer.3 <= 6) AS detractors",
      `${within(1, 7)} AS onSeven`,
      "sumIf(answer.3, answer.3 BETWEEN 1 AND 7) AS totalOnSeven",
      `${within(5, 7)} AS easy`,
    ],
    groupBy: ["part", "bucket", "touchpointId", "scaleName"],
  });
}

/** The rows of one touchpoint on one scale, by bucket. */
interface ScoreGroup {
  readonly touchpoint: string;
  readonly scale: string;
  readonly buckets: readonly ScoreRow[];
}

function addUp(group: ScoreGroup, key: Exclude<keyof ScoreRow, "part" | "scaleName">): number {
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

type BucketKey = "answers" | "total" | "onFive" | "satisfied" | "onTwo" | "good" | "onSeven" | "totalOnSeven" | "easy";

/** Per bucket of customers; rows of several parts may speak of one bucket. */
function ratio(group: ScoreGroup, numerator: BucketKey, denominator: BucketKey): BucketSums[] {
  const sums = new Map<number, BucketSums>();
  for (const row of group.buckets) {
    const before = sums.get(row.bucket) ?? { numerator: 0, denominator: 0 };
    sums.set(row.bucket, {
      numerator: before.numerator + row[numerator],
      denominator: before.denominator + row[denominator],
    });
  }
  return [...sums.values()];
}

/** What a share or mean is made of. */
function sums(group: ScoreGroup, numerator: BucketKey, denominator: BucketKey) {
  return { numerator: addUp(group, numerator), denominator: addUp(group, denominator) };
}

function netPromoterPart(group: ScoreGroup, name: string): KpiPart {
  const [promoters, detractors, n] = [addUp(group, "promoters"), addUp(group, "detractors"), addUp(group, "onTen")];
  const score = estimateNetPromoterScore({ promoters, detractors, n });
  return {
    kpi: estimateKpi(`nps:${name}`, "points", score, "No answer lies on the scale 0–10."),
    numerator: promoters - detractors,
    denominator: n,
  };
}

function effortParts(group: ScoreGroup, name: string): KpiPart[] {
  const mean = estimateRatio(ratio(group, "totalOnSeven", "onSeven"));
  const easy = estimateClusteredShare(ratio(group, "easy", "onSeven"));
  return [
    { kpi: estimateKpi(`ces:${name}`, "score", mean, NO_SPREAD), ...sums(group, "totalOnSeven", "onSeven") },
    {
      kpi: estimateKpi(`ces-share:${name}`, "share of answers", easy, "No answer lies on the scale 1–7."),
      ...sums(group, "easy", "onSeven"),
    },
  ];
}

function satisfiedPart(group: ScoreGroup, name: string, satisfied: BucketKey, all: BucketKey): KpiPart {
  const share = estimateShare(addUp(group, satisfied), addUp(group, all));
  const missing = `No answer lies on the scale ${group.scale.replace("-", "–")}.`;
  return { kpi: estimateKpi(`csat:${name}`, "share of answers", share, missing), ...sums(group, satisfied, all) };
}

/** The score that a scale calls for; answers outside the scale count in the mean score alone. */
function scaleParts(group: ScoreGroup, name: string): KpiPart[] {
  switch (group.scale) {
    case "1-5":
      return [satisfiedPart(group, name, "satisfied", "onFive")];
    case "0-1":
      return [satisfiedPart(group, name, "good", "onTwo")];
    case "0-10":
      return [netPromoterPart(group, name)];
    case "1-7":
      return effortParts(group, name);
    default:
      return [];
  }
}

function scoreParts(group: ScoreGroup, name: string): KpiPart[] {
  const { touchpoint, scale } = group;
  const mean = estimateRatio(ratio(group, "total", "answers"));
  const parts = [
    { kpi: estimateKpi(`mean-score:${name}`, "score", mean, NO_SPREAD), ...sums(group, "total", "answers") },
    ...scaleParts(group, name),
  ];
  return parts.map((part) => (part.kpi.value === null ? part : { ...part, kpi: { ...part.kpi, touchpoint, scale } }));
}

/** Each group with the name its KPIs carry: the plain one for a touchpoint's commonest scale. */
function nameGroups(groups: readonly ScoreGroup[]): (readonly [group: ScoreGroup, name: string])[] {
  const named = new Set<string>();
  return groups.map((group) => {
    const { touchpoint, scale } = group;
    const name = named.has(touchpoint) ? `${touchpoint} (${scale === "" ? "no scale" : scale})` : touchpoint;
    named.add(touchpoint);
    return [group, name] as const;
  });
}

/**
 * The score KPIs of every touchpoint that has scores, ids like `mean-score:Review Answered`, by the label of the answer.
 * Where a touchpoint was scored on several scales, the rarer ones carry theirs in the id: `mean-score:Review Answered (0-10)`.
 */
export async function measureScores(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const rows = await readScores(context, frame, grouping);
  const groups = nameGroups(groupScores(context, rows));
  return {
    parts: [...new Set(rows.map(({ part }) => part))],
    of: (part) =>
      groups.flatMap(([group, name]) =>
        scoreParts({ ...group, buckets: group.buckets.filter((row) => row.part === part) }, name),
      ),
  };
}
