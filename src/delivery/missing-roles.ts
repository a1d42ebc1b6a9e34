/**
 * Which roles nobody holds now that an initiative cannot do without, and why each is needed; also a visionary too many.
 * When a missing role breaks a rule is said in src/delivery/rules.
 */
import { findHolders, type Initiative } from "../domain/dsdm/initiative.ts";
import type { InitiativeReport } from "../domain/dsdm/report.ts";
import type { DeliveryRole } from "../domain/dsdm/role.ts";

const NEEDED: readonly (readonly [DeliveryRole, string])[] = [
  ["business-sponsor", "Nobody owns the business case and the budget."],
  ["business-visionary", "Nobody holds the vision, approves changes of breadth and accepts what is delivered."],
  ["technical-coordinator", "Nobody answers for technical quality and accepts what is delivered."],
  ["project-manager", "Nobody keeps the high-level plan and answers exceptions."],
  ["team-leader", "Nobody runs the timeboxes and raises exceptions."],
  ["business-ambassador", "Nobody in the team decides the daily business questions and what is dropped."],
  ["solution-developer", "Nobody builds it."],
  ["solution-tester", "Nobody tries it against its acceptance criteria."],
];

/** In the order of the roles: a role that nobody holds, and the visionary where several do. */
export function listMissingRoles(initiative: Pick<Initiative, "people">): InitiativeReport["missingRoles"] {
  return NEEDED.flatMap(([role, why]) => {
    const holders = [...new Set(findHolders(initiative, role))];
    if (holders.length === 0) return [{ role, why }];
    if (role !== "business-visionary" || holders.length === 1) return [];
    return [{ role, why: `${holders.join(" and ")} are visionaries: there must be exactly one, or nobody decides.` }];
  });
}
