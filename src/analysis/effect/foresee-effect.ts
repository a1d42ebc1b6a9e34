/**
 * Asked before a change: how many units and days it takes to see the least effect worth having, and what the stop date lets see.
 * The baseline it starts from is effect-baseline.ts, the tries of designs over time rehearse-effect.ts; it reads nothing itself.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { type ForeseenPower, foreseeNothing } from "../../domain/effect-plan.ts";
import { TUNED_TO } from "../../stats/always-valid.ts";
import { isNoAnswer, type NoAnswer } from "../../stats/no-answer.ts";
import { type Plan, planDuration, planEffect, planUnits } from "../../stats/power.ts";
import { normalQuantile } from "../../stats/quantile.ts";
import type { MeasuredBaseline } from "./effect-baseline.ts";
import type { Rehearsal } from "./rehearse-effect.ts";

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

/** What an interval as wide as that of a try lets one see at 80 % power: (z of the confidence + z of the power) standard errors. */
export function smallestOf({ low, high }: Pick<Rehearsal, "low" | "high">, { confidence }: EffectQuestion): number {
  const reach = normalQuantile((1 + confidence) / 2);
  return ((high - low) / 2) * (1 + normalQuantile(POWER) / reach);
}

const DAYS_A_WEEK = 7;

/**
 * What can be foreseen of a design over time at 80 % power, from its tries on the time before.
 * @param tries as long as planned first; or why there is none
 * @example an interval ± .0196 with confidence .95 // smallestEffect .0280
 */
export function foreseeFromTries(tries: readonly Rehearsal[] | string, question: EffectQuestion): ForeseenPower {
  if (typeof tries === "string") return foreseeNothing(tries);
  const [planned] = tries;
  if (!planned) return foreseeNothing("The design was not tried.");
  const { minEffect } = question;
  const enough = tries.find((one) => smallestOf(one, question) <= minEffect);
  const days = enough && minEffect > 0 ? Math.ceil(enough.ms / DAY_MS - 1e-9) : null;
  const { since, until, estimate, low, high, n } = planned;
  return {
    ...{ power: POWER, unitsNeeded: null, unitsPerDay: null, unitsByStop: question.design === "series" ? null : n },
    ...{ days, weeks: days === null ? null : Math.ceil(days / DAYS_A_WEEK) },
    smallestEffect: smallestOf(planned, question),
    rehearsed: { since, until, estimate, low, high },
    reason:
      minEffect === 0
        ? "Say which effect would be worth having: without it no time is long enough."
        : enough
          ? null
          : "No longer stretch of the time before, as far as there is one, shows an effect so small.",
  };
}
