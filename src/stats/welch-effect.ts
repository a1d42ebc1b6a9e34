/**
 * How far the treatment arm of a randomised experiment is from the control arm, absolutely or relative to it, with an interval
 * for one look at the end. Looking every day needs always-valid.ts; whether the arms are comparable is in sample-ratio.ts.
 */
import type { ArmMean } from "./arm-moments.ts";
import { CONFIDENCE, type Estimate } from "./estimate.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { studentQuantile, studentTail } from "./quantile.ts";

/** Absolute: m_B − m_A in units of the KPI. Relative: that over |m_A|, so .1 is 10 % more. */
export type EffectScale = "absolute" | "relative";

/** The two arms that are compared: A the control, B the treatment. */
export interface ArmPair {
  readonly control: ArmMean;
  readonly treatment: ArmMean;
  /** The variance of an error that both means have in common, which cuped.ts brings in; 0 when left out. */
  readonly shared?: number;
}

/** An effect and its error, before anything is said about it. */
export interface Lift {
  readonly scale: EffectScale;
  readonly value: number;
  readonly standardError: number;
  /** Welch and Satterthwaite's. */
  readonly degreesOfFreedom: number;
  /** Units of both arms. */
  readonly n: number;
}

/** An effect with its interval and the p of no effect. */
export interface Effect extends Estimate {
  readonly scale: EffectScale;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** Two units an arm are the least that show a spread. */
const REQUIRED_UNITS = 2;

function refusal({ control, treatment }: ArmPair, scale: EffectScale): NoAnswer | undefined {
  const least = Math.min(control.n, treatment.n);
  if (!(least >= REQUIRED_UNITS)) {
    const [arm, n] = control.n === least ? ["control", control.n] : ["treatment", treatment.n];
    return noAnswer(
      "too-few",
      arm,
      `The ${arm} arm has ${n} units: an effect needs at least ${REQUIRED_UNITS} in each arm.`,
    );
  }
  const numbers = [control.mean, control.variance, treatment.mean, treatment.variance];
  if (!numbers.every(Number.isFinite))
    return noAnswer(
      "not-finite",
      "value",
      "A mean or a variance is not a finite number: look for missing or endless values.",
    );
  if (control.variance <= 0 && treatment.variance <= 0)
    return noAnswer(
      "no-variation",
      "value",
      "Within each arm all units have the same value: there is no spread to measure an effect by.",
    );
  if (scale === "relative" && control.mean === 0)
    return noAnswer(
      "zero-baseline",
      "control",
      "The control arm's mean is 0: nothing can be relative to it; use the absolute effect.",
    );
  return undefined;
}

/** Satterthwaite's degrees of freedom for a sum of two estimated variances of means. */
function degreesOf(a: ArmMean, b: ArmMean): number {
  const [first, second] = [a.variance / a.n, b.variance / b.n];
  return (first + second) ** 2 / (first ** 2 / (a.n - 1) + second ** 2 / (b.n - 1));
}

/**
 * The effect with its standard error. Absolute: v_A/n_A + v_B/n_B. Relative, by the delta method:
 * v_B/(n_B·m_A²) + v_A·m_B²/(n_A·m_A⁴).
 * Source: Welch (1947), Biometrika 34, 28–35; Deng, Knoblich & Lu (2018), KDD, "Applying the delta method in metric analytics".
 * @returns no answer for an arm of fewer than two units, without any spread, or relative to 0
 */
export function liftOf(pair: ArmPair, scale: EffectScale): Lift | NoAnswer {
  const refused = refusal(pair, scale);
  if (refused) return refused;
  const { control, treatment, shared = 0 } = pair;
  const difference = treatment.mean - control.mean;
  const n = control.n + treatment.n;
  const degreesOfFreedom = degreesOf(control, treatment);
  const [own, other] = [control.variance / control.n, treatment.variance / treatment.n];
  if (scale === "absolute")
    return { scale, value: difference, standardError: Math.sqrt(own + other), degreesOfFreedom, n };
  const base = Math.abs(control.mean);
  const common = shared * (difference / base) ** 2;
  const standardError = Math.sqrt(other + own * (treatment.mean / base) ** 2 + common) / base;
  return { scale, value: difference / base, standardError, degreesOfFreedom, n };
}

/**
 * The effect with a t interval and a two-sided p, for one look at a moment fixed before the start.
 * @param pair means from `meanOfArm`, `shareOfArm`, `ratioOfArm` or `adjustForBefore`
 * @example n 3407, mean .41, sd 3.9 against n 3461, .7, 6.2: absolute .29 (.04538, .53462), p .02016;
 *   relative .70732 (−.03526, 1.44989), p .06191
 */
export function estimateEffect(pair: ArmPair, scale: EffectScale, confidence = CONFIDENCE): Effect | NoAnswer {
  const lift = liftOf(pair, scale);
  if ("noAnswer" in lift) return lift;
  const { value, standardError, degreesOfFreedom } = lift;
  const half = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  const p = 2 * studentTail(Math.abs(value) / standardError, degreesOfFreedom);
  return { ...lift, low: value - half, high: value + half, p };
}

/** Standard errors between the control's mean and 0 below which an interval relative to it is not to be trusted. */
const STEADY = 4;

/**
 * Whether the control's mean is far enough from 0 for an effect relative to it. Nearer than four standard errors (our choice)
 * the ratio is skewed, and the delta method's symmetric interval misses on one side; below two no bounded interval holds at
 * all. Source: Fieller (1954), JRSS B 16, 175–185.
 */
export function isSteadyBaseline({ n, mean, variance }: ArmMean): boolean {
  return n > 0 && mean !== 0 && Math.abs(mean) >= STEADY * Math.sqrt(variance / n);
}
