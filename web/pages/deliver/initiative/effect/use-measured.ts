/**
 * The registered measurements of the initiative with their numbers as people read them, in the unit of what each measures.
 */
import type { EffectState } from "../../../../../src/domain/dsdm/report.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { formatCount } from "../../../../ui/format.ts";
import { countUnits, describeEstimate, type ListedEffect } from "../../../measure/effects/effect-words.ts";
import { speakOf } from "../../../measure/effects/metric-words.ts";
import { useInitiative } from "../use-initiative.ts";
import type { MeasuredEffect } from "./assess.ts";

export type ShownEffect = EffectState & MeasuredEffect;

interface Numbers {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** In the unit of its metric; bare while the plan is not known. */
function describeNumbers(numbers: Numbers, plan: ListedEffect | undefined, currency: string): string {
  const { estimate, low, high, n } = numbers;
  if (!plan) return `${estimate}, 95 %: ${low} to ${high}, n = ${formatCount(n)}`;
  const said = describeEstimate(numbers, speakOf(plan.question, currency), plan.question.confidence);
  return `${said}, n = ${countUnits(n, plan.question)}`;
}

export function useMeasured() {
  const { report } = useInitiative();
  const { data } = useAnswer("effects", {});
  const planOf = (id: number) => data?.effects.find((one) => one.id === id);
  const describe = (id: number, numbers: Numbers) => describeNumbers(numbers, planOf(id), report.currency);
  const effects: ShownEffect[] = report.effects.map((state) => ({
    ...state,
    verdict: state.newest?.verdict ?? null,
    numbers: state.newest ? describe(state.id, state.newest) : "",
  }));
  return { effects, all: data?.effects ?? [], loaded: data !== undefined, describe };
}
