/**
 * How many of a cohort are kept, period by period, and further than the data reach: the shifted-beta-geometric model (sBG).
 * It needs to be seen who left, as with a contract; purchases without one are for the other models beside this file.
 */
import { type NoAnswer, noAnswer } from "../no-answer.ts";
import { maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";

export interface ShiftedBetaGeometricFit {
  /** Of the Beta distribution of customers' chances to leave in a period; its mean is alpha/(alpha + beta). */
  readonly alpha: number;
  readonly beta: number;
  /** Null at a boundary. */
  readonly standardErrors: { readonly alpha: number | null; readonly beta: number | null };
  readonly logLikelihood: number;
  /** Customers of all cohorts together. */
  readonly customers: number;
  /** One sentence when a parameter ran to a boundary and what that means, else null. */
  readonly boundary: string | null;
}

/** Logarithms of alpha and beta: beyond these all customers are alike, or of two kinds, for any purpose. */
const FURTHEST = 12;
/** A sum of alpha and beta above this, or below one over it, is as good as infinite, or 0. */
const ALIKE = 10_000;

/** By period 1, 2 …: customers who were there at its beginning and had one more period to be seen in, and how many left in it. */
interface Losses {
  readonly kept: number[];
  readonly lost: number[];
}

function sumLosses(cohorts: readonly (readonly number[])[]): Losses {
  const periods = Math.max(0, ...cohorts.map((cohort) => cohort.length - 1));
  const [kept, lost] = [new Array<number>(periods).fill(0), new Array<number>(periods).fill(0)];
  for (const cohort of cohorts)
    for (let period = 1; period < cohort.length; period++) {
      const [before, after] = [cohort[period - 1] ?? 0, cohort[period] ?? 0];
      if (!(after >= 0 && after <= before))
        throw new RangeError(`A cohort's survivors must not grow or be below 0: ${before}, then ${after}`);
      kept[period - 1] = (kept[period - 1] ?? 0) + after;
      lost[period - 1] = (lost[period - 1] ?? 0) + before - after;
    }
  return { kept, lost };
}

/** In period t a customer who is there leaves with chance alpha/(alpha + beta + t − 1): a binomial for each period. */
function likelihoodOf({ kept, lost }: Losses): Objective {
  return ([lnAlpha = 0, lnBeta = 0], gradient) => {
    const [alpha, beta] = [Math.exp(lnAlpha), Math.exp(lnBeta)];
    let [value, ofAlpha, ofBeta] = [0, 0, 0];
    for (let t = 0; t < kept.length; t++) {
      const [stay, leave] = [kept[t] ?? 0, lost[t] ?? 0];
      const [kind, sum] = [beta + t, alpha + beta + t];
      value += leave * Math.log(alpha / sum) - stay * Math.log1p(alpha / kind);
      ofAlpha += leave / alpha - (leave + stay) / sum;
      ofBeta += stay / kind - (leave + stay) / sum;
    }
    gradient[0] = ofAlpha * alpha;
    gradient[1] = ofBeta * beta;
    return value;
  };
}

/** By size too: a search that gains nothing more may stop on its way there. */
function nameBoundary(alpha: number, beta: number, [ofAlpha = 0, ofBeta = 0]: readonly number[]): string | null {
  if (alpha + beta > ALIKE || ofAlpha + ofBeta > 0) return "Everybody is as likely to leave, in every period.";
  if (alpha + beta < 1 / ALIKE || (ofAlpha < 0 && ofBeta < 0))
    return "Customers are of two kinds: those who leave at once, and those who stay.";
  return ofAlpha === 0 && ofBeta === 0 ? null : "The periods are too few or too alike to tell customers apart.";
}

/**
 * Maximum likelihood from survivors. Source: Fader & Hardie (2007), "How to project customer retention", Journal of
 * Interactive Marketing 21(1), 76–90.
 * @param cohorts of each: customers at its start, then those left after period 1, 2 …; as many periods as were observed,
 *   so younger cohorts are shorter
 * @returns no answer below two periods ("too-few"), or when nobody or everybody at once left ("no-variation")
 * @throws RangeError when survivors grow
 * @example fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]) // alpha .668, beta 3.806 (High End)
 */
export function fitShiftedBetaGeometric(cohorts: readonly (readonly number[])[]): ShiftedBetaGeometricFit | NoAnswer {
  const losses = sumLosses(cohorts);
  const left = losses.lost.reduce((sum, lost) => sum + lost, 0);
  const stayed = losses.kept.reduce((sum, kept) => sum + kept, 0);
  const seen = losses.kept.filter((kept, period) => kept + (losses.lost[period] ?? 0) > 0).length;
  if (seen < 2)
    return noAnswer("too-few", "cohorts", "Customers who stay past one period, and a second one, are needed.");
  if (left === 0 || stayed === 0)
    return noAnswer("no-variation", "cohorts", `${left === 0 ? "Nobody" : "Everybody"} left in the periods observed.`);
  const objective = likelihoodOf(losses);
  const bounds = { lower: [-FURTHEST, -FURTHEST], upper: [FURTHEST, FURTHEST], mostPasses: 200 };
  const { point, value, ranOff } = maximise(objective, [0, Math.log(stayed / left)], bounds);
  const [alpha = 1, beta = 1] = point.map(Math.exp);
  const boundary = nameBoundary(alpha, beta, ranOff);
  const errors = boundary === null ? observeInformation(objective, point, ranOff, [0, 0]).standardErrors : [];
  return {
    ...{ alpha, beta },
    standardErrors: { alpha: errors[0] ?? null, beta: errors[1] ?? null },
    logLikelihood: value,
    customers: cohorts.reduce((sum, [start = 0]) => sum + start, 0),
    boundary,
  };
}

/**
 * The share still there after so many periods: B(alpha, beta + t)/B(alpha, beta), as a product that cannot cancel.
 * @param period whole, ≥ 0
 * @example shiftedBetaGeometricSurvival(0.668, 3.806, 8) // .460
 */
export function shiftedBetaGeometricSurvival(alpha: number, beta: number, period: number): number {
  let share = 1;
  for (let t = 0; t < period; t++) share *= (beta + t) / (alpha + beta + t);
  return share;
}
