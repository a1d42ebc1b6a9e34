/**
 * Why the plain and the adjusted difference of a moment differ: what was known before the touch, each with its part.
 * It measures no effect; that is in moment-study.ts, and the words are in domain/reason-words.ts.
 */
import type { ArmEffect } from "../stats/stratified-effect.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import { codeOf, type MomentCandidate, presenceContrasts } from "./moment-candidates.ts";
import { type FeatureName, levelsOf, type MomentHistory } from "./moment-history.ts";
import { type PrognosticScore, UNIT } from "./moment-score.ts";
import { type MomentStudy, scoreFor } from "./moment-study.ts";
import { FAMILY_SIZE } from "./moment-tallies.ts";
import type { MomentReason } from "./moments-schema.ts";

/** Touchpoints already seen that have a part of their own; all others are one. */
const MOST_SEEN = 3;
/** Less than this is what adding up leaves. */
const NOTHING = 1e-9;

const KINDS: Readonly<Record<Exclude<FeatureName, `trait ${number}` | `first ${string}`>, MomentReason["kind"]>> = {
  kind: "kind of attempt",
  step: "steps so far",
  pace: "pace",
  wait: "time since the last event",
  last: "what came right before",
  stage: "funnel stage",
  past: "earlier outcomes",
  activity: "earlier events",
  channel: "first channel",
};

/** What both sides are compared in beside the part; of other features one number says nothing. */
const MEANS: readonly { readonly feature: FeatureName; readonly sql: string }[] = [
  { feature: "kind", sql: "avg(kindLevel = 0)" },
  // Bounded like its levels: a few who did a thousand things would make the mean.
  { feature: "step", sql: "avg(least(step, 15))" },
  { feature: "stage", sql: "avg(stageLevel)" },
  { feature: "past", sql: "avg(pastLevel > 0)" },
  { feature: "activity", sql: "avg(activityLevel > 1)" },
];

/** One side of the contrast: 1 the exposed, 2 the others. */
interface SideRow {
  readonly side: number;
  readonly rows: number;
  /** Sum of each feature's weights, in the history's order. */
  readonly weights: readonly number[];
  readonly means: readonly number[];
}

/** One touchpoint: touches of each side before which it was already seen in the attempt. */
interface SeenRow {
  readonly place: number;
  readonly exposedSeen: number;
  readonly othersSeen: number;
}

type ReasonRow = SideRow & SeenRow & { readonly ofTouchpoint: number };

/** Array over the events: 1 and 2 for the two sides of the contrast, 0 for what counts on neither. */
function sidesArray({ rows, survey }: MomentStudy, own: MomentCandidate): string {
  const { frame } = rows.outcome;
  const columns: [name: string, array: string][] = [
    ...(
      [
        ["touch", "ids"],
        ["hit", "hits"],
        ["eligible", "eligibles"],
        ["ended", "ends"],
        ["result", "results"],
      ] as const
    ).map(([name, array]): [string, string] => [name, array]),
    ...(own.when === null ? [] : ownColumns(own.when.kind === "score", frame.kept)),
  ];
  const bind = (code: number) => frame.bag.bind(code, "UInt32");
  const { code, where } =
    own.contrast === "presence" ? presenceContrasts(rows, survey.deciding) : { code: codeOf(own, rows), where: "1" };
  const counts = `eligible AND ended AND ${rows.answered} AND ${where}`;
  const exposed = `${code} = ${bind(own.family * FAMILY_SIZE + own.arm)}`;
  const others = own.contrast === "presence" ? "1" : `${code} = ${bind(own.family * FAMILY_SIZE)}`;
  return `arrayMap((${columns.map(([name]) => name).join(", ")}) ->
    toUInt8(multiIf(NOT (${counts}), 0, ${exposed}, 1, ${others}, 2, 0)), ${columns.map(([, array]) => array).join(", ")})`;
}

function ownColumns(scored: boolean, kept: (column: string) => string): [name: string, array: string][] {
  return scored
    ? [
        ["ownScore", kept("scores")],
        ["ownScale", kept("scales")],
      ]
    : [["property", kept("properties")]];
}

/** Array over the events: how many touches of a side come later in the attempt. */
function laterArray(sums: string): string {
  const atEnd = `arrayMap((a, b) -> if(b, a, toInt64(-1)), ${sums}, arrayPopFront(arrayPushBack(starts, toUInt8(1))))`;
  return `arrayMap((a, b) -> b - a, ${sums}, arrayReverseFill(a -> a != -1, ${atEnd}))`;
}

