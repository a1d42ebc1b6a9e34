/**
 * A touchpoint: a kind of interaction between a customer and the company, its name kept verbatim.
 * The catalogue says to which stage it belongs, on which channel it happens, and what part it plays in an order.
 */
import { z } from "zod";

export const STAGES = ["awareness", "consideration", "evaluation", "purchase", "setup", "support", "loyalty"] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

/** What an event of this touchpoint means for orders: `order` counts as one, `delivery` may be late. */
export const ROLES = ["order", "cancellation", "refund", "delivery"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const touchpointSchema = z.object({
  /** Small number that stands for the name inside journeys: 1 … 65,535. */
  id: z.int().min(1).max(65_535),
  name: z.string().min(1),
  stage: stageSchema.nullable(),
  channel: z.string().nullable(),
  role: roleSchema.nullable(),
  owner: z.string().nullable(),
});
export type Touchpoint = z.infer<typeof touchpointSchema>;
