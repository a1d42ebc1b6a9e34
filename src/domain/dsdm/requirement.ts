/**
 * A requirement: a need with its acceptance criteria, effort, value and MoSCoW priorities, and how far it is.
 * What may be done to it is in action.ts; which rules it breaks is found in src/delivery/rules.
 */
import { z } from "zod";
import { type PRIORITY_LEVELS, priorityLevelSchema, prioritySchema } from "./moscow.ts";

const instant = z.string().describe("ISO 8601, UTC");
const id = z.int().min(1);
const person = z.string();

/** What it is done for; at least one, or rule 1 fires. */
export const needSchema = z.object({
  finding: id.nullable(),
  kpi: z.string().nullable(),
  goal: id.nullable(),
});

export const REQUIREMENT_KINDS = ["product", "process", "people"] as const;
export const REQUIREMENT_STATES = ["to-do", "doing", "done"] as const;
export const RISK_LEVELS = ["low", "medium", "high"] as const;

export const requirementSchema = z.object({
  /** Counted from 1 within the initiative; never used again. */
  id,
  title: z.string(),
  need: needSchema,
  kind: z.enum(REQUIREMENT_KINDS),
  acceptance: z.array(z.string()),
  /** In the unit the team estimates in (days, points), the same through the initiative. */
  effort: z.number(),
  /** A month, in the workspace's currency, once it is done; null while nobody has said. */
  value: z.number().nullable(),
  owner: person.nullable(),
  developer: person.nullable(),
  tester: person.nullable(),
  priority: z.object({
    project: prioritySchema.nullable(),
    increment: prioritySchema.nullable(),
    timebox: prioritySchema.nullable(),
  } satisfies Record<(typeof PRIORITY_LEVELS)[number], z.ZodType>),
  /** The oldest first. Author and reason may only be null in what came from elsewhere; rule 40 names it. */
  history: z.array(
    z.object({
      level: priorityLevelSchema,
      from: prioritySchema.nullable(),
      to: prioritySchema.nullable(),
      author: person.nullable(),
      reason: z.string().nullable(),
      at: instant,
    }),
  ),
  /** "What if it is not met?" */
  ifNotMet: z.string().nullable(),
  risk: z.object({ level: z.enum(RISK_LEVELS), text: z.string() }).nullable(),
  increment: id.nullable(),
  timebox: id.nullable(),
  state: z.enum(REQUIREMENT_STATES),
  /** Effort still to do: from `effort` down to 0 when done. */
  remaining: z.number(),
  startedAt: instant.nullable(),
  doneAt: instant.nullable(),
  /** How often it was tried against its criteria. */
  evidence: z.array(z.object({ at: instant, author: person, text: z.string(), passed: z.boolean() })),
  /** Each time it left a timebox unfinished. `reprioritised`: its priority was decided anew since. */
  carried: z.array(z.object({ from: id, at: instant, reprioritised: z.boolean() })),
  /** Criteria taken away or made weaker while its timebox ran. */
  weakened: z.array(z.object({ at: instant, author: person, timebox: id, before: z.array(z.string()) })),
  /** The Must it was split from. */
  splitFrom: id.nullable(),
  addedAt: instant,
  /** Added to or moved within the baselined scope: whether the visionary agreed. Null where nobody has to. */
  breadth: z
    .object({
      at: instant,
      author: person,
      what: z.string(),
      approvedBy: person.nullable(),
      approvedAt: instant.nullable(),
    })
    .nullable(),
  /** Goes up with each change: who edits says which one was read. */
  version: z.int(),
  changedAt: instant,
  changedBy: person,
});
export type Requirement = z.infer<typeof requirementSchema>;
