/**
 * The steps that the list of moments and a single moment share: touches, history, score, effects of all contrasts, placebos.
 * What is made of them is in moments.ts and moment-detail.ts.
 */
import type { z } from "zod";
import { type ArmEffect, estimateStratifiedEffects } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import { findEndOfData } from "./kpi-frame.ts";
import {
  experienceContrasts,
  type MomentCandidate,
  type MomentContrasts,
  presenceContrasts,
  presenceOf,
} from "./moment-candidates.ts";
import {
  type ClaimRules,
  canTell,
  isSurprising,
  type MeasuredContrast,
  type PlaceboNumbers,
  type TestedContrast,
  testContrasts,
} from "./moment-claims.ts";
import { findExperiences } from "./moment-experiences.ts";
import { findTelling } from "./moment-exposure.ts";
import { buildMomentHistory, type FeatureName, type MomentHistory } from "./moment-history.ts";
import { compileOutcome } from "./moment-outcome.ts";
import { MOST_OWN, ownHistoryContrasts, splitByOwnHistory } from "./moment-own-history.ts";
import { buildMomentRows, type MomentRows } from "./moment-rows.ts";
import { readMomentSample, type SampleTouch } from "./moment-sample.ts";
import { fitPrognosticScore, type PrognosticScore } from "./moment-score.ts";
import { type MomentSurvey, surveyMoments } from "./moment-survey.ts";
import { type Compared, readTallies } from "./moment-tallies.ts";
import { readWorth } from "./moment-worth.ts";
import type { momentsQuerySchema } from "./moments-schema.ts";

export type MomentsAsked = z.output<typeof momentsQuerySchema>;

export interface MomentStudy {
  readonly context: AnalysisContext;
  readonly rows: MomentRows;
  readonly survey: MomentSurvey;
  readonly history: MomentHistory;
  readonly sample: readonly SampleTouch[];
  readonly score: PrognosticScore;
  /** Other scores fitted so far, by what they are of and what they leave out. */
  readonly scores: Map<string, PrognosticScore>;
  readonly rules: ClaimRules;
  /** Standard error of the worth where it is a mean; else null. */
  readonly worthError: number | null;
  /** Mean outcome over all touches that count in presence contrasts; null without any. */
  readonly base: number | null;
}

const LEAST_SHARE = 0.05;
/** What follows from the steps so far, however they are counted. */
const STEPS_SO_FAR: readonly FeatureName[] = ["step", "pace", "wait", "last", "stage"];

/**
 * Reads what every comparison of a question needs.
 * @throws AppError invalid (expression), not-found (journey or touchpoint), unavailable (a limit of the engine)
 */
export async function prepareStudy(
  context: AnalysisContext,
  query: Omit<MomentsAsked, "contrast">,
): Promise<MomentStudy> {
  const [outcome, end] = await Promise.all([compileOutcome(context, query), findEndOfData(context)]);
  const rows = buildMomentRows(outcome, query.withinMs, end ?? 0);
  const survey = await surveyMoments(context, rows);
  const history = buildMomentHistory(rows, survey);
  const [sample, worth] = await Promise.all([
    readMomentSample(context, rows, history, survey),
    query.worth === undefined ? readWorth(context, rows, survey) : { worth: query.worth, error: null },
  ]);
  const base = survey.all.answers > 0 ? survey.all.sum / survey.all.answers : null;
  const range =
    outcome.of === null ? 1 : outcome.of === "nps" ? 2 : (outcome.scale?.high ?? 1) - (outcome.scale?.low ?? 0);
  const least = LEAST_SHARE * (outcome.of === null ? (base ?? 0) : range);
  return {
    ...{ context, rows, survey, history, sample, base },
    score: fitPrognosticScore(history, sample, ({ result }) => result),
    scores: new Map(),
    rules: { scored: outcome.of !== null, range, least, worth: worth?.worth ?? null },
    worthError: worth?.error ?? null,
  };
}

/** The candidates of what happened: all touchpoints that count, but steps that everybody passes. */
function findPresences({ context, survey }: MomentStudy): MomentCandidate[] {
  return context.touchpoints
    .filter(({ id }) => (survey.byTouch.get(id)?.rows ?? 0) > 0 && !survey.structural.includes(id))
    .map(presenceOf);
}

/** Every contrast that is asked for. */
export async function findCandidates(
  study: MomentStudy,
  { contrast, property }: Pick<MomentsAsked, "contrast" | "property">,
): Promise<MomentCandidate[]> {
  const presences = contrast === "experience" || property !== undefined ? [] : findPresences(study);
  if (contrast === "presence") return presences;
  const experiences = await findExperiences(study.context, study.rows, study.survey, property);
  return [...presences, ...(await findTelling(study.context, study, experiences))];
}

