/**
 * Which design fits what people said: who gets the change, how that is decided, how many there are to compare with.
 * It proposes; people may choose another.
 */
import type { Design } from "./design-words.ts";
import type { PlanForm } from "./plan-form.ts";

export interface Suggestion {
  readonly design: Design;
  /** Why, in a sentence. */
  readonly why: string;
}

/** Other values that a mix needs. */
const ENOUGH_FOR_A_MIX = 10;

type Said = Pick<PlanForm, "who" | "decided" | "treated" | "control" | "staggered">;

/** @param others values of the field that do not get the change */
export function suggestDesign({ who, decided, treated, control, staggered }: Said, others: number): Suggestion {
  if (who === "everybody")
    return {
      design: "series",
      why: "Everybody gets it at once, so there is nobody to compare with: the time before has to do, and the answer is an indication at most. If you can, give it to some first.",
    };
  if (decided === "chance")
    return {
      design: "randomised",
      why: "Chance decides who gets it, so the groups are alike in everything else. This is the surest design there is.",
    };
  const compared = control.length > 0 ? control.length : others;
  if (treated.length === 1 && !staggered && compared >= ENOUGH_FOR_A_MIX)
    return {
      design: "synthetic",
      why: `One group gets it and ${compared} others do not: a mix of them is made that moved like it before.`,
    };
  return {
    design: "staged",
    why: staggered
      ? "Groups get it at different times and others never: each is compared with itself before, less what happened to those without it."
      : "Some groups get it and others do not, and chance did not decide which: each is compared with itself before, less what happened to the others.",
  };
}
