/**
 * Asked before a change: how many units and days it takes to see the least effect worth having, and what the stop date lets see.
 * The baseline it starts from is effect-baseline.ts; it reads nothing itself.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { type ForeseenPower, foreseeNothing } from "../../domain/effect-plan.ts";
import { TUNED_TO } from "../../stats/always-valid.ts";
import { isNoAnswer, type NoAnswer } from "../../stats/no-answer.ts";
import { type Plan, planDuration, planEffect, planUnits } from "../../stats/power.ts";
import type { MeasuredBaseline } from "./effect-baseline.ts";

const DAY_MS = 86_400_000;

/** The usual one: an effect of the least size is seen in four of five measurements. */
const POWER = 0.8;

/** The part of the units that gets the change. */
function shareOfTreatment({ split }: EffectQuestion, { treatmentShare }: MeasuredBaseline): number {
  if (split) return split[1] / (split[0] + split[1]);
  return treatmentShare ?? 0.5;
}

function planOf(baseline: MeasuredBaseline, question: EffectQuestion): Plan {
  const { value, variance, share, correlation } = baseline;
  return {
    baseline: share ? { share: value } : { mean: value, variance },
    scale: "absolute",
    treatmentShare: shareOfTreatment(question, baseline),
    correlation,
    confidence: question.confidence,
    ...(question.peeking ? { tunedTo: TUNED_TO } : {}),
  };
}

/** Days until so many units have come, and the last of them has been watched. */
function daysFor(units: number, { known, unitsPerDay }: MeasuredBaseline, { withinMs = 0 }: EffectQuestion) {
  const watched = withinMs / DAY_MS;
  const lacking = units - known;
  const coming = lacking > 0 ? planDuration(lacking, unitsPerDay) : { days: 0 };
  if ("noAnswer" in coming) return coming;
  const days = Math.ceil(coming.days + watched - 1e-9);
  return { days, weeks: Math.ceil(days / 7) };
}

/** Units that have come, and were watched, by the stop date. */
function unitsByStop({ known, unitsPerDay, plannedMs }: MeasuredBaseline, { withinMs = 0 }: EffectQuestion) {
  if (plannedMs === null) return null;
  const days = Math.max(0, plannedMs - withinMs) / DAY_MS;
  return plannedMs < withinMs ? 0 : Math.floor(known + unitsPerDay * days);
}

function smallestBy(units: number | null, plan: Plan, direction: 1 | -1): number | null {
  if (units === null) return null;
  const treatment = Math.floor(units * (plan.treatmentShare ?? 0.5));
  const found = planEffect(plan, { control: units - treatment, treatment }, POWER, direction);
  return isNoAnswer(found) ? null : Math.abs(found.effect);
}

function reasonOf(...answers: readonly (object | NoAnswer | null)[]): string | null {
  const refused = answers.find((one): one is NoAnswer => one !== null && isNoAnswer(one));
  return refused?.reason ?? null;
}

/**
 * What can be foreseen of a randomised measurement at 80 % power. The units and days are those of the least effect worth having.
 * @param baseline null: nothing is known from before
 * @example 10 % of 1,000 customers a day, minEffect .02 // 3,841 an arm, 8 days, 2 weeks
 */
export function foreseeEffect(baseline: MeasuredBaseline | null, question: EffectQuestion): ForeseenPower {
  if (question.design !== "randomised")
    return foreseeNothing(
      "Only of randomised measurements can be foreseen what they will see: in the others it hangs on how alike the groups move.",
    );
  if (baseline === null)
    return foreseeNothing("Nothing is known from before the switch-on, so nothing can be foreseen.");
  const plan = planOf(baseline, question);
  const direction = question.lowerIsBetter ? -1 : 1;
  const byStop = unitsByStop(baseline, question);
  const found = question.minEffect > 0 ? planUnits(plan, direction * question.minEffect, POWER) : null;
  const units = found === null || isNoAnswer(found) ? null : found.control + found.treatment;
  const duration = units === null ? null : daysFor(units, baseline, question);
  const took = duration === null || "noAnswer" in duration ? { days: null, weeks: null } : duration;
  return {
    power: POWER,
    unitsNeeded: units,
    unitsPerDay: baseline.unitsPerDay,
    ...took,
    unitsByStop: byStop,
    smallestEffect: smallestBy(byStop, plan, direction),
    reason:
      found === null
        ? "Say which effect would be worth having: without it no number of units is enough."
        : reasonOf(found, duration),
  };
}
