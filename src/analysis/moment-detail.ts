/**
 * One moment in full: its claim or rejection among all that were tested, why it is not the plain difference, by segment,
 * by month, and what happened instead.
 * The claim is the one of the list (moments.ts): asking for one moment does not make it easier to claim.
 */
import { AppError } from "../domain/app-error.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import { testSameEffect } from "../stats/heterogeneity.ts";
import type { ArmEffect } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { experienceOf, type MomentCandidate, presenceContrasts, presenceOf, readBad } from "./moment-candidates.ts";
import { type Decision, decideMoments, intervalAt } from "./moment-claims.ts";
import { findTelling } from "./moment-exposure.ts";
import { findInstead } from "./moment-instead.ts";
import { explainDifference } from "./moment-reasons.ts";
import { findCandidates, type MomentStudy, measureEffects, prepareStudy, testCandidates } from "./moment-study.ts";
import { readTallies } from "./moment-tallies.ts";
import { describeStudy, hasTouches } from "./moments.ts";
import { CUSTOMER_SO_FAR, type MomentQuery, type MomentReport, momentQuerySchema } from "./moments-schema.ts";

type Asked = ReturnType<typeof momentQuerySchema.parse>;
type Split = MomentReport["overTime"][number];

/** Parts with fewer exposed touches are listed without an effect. */
const LEAST_IN_PART = 50;
const MOST_SEGMENTS = 12;

/** The candidates that the question may mean. */
function isMeant(candidate: MomentCandidate, touch: number, { contrast, property, bad }: Asked): boolean {
  return (
    candidate.touch === touch &&
    candidate.contrast === contrast &&
    (contrast === "presence" || property === undefined || candidate.property === property) &&
    (contrast === "presence" || bad === undefined || candidate.bad === bad)
  );
}

/** All candidates of the list, and which of them are meant; a contrast that the list does not have is added to it. */
async function chooseCandidates(study: MomentStudy, asked: Asked) {
  const touchpoint = findTouchpoint(asked.touchpoint, study.context.touchpoints, "the moment");
  const candidates = await findCandidates(study, { contrast: "both", property: undefined });
  const meant = candidates.filter((candidate) => isMeant(candidate, touchpoint.id, asked));
  if (meant.length > 0) return { candidates, meant };
  const when = asked.property && asked.bad ? readBad(asked.property, asked.bad) : undefined;
  const family = Math.max(0, ...candidates.map((candidate) => candidate.family)) + 1;
  if (asked.contrast === "experience" && when === undefined)
    throw new AppError(
      "not-found",
      `«${touchpoint.name}» has no property ${asked.property ? `«${asked.property}» ` : ""}that tells good from bad. Say what is bad, like property «hoursWaited» and bad «> 48».`,
      { touchpoint: touchpoint.name },
    );
  const added =
    when === undefined
      ? [presenceOf(touchpoint)]
      : await findTelling(study.context, study, [experienceOf(touchpoint, when, family)]);
  return { candidates: [...candidates, ...added], meant: added };
}

/** The report's own among the decisions: a claim before a rejection, the strongest of several. */
function pick({ claims, rejected }: Decision, meant: readonly MomentCandidate[]) {
  const isOwn = ({ where, contrast }: { where: string; contrast: string }) =>
    meant.some((candidate) => candidate.where === where && candidate.contrast === contrast);
  const claim = claims.filter(isOwn).sort((a, b) => a.q - b.q)[0] ?? null;
  const refused = claim === null ? (rejected.find(isOwn) ?? null) : null;
  const found = claim ?? refused;
  const own = meant.find(({ where, contrast }) => where === found?.where && contrast === found.contrast);
  return { claim, rejected: refused, own: own ?? meant[0] };
}

function describePart(value: string, effect: ArmEffect | undefined, scored: boolean): Split {
  const n = (scored ? effect?.answers : effect?.rows) ?? 0;
  if (!effect || effect.effect === null || effect.error === null || n < LEAST_IN_PART)
    return { value, effect: null, low: null, high: null, crude: null, n };
  const { crude } = effect;
  return { value, effect: effect.effect, ...intervalAt(effect.effect, effect.error, 0.95), crude, n };
}

/** The effect of one candidate in each part of a split, with the numbers behind. */
async function splitEffect(study: MomentStudy, own: MomentCandidate, split: string) {
  const parts = await measureEffects(study, [own], "outcome", split);
  return [...parts].map(([value, effects]) => {
    const effect = effects.get(`${own.family}/${own.arm}`);
    return { effect, part: describePart(value, effect, study.rules.scored) };
  });
}

