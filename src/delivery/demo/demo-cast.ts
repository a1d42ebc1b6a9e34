/** Who works in the demo shop's initiatives, and in which role. The people are made up. */
import type { DeliveryRole } from "../../domain/dsdm/role.ts";

export const SPONSOR = "Helena Brandt";
export const VISIONARY = "Marta Kovač";
export const COORDINATOR = "Jonas Lind";
export const MANAGER = "Petra Weiss";
export const ANALYST = "Amir Haddad";
export const LEADER = "Lea Martin";
export const AMBASSADOR = "Carla Rossi";
export const DEVELOPERS = ["Noah Berg", "Ines Costa"] as const;
export const TESTER = "Tomás Silva";
export const FACILITATOR = "Olga Petrova";
export const SUPPORT_LEAD = "Daniel Okafor";

/** All roles that a project needs, each held. */
export const WHOLE_CAST: readonly (readonly [person: string, role: DeliveryRole])[] = [
  [SPONSOR, "business-sponsor"],
  [VISIONARY, "business-visionary"],
  [COORDINATOR, "technical-coordinator"],
  [MANAGER, "project-manager"],
  [ANALYST, "business-analyst"],
  [LEADER, "team-leader"],
  [AMBASSADOR, "business-ambassador"],
  [DEVELOPERS[0], "solution-developer"],
  [DEVELOPERS[1], "solution-developer"],
  [TESTER, "solution-tester"],
  [SUPPORT_LEAD, "business-advisor"],
  [FACILITATOR, "workshop-facilitator"],
];
