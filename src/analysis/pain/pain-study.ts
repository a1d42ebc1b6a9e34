/**
 * What the list of pain points and a single one share: touches, history and score as of the moments of truth, the frictions
 * that are looked at, and what was counted of them.
 */

import { FRICTION_KINDS } from "../../domain/friction.ts";
import type { AnalysisContext } from "../context.ts";
import { experienceOf } from "../moment-candidates.ts";
import { findTelling } from "../moment-exposure.ts";
import { type MomentStudy, prepareStudy } from "../moment-study.ts";
import type { Baseline, PainPointsAsked } from "./baseline.ts";
import { lookForFrictions } from "./candidates.ts";
import { countFrictions, type FrictionCounts } from "./facts.ts";
import type { Friction } from "./friction.ts";
import { bindHandlingCosts } from "./handling-costs.ts";
import type { PainRules } from "./measured-friction.ts";

export interface PainStudy {
  readonly moments: MomentStudy;
  readonly query: PainPointsAsked;
  /** Every friction that is looked at; masks have the bits of this list. */
  readonly frictions: readonly Friction[];
  /** By touchpoint, places in the history's flags of touchpoints that tell its properties by themselves. */
  readonly telling: ReadonlyMap<number, readonly number[]>;
  readonly baseline: Baseline | null;
  readonly counts: FrictionCounts;
  readonly rules: PainRules;
}

const LEAST_SHARE = 0.05;
const DAYS_A_MONTH = 365.25 / 12;

/** Touchpoints with flags that properties tell: earlier touchpoints may tell the same. */
async function readTelling(study: MomentStudy, frictions: readonly Friction[]): Promise<Map<number, number[]>> {
  const byId = new Map(study.context.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const candidates = frictions.flatMap(({ touch, sign }, index) => {
    const touchpoint = byId.get(touch);
    return sign.by === "property" && touchpoint ? [experienceOf(touchpoint, sign.when, index + 1)] : [];
  });
  const telling = new Map<number, number[]>();
  for (const { touch, telling: flags } of await findTelling(study.context, study, candidates))
    telling.set(
      touch,
      [...new Set([...(telling.get(touch) ?? []), ...flags])].sort((a, b) => a - b),
    );
  return telling;
}

/** Share of touches that nothing follows. */
function shareOfExits({ masks }: FrictionCounts): number {
  const [exits, counted] = masks.reduce(([sum, all], row) => [sum + row.exits, all + row.counted], [0, 0]);
  return counted > 0 ? exits / counted : 0;
}

function readRules(moments: MomentStudy, counts: FrictionCounts): PainRules {
  const { rules, worthError, rows, context } = moments;
  return {
    least: rules.least,
    leastExit: LEAST_SHARE * shareOfExits(counts),
    worth: rules.worth === null ? null : { value: rules.worth, error: worthError ?? 0 },
    months: counts.masks.length === 0 ? 1 : Math.max(1, (counts.lastDay - counts.firstDay + 1) / DAYS_A_MONTH),
    badOutcome: rows.outcome.kind === "silence",
    handlingCosts: new Map(bindHandlingCosts(context).map(({ id, amount }) => [id, amount])),
  };
}

/**
 * Reads what the frictions of a question are, and what was counted of them.
 * @throws AppError invalid (expression), not-found (journey or touchpoint), unavailable (a limit of the engine)
 */
export async function preparePainStudy(context: AnalysisContext, query: PainPointsAsked): Promise<PainStudy> {
  const moments = await prepareStudy(context, query);
  // Whichever kinds are shown, all are measured together: an effect must not depend on what else is looked at.
  const kinds = FRICTION_KINDS.filter((kind) => kind !== "theme" || query.kinds?.includes(kind));
  const asked = { ...query, kinds };
  const { frictions: found, baseline } = await lookForFrictions(context, moments.rows, moments.survey, asked);
  const [counts, telling] = await Promise.all([
    countFrictions(context, moments.rows, found),
    readTelling(moments, found),
  ]);
  return { ...{ moments, query, frictions: found, telling, baseline, counts }, rules: readRules(moments, counts) };
}
