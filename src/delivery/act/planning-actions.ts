/**
 * MoSCoW priorities of requirements, and the increment and timebox each is planned into.
 * Shares and loads that are too high are told by the health rules; refused is only what a running timebox cannot hold.
 */
import type { ActionContext } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { addEffort, PRIORITY_NAMES, type Priority } from "../../domain/dsdm/moscow.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { changeRequirement, decidePriority, moveRequirement, roundEffort } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { findOpenTimebox, findPart, findReadRequirement, invalid } from "./refusal.ts";

export const PLANNING_ACTIONS: Handlers<"prioritise" | "plan-requirement"> = {
  prioritise: (before, action, context) => {
    const { requirement: id, level, priority } = action;
    const current = findReadRequirement(before, action);
    if (level === "timebox") demandOpen(before, current);
    return changeRequirement(before, id, context, (one) => {
      const decided = decidePriority(one, level, priority, context);
      // What was carried lost its priority in the timebox: setting the next one is no look at whether it still matters.
      const isNew = priority !== null && level !== "timebox";
      const carried = isNew ? one.carried.map((carry) => ({ ...carry, reprioritised: true })) : one.carried;
      const breadth = level === "project" ? findBreadth(before, one, priority, context) : one.breadth;
      return { ...decided, carried, breadth };
    });
  },
  "plan-requirement": (before, action, context) => {
    const current = findReadRequirement(before, action);
    const to = findPlace(before, action);
    if (to.timebox !== current.timebox) {
      demandOpen(before, current);
      if (current.state === "done")
        throw invalid("requirement", `«requirement»: requirement ${current.id} is done; there is nothing to plan.`);
    }
    const left = before.timeboxes.find((one) => one.id === current.timebox) ?? null;
    if (left?.state === "running" && to.timebox !== left.id) demandNoMust(current, left);
    if (to.timebox !== null && to.timebox !== current.timebox) demandRoom(before, to.timebox, [current]);
    return changeRequirement(before, current.id, context, (one) => moveRequirement(one, to, left, context));
  },
};

/** A timebox brings its increment; without a timebox it is the increment that was named, or none. */
function findPlace(
  before: Initiative,
  { increment, timebox }: { readonly increment: number | null; readonly timebox: number | null },
) {
  if (increment !== null) findPart(before.increments, "increment", increment);
  if (timebox === null) return { increment, timebox };
  const { increment: own } = findOpenTimebox(before, timebox);
  if (increment !== null && increment !== own)
    throw invalid(
      "increment",
      `«increment»: timebox ${timebox} belongs to increment ${own}, not ${increment}; send ${own}, or null to follow it.`,
    );
  return { increment: own, timebox };
}

function demandOpen({ timeboxes }: Initiative, { id, timebox }: Requirement): void {
  if (timeboxes.find((one) => one.id === timebox)?.state === "closed")
    throw invalid(
      "requirement",
      `«requirement»: requirement ${id} was delivered in timebox ${timebox}, which is closed; add a new requirement for ` +
        "what is left to do.",
    );
}

function demandNoMust({ id, priority }: Requirement, timebox: Timebox): void {
  if (priority.timebox !== "must") return;
  throw invalid(
    "timebox",
    `«timebox»: requirement ${id} is a Must of timebox ${timebox.id}, which is running; drop Coulds or Shoulds ` +
      "(drop-requirements), split it, or raise an exception (raise-exception).",
  );
}

/**
 * The room of a running timebox is its capacity less the effort of all in it but the Won'ts: a new request swaps out at
 * least as much effort first, or waits for a later timebox. A planned one takes everything; rule 14 tells of it.
 */
export function demandRoom(
  before: Initiative,
  id: number,
  entering: readonly Requirement[],
  field = "timebox",
): Timebox {
  const timebox = findOpenTimebox(before, id, field);
  if (timebox.state !== "running") return timebox;
  const { must, should, could, undecided } = addEffort(
    before.requirements.filter((one) => one.timebox === id),
    "timebox",
  );
  const room = roundEffort(timebox.capacity - (must + should + could + undecided));
  const effort = roundEffort(entering.reduce((sum, one) => sum + one.effort, 0));
  if (effort <= room) return timebox;
  const what = entering.map((one) => one.id).join(", ");
  throw invalid(
    field,
    `«${field}»: timebox ${id} is running and has room for ${Math.max(0, room)} ${before.effortUnit} of its ` +
      `${timebox.capacity}; requirement ${what} takes ${effort}. Take equal effort out of it first (plan-requirement), or ` +
      "plan it into a later timebox.",
    { room, effort },
  );
}

/** Within the agreed scope. */
const isIn = (priority: Priority | null) => priority !== null && priority !== "wont";
const name = (priority: Priority | null) => (priority === null ? "undecided" : PRIORITY_NAMES[priority]);

/**
 * After the baseline the visionary is asked about what joins the scope, and about every change to or from Must. What
 * joined and was taken out again before an answer is asked no more.
 */
function findBreadth(
  { baseline }: Initiative,
  { id, priority: { project: from }, breadth }: Requirement,
  to: Priority | null,
  { at, author }: ActionContext,
): Requirement["breadth"] {
  if (baseline === null || from === to) return breadth;
  const ask = (what: string) => ({ at, author, what, approvedBy: null, approvedAt: null });
  if (from === "must" || to === "must") return ask(`from ${name(from)} to ${name(to)}`);
  if (baseline.scope.some((one) => one.requirement === id)) return breadth;
  if (!isIn(from) && isIn(to)) return ask(`added as ${name(to)}`);
  return isIn(to) || breadth?.approvedBy !== null ? breadth : null;
}
