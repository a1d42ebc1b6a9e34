/**
 * Everything that can be done to an initiative, each with its fields. What an action does, and when it is refused, is in
 * src/delivery/act; who did it, why and when travels beside it.
 */
import { z } from "zod";
import { words } from "../free-text.ts";
import { CONSTRAINT_KINDS, initiativeKpiSchema } from "./initiative.ts";
import { priorityLevelSchema, prioritySchema } from "./moscow.ts";
import { gateDecisionSchema, phaseSchema } from "./phase.ts";
import { needSchema, REQUIREMENT_KINDS, REQUIREMENT_STATES, RISK_LEVELS } from "./requirement.ts";
import { deliveryRoleSchema } from "./role.ts";
import { daySchema, TIMEBOX_FORMATS, TIMEBOX_STAGES } from "./timebox.ts";

const id = z.int().min(1).max(2_147_483_647);
const title = words(300);
const text = words(5_000);
export const personSchema = words(100);
/** Effort and capacity, in the initiative's unit. */
const effort = z.number().min(0).max(100_000);
const money = z.number().min(-1e12).max(1e12);

/** What people write about a requirement; left out stays, null takes away. */
const requirementFields = {
  title,
  need: needSchema.partial(),
  kind: z.enum(REQUIREMENT_KINDS),
  acceptance: z.array(words(1_000)).max(50),
  effort,
  value: money.nullable(),
  owner: personSchema.nullable(),
  developer: personSchema.nullable(),
  tester: personSchema.nullable(),
  ifNotMet: text.nullable(),
  risk: z.strictObject({ level: z.enum(RISK_LEVELS), text }).nullable(),
} as const;
const optional = z.strictObject(requirementFields).partial().shape;

const action = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

