/**
 * The thirteen roles with who holds each and why somebody is missing, by level; and all people of an initiative. Pure.
 */
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { DELIVERY_ROLES, type DeliveryRole, ROLE_FACTS } from "../../../../../src/domain/dsdm/role.ts";

export type Level = (typeof ROLE_FACTS)[DeliveryRole]["level"];

export const LEVELS: readonly { readonly level: Level; readonly name: string; readonly about: string }[] = [
  { level: "project", name: "Project", about: "They direct, agree the scope and keep the whole together." },
  { level: "team", name: "Team", about: "They build and accept, day by day: seven people, give or take two." },
  { level: "supporting", name: "Supporting", about: "They are asked when they are needed." },
];

export interface RoleRow {
  readonly role: DeliveryRole;
  readonly name: string;
  readonly decides: string;
  readonly holders: readonly { readonly person: string; readonly from: string }[];
  /** Why somebody is missing; undefined when nobody is. */
  readonly missing: string | undefined;
}

export function listRoleRows({ initiative, missingRoles }: InitiativeReport, level: Level): RoleRow[] {
  return DELIVERY_ROLES.filter((role) => ROLE_FACTS[role].level === level).map((role) => ({
    role,
    name: ROLE_FACTS[role].name,
    decides: ROLE_FACTS[role].decides,
    holders: initiative.people.filter((one) => one.role === role && one.until === null),
    missing: missingRoles.find((one) => one.role === role)?.why,
  }));
}

/** Everybody who was ever named, by the alphabet: what a field for a person suggests. */
export function listPeople(initiative: Initiative): string[] {
  const { people, departments, requirements } = initiative;
  const named = [
    ...people.map(({ person }) => person),
    ...departments.map(({ stakeholder }) => stakeholder),
    ...requirements.flatMap(({ owner, developer, tester }) => [owner, developer, tester]),
  ];
  return [...new Set(named.filter((name): name is string => name !== null))].toSorted((a, b) => a.localeCompare(b));
}

/** Who was in a role before, the newest first. */
export function listFormer({ people }: Initiative): Initiative["people"] {
  return people.filter(({ until }) => until !== null).toSorted((a, b) => (b.until ?? "").localeCompare(a.until ?? ""));
}
