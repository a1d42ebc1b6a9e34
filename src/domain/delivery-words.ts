/**
 * The words of DSDM as people write and read them outside the browser: phases by any of their names, roles, priorities, principles.
 * What they mean, and what may be done with them, is in dsdm/.
 */
import { PRINCIPLES } from "./dsdm/health.ts";
import { PRIORITIES, PRIORITY_NAMES, type Priority } from "./dsdm/moscow.ts";
import { PHASE_FACTS, PHASES, type Phase } from "./dsdm/phase.ts";
import { DELIVERY_ROLES, type DeliveryRole, ROLE_FACTS } from "./dsdm/role.ts";

export const namePhase = (phase: Phase): string => PHASE_FACTS[phase].name;
export const nameRole = (role: DeliveryRole): string => ROLE_FACTS[role].name;
export const namePriority = (priority: Priority | null): string =>
  priority === null ? "undecided" : PRIORITY_NAMES[priority];
export const namePrinciple = (id: number): string => PRINCIPLES.find((one) => one.id === id)?.name ?? String(id);

/** In the order in which they are shown: Musts first, what nobody has decided before the Won’ts. */
export const PRIORITY_ORDER: readonly (Priority | null)[] = ["must", "should", "could", null, "wont"];

/** Letters and digits alone, so that "Business study", "business-study" and "BUSINESS_STUDY" are one. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/gu, "");

/** By its word, its name, or the name of the 2014 handbook where that means one phase. @example "Foundations" → business-study */
export function readPhase(text: string): Phase | undefined {
  const wanted = plain(text);
  const named = PHASES.find((phase) => [phase, PHASE_FACTS[phase].name].some((name) => plain(name) === wanted));
  if (named) return named;
  const [alias, ...others] = PHASES.filter((phase) => plain(PHASE_FACTS[phase].alias) === wanted);
  return others.length === 0 ? alias : undefined;
}

/** By its word or its name. @example "Business visionary" → business-visionary */
export function readRole(text: string): DeliveryRole | undefined {
  const wanted = plain(text);
  return DELIVERY_ROLES.find((role) => [role, ROLE_FACTS[role].name].some((name) => plain(name) === wanted));
}

/** @example "Won't" → wont */
export function readPriority(text: string): Priority | undefined {
  const wanted = plain(text);
  return PRIORITIES.find((priority) => [priority, PRIORITY_NAMES[priority]].some((name) => plain(name) === wanted));
}

export const listPhases = (): string => PHASES.join(", ");
export const listRoles = (): string => DELIVERY_ROLES.join(", ");
export const listPriorities = (): string => PRIORITIES.join(", ");