export const deliveryActionSchema = z.discriminatedUnion("type", [
  // The initiative itself.
  action("edit-initiative", {
    title: title.optional(),
    summary: text.nullable().optional(),
    goal: id.nullable().optional(),
    benefit: z.strictObject({ monthly: money.nullable(), text, expected: z.boolean() }).nullable().optional(),
    effortUnit: z.enum(["days", "points"]).optional(),
  }),
  action("link-finding", { finding: id, linked: z.boolean() }),
  action("set-kpi", initiativeKpiSchema.extend({ kpi: words(200) }).shape),
  action("remove-kpi", { kpi: words(200) }),
  /** Registered beforehand: the operation refuses one that does not exist. */
  action("register-effect", { effect: id }),
  // Phases and gates.
  action("enter-phase", { phase: phaseSchema }),
  action("decide-gate", { phase: phaseSchema, decision: gateDecisionSchema }),
  action("waive-must", {
    accurate: z.literal(true),
    understood: z.literal(true),
    performing: z.literal(true),
    lowRisk: z.literal(true),
  }),
  action("add-constraint", { kind: z.enum(CONSTRAINT_KINDS), text, phase: phaseSchema }),
  action("settle-constraint", { constraint: id, text }),
  action("answer-questionnaire", {
    stage: z.enum(["feasibility", "foundations"]),
    statement: z.int().min(1).max(17),
    score: z.int().min(1).max(5),
    action: text.nullable(),
  }),
  action("hold-workshop", {
    title,
    day: daySchema,
    objective: text.nullable(),
    facilitator: personSchema.nullable(),
    participants: z.array(personSchema).max(100),
    outcome: text.nullable(),
  }),
  // People.
  action("assign-role", { person: personSchema, role: deliveryRoleSchema }),
  action("release-role", { person: personSchema, role: deliveryRoleSchema }),
  action("set-department", { department: words(100), stakeholder: personSchema.nullable(), interest: text.nullable() }),
  action("remove-department", { department: words(100) }),
  // Requirements. `version` is the one that was read: a newer one is a conflict, and both texts are shown.
  action("add-requirement", { ...optional, title, splitFrom: id.optional() }),
  action("edit-requirement", { requirement: id, version: z.int().min(1), ...optional }),
  action("prioritise", {
    requirement: id,
    version: z.int().min(1),
    level: priorityLevelSchema,
    priority: prioritySchema.nullable(),
  }),
  /** null takes it out of the timebox; the increment stays. */
  action("plan-requirement", {
    requirement: id,
    version: z.int().min(1),
    increment: id.nullable(),
    timebox: id.nullable(),
  }),
  action("progress-requirement", {
    requirement: id,
    state: z.enum(REQUIREMENT_STATES),
    /** Effort still to do; left out: all of it, as it was, or none. */
    remaining: effort.optional(),
  }),
  action("add-evidence", { requirement: id, text, passed: z.boolean() }),
  /** The visionary agrees to a change of the baselined breadth. */
  action("approve-breadth", { requirement: id }),
  // Increments and timeboxes.
  action("add-increment", { title }),
  action("deploy-increment", { increment: id, day: daySchema, group: words(200).nullable() }),
  action("review-case", { increment: id, text, stillExpected: z.boolean() }),
  action("plan-timebox", {
    increment: id,
    title,
    objective: text,
    format: z.enum(TIMEBOX_FORMATS),
    start: daySchema,
    end: daySchema,
    capacity: effort,
  }),
  /** Title and objective at any time before the close-out; days and capacity before the kick-off. */
  action("edit-timebox", {
    timebox: id,
    title: title.optional(),
    objective: text.optional(),
    format: z.enum(TIMEBOX_FORMATS).optional(),
    start: daySchema.optional(),
    end: daySchema.optional(),
    capacity: effort.optional(),
  }),
  action("cancel-timebox", { timebox: id }),
  action("kick-off", { timebox: id }),
  /** After the kick-off; only with an exception that was granted. */
  action("move-end", { timebox: id, end: daySchema, exception: id }),
  action("review-stage", { timebox: id, stage: z.enum(TIMEBOX_STAGES), feedback: text.nullable() }),
  action("stand-up", {
    timebox: id,
    day: daySchema,
    done: text,
    next: text,
    inTheWay: text.nullable(),
    hours: z.number().min(0).max(1_000).nullable(),
  }),
  action("raise-blocker", { timebox: id, requirement: id.nullable(), text }),
  action("clear-blocker", { timebox: id, blocker: id, outcome: text.nullable() }),
  /** Takes Coulds, then Shoulds out of a running timebox to save a Must; chosen by somebody with a business role. */
  action("drop-requirements", {
    timebox: id,
    requirements: z.array(id).min(1).max(200),
    saved: id,
    decidedBy: personSchema,
  }),
  action("close-out", {
    timebox: id,
    accepters: z.array(z.strictObject({ person: personSchema, role: deliveryRoleSchema })).max(20),
    retrospective: text.nullable(),
    /** Where what is undone goes; what is not named here goes back to the list. */
    carry: z.array(z.strictObject({ requirement: id, to: id.nullable() })).max(500),
  }),
  // Control.
  action("raise-exception", { text, timebox: id.nullable() }),
  /** By the project manager, the visionary or the sponsor. */
  action("answer-exception", { exception: id, text, granted: z.boolean() }),
  action("give-feedback", { text, negative: z.boolean(), timebox: id.nullable() }),
  action("decide-feedback", { feedback: id, text }),
  action("assess-benefits", {
    text,
    decision: text.nullable(),
    /** Filled by the operation from the registered measurements. */
    effects: z
      .array(
        z.strictObject({
          effect: id,
          verdict: z.string(),
          n: z.int(),
          estimate: z.number(),
          low: z.number(),
          high: z.number(),
        }),
      )
      .max(50),
  }),
]);
export type DeliveryAction = z.infer<typeof deliveryActionSchema>;
export type ActionType = DeliveryAction["type"];
export type ActionOf<Type extends ActionType> = Extract<DeliveryAction, { readonly type: Type }>;

/** Changes of priority, scope, date or gate take a reason; so does what goes around a rule. */
export const NEEDS_REASON: ReadonlySet<ActionType> = new Set<ActionType>([
  "decide-gate",
  "waive-must",
  "prioritise",
  "plan-requirement",
  "approve-breadth",
  "cancel-timebox",
  "move-end",
  "drop-requirements",
]);

/** Who does it, when and why. */
export interface ActionContext {
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** YYYY-MM-DD of `at` in the workspace's zone. */
  readonly today: string;
  readonly reason: string | null;
}
