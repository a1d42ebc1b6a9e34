/**
 * How the answer about one moment of truth becomes a finding: its question, its title, its numbers.
 * Pure: nothing is asked and nothing is kept here.
 */
import type { MomentQuery, MomentReport } from "../analysis/moments-schema.ts";
import type { FindingMeasure } from "../domain/finding.ts";
import { describeBad, isBadKnown } from "../domain/moment-condition.ts";
import { describeMoment, nameMoment } from "../domain/moment-words.ts";
import type { Basis, Insufficiency } from "./answer.ts";

/** What the operation `moment` answers. */
export type MomentAnswer = MomentReport & Pick<Basis, "dataVersion"> & Partial<Insufficiency>;

/**
 * The question with what was left to Waymark said: the journey, and what counts as bad. So it means the same when the
 * default journey or the data are others.
 */
export function pinQuestion(question: MomentQuery, answer: MomentAnswer): MomentQuery {
  const { property, bad } = answer.claim ?? answer.rejected ?? { property: null, bad: null };
  return {
    ...question,
    journey: answer.journey,
    ...(property === null ? {} : { property }),
    ...(bad === null ? {} : { bad }),
  };
}

/** The sentence of a claim, or what was looked at and why it is none. */
export function titleMoment({ claim, rejected, ...answer }: MomentAnswer): string {
  if (claim) return describeMoment(claim, answer);
  return rejected ? `${nameMoment(rejected)}: ${rejected.reason}` : "";
}

/** The numbers of an answer as a measurement; without a candidate there was too little to estimate anything. */
export function measureMoment(answer: MomentAnswer, measuredAt: Date): FindingMeasure {
  const { claim, rejected, dataVersion } = answer;
  const shown = claim ?? rejected;
  return {
    measuredAt: measuredAt.toISOString(),
    dataVersion,
    method: describeMethod(answer),
    effect: shown?.effect ?? null,
    low: shown?.low ?? null,
    high: shown?.high ?? null,
    q: claim?.q ?? null,
    reach: shown?.reach ?? 0,
    impact: claim?.impact ?? null,
    money: claim?.money ?? null,
    months: answer.months,
    claimed: claim !== null,
    reason: claim ? null : (rejected?.reason ?? answer.reason ?? "too few"),
  };
}

function describeMethod({ claim, rejected, tested }: MomentAnswer): string {
  const shown = claim ?? rejected;
  if (!shown) return "nothing to estimate from";
  const experience = isBadKnown(shown)
    ? "where it went badly against where it went well"
    : `«${describeBad(shown).text}» against everything else of it`;
  const against = shown.contrast === "presence" ? "this touch against the usual next one" : experience;
  const placebo = claim?.placebo ? `, placebo: ${claim.placebo.of}` : "";
  const label = claim ? `; ${claim.label}${placebo}` : "";
  return `${against}, in the same situation (overlap-weighted, clustered by customer); Benjamini–Hochberg over ${tested} tested${label}`;
}