function reasonSql(study: MomentStudy, own: MomentCandidate, score: PrognosticScore): string {
  const { history, rows } = study;
  const { frame } = rows.outcome;
  const weights = history.features.map(
    ({ scalar }, index) =>
      `sum(toFloat64(${frame.bag.bind(score.levels[index] ?? [], "Array(Int64)")}[${scalar} + 1]))`,
  );
  const levels = history.features
    .filter(({ array }) => array !== null)
    .map(({ name, scalar }) => `${levelsOf(name)} AS ${scalar}`);
  return `WITH ${history.aliases},
  ${sidesArray(study, own)} AS sides,
  arrayCumSum(arrayMap(a -> toInt64(a = 1), sides)) AS exposedSums,
  arrayCumSum(arrayMap(a -> toInt64(a = 2), sides)) AS othersSums
SELECT grouping(side) AS ofTouchpoint, side, place, count() AS rows,
  [${weights.join(", ")}] AS weights, [${MEANS.map(({ sql }) => sql).join(", ")}] AS means,
  sumIf(exposedLater, new) AS exposedSeen, sumIf(othersLater, new) AS othersSeen
FROM ${frame.source}
ARRAY JOIN sides AS side, ids AS place, news AS new, steps AS step,
  ${laterArray("exposedSums")} AS exposedLater, ${laterArray("othersSums")} AS othersLater,
  ${levels.join(", ")}
WHERE ${frame.rows} AND (side != 0 OR (new AND exposedLater + othersLater > 0))
GROUP BY GROUPING SETS ((side), (place))`;
}

type Sides = readonly [exposed: SideRow, others: SideRow];

function featureReasons({ history, survey }: MomentStudy, [exposed, others]: Sides): MomentReason[] {
  return history.features.map(({ name }, index) => {
    const trait = /^trait (\d+)$/u.exec(name)?.[1];
    const mean = MEANS.findIndex(({ feature }) => feature === name);
    const part = ({ weights, rows }: SideRow) => (weights[index] ?? 0) / rows;
    return {
      kind: trait === undefined ? KINDS[name as keyof typeof KINDS] : "trait",
      name: trait === undefined ? null : (survey.traits[Number(trait)]?.name ?? null),
      difference: (part(exposed) - part(others)) / UNIT,
      exposed: exposed.means[mean] ?? null,
      others: others.means[mean] ?? null,
    };
  });
}

/** What was already seen: the strongest touchpoints one by one, the others together. */
function seenReasons(
  { context, history }: { readonly context: MomentStudy["context"]; readonly history: MomentHistory },
  { flags }: PrognosticScore,
  [exposed, others]: Sides,
  seen: ReadonlyMap<number, SeenRow>,
): MomentReason[] {
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  const all = history.flags.map((id, place): MomentReason => {
    const { exposedSeen = 0, othersSeen = 0 } = seen.get(id) ?? {};
    const shares = { exposed: exposedSeen / exposed.rows, others: othersSeen / others.rows };
    const difference = ((flags[place] ?? 0) * (shares.exposed - shares.others)) / UNIT;
    return { kind: "touchpoint seen", name: names.get(id) ?? `#${id}`, difference, ...shares };
  });
  const sorted = all.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const left = sorted.slice(MOST_SEEN).reduce((sum, { difference }) => sum + difference, 0);
  return [...sorted.slice(0, MOST_SEEN), { ...UNNAMED, kind: "other touchpoints seen", difference: left }];
}

const UNNAMED = { name: null, exposed: null, others: null } as const;

/**
 * What the history explains of the plain difference, feature by feature. The prognostic score is a sum of weights, so the
 * part of feature j is the mean of its weights over the exposed less that over the others; what the parts leave of
 * crude − adjusted is `rest`: how features work together, and weights that the score gave to the history for the touch.
 * After Gelbach (2016), Journal of Labor Economics 34, 509–543, whose weights come from one regression with the exposure.
 * @param effect of the candidate, from the same study; without an estimate there is nothing to explain
 * @returns the largest part first, `rest` last; empty without an estimate. Their sum is crude − adjusted
 */
export async function explainDifference(
  study: MomentStudy,
  own: MomentCandidate,
  effect: Pick<ArmEffect, "crude" | "effect"> | undefined,
): Promise<MomentReason[]> {
  if (!effect || effect.crude === null || effect.effect === null) return [];
  const { frame } = study.rows.outcome;
  const score = scoreFor(study, "outcome", own);
  const sql = reasonSql(study, own, score);
  const options = { params: frame.bag.values, settings: ANALYSIS_SETTINGS };
  const found = await study.context.store.query<ReasonRow>(sql, options);
  const bySide = new Map(found.filter((row) => row.ofTouchpoint === 0).map((row) => [row.side, row]));
  const [exposed, others] = [bySide.get(1), bySide.get(2)];
  if (!exposed || !others) return [];
  const seen = new Map(found.filter((row) => row.ofTouchpoint === 1).map((row) => [row.place, row]));
  const sides = [exposed, others] as const;
  const parts = [...featureReasons(study, sides), ...seenReasons(study, score, sides, seen)];
  const rest = parts.reduce((sum, { difference }) => sum - difference, effect.crude - effect.effect);
  return [
    ...parts
      .filter(({ difference }) => Math.abs(difference) > NOTHING)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    { ...UNNAMED, kind: "rest", difference: rest },
  ];
}