/**
 * The score of what is compared, fitted once a question. A placebo has its own, without what it consists of. How an event
 * went is compared without the wait for it, which may be how it went; where earlier steps tell that too, without them.
 */
export function scoreFor(
  study: MomentStudy,
  compared: Compared,
  { contrast, telling }: Pick<MomentCandidate, "contrast" | "telling">,
): PrognosticScore {
  const { history, sample, score, survey, scores } = study;
  const told: readonly FeatureName[] = contrast === "presence" ? [] : telling.length > 0 ? STEPS_SO_FAR : ["wait"];
  if (compared === "outcome" && told.length === 0) return score;
  const key = [compared, ...told, ...telling].join(" ");
  const known = scores.get(key);
  if (known) return known;
  const fitTo = (read: (touch: SampleTouch) => number | null, ...itself: FeatureName[]) =>
    fitPrognosticScore(history, sample, read, { features: [...told, ...itself], flags: telling });
  const above = (prior: number) => Number(prior > survey.medianPrior);
  const fitted = {
    outcome: () => fitTo(({ result }) => result),
    "drop-off": () => fitTo(({ left }) => Number(left)),
    "an earlier outcome": () => fitTo(({ known: before, past }) => (before ? Number(past > 0) : null), "past"),
    "earlier activity": () => fitTo(({ known: before, prior }) => (before ? above(prior) : null), "activity"),
  }[compared]();
  scores.set(key, fitted);
  return fitted;
}

/** The candidates that one query can measure: what happened, and how it went by what the steps so far tell of it. */
function groupCandidates(candidates: readonly MomentCandidate[]): (readonly MomentCandidate[])[] {
  const groups = new Map<string, MomentCandidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.contrast} ${candidate.telling.join(" ")}`;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()];
}

/** Of drop-offs every touch is an alternative: from a step that nobody passes by people leave as well. */
function decidingOf({ survey }: MomentStudy, compared: Compared): readonly number[] {
  return compared === "drop-off" ? [] : survey.deciding;
}

function contrastsOf(study: MomentStudy, group: readonly MomentCandidate[], compared: Compared): MomentContrasts {
  return group[0]?.contrast === "presence"
    ? presenceContrasts(study.rows, decidingOf(study, compared))
    : experienceContrasts(group, study.rows);
}

const keyOf = ({ family, arm }: Pick<ArmEffect, "family" | "arm">) => `${family}/${arm}`;

/** The effects of all arms that candidates ask for, by family and arm, by part of a split. */
export async function measureEffects(
  study: MomentStudy,
  candidates: readonly MomentCandidate[],
  compared: Compared,
  split?: string,
): Promise<Map<string, Map<string, ArmEffect>>> {
  const { context, rows, history, survey } = study;
  const parts = new Map<string, Map<string, ArmEffect>>();
  for (const group of groupCandidates(candidates)) {
    const [first] = group;
    if (!first) continue;
    const tallies = await readTallies(context, rows, history, {
      ...{ compared, score: scoreFor(study, compared, first), contrasts: contrastsOf(study, group, compared) },
      ...{
        medianPrior: survey.medianPrior,
        byTrait: first.contrast === "presence",
        stepless: first.telling.length > 0,
        ...(split === undefined ? {} : { split }),
      },
    });
    for (const [part, columns] of tallies) {
      const effects = parts.get(part) ?? new Map<string, ArmEffect>();
      for (const effect of estimateStratifiedEffects(columns)) effects.set(keyOf(effect), effect);
      parts.set(part, effects);
    }
  }
  return parts;
}

/** The effects of presences among customers who have had the touch before alike, by candidate. */
export async function measureOwnHistory(
  study: MomentStudy,
  again: readonly MomentCandidate[],
  compared: Compared,
): Promise<Map<MomentCandidate, ArmEffect>> {
  const { context, rows, history, survey } = study;
  const effects = new Map<MomentCandidate, ArmEffect>();
  const [first] = again;
  if (!first) return effects;
  const tallies = await readTallies(context, rows, history, {
    ...{ compared, score: scoreFor(study, compared, first), medianPrior: survey.medianPrior, byTrait: true },
    contrasts: ownHistoryContrasts(rows, decidingOf(study, compared), again),
  });
  const whole = tallies.get("");
  if (!whole) return effects;
  for (const effect of estimateStratifiedEffects(splitByOwnHistory(whole, again.length))) {
    const candidate = again[effect.family];
    if (candidate && effect.arm === 1) effects.set(candidate, effect);
  }
  return effects;
}

/** Distinct customers of each experience contrast's bad events. */
async function countExposed(study: MomentStudy, candidates: readonly MomentCandidate[]): Promise<Map<number, number>> {
  const { context, rows } = study;
  const { frame } = rows.outcome;
  const contrasts = experienceContrasts(candidates, rows);
  const person = frame.person ? "owner" : "if(person != 0, person, owner)";
  const columns = ["ids AS touch", "eligibles AS eligible", "ends AS ended", "results AS result", ...contrasts.columns];
  if (!frame.person) columns.push("people AS person");
  const counts = await context.store.query<{ code: number; persons: number }>(
    `WITH ${rows.aliases}
