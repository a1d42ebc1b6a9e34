/**
 * What is shown of initiatives: one with all that is worked out of it, and the portfolio. Schemas only, for API and pages.
 * How each figure comes about is in src/delivery.
 */
import { z } from "zod";
import { brokenRuleSchema } from "./health.ts";
import { goalSchema, initiativeSchema } from "./initiative.ts";
import { prioritySchema } from "./moscow.ts";
import { phaseSchema } from "./phase.ts";
import { deliveryRoleSchema } from "./role.ts";
import { daySchema } from "./timebox.ts";

const id = z.int();
const number = z.number();

const effortSchema = z.object({ must: number, should: number, could: number, undecided: number, wont: number });
/** Fractions of the Must, Should and Could effort; null without any. */
const sharesSchema = z.object({ must: number, should: number, could: number }).nullable();
const rangeSchema = z.object({ low: number, middle: number, high: number });

/** What to drop so that a Must is met: Coulds first, then Shoulds. */
export const dropProposalSchema = z.object({
  /** The Must at risk. */
  saves: id,
  /** Effort that is missing, and what the drops set free (their remaining effort). */
  needed: number,
  freed: number,
  /** False: not even all of them would do; split the Must, then raise an exception. */
  enough: z.boolean(),
  drop: z.array(z.object({ requirement: id, priority: prioritySchema, frees: number, started: z.boolean() })),
  sharesAfter: sharesSchema,
  /** Who may choose. */
  ask: z.array(z.object({ person: z.string(), role: deliveryRoleSchema })),
});
export type DropProposal = z.infer<typeof dropProposalSchema>;

export const timeboxFactsSchema = z.object({
  timebox: id,
  requirements: z.array(id),
  /** By priority in the timebox. */
  effort: effortSchema,
  done: effortSchema,
  remaining: effortSchema,
  shares: sharesSchema,
  /** Working days, Monday to Friday: all, and those gone before today. */
  workingDays: z.int(),
  elapsedDays: z.int(),
  /** One point a calendar day from the first to the last; null for days to come. `ideal` falls on working days. */
  burnDown: z.array(
    z.object({
      day: daySchema,
      ideal: number,
      must: number.nullable(),
      should: number.nullable(),
      could: number.nullable(),
    }),
  ),
  /** Effort expected to be done by the end; null before there is anything to tell from. */
  forecast: rangeSchema.extend({ basis: z.enum(["this timebox", "past timeboxes"]), n: z.int() }).nullable(),
  /** Musts that the middle of the forecast does not reach, or that are blocked. */
  atRisk: z.array(z.object({ requirement: id, missing: number, why: z.string() })),
  proposal: dropProposalSchema.nullable(),
});
export type TimeboxFacts = z.infer<typeof timeboxFactsSchema>;

const principleStateSchema = z.object({ id: z.int(), errors: z.int(), warnings: z.int() });

const effectStateSchema = z.object({
  id,
  name: z.string(),
  status: z.enum(["planned", "running", "ended"]),
  switchOn: z.string(),
  until: z.string(),
  minEffect: number,
  finding: id.nullable(),
  /** The newest measurement; null before the first. */
  newest: z
    .object({ measuredAt: z.string(), verdict: z.string(), n: z.int(), estimate: number, low: number, high: number })
    .nullable(),
});
export type EffectState = z.infer<typeof effectStateSchema>;

const findingStateSchema = z.object({
  id,
  title: z.string(),
  status: z.string(),
  waiting: z.boolean(),
  /** Of the newest measurement. */
  reach: z.int(),
  money: number.nullable(),
  /** What money adds up over, so that money ÷ months is that of a month; left out or null while unknown. */
  months: number.nullable().optional(),
  effect: number.nullable(),
  low: number.nullable(),
  high: number.nullable(),
  claimed: z.boolean(),
  /** Of the newest measurement, after correction for many comparisons; left out or null while unknown. */
  q: number.nullable().optional(),
});
export type FindingState = z.infer<typeof findingStateSchema>;

export const initiativeReportSchema = z.object({
  initiative: initiativeSchema,
  /** YYYY-MM-DD in the workspace's zone, for which all of this holds. */
  today: daySchema,
  /** IANA name of that zone, in which the instants of the initiative have their day. */
  zone: z.string(),
  currency: z.string(),
  goal: goalSchema.nullable(),
  /** Phases with an open stay. */
  activePhases: z.array(phaseSchema),
  project: z.object({ effort: effortSchema, shares: sharesSchema }),
  increments: z.array(z.object({ increment: id, effort: effortSchema, shares: sharesSchema })),
  timeboxes: z.array(timeboxFactsSchema),
  /**
   * Effort delivered in a closed timebox of `workingDays` working days, the median length of the `n` past ones; null before
   * the first.
   */
  velocity: rangeSchema.extend({ n: z.int(), workingDays: number }).nullable(),
  missingRoles: z.array(z.object({ role: deliveryRoleSchema, why: z.string() })),
  /** MoSCoW suggested from the measured cost; a person decides. */
  suggestions: z.array(z.object({ requirement: id, priority: prioritySchema, because: z.string() })),
  health: z.array(brokenRuleSchema),
  principles: z.array(principleStateSchema),
  findings: z.array(findingStateSchema),
  effects: z.array(effectStateSchema),
});
export type InitiativeReport = z.infer<typeof initiativeReportSchema>;

export const initiativeSummarySchema = z.object({
  id,
  title: z.string(),
  state: initiativeSchema.shape.state,
  goal: id.nullable(),
  /** It acts on these. */
  findings: z.array(id),
  activePhases: z.array(phaseSchema),
  effortUnit: initiativeSchema.shape.effortUnit,
  /** Must, Should and Could effort of the project; value a month as far as it was said. */
  effort: number,
  done: number,
  value: number.nullable(),
  shares: sharesSchema,
  errors: z.int(),
  warnings: z.int(),
  principles: z.array(principleStateSchema),
  /** The running timebox, or the next one. */
  timebox: z.object({ id, title: z.string(), state: z.string(), start: daySchema, end: daySchema }).nullable(),
  /** Verdicts of its measured effects, the newest last. */
  verdicts: z.array(z.string()),
});
export type InitiativeSummary = z.infer<typeof initiativeSummarySchema>;

export const portfolioSchema = z.object({
  today: daySchema,
  currency: z.string(),
  goals: z.array(
    z.object({
      goal: goalSchema,
      kpis: z.array(z.object({ kpi: z.string(), value: number.nullable(), target: number.nullable() })),
      initiatives: z.array(id),
    }),
  ),
  initiatives: z.array(initiativeSummarySchema),
  principles: z.array(principleStateSchema),
  /** Findings nobody has settled, the most promising first. */
  opportunities: z.array(
    z.object({
      finding: findingStateSchema,
      /** 1 − q of its newest measurement, as far as it was claimed; null else. */
      confidence: number.nullable(),
      /** Of the requirements that need it; null while there is none. */
      effort: number.nullable(),
      /** Initiatives that act on it. */
      initiatives: z.array(id),
    }),
  ),
  calendar: z.array(
    z.object({
      kind: z.enum(["timebox", "review", "deployment", "measurement", "benefits"]),
      initiative: id,
      title: z.string(),
      from: daySchema,
      to: daySchema,
      state: z.string(),
    }),
  ),
});
export type Portfolio = z.infer<typeof portfolioSchema>;
