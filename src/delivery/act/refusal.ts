/**
 * Refusals of actions, and the look-ups that refuse: each names the field and says what to do.
 * When an action is refused is decided where it is done.
 */
import { AppError } from "../../domain/app-error.ts";
import type { ActionContext, ActionType } from "../../domain/dsdm/action.ts";
import { findHolders, type Initiative } from "../../domain/dsdm/initiative.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { type DeliveryRole, ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";

/** @param field of the action */
export const invalid = (field: string, what: string, details: Readonly<Record<string, unknown>> = {}) =>
  new AppError("invalid", what, { field, ...details });

/** @throws AppError not-found; `field` is the action's field that held the id */
export function findPart<Part extends { readonly id: number }>(
  parts: readonly Part[],
  noun: string,
  id: number,
  field = noun,
): Part {
  const part = parts.find((one) => one.id === id);
  if (part) return part;
  const known = parts.length > 0 ? `Choose one of: ${parts.map((one) => one.id).join(", ")}.` : "There is none yet.";
  throw new AppError("not-found", `«${field}»: this initiative has no ${noun} ${id}. ${known}`, { field, id });
}

export const findRequirement = ({ requirements }: Initiative, id: number, field = "requirement"): Requirement =>
  findPart(requirements, "requirement", id, field);

/** The requirement as it was read. @throws AppError not-found; conflict when somebody changed it since */
export function findReadRequirement(
  initiative: Initiative,
  action: { readonly requirement: number; readonly version: number },
): Requirement {
  const current = findRequirement(initiative, action.requirement);
  if (current.version === action.version) return current;
  const { version, changedBy, changedAt } = current;
  throw new AppError(
    "conflict",
    `${changedBy} changed requirement ${current.id} since you read it: you read version ${action.version}, it is at ` +
      `${version} now. Compare the two, then send your change with «version» ${version}.`,
    { field: "version", requirement: current.id, yours: action.version, current, changedBy, changedAt },
  );
}

/** A timebox in which something can still be done. @throws AppError not-found; invalid when closed or cancelled */
export function findOpenTimebox({ timeboxes }: Initiative, id: number, field = "timebox"): Timebox {
  const timebox = findPart(timeboxes, "timebox", id, field);
  if (timebox.state === "closed" || timebox.state === "cancelled")
    throw invalid(field, `«${field}»: timebox ${id} is ${timebox.state}; choose one that is planned or running.`);
  return timebox;
}

/** @throws AppError not-found; invalid before the kick-off, saying what to do `instead`, and after the close-out */
export function findRunningTimebox(
  initiative: Initiative,
  id: number,
  instead = "kick it off first (kick-off)",
): Timebox {
  const timebox = findOpenTimebox(initiative, id);
  if (timebox.state !== "running")
    throw invalid("timebox", `«timebox»: timebox ${id} is planned, not running; ${instead}.`);
  return timebox;
}

/** @throws AppError forbidden when the author holds none of the roles now */
export function demandRole(
  initiative: Initiative,
  { author }: ActionContext,
  roles: readonly DeliveryRole[],
  type: ActionType,
): void {
  if (roles.some((role) => findHolders(initiative, role).includes(author))) return;
  const names = nameRoles(roles);
  throw new AppError(
    "forbidden",
    `«author»: ${author} is no ${names} of this initiative, who alone may do «${type}». Ask ${namePeople(initiative, roles)}.`,
    { field: "author", roles },
  );
}

export const nameRoles = (roles: readonly DeliveryRole[]) =>
  roles.map((role) => ROLE_FACTS[role].name.toLowerCase()).join(" or ");

/** Those who hold one of the roles now, or what to do about there being nobody. */
export function namePeople(initiative: Initiative, roles: readonly DeliveryRole[]): string {
  const people = [...new Set(roles.flatMap((role) => findHolders(initiative, role)))];
  return people.length > 0 ? people.join(" or ") : "somebody who does: nobody holds that role yet (assign-role)";
}
