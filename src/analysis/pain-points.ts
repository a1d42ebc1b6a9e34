/**
 * Pain points: where customers suffer, how often, and what it costs a month; what was looked at without a claim, and why.
 * What one of them looks like in detail is in pain-point.ts. The method: docs/pain-points.md.
 */
import type { FrictionKind } from "../domain/friction.ts";
import { plural } from "../domain/moment-words.ts";
import { studentQuantile } from "../stats/quantile.ts";
import { BUCKETS } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { hasTouches } from "./moments.ts";
import {
  decidePainPoints,
  type FrictionPlacebos,
  needsPlacebo,
  type PainDecision,
  testFrictions,
} from "./pain/claims.ts";
import { rankPainPoints } from "./pain/costs.ts";
import { type FrictionEffects, lookAgain, measureFrictions, readFrictionPlacebos } from "./pain/effects.ts";
import { groupMasks } from "./pain/facts.ts";
import { findIncidents } from "./pain/incidents.ts";
import { measureAll, windowOf } from "./pain/measure-frictions.ts";
import type { MeasuredFriction } from "./pain/measured-friction.ts";
import { type PainStudy, preparePainStudy } from "./pain/pain-study.ts";
import {
  type PainPoint,
  type PainPointsQuery,
  type PainPointsReport,
  painPointsQuerySchema,
} from "./pain-points-schema.ts";

const whole = new Intl.NumberFormat("en-GB");

/** What would bias the answer, in sentences. */
function listCaveats({ moments, rules, baseline, frictions }: PainStudy): string[] {
  const { rows, survey } = moments;
  const { frame, kind } = rows.outcome;
  const { unfinished } = survey.all;
  return [
    "Costs are estimates: each friction is compared with touches of the same touchpoint, in the same situation, without it.",
    "The costs of one touchpoint's frictions add up. The same trouble seen at two touchpoints, such as a parcel overdue and then delivered late, is counted at both.",
    ...(frictions.some(({ sign }) => sign.by === "gap")
      ? ["What a wait does is counted from when it is over; who leaves for good while waiting is among the drop-offs."]
      : []),
    ...(baseline === null && frictions.some(({ kind: one }) => one === "wait") && kind !== "silence"
      ? ["Too few gaps to know which are long: only waits with a target, or told by the events, are looked at."]
      : []),
    ...(frame.person
      ? []
      : [
          `Journeys by ${frame.journey} know nothing from before, so there is no placebo: all claims are associations, adjusted.`,
        ]),
    ...(rules.worth === null ? ["No outcome has a known worth: costs are in outcomes, not in money."] : []),
    ...(kind === "silence" ? ["Silence also falls when customers are reached in ways that leave no event."] : []),
    ...(unfinished > 0
      ? [
          unfinished === 1
            ? "1 touch counts in no estimate: the data end before its time is over."
            : `${whole.format(unfinished)} touches count in no estimate: the data end before their time is over.`,
        ]
      : []),
    ...(survey.all.persons < BUCKETS ? [`Only ${plural(survey.all.persons, "customer")}: intervals are rough.`] : []),
  ];
}

/** What a study says whatever is found. */
export function describePainStudy(study: PainStudy) {
  const { moments, query, rules, baseline } = study;
  const { context, rows, survey, base, worthError } = moments;
  const half = worthError === null ? null : studentQuantile(0.975, BUCKETS - 1) * worthError;
  const day = (ms: number) => new Intl.DateTimeFormat("sv-SE", { timeZone: context.zone }).format(new Date(ms));
  return {
    ...{ journey: rows.outcome.frame.journey, outcome: query.outcome, withinMs: query.withinMs },
    ...{ currency: context.currency, base, n: survey.all.answers, customers: survey.all.persons },
    minimumEffect: base === null ? null : rules.least,
    ...{ worth: rules.worth?.value ?? null, worthError: half, months: rules.months, window: windowOf(study) },
    baseline: baseline === null ? null : { from: day(baseline.from), to: day(baseline.to) },
    caveats: listCaveats(study),
  };
}

export interface PainMeasures {
  readonly study: PainStudy;
  readonly effects: FrictionEffects;
  readonly measured: readonly MeasuredFriction[];
  readonly tested: number;
  readonly decision: PainDecision;
}

/** Measures and tests every friction of a question, runs the placebo of those that would be claimed, and decides. */
export async function measurePainPoints(context: AnalysisContext, input: PainPointsQuery): Promise<PainMeasures> {
  const study = await preparePainStudy(context, painPointsQuerySchema.parse(input));
  const { rules } = study;
  const plain = hasTouches(study.moments) ? await measureFrictions(study) : new Map();
  const surprisingOf = (all: readonly MeasuredFriction[]) =>
    testFrictions(all, rules).filter((one) => needsPlacebo(one, rules));
  const first = surprisingOf(measureAll(study, plain)).sort((a, b) => a.p - b.p);
  const effects = await lookAgain(
    study,
    plain,
    first.map(({ measured }) => measured.friction),
  );
  const measured = measureAll(study, effects);
  const surprising = surprisingOf(measured).map((one) => one.measured);
  const placebos = await readFrictionPlacebos(
    study,
    surprising.map(({ friction }) => friction),
  );
  const known: FrictionPlacebos = new Map(
    surprising.flatMap((one) => {
      const placebo = placebos.get(one.friction);
      return placebo ? [[one, placebo] as const] : [];
    }),
  );
  const tested = testFrictions(measured, rules);
  const decision = decidePainPoints(measured, tested, known, groupMasks(study.counts), rules);
  return { study, effects, measured, tested: tested.length, decision };
}

/** The dated incidents among all frictions that were looked at. */
export function listIncidents({ study, measured, decision }: PainMeasures): Promise<PainPoint[]> {
  const { moments, query, rules } = study;
  const { context, rows, survey } = moments;
  const asked = { rows, survey, rules, withinMs: query.withinMs, segment: query.segment };
  return findIncidents(context, asked, measured, decision.painPoints);
}

/**
 * The pain points of an outcome, the dearest first.
 * Effects are fractions of touches; costs are a month; q controls the false discovery rate over all frictions tested.
 * @throws AppError not-found (journey or touchpoint), invalid (filter or outcome), unavailable (a limit of the engine)
 */
export async function analyzePainPoints(context: AnalysisContext, input: PainPointsQuery): Promise<PainPointsReport> {
  const measures = await measurePainPoints(context, input);
  const { study, tested, decision } = measures;
  const { kinds } = study.query;
  const isAsked = ({ kind }: { readonly kind: FrictionKind }) => kinds === undefined || kinds.includes(kind);
  return {
    ...describePainStudy(study),
    tested,
    painPoints: rankPainPoints([...decision.painPoints, ...(await listIncidents(measures))].filter(isAsked)),
    rejected: decision.rejected.filter(isAsked),
  };
}
