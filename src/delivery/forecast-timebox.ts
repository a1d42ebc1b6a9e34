/**
 * How much effort a timebox will have done by its end: from its own pace once that tells something, from past timeboxes before.
 * Which Musts are not reached by it, and what to drop, is in must-risk.ts and drop-proposal.ts.
 */
import type { TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Velocity } from "./velocity.ts";

export type Forecast = NonNullable<TimeboxFacts["forecast"]>;

export interface Work {
  /** Effort of the timebox's Musts, Shoulds and Coulds that is done, and what of it was done within the timebox. */
  readonly burnt: number;
  readonly worked: number;
  readonly workingDays: number;
  readonly elapsedDays: number;
  /** By how much the burn-down fell on each working day gone; changes of scope are in it. */
  readonly steps: readonly number[];
}

/** From so much of the working days on, a timebox is told from its own pace. */
const OWN_PACE_FROM = 0.3;

/** 90 % quantile of Student's t for 1, 2, … degrees of freedom; the last holds for more, a little too wide. */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372] as const;
/** One working day shows no spread, nor does work of today alone: the convention of one past timebox (velocity.ts). */
const ONE_DAY = { low: 0.6, high: 1.6 };

/**
 * @param days still to come
 * @returns half the width of the 80 % prediction interval of what they do: t · s · √(L + L² ÷ E), where s is the standard
 * deviation of the E days gone, scaled so that they add up to what was worked
 */
function findMargin({ steps, worked, elapsedDays }: Work, days: number): number {
  const sum = steps.reduce((total, step) => total + Math.max(0, step), 0);
  // Everything that is on no day (today's work, say) is taken to be spread like the rest, or evenly.
  const scaled = steps.map((step) => (sum > 0 ? (Math.max(0, step) / sum) * worked : worked / elapsedDays));
  const mean = worked / elapsedDays;
  const variance = scaled.reduce((total, step) => total + (step - mean) ** 2, 0) / (elapsedDays - 1);
  const t = T_90[Math.min(elapsedDays - 1, T_90.length) - 1] ?? 0;
  return t * Math.sqrt(variance * (days + days ** 2 / elapsedDays));
}

/** Its own pace: what was worked a working day gone goes on for the days left, of which today is one. */
function forecastFromItself(work: Work): Forecast {
  const { burnt, worked, elapsedDays, steps } = work;
  const days = work.workingDays - elapsedDays;
  const more = (worked / elapsedDays) * days;
  const finish = (low: number, high: number): Forecast => ({
    ...{ low: burnt + Math.max(0, low), middle: burnt + more, high: burnt + high },
    ...{ basis: "this timebox", n: elapsedDays },
  });
  if (elapsedDays === 1 || !steps.some((step) => step > 0)) return finish(more * ONE_DAY.low, more * ONE_DAY.high);
  const margin = findMargin(work, days);
  return finish(more - margin, more + margin);
}

/**
 * Effort done by the end, in the timebox's unit; more than is planned means room. `n`: working days gone, or past timeboxes.
 * From itself once 30 % of its working days are gone and something was worked in it, else from the pace of past timeboxes.
 * @returns null with neither
 */
export function forecastTimebox(work: Work, pace: Velocity | null): Forecast | null {
  const { burnt, worked, workingDays, elapsedDays } = work;
  if (elapsedDays > 0 && worked > 0 && elapsedDays >= OWN_PACE_FROM * workingDays) return forecastFromItself(work);
  if (pace === null) return null;
  const share = (workingDays - elapsedDays) / pace.workingDays;
  const [low, middle, high] = [burnt + pace.low * share, burnt + pace.middle * share, burnt + pace.high * share];
  return { low, middle, high, basis: "past timeboxes", n: pace.n };
}
