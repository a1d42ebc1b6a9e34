/**
 * What can be seen beforehand, in sentences: the number as it is, units and weeks it takes, the smallest effect seen.
 * Where they stand is foresight.tsx.
 */
import type { Answer } from "../../../api/types.ts";
import { formatCountOf } from "../../../ui/format.ts";
import { countUnits } from "./effect-words.ts";
import type { Question, Spoken } from "./metric-words.ts";

type Foreseen = Answer<"foresee-effect">;

/** The sentences of a foresight, as far as it goes. */
export function describeForesight({ baseline, foreseen }: Foreseen, question: Question, spoken: Spoken): string[] {
  const { unitsNeeded, days, weeks, unitsByStop, smallestEffect, power, rehearsed } = foreseen;
  const chance = `in ${Math.round(power * 100)} of 100 cases`;
  const least = spoken.size(question.minEffect);
  const sentences: (string | undefined)[] = [
    baseline
      ? `Without the change, ${spoken.subject} is ${spoken.level(baseline.value)}${
          baseline.low === null || baseline.high === null
            ? ""
            : ` (95 %: ${spoken.level(baseline.low)} to ${spoken.level(baseline.high)})`
        }, n = ${countUnits(baseline.n, question)}.`
      : "What it is without the change is not known.",
    unitsNeeded === null || question.minEffect === 0
      ? undefined
      : `To see an effect of ${least} ${chance}, it takes ${countUnits(unitsNeeded, question)} in all${
          days === null ? "" : `: about ${formatCountOf(Math.ceil(days), "day")}`
        }${weeks === null ? "" : `, that is ${formatCountOf(weeks, "whole week")}`}.`,
    unitsNeeded !== null || weeks === null || question.minEffect === 0
      ? undefined
      : `To see an effect of ${least} ${chance}, ${formatCountOf(weeks, "whole week")} must be measured.`,
    rehearsed === undefined
      ? undefined
      : `The same measurement, tried on as long a time before, when nothing was changed, gives ${spoken.change(rehearsed.estimate)} (95 %: ${spoken.change(rehearsed.low)} to ${spoken.change(rehearsed.high)}).`,
    unitsByStop === null ? undefined : `By the stop date there will be about ${countUnits(unitsByStop, question)}.`,
    smallestEffect === null
      ? undefined
      : `The smallest effect seen by then, ${chance}, is ${spoken.size(smallestEffect)}.`,
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

/** Whether the stop date comes too early for what is worth having; undefined where it does not, or nobody knows. */
export function describeTooShort({ foreseen }: Foreseen, question: Question, spoken: Spoken): string | undefined {
  const { smallestEffect, weeks } = foreseen;
  if (smallestEffect === null || question.minEffect === 0 || smallestEffect <= question.minEffect) return undefined;
  const longer = weeks === null ? "" : ` It takes ${formatCountOf(weeks, "whole week")} after the switch-on.`;
  return `An effect of ${spoken.size(question.minEffect)} would most likely be missed and come out as inconclusive.${longer}`;
}
