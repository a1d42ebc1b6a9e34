/**
 * Control: increments and their business case, exceptions and who answers them, feedback, and the benefits assessment.
 * The measured effects that an assessment quotes are read by the operation that asks for it.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { EXCEPTION_ROLES } from "../../domain/dsdm/role.ts";
import { nextId, replacePart } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { demandRole, findPart, invalid } from "./refusal.ts";

export const CONTROL_ACTIONS: Handlers<
  | "add-increment"
  | "deploy-increment"
  | "review-case"
  | "raise-exception"
  | "answer-exception"
  | "give-feedback"
  | "decide-feedback"
  | "assess-benefits"
> = {
  "add-increment": (before, { title }) => ({
    ...before,
    increments: [...before.increments, { id: nextId(before.increments), title, deployed: null, caseReview: null }],
  }),
  "deploy-increment": (before, { increment: id, day, group }, { at, author, today }) => {
    findPart(before.increments, "increment", id);
    if (day > today)
      throw invalid(
        "day",
        `«day»: ${day} is still to come; say it is deployed once it is, today (${today}) or earlier.`,
      );
    const deployed = { at, day, group, author };
    return { ...before, increments: replacePart(before.increments, id, (one) => ({ ...one, deployed })) };
  },
  "review-case": (before, { increment: id, text, stillExpected }, { at, author }) => {
    findPart(before.increments, "increment", id);
    const caseReview = { at, author, text, stillExpected };
    return {
      ...before,
      // The review is about the initiative's benefit: the two never say different things.
      benefit: before.benefit && { ...before.benefit, expected: stillExpected },
      increments: replacePart(before.increments, id, (one) => ({ ...one, caseReview })),
    };
  },
  "raise-exception": (before, { text, timebox }, { at, author }) => {
    demandTimebox(before, timebox);
    const exception = { id: nextId(before.exceptions), at, author, text, timebox, answer: null };
    return { ...before, exceptions: [...before.exceptions, exception] };
  },
  "answer-exception": (before, { exception: id, text, granted }, context) => {
    const { answer } = findPart(before.exceptions, "exception", id);
    if (answer)
      throw invalid("exception", `«exception»: ${answer.author} answered exception ${id} already: “${answer.text}”.`);
    demandRole(before, context, EXCEPTION_ROLES, "answer-exception");
    const given = { at: context.at, author: context.author, text, granted };
    return { ...before, exceptions: replacePart(before.exceptions, id, (one) => ({ ...one, answer: given })) };
  },
  "give-feedback": (before, { text, negative, timebox }, { at, author }) => {
    demandTimebox(before, timebox);
    const feedback = { id: nextId(before.feedback), at, author, text, negative, timebox, decision: null };
    return { ...before, feedback: [...before.feedback, feedback] };
  },
  "decide-feedback": (before, { feedback: id, text }, { at, author }) => {
    const { decision } = findPart(before.feedback, "feedback", id);
    if (decision)
      throw invalid("feedback", `«feedback»: ${decision.author} decided about feedback ${id}: “${decision.text}”.`);
    const made = { at, author, text };
    return { ...before, feedback: replacePart(before.feedback, id, (one) => ({ ...one, decision: made })) };
  },
  "assess-benefits": (before, { text, decision, effects }, { at, author }) => {
    const unknown = effects.find(({ effect }) => !before.effects.includes(effect));
    if (unknown)
      throw invalid(
        "effects",
        `«effects»: effect ${unknown.effect} is not registered with this initiative (register-effect).`,
      );
    const isClear = effects.some(({ verdict }) => verdict === "better" || verdict === "worse");
    if (!isClear && decision === null)
      throw invalid(
        "decision",
        "«decision»: no measured effect says better or worse; say what is decided without one, such as to measure on.",
      );
    return { ...before, assessments: [...before.assessments, { at, author, text, effects, decision }] };
  },
};

function demandTimebox({ timeboxes }: Initiative, id: number | null): void {
  if (id !== null) findPart(timeboxes, "timebox", id);
}