/** What a split goes by: a trait, or what came before the attempt. */
function segmentOf({ rows: { outcome } }: MomentStudy, trait: string): string {
  const { frame, life, kind } = outcome;
  if (trait !== CUSTOMER_SO_FAR) return `traits[${frame.bag.bind(trait, "String")}]`;
  const journey = frame.journey.replaceAll("-", " ");
  const names = life
    ? ["first attempt", kind === "silence" ? "back after silence" : "right after an outcome", "back after a pause"]
    : [`first ${journey}`, `later ${journey}`, `later ${journey}`];
  const [first, after, later] = names.map((name) => frame.bag.bind(name, "String"));
  return `multiIf(kindLevel = 0, ${first}, kindLevel = 1, ${after}, ${later})`;
}

async function splitBySegment(
  study: MomentStudy,
  own: MomentCandidate,
  asked: string | undefined,
): Promise<MomentReport["bySegment"]> {
  // Objects know nothing from before, so all of theirs are first.
  const built = study.rows.outcome.frame.person ? [CUSTOMER_SO_FAR] : [];
  const traits = [...study.survey.traits.map(({ name }) => name), ...built];
  const trait = asked ?? traits[0] ?? null;
  if (trait === null) return { trait, traits, rows: [], p: null };
  const split = await splitEffect(study, own, segmentOf(study, trait));
  const shown = split
    .filter(({ part }) => part.n > 0)
    .sort((a, b) => b.part.n - a.part.n || (a.part.value < b.part.value ? -1 : 1))
    .slice(0, MOST_SEGMENTS);
  const known = shown.flatMap(({ effect, part }) =>
    part.effect === null || !effect ? [] : [{ effect: part.effect, error: effect.error ?? 0 }],
  );
  return { trait, traits, rows: shown.map(({ part }) => part), p: testSameEffect(known) };
}

async function splitByMonth(study: MomentStudy, own: MomentCandidate): Promise<Split[]> {
  const { frame } = study.rows.outcome;
  const zone = frame.bag.bind(study.context.zone, "String");
  const month = `toString(toStartOfMonth(toDate32(fromUnixTimestamp64Milli(moment), ${zone})))`;
  const split = await splitEffect(study, own, month);
  return split
    .map(({ part }) => part)
    .filter(({ n }) => n > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

async function readInstead(study: MomentStudy, own: MomentCandidate): Promise<MomentReport["instead"]> {
  if (own.contrast === "experience") return [];
  const { context, rows, history, score, survey } = study;
  const question = { compared: "outcome" as const, score, medianPrior: survey.medianPrior, byTrait: true };
  const contrasts = presenceContrasts(rows, survey.deciding);
  const tallies = await readTallies(context, rows, history, { ...question, contrasts });
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  const family = tallies.get("");
  const found = family ? findInstead(family, own.arm) : [];
  return found.map(({ arm, share }) => ({ touchpoint: names.get(arm) ?? `#${arm}`, share }));
}

/** A step that everybody passes is no candidate of the list; asked for by name, it says so. */
function explainStructural(study: MomentStudy, own: MomentCandidate, picked: MomentReport["rejected"]) {
  if (own.contrast !== "presence" || !study.survey.structural.includes(own.touch) || picked === null) return picked;
  const share = (study.survey.byTouch.get(own.touch)?.passed ?? 0) / study.survey.reached;
  const detail = `${(share * 100).toFixed(0)} % of those who reach the outcome pass it: hardly anybody is left to compare with.`;
  return { ...picked, reason: "too few" as const, detail };
}

/**
 * One moment of truth.
 * @throws AppError not-found (journey, touchpoint, or nothing that tells good from bad), invalid (filter or outcome), unavailable
 */
export async function analyzeMoment(context: AnalysisContext, input: MomentQuery): Promise<MomentReport> {
  const query = momentQuerySchema.parse(input);
  const study = await prepareStudy(context, query);
  const { candidates, meant } = await chooseCandidates(study, query);
  const { contrasts, tested, placebos } = await testCandidates(study, hasTouches(study) ? candidates : []);
  const decision = decideMoments(contrasts, tested, placebos, study.rules);
  const { claim, rejected, own } = pick(decision, meant);
  const known = own !== undefined && hasTouches(study);
  return {
    ...describeStudy(study, query),
    tested: tested.length,
    claim,
    rejected: own ? explainStructural(study, own, rejected) : rejected,
    reasons: known ? await explainDifference(study, own, contrasts.find((one) => one.candidate === own)?.effect) : [],
    instead: known ? await readInstead(study, own) : [],
    bySegment: known ? await splitBySegment(study, own, query.segment) : { trait: null, traits: [], rows: [], p: null },
    overTime: known ? await splitByMonth(study, own) : [],
  };
}
