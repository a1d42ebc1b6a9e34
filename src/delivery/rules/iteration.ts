/**
 * Rules 30–32 and 41 protect the sixth principle, develop iteratively: reviews bring feedback, and feedback leads to decisions.
 * What is said at stand-ups is rule 33's matter (communication.ts).
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { TIMEBOX_STAGES, type Timebox } from "../../domain/dsdm/timebox.ts";
import { countDays } from "../working-days.ts";
import { quote, writeCount, writeList } from "./figures.ts";
import { dayOf, listClosed, listRunning } from "./progress.ts";
import type { Breach, HealthContext, Rule } from "./rule.ts";

const STRUCTURED = TIMEBOX_STAGES.filter((stage) => stage !== "iteration");

/** Stages without feedback: of those reviewed, and at the close-out of all that its format has. */
function listSilentStages({ format, reviews, closeOut }: Timebox): string[] {
  const heard = new Set(reviews.filter(({ feedback }) => feedback !== null).map(({ stage }) => stage));
  const reviewed = new Set(reviews.map(({ stage }) => stage));
  const due = closeOut === null ? [] : format === "structured" ? STRUCTURED : (["iteration"] as const);
  return [...new Set([...due, ...reviewed])].filter((stage) => !heard.has(stage));
}

/** What was closed before is past mending. */
const listRecent = (initiative: Initiative) => [...listClosed(initiative).slice(-1), ...listRunning(initiative)];

const reviewRule: Rule = {
  id: 30,
  principle: 6,
  severity: "warning",
  title: "Iteration without review feedback",
  when: "running timeboxes: stages reviewed without feedback; the timebox closed last: also stages never reviewed (structured: investigation, refinement, consolidation; free: at least one iteration)",
  why: "Without feedback an iteration is only a smaller waterfall.",
  action: "Show what there is to the ambassador and the visionary, and write down what they say.",
  check: (initiative) =>
    listRecent(initiative).flatMap((timebox) => {
      const silent = listSilentStages(timebox);
      if (silent.length === 0) return [];
      const heard = writeCount(timebox.reviews.length, "review");
      return [
        {
          subject: `timebox ${timebox.id}`,
          message: `${quote(timebox.title)} has no feedback on ${writeList(silent)} (${heard} held).`,
        },
      ];
    }),
};

type Feedback = Initiative["feedback"][number];

/** Rule 41 speaks for it then, and this one is silent. */
const isOverdue = ({ negative, at }: Feedback, context: HealthContext) =>
  negative && countDays(dayOf(at, context), context.today) >= context.thresholds.feedbackDays;

const ofFeedback = ({ id, author, at, text, timebox }: Feedback, message: string, context: HealthContext): Breach => ({
  subject: `feedback ${id}`,
  message: `${author} said on ${dayOf(at, context)}${timebox === null ? "" : ` about timebox ${timebox}`}: ${quote(text)}; ${message}.`,
});

const decisionRule: Rule = {
  id: 31,
  principle: 6,
  severity: "warning",
  title: "Feedback not linked to a decision",
  when: "every feedback without a decision; negative feedback only until rule 41 takes over",
  why: "Feedback that changes nothing is not given a second time.",
  action: "Decide what follows from it, even if it is nothing, and write that down.",
  check: ({ feedback }, context) =>
    feedback
      .filter((one) => one.decision === null && !isOverdue(one, context))
      .map((one) => ofFeedback(one, "nothing was decided", context)),
};

const unansweredRule: Rule = {
  id: 41,
  principle: 6,
  severity: "warning",
  title: "Negative feedback left unanswered",
  when: "negative feedback without a decision after {feedbackDays} days",
  why: "Who complained has stopped waiting, and what was wrong is still wrong.",
  action: "Decide today what follows from it, and tell who said it.",
  check: ({ feedback }, context) =>
    feedback
      .filter((one) => one.decision === null && isOverdue(one, context))
      .map((one) => {
        const days = countDays(dayOf(one.at, context), context.today);
        return ofFeedback(one, `it is negative, and for ${days} days nothing was decided`, context);
      }),
};

const carriedRule: Rule = {
  id: 32,
  principle: 6,
  severity: "warning",
  title: "Carried over again without being re-prioritised",
  when: "requirements neither done nor Won’t that left a timebox unfinished {carriedTimes} times or more since their priority was last decided",
  why: "What is always left over is either less important than its priority says, or too big.",
  action: "Decide its priority anew, or split it into what is really needed and the rest.",
  check: ({ requirements }, { thresholds: { carriedTimes } }) =>
    requirements.flatMap(({ id, title, state, priority, carried }) => {
      const times = carried.filter(({ reprioritised }) => !reprioritised);
      if (state === "done" || priority.project === "wont" || times.length < carriedTimes) return [];
      const boxes = writeList(times.map(({ from }) => `timebox ${from}`));
      return [
        {
          subject: `requirement ${id}`,
          message: `${quote(title)} was carried over ${writeCount(times.length, "time")} (from ${boxes}) at the same priority.`,
        },
      ];
    }),
};

export const ITERATION: readonly Rule[] = [reviewRule, decisionRule, carriedRule, unansweredRule];
