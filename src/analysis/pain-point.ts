/**
 * One friction in full: its claim or rejection among all that were tested, where and since when it hurts, what overlaps with it.
 * The claim is the one of the list (pain-points.ts): asking for one pain point does not make it easier to claim.
 */
import { AppError } from "../domain/app-error.ts";
import { FRICTION_KINDS } from "../domain/friction.ts";
import { nameFriction } from "../domain/friction-words.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import { findRise } from "../stats/rise.ts";
import type { AnalysisContext } from "./context.ts";
import { codeOf, type MaskCount } from "./pain/facts.ts";
import { type Friction, isFlag, LAST_BIT } from "./pain/friction.ts";
import { findIncidentProperties } from "./pain/incident-segments.ts";
import type { FrictionFacts, MeasuredFriction } from "./pain/measured-friction.ts";
import type { PainStudy } from "./pain/pain-study.ts";
import { listMonths, splitFriction } from "./pain/parts.ts";
import { describePainStudy, listIncidents, measurePainPoints, type PainMeasures } from "./pain-points.ts";
import { type PainPointQuery, type PainPointReport, painPointQuerySchema } from "./pain-points-schema.ts";

type Asked = ReturnType<typeof painPointQuerySchema.parse>;
type Named = Pick<FrictionFacts, "kind" | "touchpoint" | "property" | "bad">;

const isSame = (a: Named, b: Named) =>
  a.kind === b.kind && a.touchpoint === b.touchpoint && a.property === b.property && a.bad === b.bad;

/** The one that is asked for; of several a claimed one, the dearest, else the one that comes most often. */
function choose({ measured, decision }: PainMeasures, asked: Asked, touchpoint: string): MeasuredFriction {
  const meant = measured.filter(
    ({ facts }) =>
      facts.kind === asked.kind &&
      facts.touchpoint === touchpoint &&
      (asked.property === undefined || facts.property === asked.property) &&
      (asked.bad === undefined || facts.bad === asked.bad),
  );
  const claimed = decision.painPoints.find((one) => meant.some(({ facts }) => isSame(facts, one)));
  const chosen = claimed
    ? meant.find(({ facts }) => isSame(facts, claimed))
    : meant.toSorted((a, b) => b.facts.events - a.facts.events)[0];
  if (chosen) return chosen;
  const own = measured
    .filter(({ facts }) => facts.touchpoint === touchpoint)
    .map(({ facts }) => `${facts.kind} (${facts.name})`);
  throw new AppError(
    "not-found",
    `«${touchpoint}» has no friction of the kind «${asked.kind}»${asked.property === undefined ? "" : " with this property"}. ${own.length === 0 ? "It has none at all." : `It has: ${own.join(", ")}.`}`,
    { touchpoint, kind: asked.kind },
  );
}

/** Whether a friction stands on the events of a mask. */
function isOn({ sign }: Friction, code: number, mask: number): boolean {
  return sign.by === "touch" || ((mask >> (sign.by === "exit" ? LAST_BIT : code)) & 1) === 1;
}

function listOverlaps({ frictions, counts }: PainStudy, { friction }: MeasuredFriction): PainPointReport["overlaps"] {
  const code = codeOf(frictions);
  const countOf =
    (other: Friction) =>
    (sum: number, { mask, events, exits }: MaskCount) => {
      if (!isOn(friction, code(friction), mask) || !isOn(other, code(other), mask)) return sum;
      // An exit is one only where the outcome does not come either.
      return sum + (friction.sign.by === "exit" || other.sign.by === "exit" ? exits : events);
    };
  const here = counts.masks.filter(({ touch }) => touch === friction.touch);
  return frictions
    .filter((other) => other.touch === friction.touch && other !== friction)
    .map((other) => ({ name: nameFriction(other), events: here.reduce(countOf(other), 0) }))
    .filter(({ events }) => events > 0)
    .sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1));
}

/** What was compared, and how, in one sentence. */
function describeMethod({ frictions, moments }: PainStudy, { friction }: MeasuredFriction): string {
  const { touch, touchpoint, sign } = friction;
  const situation = "customers whose history lets expect the same";
  const error = "over 100 groups of customers";
  if (sign.by === "exit")
    return `How often nothing follows «${touchpoint}» and the outcome does not come, compared with whatever else came instead, among ${situation}; errors ${error}.`;
  if (sign.by === "touch")
    return `«${touchpoint}» compared with whatever else usually comes next, among ${situation}; errors ${error}.`;
  const others = frictions.filter((one) => one.touch === touch && isFlag(one)).length - 1;
  const joint = others === 0 ? "" : `, its ${others === 1 ? "other friction" : `${others} other frictions`} held equal`;
  const since = sign.by === "gap" ? ", from the next event on" : "";
  const subject = moments.rows.outcome.frame.person ? "" : ` of ${moments.rows.outcome.frame.journey} journeys`;
  return `Touches of «${touchpoint}»${subject} with it compared with those without it${joint}${since}, among ${situation}; least squares with a constant for each situation, errors ${error}.`;
}

/** The first day of the month since which it comes more often than before. */
function findSince(study: PainStudy, own: MeasuredFriction): string | null {
  const place = findRise(own.months);
  return place === null ? null : (listMonths(study)[place]?.day ?? null);
}

/**
 * One pain point, or one friction without a claim.
 * @throws AppError not-found (journey, touchpoint, friction or segment), invalid (filter or outcome), unavailable
 */
export async function analyzePainPoint(context: AnalysisContext, input: PainPointQuery): Promise<PainPointReport> {
  const asked = painPointQuerySchema.parse(input);
  const { name } = findTouchpoint(asked.touchpoint, context.touchpoints, "the pain point");
  const kinds = asked.kinds ?? (asked.kind === "theme" ? [...FRICTION_KINDS] : undefined);
  const { property: _property, bad: _bad, kind: _kind, touchpoint: _touchpoint, ...rest } = asked;
  const measures = await measurePainPoints(context, { ...rest, ...(kinds ? { kinds } : {}) });
  const { study, tested, decision } = measures;
  const own = choose(measures, asked, name);
  const claim = decision.painPoints.find((one) => isSame(one, own.facts)) ?? null;
  const { rows, survey } = study.moments;
  const properties = await findIncidentProperties(context, rows, survey, asked.segment);
  const parts = await splitFriction(study, own, claim, codeOf(study.frictions)(own.friction), properties);
  return {
    ...describePainStudy(study),
    tested,
    painPoint: claim,
    rejected: claim === null ? (decision.rejected.find((one) => isSame(one, own.facts)) ?? null) : null,
    ...parts,
    since: findSince(study, own),
    overlaps: listOverlaps(study, own),
    // Among those of all frictions: looking at one does not make its weeks more surprising.
    incidents: (await listIncidents(measures)).filter((incident) => isSame(incident, own.facts)),
    method: describeMethod(study, own),
  };
}
