/**
 * Moments of truth: the touchpoints that make or break an outcome, with interval and controlled error, and what was rejected.
 * It names likely causes; that something is one, only a trial can show. The method: docs/moments.md.
 */
import { plural } from "../domain/moment-words.ts";
import type { AnalysisContext } from "./context.ts";
import { type ClaimRules, decideMoments } from "./moment-claims.ts";
import { findCandidates, type MomentStudy, prepareStudy, testCandidates } from "./moment-study.ts";
import { type MomentsQuery, type MomentsReport, momentsQuerySchema } from "./moments-schema.ts";

/** What a study says whatever is found. */
export function describeStudy(study: MomentStudy, query: { readonly outcome: string; readonly withinMs: number }) {
  const { context, rows, survey, base, rules } = study;
  return {
    journey: rows.outcome.frame.journey,
    outcome: query.outcome,
    of: rows.outcome.of,
    withinMs: query.withinMs,
    currency: context.currency,
    base,
    n: survey.all.answers,
    minimumEffect: base === null ? null : rules.least,
    worth: rules.worth,
    months: survey.months,
    caveats: listCaveats(study),
  };
}

const whole = new Intl.NumberFormat("en-GB");

function scoreCaveats({ rows, survey, rules }: MomentStudy): string[] {
  if (!rules.scored) return [];
  const { scale } = rows.outcome;
  const { answers, rows: touches } = survey.all;
  return [
    `Only ${whole.format(answers)} of ${plural(touches, "touch", "touches")} ${answers === 1 ? "is" : "are"} followed by an answer; answers are weighted by how often alike situations are answered, but who stays silent may think differently.`,
    ...(scale && scale.others > 0
      ? [
          `${plural(scale.others, "answer")} on other scales than ${scale.name || "the commonest one"} ${scale.others === 1 ? "counts" : "count"} nowhere.`,
        ]
      : []),
  ];
}

/** What would bias the answer, in sentences. */
function listCaveats(study: MomentStudy): string[] {
  const { frame, kind } = study.rows.outcome;
  const { unfinished } = study.survey.all;
  return [
    "Each touch is compared with whatever else usually comes next in the same situation, not with nothing happening.",
    "Situations are alike in what the events tell; what no event tells, such as a wish to buy, is checked by the placebo only.",
    ...(frame.person
      ? []
      : [
          `Journeys by ${frame.journey} know nothing from before, so there is no placebo: all claims are associations, adjusted.`,
        ]),
    ...(study.survey.traits.length > 0
      ? ["Traits of customers are taken as they are now; one that the outcome changed would hide a part of the effect."]
      : []),
    ...(kind === "silence" ? ["Silence also falls when customers are reached in ways that leave no event."] : []),
    ...scoreCaveats(study),
    ...(unfinished > 0
      ? [
          unfinished === 1
            ? "1 touch counts nowhere: the data end before its time is over."
            : `${whole.format(unfinished)} touches count nowhere: the data end before their time is over.`,
        ]
      : []),
  ];
}

function listStructural({ context, survey }: MomentStudy): MomentsReport["structural"] {
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  return survey.structural.map((id) => ({
    touchpoint: names.get(id) ?? `#${id}`,
    share: (survey.byTouch.get(id)?.passed ?? 0) / survey.reached,
    n: survey.reached,
  }));
}

/** Without a touch that counts there is nothing to compare. */
export function hasTouches({ survey, base }: MomentStudy): boolean {
  return base !== null && survey.all.touches > 0;
}

/**
 * The moments of truth of an outcome.
 * Effects are fractions of touches (points of the score with `of`); q controls the false discovery rate over all contrasts.
 * @throws AppError not-found (journey or touchpoint), invalid (filter or outcome), unavailable (a limit of the engine)
 */
export async function analyzeMoments(context: AnalysisContext, input: MomentsQuery): Promise<MomentsReport> {
  const query = momentsQuerySchema.parse(input);
  const study = await prepareStudy(context, query);
  const candidates = hasTouches(study) ? await findCandidates(study, query) : [];
  const { contrasts, tested, placebos } = await testCandidates(study, candidates);
  const rules: ClaimRules = study.rules;
  return {
    ...describeStudy(study, query),
    customers: study.survey.all.persons,
    unfinished: study.survey.all.unfinished,
    tested: tested.length,
    ...decideMoments(contrasts, tested, placebos, rules),
    structural: listStructural(study),
  };
}
