/**
 * The seventeen statements about how an initiative is going to be run, answered in feasibility and again in foundations.
 * A weak answer asks for an action; what was answered is in initiative.ts.
 */

/** 1 and 2 of 5: the statement does not hold. */
export const WEAK_SCORE = 2;

/** Our words for what the project approach questionnaire asks; the number is the statement's. */
export const STATEMENTS: readonly string[] = [
  "Everybody involved knows how DSDM works and wants it.",
  "The business sponsor and the visionary show that they own the outcome.",
  "The business vision is clear and shared by those involved.",
  "Everybody accepts that time, cost and quality are fixed and that features vary.",
  "Requirements may stay high-level at the start and are detailed as it goes.",
  "Change within the agreed breadth is welcome.",
  "Business people can give the time that was agreed, through the whole of it.",
  "Business ambassadors may decide day by day, without asking upwards.",
  "The team’s members stay the same, and belong to it for most of their time.",
  "The team decides itself how it works.",
  "The team has the skills it needs, in business and in technology.",
  "Developers and business people can talk to each other whenever they need to.",
  "The team is small enough to talk in one room: seven, give or take two.",
  "The solution can be delivered in increments.",
  "It can be built step by step, tested early and throughout.",
  "The working environment and the tools fit iterative work.",
  "Suppliers and rules from outside leave room for this way of working.",
];
