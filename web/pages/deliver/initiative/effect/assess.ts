/**
 * The benefits assessment before it is written: what the measurements say in sentences, and whether a decision is due. Pure.
 */
import { VERDICT_WORDS, type Verdict } from "../../../measure/effects/effect-words.ts";

export interface MeasuredEffect {
  readonly id: number;
  readonly name: string;
  /** null before the first measurement. */
  readonly verdict: string | null;
  /** "+3.1 points, 95 %: +1.0 to +5.2, n = 2,292 customers". */
  readonly numbers: string;
}

function nameVerdict(verdict: string): string {
  return VERDICT_WORDS[verdict as Verdict] ?? verdict;
}

/** Only "better" and "worse" settle it; an indication of a series does not. */
export function needsDecision(effects: readonly MeasuredEffect[]): boolean {
  return !effects.some(({ verdict }) => verdict === "better" || verdict === "worse");
}

/** Why a decision is asked for. */
export function explainDecision(effects: readonly MeasuredEffect[]): string {
  if (effects.length === 0) return "No measurement is registered: nothing says what it did.";
  if (effects.every(({ verdict }) => verdict === null)) return "No registered measurement has been measured yet.";
  return "No measurement says better or worse. That is a result, too: say what is done next.";
}

/** What the assessment begins with: each measurement in a line. */
export function draftAssessment(effects: readonly MeasuredEffect[]): string {
  return effects
    .map(({ name, verdict, numbers }) =>
      verdict === null ? `${name}: not measured yet.` : `${name}: ${nameVerdict(verdict)} (${numbers}).`,
    )
    .join("\n");
}

/** The findings that would turn verified: their effect is better. For the sentence before the button. */
export function foreseeVerified(
  effects: readonly (Pick<MeasuredEffect, "verdict"> & { readonly finding: number | null })[],
  findings: readonly number[],
): number[] {
  const better = effects.filter(({ verdict }) => verdict === "better");
  const named = new Set(better.map(({ finding }) => finding));
  return findings.filter((finding) => named.has(finding) || (named.has(null) && findings.length === 1));
}
