/**
 * How long until something happens, when for some it has not happened yet: the Kaplan–Meier curve, its interval and its median.
 * Comparing two curves is not here.
 */
import { CONFIDENCE } from "./estimate.ts";
import { normalQuantile } from "./quantile.ts";

/** At one time: how many had the event and how many were last seen without it. */
export interface SurvivalCounts {
  readonly time: number;
  readonly events: number;
  readonly censored: number;
}

export interface SurvivalStep {
  readonly time: number;
  /** Share without the event after this time. */
  readonly survival: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Units under observation just before this time. */
  readonly atRisk: number;
}

/** Greenwood's error on the scale log(−log S), which keeps the interval inside 0 … 1. */
function logLogInterval(survival: number, greenwood: number, z: number): { low: number; high: number } {
  if (survival <= 0) return { low: 0, high: 0 };
  const hazard = -Math.log(survival);
  const reach = Math.exp((z * Math.sqrt(greenwood)) / hazard);
  return { low: Math.exp(-hazard * reach), high: Math.exp(-hazard / reach) };
}

/**
 * The Kaplan–Meier curve: one step for each time with an event. Events at a time come before censorings at that time.
 * Source: Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457–481; Greenwood (1926); log(−log) after Kalbfleisch & Prentice.
 * @param counts any order, each time once
 * @example R's aml data, maintained arm: S(9) = .9091, SE .0867, interval (.508, .987)
 */
export function kaplanMeier(counts: readonly SurvivalCounts[], confidence = CONFIDENCE): readonly SurvivalStep[] {
  const z = normalQuantile((1 + confidence) / 2);
  let atRisk = counts.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let survival = 1;
  let greenwood = 0;
  const steps: SurvivalStep[] = [];
  for (const { time, events, censored } of counts.toSorted((a, b) => a.time - b.time)) {
    if (events > 0) {
      survival = events === atRisk ? 0 : survival * (1 - events / atRisk);
      greenwood += events === atRisk ? 0 : events / (atRisk * (atRisk - events));
      const standardError = survival * Math.sqrt(greenwood);
      steps.push({ time, survival, standardError, ...logLogInterval(survival, greenwood, z), atRisk });
    }
    atRisk -= events + censored;
  }
  return steps;
}

/** The median where the curve reaches one half; `high` is null when the upper limit never falls that far. */
export interface SurvivalMedian {
  readonly value: number;
  readonly low: number;
  readonly high: number | null;
}

/** Products of many steps end a hair beside one half. */
const HALF = 0.5 + 1e-12;

/**
 * The first time at which at most half are without the event, with the interval of Brookmeyer & Crowley (1982), Biometrics 38:
 * all times at which the curve's own interval holds one half. Null when the curve stays above one half.
 * @example R's aml data, maintained arm: median 31
 */
export function survivalMedian(steps: readonly SurvivalStep[]): SurvivalMedian | null {
  const value = steps.find(({ survival }) => survival <= HALF)?.time;
  const low = steps.find((step) => step.low <= HALF)?.time;
  if (value === undefined || low === undefined) return null;
  return { value, low, high: steps.find((step) => step.high <= HALF)?.time ?? null };
}
