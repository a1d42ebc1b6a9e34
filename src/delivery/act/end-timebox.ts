/**
 * What a timebox's plan meets: an end that is moved, requirements that are dropped to save a Must, its close-out, or its
 * cancellation before it began. Who is asked, and what a drop would change, is worked out elsewhere.
 */
import type { ActionContext, ActionOf } from "../../domain/dsdm/action.ts";
import { findHolders, type Initiative } from "../../domain/dsdm/initiative.ts";
import { addEffort } from "../../domain/dsdm/moscow.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { BUSINESS_ROLES, ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { changeRequirement, changeTimebox, moveRequirement } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { demandRoom } from "./planning-actions.ts";
import { findOpenTimebox, findPart, findRequirement, findRunningTimebox, invalid, namePeople } from "./refusal.ts";

export const END_ACTIONS: Handlers<"cancel-timebox" | "move-end" | "drop-requirements" | "close-out"> = {
  "cancel-timebox": (before, { timebox: id }, context) => {
    const timebox = findOpenTimebox(before, id);
    if (timebox.state === "running")
      throw invalid("timebox", `«timebox»: timebox ${id} is running; close it out with what is done (close-out).`);
    const held = before.requirements.filter((one) => one.timebox === id);
    const emptied = held.reduce((after, one) => takeOut(after, one, timebox, null, context), before);
    return changeTimebox(emptied, id, (one) => ({ ...one, state: "cancelled" }));
  },
  "move-end": (before, { timebox: id, end, exception }, { at, author, reason }) => {
    const { end: from, start } = findRunningTimebox(before, id, "give it another last day (edit-timebox)");
    demandGrant(before, id, exception);
    if (end < start)
      throw invalid("end", `«end»: ${end} is before the first day, ${start}; give a last day on or after it.`);
    if (end === from) throw invalid("end", `«end»: timebox ${id} ends on ${end} already; give another day.`);
    const move = { at, author, from, to: end, exception, reason: reason ?? "" };
    return changeTimebox(before, id, (one) => ({ ...one, end, moves: [...one.moves, move] }));
  },
  "drop-requirements": (before, action, context) => {
    const { timebox: id, saved, decidedBy } = action;
    const timebox = findRunningTimebox(before, id, "plan requirements elsewhere (plan-requirement)");
    demandSavedMust(before, action);
    if (!BUSINESS_ROLES.some((role) => findHolders(before, role).includes(decidedBy)))
      throw invalid(
        "decidedBy",
        `«decidedBy»: ${decidedBy} holds no business role, and what is dropped is chosen by those who do. Ask ` +
          `${namePeople(before, BUSINESS_ROLES)}.`,
      );
    const dropped = [...new Set(action.requirements)].map((one) => findDroppable(before, one, id));
    const emptied = dropped.reduce((after, one) => takeOut(after, one, timebox, null, context), before);
    const requirements = dropped.map((one) => one.id);
    const drop = { at: context.at, requirements, saved, decidedBy, reason: context.reason ?? "" };
    return changeTimebox(emptied, id, (one) => ({ ...one, drops: [...one.drops, drop] }));
  },
  "close-out": closeOut,
};

/** Out of this timebox and into another, or none; the increment stays unless the other timebox has one of its own. */
function takeOut(
  initiative: Initiative,
  { id }: Requirement,
  timebox: Timebox,
  to: Timebox | null,
  context: ActionContext,
): Initiative {
  return changeRequirement(initiative, id, context, (one) => {
    const place = { timebox: to?.id ?? null, increment: to?.increment ?? one.increment };
    return moveRequirement(one, place, timebox, context);
  });
}

/** One exception, granted for this timebox, moves its end once. */
function demandGrant(before: Initiative, timebox: number, id: number): void {
  const exception = findPart(before.exceptions, "exception", id);
  if (exception.timebox !== timebox)
    throw invalid(
      "exception",
      `«exception»: exception ${id} is not about timebox ${timebox}; raise one that names it (raise-exception).`,
    );
  if (exception.answer?.granted !== true)
    throw invalid(
      "exception",
      exception.answer === null
        ? `«exception»: exception ${id} is not answered yet; the end moves once it is granted (answer-exception).`
        : `«exception»: ${exception.answer.author} refused exception ${id}: “${exception.answer.text}”. The end stays.`,
    );
  if (before.timeboxes.some(({ moves }) => moves.some((move) => move.exception === id)))
    throw invalid("exception", `«exception»: exception ${id} moved the end already; raise another to move it again.`);
}