SELECT ${contrasts.code} AS code, uniqExact(${person}) AS persons
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows} AND eligible AND ended AND ${rows.answered} AND ${contrasts.where}
GROUP BY code`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(counts.map(({ code, persons }) => [code, persons]));
}

/** All candidates with their numbers. */
export async function measureContrasts(
  study: MomentStudy,
  candidates: readonly MomentCandidate[],
): Promise<MeasuredContrast[]> {
  const experiences = candidates.filter(({ contrast }) => contrast === "experience");
  const [parts, exposed] = await Promise.all([
    measureEffects(study, candidates, "outcome"),
    experiences.length > 0 ? countExposed(study, experiences) : new Map<number, number>(),
  ]);
  const effects = parts.get("");
  return candidates.map((candidate) => ({
    candidate,
    effect: effects?.get(keyOf(candidate)),
    customers:
      candidate.contrast === "presence"
        ? (study.survey.byTouch.get(candidate.touch)?.persons ?? 0)
        : (exposed.get(candidate.family * 65_536 + candidate.arm) ?? 0),
  }));
}

/**
 * The placebo of each candidate that would be claimed: an earlier outcome where enough touches have one and enough have
 * none, else earlier activity. Journeys of objects know nothing from before.
 */
async function readPlacebos(
  study: MomentStudy,
  tested: readonly TestedContrast[],
): Promise<Map<MomentCandidate, PlaceboNumbers>> {
  const placebos = new Map<MomentCandidate, PlaceboNumbers>();
  if (!study.rows.outcome.frame.person) return placebos;
  for (const of of ["an earlier outcome", "earlier activity"] as const) {
    const open = tested.map(({ candidate }) => candidate).filter((candidate) => !placebos.has(candidate));
    if (open.length === 0) break;
    const effects = (await measureEffects(study, open, of)).get("");
    for (const candidate of open) {
      const effect = effects?.get(keyOf(candidate));
      if (effect && canTell(effect)) placebos.set(candidate, { ...effect, of });
    }
  }
  return placebos;
}

export interface MomentTests {
  readonly contrasts: readonly MeasuredContrast[];
  readonly tested: readonly TestedContrast[];
  readonly placebos: ReadonlyMap<MomentCandidate, PlaceboNumbers>;
}

/**
 * Presences that would be claimed are measured again, among those who have had the touch before alike; what was compared
 * plainly stays beside it.
 */
async function lookAgain(study: MomentStudy, contrasts: readonly MeasuredContrast[]): Promise<MeasuredContrast[]> {
  const surprising = testContrasts(contrasts, study.rules)
    .filter(
      ({ candidate, ...contrast }) => candidate.contrast === "presence" && isSurprising({ candidate, ...contrast }),
    )
    .sort((a, b) => a.p - b.p)
    .slice(0, MOST_OWN)
    .map(({ candidate }) => candidate);
  const again = await measureOwnHistory(study, surprising, "outcome");
  return contrasts.map(({ effect, ...contrast }) => {
    const own = again.get(contrast.candidate);
    const { crude, responseGap, family, arm } = effect ?? own ?? {};
    return {
      ...contrast,
      effect:
        own && effect
          ? { ...own, crude: crude ?? null, responseGap: responseGap ?? null, family: family ?? 0, arm: arm ?? 0 }
          : effect,
    };
  });
}

/** Measures and tests all candidates, and runs the placebo of those that would be claimed. */
export async function testCandidates(study: MomentStudy, candidates: readonly MomentCandidate[]): Promise<MomentTests> {
  const contrasts = await lookAgain(study, await measureContrasts(study, candidates));
  const tested = testContrasts(contrasts, study.rules);
  return { contrasts, tested, placebos: await readPlacebos(study, tested.filter(isSurprising)) };
}
