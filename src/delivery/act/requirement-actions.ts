/**
 * What is done to requirements: written, edited, worked on, tested. Refuses an edit of what somebody else changed since.
 * Their priorities and where they are planned are in planning-actions.ts.
 */
import type { ActionContext, ActionOf } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { changeRequirement, givenFields, nextId, roundEffort } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { demandRole, findReadRequirement, findRequirement, invalid } from "./refusal.ts";

const NO_NEED = { finding: null, kpi: null, goal: null };

export const REQUIREMENT_ACTIONS: Handlers<
  "add-requirement" | "edit-requirement" | "progress-requirement" | "add-evidence" | "approve-breadth"
> = {
  "add-requirement": (before, { type: _type, splitFrom, need, ...fields }, context) => {
    if (splitFrom !== undefined) findRequirement(before, splitFrom, "splitFrom");
    const blank = blankRequirement(nextId(before.requirements), fields.title, context);
    const effort = fields.effort ?? blank.effort;
    const written = { ...blank, ...givenFields(fields), need: { ...NO_NEED, ...givenFields(need ?? {}) } };
    const added = { ...written, effort, remaining: effort, splitFrom: splitFrom ?? null };
    return { ...before, requirements: [...before.requirements, added] };
  },
  "edit-requirement": (before, action, context) => {
    const { type: _type, requirement: id, version: _version, need, ...fields } = action;
    const { timebox: where, state, effort } = findReadRequirement(before, action);
    const timebox = before.timeboxes.find((one) => one.id === where);
    if (timebox?.state === "closed" && fields.effort !== undefined && fields.effort !== effort)
      throw invalid(
        "effort",
        `«effort»: requirement ${id} was delivered in timebox ${timebox.id}, whose figures are closed; add a new ` +
          "requirement for what is left to do.",
      );
    return changeRequirement(before, id, context, (one) => {
      const edited: Requirement = { ...one, ...givenFields(fields), need: { ...one.need, ...givenFields(need ?? {}) } };
      const resized = { ...edited, remaining: resize(one, edited.effort, state) };
      return timebox?.state === "running" ? noteWeakened(one, resized, timebox.id, context) : resized;
    });
  },
  "progress-requirement": (before, action, context) => {
    const current = findRequirement(before, action.requirement);
    const timebox = before.timeboxes.find((one) => one.id === current.timebox);
    if (timebox?.state === "closed")
      throw invalid(
        "requirement",
        `«requirement»: requirement ${current.id} was delivered in timebox ${timebox.id}, which is closed; add a new ` +
          "requirement for what is left to do.",
      );
    const remaining = findRemaining(current, action);
    return changeRequirement(before, current.id, context, (one) => progress(one, action.state, remaining, context.at));
  },
  "add-evidence": (before, { requirement, text, passed }, context) => {
    const { id } = findRequirement(before, requirement);
    const entry = { at: context.at, author: context.author, text, passed };
    return changeRequirement(before, id, context, (one) => ({ ...one, evidence: [...one.evidence, entry] }));
  },
  "approve-breadth": (before, { requirement }, context) => approveBreadth(before, requirement, context),
};

/** Undecided on all levels: outside every share until somebody decides. */
function blankRequirement(id: number, title: string, { author, at }: ActionContext): Requirement {
  return {
    id,
    title,
    need: NO_NEED,
    kind: "product",
    acceptance: [],
    effort: 0,
    value: null,
    owner: null,
    developer: null,
    tester: null,
    priority: { project: null, increment: null, timebox: null },
    history: [],
    ifNotMet: null,
    risk: null,
    increment: null,
    timebox: null,
    state: "to-do",
    remaining: 0,
    startedAt: null,
    doneAt: null,
    evidence: [],
    carried: [],
    weakened: [],
    splitFrom: null,
    addedAt: at,
    breadth: null,
    version: 1,
    changedAt: at,
    changedBy: author,
  };
}

/** What was done of it stays done: 8 with 3 left, estimated anew at 10, has 5 left. */
function resize(before: Requirement, effort: number, state: Requirement["state"]): number {
  if (state === "done" || effort === before.effort) return before.remaining;
  const left = Math.max(0, effort - (before.effort - before.remaining));
  // 0.5 − 0.4 is 0.09999999999999998 to a computer, and nobody estimates in that.
  return Math.min(effort, roundEffort(left));
}

/** A criterion that was there and is no more, in these words, is taken for weakened; added ones are not. */
function noteWeakened(before: Requirement, after: Requirement, timebox: number, { at, author }: ActionContext) {
  if (before.acceptance.every((criterion) => after.acceptance.includes(criterion))) return after;
  return { ...after, weakened: [...after.weakened, { at, author, timebox, before: before.acceptance }] };
}

/** Left out: none when done, as it was while doing, all of it otherwise, and also when done is taken back. */
function findRemaining(current: Requirement, action: ActionOf<"progress-requirement">): number {
  const { state, remaining } = action;
  if (remaining === undefined) {
    if (state === "done") return 0;
    return state === "doing" && current.state !== "done" ? current.remaining : current.effort;
  }
  if (remaining > current.effort)
    throw invalid(
      "remaining",
      `«remaining»: ${remaining} is more than the effort of requirement ${current.id} (${current.effort}); estimate it ` +
        "anew first (edit-requirement, «effort»).",
    );
  if (state === "done" && remaining > 0)
    throw invalid("remaining", `«remaining»: what is done has 0 left, not ${remaining}; leave it out, or say «doing».`);
  return remaining;
}

function progress(before: Requirement, state: Requirement["state"], remaining: number, at: string): Requirement {
  const startedAt = state === "to-do" ? null : (before.startedAt ?? at);
  const doneAt = state === "done" ? (before.doneAt ?? at) : null;
  return { ...before, state, remaining, startedAt, doneAt };
}

function approveBreadth(before: Initiative, id: number, context: ActionContext): Initiative {
  const { breadth } = findRequirement(before, id);
  if (breadth === null || breadth.approvedBy !== null)
    throw invalid("requirement", `«requirement»: nothing about requirement ${id} waits for the visionary's approval.`);
  demandRole(before, context, ["business-visionary"], "approve-breadth");
  const approved = { ...breadth, approvedBy: context.author, approvedAt: context.at };
  return changeRequirement(before, id, context, (one) => ({ ...one, breadth: approved }));
}