function demandSavedMust(before: Initiative, { saved, timebox }: ActionOf<"drop-requirements">): void {
  const must = findRequirement(before, saved, "saved");
  if (must.timebox !== timebox || must.priority.timebox !== "must" || must.state === "done")
    throw invalid(
      "saved",
      `«saved»: requirement ${saved} is no open Must of timebox ${timebox}; requirements are dropped only to save one. ` +
        "To swap scope, plan them elsewhere (plan-requirement).",
    );
}

function findDroppable(before: Initiative, id: number, timebox: number): Requirement {
  const found = findRequirement(before, id, "requirements");
  if (found.timebox !== timebox)
    throw invalid("requirements", `«requirements»: requirement ${id} is not in timebox ${timebox}; leave it out.`);
  if (found.state === "done")
    throw invalid("requirements", `«requirements»: requirement ${id} is done; dropping it would free nothing.`);
  if (found.priority.timebox === "must")
    throw invalid(
      "requirements",
      `«requirements»: requirement ${id} is a Must of timebox ${timebox} and cannot be dropped; drop Coulds or Shoulds, ` +
        "split it, or raise an exception (raise-exception).",
    );
  return found;
}

function closeOut(before: Initiative, action: ActionOf<"close-out">, context: ActionContext): Initiative {
  const { timebox: id, accepters, retrospective } = action;
  const timebox = findRunningTimebox(before, id, "kick it off first (kick-off), or cancel it (cancel-timebox)");
  demandHeld(before, accepters);
  const held = before.requirements.filter((one) => one.timebox === id);
  const left = held.filter((one) => one.state !== "done");
  const targets = findTargets(before, action, left);
  const emptied = left.reduce(
    (after, one) => takeOut(after, one, timebox, targets.get(one.id) ?? null, context),
    before,
  );
  const entry = {
    at: context.at,
    author: context.author,
    accepters,
    retrospective,
    planned: addEffort([...held, ...listGone(timebox, held)], "timebox"),
    delivered: addEffort(
      held.filter((one) => one.state === "done"),
      "timebox",
    ),
    undone: left.map((one) => ({ requirement: one.id, to: targets.get(one.id)?.id ?? null })),
  };
  return changeTimebox(emptied, id, (one) => ({ ...one, state: "closed", closeOut: entry }));
}

/**
 * Planned is all that is in it at the close-out, with its present effort and timebox priority, and what was agreed at the
 * kick-off but left since (dropped or swapped out), as agreed then. What came later and left again is counted nowhere.
 */
function listGone({ kickOff }: Timebox, held: readonly Requirement[]) {
  return (kickOff?.scope ?? [])
    .filter((agreed) => held.every((one) => one.id !== agreed.requirement))
    .map(({ effort, priority }) => ({ effort, priority: { project: null, increment: null, timebox: priority } }));
}

function demandHeld(before: Initiative, accepters: ActionOf<"close-out">["accepters"]): void {
  for (const { person, role } of accepters)
    if (!findHolders(before, role).includes(person))
      throw invalid(
        "accepters",
        `«accepters»: ${person} is no ${ROLE_FACTS[role].name.toLowerCase()} of this initiative; name who accepted in a ` +
          "role they hold, or assign it first (assign-role).",
      );
}

/** Where each undone requirement goes. A running timebox takes what it has room for. */
function findTargets(before: Initiative, { timebox, carry }: ActionOf<"close-out">, left: readonly Requirement[]) {
  const targets = new Map<number, Timebox>();
  const entering = new Map<number, Requirement[]>();
  for (const { requirement, to } of carry) {
    const carried = left.find((one) => one.id === requirement);
    if (!carried)
      throw invalid("carry", `«carry»: requirement ${requirement} is not undone in timebox ${timebox}; leave it out.`);
    if (to === timebox)
      throw invalid("carry", `«carry»: timebox ${timebox} is the one that closes; name a later one, or null.`);
    if (to !== null) entering.set(to, [...(entering.get(to) ?? []).filter((one) => one !== carried), carried]);
  }
  for (const [to, carried] of entering) {
    const target = demandRoom(before, to, carried, "carry");
    for (const one of carried) {
      if (targets.has(one.id))
        throw invalid("carry", `«carry»: requirement ${one.id} goes to two timeboxes; name one.`);
      targets.set(one.id, target);
    }
  }
  return targets;
}
