/**
 * The thirteen roles of a DSDM project: on which level each works, whose side it takes, and what it may decide.
 * Who holds which in an initiative is in initiative.ts.
 */
import { z } from "zod";

export const DELIVERY_ROLES = [
  "business-sponsor",
  "business-visionary",
  "technical-coordinator",
  "project-manager",
  "business-analyst",
  "team-leader",
  "business-ambassador",
  "solution-developer",
  "solution-tester",
  "business-advisor",
  "technical-advisor",
  "workshop-facilitator",
  "dsdm-coach",
] as const;
export const deliveryRoleSchema = z.enum(DELIVERY_ROLES);
export type DeliveryRole = z.infer<typeof deliveryRoleSchema>;

interface RoleFacts {
  readonly name: string;
  readonly level: "project" | "team" | "supporting";
  readonly side: "business" | "technical" | "management" | "process";
  /** What it may decide, as people read it. */
  readonly decides: string;
}

/** Source: DSDM Agile Project Framework (2014), roles and responsibilities; in our words. */
export const ROLE_FACTS: Readonly<Record<DeliveryRole, RoleFacts>> = {
  "business-sponsor": {
    name: "Business sponsor",
    level: "project",
    side: "business",
    decides: "the business case and the budget: whether it goes on",
  },
  "business-visionary": {
    name: "Business visionary",
    level: "project",
    side: "business",
    decides: "changes of the scope's breadth, and accepts what a timebox delivers; exactly one person",
  },
  "technical-coordinator": {
    name: "Technical coordinator",
    level: "project",
    side: "technical",
    decides: "technical quality and fitness, and accepts what a timebox delivers",
  },
  "project-manager": {
    name: "Project manager",
    level: "project",
    side: "management",
    decides: "the high-level plan and exceptions; never the tasks of the team",
  },
  "business-analyst": {
    name: "Business analyst",
    level: "project",
    side: "business",
    decides: "how needs are written down; no priority alone",
  },
  "team-leader": {
    name: "Team leader",
    level: "team",
    side: "management",
    decides: "how the timebox is run, and when an exception is raised",
  },
  "business-ambassador": {
    name: "Business ambassador",
    level: "team",
    side: "business",
    decides: "the daily business questions and which Coulds and Shoulds are dropped",
  },
  "solution-developer": {
    name: "Solution developer",
    level: "team",
    side: "technical",
    decides: "how it is built, and how much effort it takes",
  },
  "solution-tester": {
    name: "Solution tester",
    level: "team",
    side: "technical",
    decides: "whether the acceptance criteria are met",
  },
  "business-advisor": {
    name: "Business advisor",
    level: "supporting",
    side: "business",
    decides: "nothing; is asked about special business matters",
  },
  "technical-advisor": {
    name: "Technical advisor",
    level: "supporting",
    side: "technical",
    decides: "nothing; is asked about special technical matters",
  },
  "workshop-facilitator": {
    name: "Workshop facilitator",
    level: "supporting",
    side: "process",
    decides: "how a workshop is run; neutral in its subject",
  },
  "dsdm-coach": {
    name: "DSDM coach",
    level: "supporting",
    side: "process",
    decides: "nothing; helps the team to use the method",
  },
};

/** Who may choose what is dropped when a Must is at risk. */
export const BUSINESS_ROLES: readonly DeliveryRole[] = [
  "business-sponsor",
  "business-visionary",
  "business-ambassador",
];

/** Who must accept at close-out. */
export const ACCEPTING_ROLES: readonly DeliveryRole[] = ["business-visionary", "technical-coordinator"];

/** Who answers an exception. */
export const EXCEPTION_ROLES: readonly DeliveryRole[] = ["project-manager", "business-visionary", "business-sponsor"];
