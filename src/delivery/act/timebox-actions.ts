/**
 * Increments and timeboxes: planned, kicked off, reviewed, and what comes up on their days.
 * What is dropped to save a Must, and how a timebox ends, is in end-timebox.ts.
 */

import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { findHolders } from "../../domain/dsdm/initiative.ts";
import { DELIVERY_ROLES, type DeliveryRole, ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { changeTimebox, givenFields, nextId, replacePart } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { findOpenTimebox, findPart, findRequirement, findRunningTimebox, invalid } from "./refusal.ts";

export const TIMEBOX_ACTIONS: Handlers<
  "plan-timebox" | "edit-timebox" | "kick-off" | "review-stage" | "stand-up" | "raise-blocker" | "clear-blocker"
> = {
  "plan-timebox": (before, { type: _type, ...fields }) => {
    findPart(before.increments, "increment", fields.increment);
    demandDays(fields);
    const timebox: Timebox = { id: nextId(before.timeboxes), ...fields, state: "planned", ...NOTHING_YET };
    return { ...before, timeboxes: [...before.timeboxes, timebox] };
  },
  "edit-timebox": (before, { type: _type, timebox: id, ...fields }) => {
    const current = findOpenTimebox(before, id);
    const edited = { ...current, ...givenFields(fields) };
    if (current.state === "running") demandFixed(current, edited);
    demandDays(edited);
    return changeTimebox(before, id, () => edited);
  },
  "kick-off": (before, { timebox: id }, { at, author, today }) => {
    const { state, end } = findOpenTimebox(before, id);
    if (state !== "planned") throw invalid("timebox", `«timebox»: timebox ${id} is running already.`);
    if (today > end)
      throw invalid("timebox", `«timebox»: timebox ${id} ended on ${end}; give it other days first (edit-timebox).`);
    const scope = before.requirements
      .filter((one) => one.timebox === id)
      .map(({ id: requirement, priority, effort }) => ({ requirement, priority: priority.timebox, effort }));
    const kickOff = { at, author, end, members: listTeam(before), scope };
    return changeTimebox(before, id, (one) => ({ ...one, state: "running", kickOff }));
  },
  "review-stage": (before, { timebox: id, stage, feedback }, { at, author }) => {
    const { format } = findRunningTimebox(before, id);
    if ((format === "free") !== (stage === "iteration"))
      throw invalid(
        "stage",
        format === "free"
          ? `«stage»: timebox ${id} has a free format; its reviews are of an «iteration».`
          : `«stage»: timebox ${id} is structured; choose investigation, refinement or consolidation.`,
      );
    return changeTimebox(before, id, (one) => ({
      ...one,
      reviews: [...one.reviews, { stage, at, author, feedback }],
    }));
  },
  "stand-up": (before, { type: _type, timebox: id, ...note }, { at, author, today }) => {
    findRunningTimebox(before, id);
    if (note.day > today)
      throw invalid("day", `«day»: ${note.day} is still to come; a stand-up is of today (${today}) or earlier.`);
    return changeTimebox(before, id, (one) => ({ ...one, standups: [...one.standups, { ...note, at, author }] }));
  },
  "raise-blocker": (before, { timebox: id, requirement, text }, { at, author }) => {
    const { blockers } = findOpenTimebox(before, id);
    if (requirement !== null && findRequirement(before, requirement).timebox !== id)
      throw invalid(
        "requirement",
        `«requirement»: requirement ${requirement} is not in timebox ${id}; name one that is, or null for the timebox.`,
      );
    const open = { clearedAt: null, clearedBy: null, outcome: null };
    const blocker = { id: nextId(blockers), requirement, text, at, author, ...open };
    return changeTimebox(before, id, (one) => ({ ...one, blockers: [...one.blockers, blocker] }));
  },
  "clear-blocker": (before, { timebox: id, blocker, outcome }, { at, author }) => {
    const { blockers } = findPart(before.timeboxes, "timebox", id);
    const { clearedBy } = findPart(blockers, "blocker", blocker);
    if (clearedBy !== null)
      throw invalid("blocker", `«blocker»: ${clearedBy} cleared blocker ${blocker} of timebox ${id} already.`);
    const cleared = { clearedAt: at, clearedBy: author, outcome };
    return changeTimebox(before, id, (one) => ({
      ...one,
      blockers: replacePart(one.blockers, blocker, (entry) => ({ ...entry, ...cleared })),
    }));
  },
};

const NOTHING_YET = {
  kickOff: null,
  moves: [],
  reviews: [],
  standups: [],
  blockers: [],
  burn: [],
  drops: [],
  closeOut: null,
} satisfies Partial<Timebox>;

function demandDays({ start, end }: Pick<Timebox, "start" | "end">): void {
  if (end < start)
    throw invalid("end", `«end»: ${end} is before the first day, ${start}; give a last day on or after it.`);
}

/** Once it is kicked off, its time and its capacity are fixed: the features vary. */
function demandFixed(before: Timebox, after: Timebox): void {
  for (const field of ["start", "end", "capacity", "format"] as const) {
    if (before[field] === after[field]) continue;
    const instead =
      field === "end"
        ? "Raise an exception (raise-exception); once it is granted, move the end (move-end)."
        : "Take requirements out or put them in instead.";
    throw invalid(
      field,
      `«${field}» of timebox ${before.id} is fixed since its kick-off: ${before[field]}. ${instead}`,
    );
  }
}

/** The analyst belongs to the project and to the team. */
const isOfTeam = (role: DeliveryRole) => ROLE_FACTS[role].level === "team" || role === "business-analyst";

const listTeam = (initiative: Initiative): { person: string; role: DeliveryRole }[] =>
  DELIVERY_ROLES.filter(isOfTeam).flatMap((role) => findHolders(initiative, role).map((person) => ({ person, role })));
