/**
 * What a health check says: rules that are broken, each with the principle it protects, and what to do about it.
 * The rules themselves, with their numbers, are in src/delivery/rules.
 */
import { z } from "zod";

/** The eight principles, paraphrased; the number is what rules name. */
export const PRINCIPLES = [
  { id: 1, name: "Focus on the business need" },
  { id: 2, name: "Deliver on time" },
  { id: 3, name: "Collaborate" },
  { id: 4, name: "Never compromise quality" },
  { id: 5, name: "Build incrementally from firm foundations" },
  { id: 6, name: "Develop iteratively" },
  { id: 7, name: "Communicate continuously and clearly" },
  { id: 8, name: "Demonstrate control" },
] as const;

export const SEVERITIES = ["error", "warning"] as const;

export const brokenRuleSchema = z.object({
  /** The number in docs/health-rules.md. */
  id: z.int(),
  /** 1–8. */
  principle: z.int(),
  severity: z.enum(SEVERITIES),
  /** Id of the initiative. */
  initiative: z.int(),
  /** Where: "initiative", "requirement 3", "timebox 1", "increment 1", "kpi repeat-purchase-rate" … */
  subject: z.string(),
  /** What is wrong, with its figures. */
  message: z.string(),
  action: z.string(),
});
export type BrokenRule = z.infer<typeof brokenRuleSchema>;

/** Thresholds of ours, configurable; the defaults are those of the rules' page. */
export const healthThresholdsSchema = z.strictObject({
  /** Fraction of the Must, Should and Could effort. */
  mostMust: z.number().min(0).max(1).default(0.6),
  leastCould: z.number().min(0).max(1).default(0.15),
  benefitsWeeks: z.number().min(1).max(520).default(26),
  ambassadorDays: z.int().min(1).max(100).default(5),
  standUpDays: z.int().min(1).max(100).default(2),
  exceptionDays: z.int().min(1).max(100).default(2),
  incrementMonths: z.number().min(0.5).max(60).default(6),
  leastShouldDelivered: z.number().min(0).max(1).default(0.5),
  carriedTimes: z.int().min(1).max(20).default(2),
  leastTeam: z.int().min(1).max(50).default(5),
  mostTeam: z.int().min(1).max(50).default(9),
  /** Calendar days that negative feedback may wait for a decision. */
  feedbackDays: z.int().min(1).max(365).default(7),
  /** Calendar days that the newest event may be behind what is decided by it. */
  dataDays: z.int().min(1).max(3_650).default(30),
});
export type HealthThresholds = z.infer<typeof healthThresholdsSchema>;
