/**
 * An initiative: one DSDM project, from what it is for to the benefits that were measured. One document, changed only by
 * the actions of action.ts, each of which leaves a record. Goals stand above initiatives.
 */
import { z } from "zod";
import { prioritySchema } from "./moscow.ts";
import { gateDecisionSchema, phaseSchema } from "./phase.ts";
import { requirementSchema } from "./requirement.ts";
import { deliveryRoleSchema } from "./role.ts";
import { daySchema, timeboxSchema } from "./timebox.ts";

const instant = z.string().describe("ISO 8601, UTC");
const id = z.int().min(1);
const person = z.string();

/** What a company wants, in one sentence, with the KPIs that show it. */
export const goalSchema = z.object({
  id,
  title: z.string(),
  kpis: z.array(z.string()),
  owner: person.nullable(),
});
export type Goal = z.infer<typeof goalSchema>;

/** A KPI that the initiative moves. Without baseline or target rule 4 fires. */
export const initiativeKpiSchema = z.object({
  kpi: z.string(),
  /** As measured before anything was changed. */
  baseline: z
    .object({
      value: z.number(),
      n: z.int().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      at: instant,
    })
    .nullable(),
  target: z.number().nullable(),
});

/** The 17 statements of the project approach questionnaire are in questionnaire.ts. */
const answerSchema = z.object({
  statement: z.int().min(1).max(17),
  /** 1 strongly disagree … 5 strongly agree. */
  score: z.int().min(1).max(5),
  /** What is done about a weak one. */
  action: z.string().nullable(),
  at: instant,
  author: person,
});

export const CONSTRAINT_KINDS = ["regulatory", "budget", "technology"] as const;

export const initiativeSchema = z.object({
  id,
  title: z.string(),
  summary: z.string().nullable(),
  goal: id.nullable(),
  state: z.enum(["active", "closed", "stopped"]),
  findings: z.array(id),
  kpis: z.array(initiativeKpiSchema),
  /** Registered measurements (effect.ts) by which it is judged. */
  effects: z.array(id),
  /** What it should bring a month, in the workspace's currency; whether that is still expected. */
  benefit: z.object({ monthly: z.number().nullable(), text: z.string(), expected: z.boolean() }).nullable(),
  /** Unit of effort, of all requirements and capacities. */
  effortUnit: z.enum(["days", "points"]),
  /** Each stay in a phase; two may be open at once. */
  phases: z.array(z.object({ phase: phaseSchema, from: instant, until: instant.nullable() })),
  gates: z.array(
    z.object({ phase: phaseSchema, decision: gateDecisionSchema, at: instant, author: person, reason: z.string() }),
  ),
  /** The scope agreed at the end of the business study: priorities of the project by requirement. */
  baseline: z
    .object({
      at: instant,
      author: person,
      scope: z.array(z.object({ requirement: id, priority: prioritySchema.nullable(), effort: z.number() })),
    })
    .nullable(),
  /** Of the 60 % of Must: estimates are accurate, the approach is understood, the team performs, the risk is low. */
  waiver: z.object({ at: instant, author: person, reason: z.string() }).nullable(),
  people: z.array(z.object({ person, role: deliveryRoleSchema, from: instant, until: instant.nullable() })),
  /** Departments that feel it, and who speaks for each. */
  departments: z.array(
    z.object({ department: z.string(), stakeholder: person.nullable(), interest: z.string().nullable() }),
  ),
  requirements: z.array(requirementSchema),
  increments: z.array(
    z.object({
      id,
      title: z.string(),
      /** Where and when it went live; `group` when to a part of the customers first. */
      deployed: z.object({ at: instant, day: daySchema, group: z.string().nullable(), author: person }).nullable(),
      /** The business case looked at again at its end. */
      caseReview: z.object({ at: instant, author: person, text: z.string(), stillExpected: z.boolean() }).nullable(),
    }),
  ),
  timeboxes: z.array(timeboxSchema),
  exceptions: z.array(
    z.object({
      id,
      at: instant,
      author: person,
      text: z.string(),
      timebox: id.nullable(),
      answer: z.object({ at: instant, author: person, text: z.string(), granted: z.boolean() }).nullable(),
    }),
  ),
  feedback: z.array(
    z.object({
      id,
      at: instant,
      author: person,
      text: z.string(),
      negative: z.boolean(),
      timebox: id.nullable(),
      /** What came of it. */
      decision: z.object({ at: instant, author: person, text: z.string() }).nullable(),
    }),
  ),
  workshops: z.array(
    z.object({
      id,
      title: z.string(),
      day: daySchema,
      objective: z.string().nullable(),
      facilitator: person.nullable(),
      participants: z.array(person),
      outcome: z.string().nullable(),
    }),
  ),
  questionnaire: z.object({ feasibility: z.array(answerSchema), foundations: z.array(answerSchema) }),
  /** Bound to the gate of a phase: it must be settled by then. */
  constraints: z.array(
    z.object({
      id,
      kind: z.enum(CONSTRAINT_KINDS),
      text: z.string(),
      phase: phaseSchema,
      settled: z.object({ at: instant, author: person, text: z.string() }).nullable(),
    }),
  ),
  /** The benefits assessment: the newest last. */
  assessments: z.array(
    z.object({
      at: instant,
      author: person,
      text: z.string(),
      /** Copied from the registered measurements as they stood. */
      effects: z.array(
        z.object({
          effect: id,
          verdict: z.string(),
          n: z.int(),
          estimate: z.number(),
          low: z.number(),
          high: z.number(),
        }),
      ),
      /** Asked for when no verdict says better or worse: what is done next. */
      decision: z.string().nullable(),
    }),
  ),
  createdAt: instant,
  createdBy: person,
  /** Goes up with each change, as do the records. */
  version: z.int(),
});
export type Initiative = z.infer<typeof initiativeSchema>;

/** What was done: written once, changed by nobody. */
export const deliveryRecordSchema = z.object({
  initiative: id,
  /** From 1, without gaps: the initiative's version that it made. */
  version: z.int(),
  at: instant,
  author: person,
  reason: z.string().nullable(),
  /** Type of the action. */
  action: z.string(),
  /** What was touched, as "requirement 3" or "timebox 1"; "initiative" where it is the whole. */
  subject: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type DeliveryRecord = z.infer<typeof deliveryRecordSchema>;

/** Who holds a role on a day; several may share one. @param at ISO 8601; now when left out means still held */
export function findHolders(
  { people }: Pick<Initiative, "people">,
  role: z.infer<typeof deliveryRoleSchema>,
  at?: string,
) {
  return people
    .filter(
      (one) => one.role === role && (at === undefined ? one.until === null : one.from <= at && (one.until ?? "9") > at),
    )
    .map((one) => one.person);
}
