/**
 * A timebox: fixed dates and capacity, the reviews of its format, daily notes and blockers, and how it was closed.
 * Its requirements point at it; its shares, burn-down and forecast are worked out in src/delivery.
 */
import { z } from "zod";
import { deliveryRoleSchema } from "./role.ts";

const instant = z.string().describe("ISO 8601, UTC");
/** YYYY-MM-DD in the workspace's zone. */
export const daySchema = z.iso.date();
const id = z.int().min(1);
const person = z.string();

export const TIMEBOX_FORMATS = ["structured", "free"] as const;
/** Reviews of a structured timebox, in their order; a free one has iterations instead, as many as it needs. */
export const TIMEBOX_STAGES = ["investigation", "refinement", "consolidation", "iteration"] as const;

const effortByPrioritySchema = z.object({
  must: z.number(),
  should: z.number(),
  could: z.number(),
  undecided: z.number(),
  wont: z.number(),
});

export const timeboxSchema = z.object({
  /** Counted from 1 within the initiative. */
  id,
  increment: id,
  title: z.string(),
  objective: z.string(),
  format: z.enum(TIMEBOX_FORMATS),
  /** First day. */
  start: daySchema,
  /** Last day. Fixed from the kick-off on. */
  end: daySchema,
  /** Effort the team can do in it. */
  capacity: z.number(),
  state: z.enum(["planned", "running", "closed", "cancelled"]),
  /** What was agreed at the kick-off. */
  kickOff: z
    .object({
      at: instant,
      author: person,
      end: daySchema,
      /** The team on that day. */
      members: z.array(z.object({ person, role: deliveryRoleSchema })),
      scope: z.array(
        z.object({
          requirement: id,
          priority: z.enum(["must", "should", "could", "wont"]).nullable(),
          effort: z.number(),
        }),
      ),
    })
    .nullable(),
  /** An end that was moved after the kick-off, each with the exception that allowed it. */
  moves: z.array(
    z.object({ at: instant, author: person, from: daySchema, to: daySchema, exception: id, reason: z.string() }),
  ),
  reviews: z.array(
    z.object({ stage: z.enum(TIMEBOX_STAGES), at: instant, author: person, feedback: z.string().nullable() }),
  ),
  standups: z.array(
    z.object({
      day: daySchema,
      at: instant,
      author: person,
      done: z.string(),
      next: z.string(),
      inTheWay: z.string().nullable(),
      /** Worked hours are no progress: kept where somebody wrote them, counted nowhere (rule 37). */
      hours: z.number().nullable(),
    }),
  ),
  blockers: z.array(
    z.object({
      id,
      requirement: id.nullable(),
      text: z.string(),
      at: instant,
      author: person,
      clearedAt: instant.nullable(),
      clearedBy: person.nullable(),
      outcome: z.string().nullable(),
    }),
  ),
  /** What is still to do, whenever that changed: the burn-down. */
  burn: z.array(z.object({ at: instant, remaining: effortByPrioritySchema })),
  /** Requirements taken out to save a Must, with who chose. */
  drops: z.array(
    z.object({ at: instant, requirements: z.array(id), saved: id, decidedBy: person, reason: z.string() }),
  ),
  closeOut: z
    .object({
      at: instant,
      author: person,
      accepters: z.array(z.object({ person, role: deliveryRoleSchema })),
      retrospective: z.string().nullable(),
      /** Effort by timebox priority: what was planned at the kick-off with what came later, and what was done of it. */
      planned: effortByPrioritySchema,
      delivered: effortByPrioritySchema,
      undone: z.array(z.object({ requirement: id, to: id.nullable() })),
    })
    .nullable(),
});
export type Timebox = z.infer<typeof timeboxSchema>;
