/**
 * The analyses behind the operations on effects, as those call them.
 * For now the measurements themselves are not here: what is registered can be listed and changed.
 */
import type { AnalysisContext } from "../analysis/context.ts";
import type { EffectReport } from "../analysis/effect/effect-report.ts";
import { AppError } from "../domain/app-error.ts";
import type { EffectQuestion } from "../domain/effect.ts";
import type { EffectBaseline, ForeseenPower } from "../domain/effect-plan.ts";

export interface Foresight {
  readonly baseline: Omit<EffectBaseline, "measuredAt" | "dataVersion"> | null;
  readonly foreseen: ForeseenPower;
}

export async function measureEffect(_context: AnalysisContext, _question: EffectQuestion): Promise<EffectReport> {
  throw new AppError("unavailable", "Effects on events cannot be measured yet.");
}

export async function foreseeEffect(_context: AnalysisContext, _question: EffectQuestion): Promise<Foresight> {
  const nothing = { unitsNeeded: null, unitsPerDay: null, days: null, weeks: null, unitsByStop: null };
  const foreseen = { power: 0.8, ...nothing, smallestEffect: null, reason: "The baseline cannot be measured yet." };
  return { baseline: null, foreseen };
}
