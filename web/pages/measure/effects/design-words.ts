/**
 * The four designs for people who are no statisticians: their name, how the effect comes about, and what would bias it.
 * Which one fits is proposed in suggest-design.ts.
 */
import type { Question } from "./metric-words.ts";

export type Design = Question["design"];

export interface DesignWords {
  readonly name: string;
  /** A term to look up. */
  readonly term: string;
  readonly how: string;
  readonly bias: readonly string[];
}

export const DESIGN_WORDS: Readonly<Record<Design, DesignWords>> = {
  randomised: {
    name: "Groups drawn by chance",
    term: "randomised experiment",
    how: "Chance decided who got the change, so the groups are alike in everything else: what differs afterwards is the change's doing. Where customers had a time before, what was known of them then takes noise away and moves nothing.",
    bias: [
      "Customers without the change who were touched by it all the same (a shared account, a friend who tells) make the effect look smaller.",
      "Customers lost on the way from one group more than from the other; the check of group sizes looks for that.",
      "Stopping on the day it looks best; the stop date and the interval for looking at any time are there against it.",
    ],
  },
  staged: {
    name: "Some groups have it, others not",
    term: "staged rollout, difference in differences",
    how: "Each group that got the change is compared with itself before it; what happened meanwhile to those without it is taken off.",
    bias: [
      "It takes for granted that the groups would have moved alike without the change. The periods before show whether they did until then, not whether they would have gone on.",
      "Whatever else came to the same groups at the same time (a campaign, a new price) counts as the change's doing.",
      "Customers who knew of it beforehand and waited, or hurried, shift the time before.",
    ],
  },
  synthetic: {
    name: "One group beside a mix of others",
    term: "synthetic difference in differences",
    how: "From the other groups a mix is made that moved like this one before the change; how far the group then leaves its mix is the effect. How much groups differ without any change says how sure that is.",
    bias: [
      "Whatever else came to this group alone counts as the change's doing: there is only one of it.",
      "A group unlike all others cannot be mixed; the check of the fit before the change says so.",
      "If the change spilled over to the other groups, the mix moves along and the effect looks smaller.",
    ],
  },
  series: {
    name: "Everybody at once, before and after",
    term: "interrupted time series",
    how: "The time before, with its trend and its seasons, is continued past the switch-on and compared with what happened. There is nobody without the change, so the answer is an indication at most.",
    bias: [
      "Whatever else happened at that time counts as the change's doing: a sale, a holiday, a competitor, an outage.",
      "A trend that was about to bend anyway looks like an effect.",
      "A change in who comes, or in how events are recorded, looks like an effect too.",
    ],
  },
};
