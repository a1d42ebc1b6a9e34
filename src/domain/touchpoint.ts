/**
 * A touchpoint: a kind of interaction between a customer and the company, its name kept verbatim.
 * The catalogue says to which stage it belongs, on which channel it happens, and what part it plays in an order.
 */
import { z } from "zod";
import { AppError } from "./app-error.ts";

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
  /** Left out of the views of a journey; KPIs count its events all the same. */
  hidden: z.boolean(),
  /** The names its events came in with; several after a merge. None while a merge is being prepared. */
  rawNames: z.array(z.string().min(1)).readonly(),
});
export type Touchpoint = z.infer<typeof touchpointSchema>;

/** Whether the views of a journey leave this touchpoint out. KPIs count it all the same. */
export function isHidden(touchpoint: Touchpoint): boolean {
  return touchpoint.hidden;
}

/**
 * The touchpoint of exactly this name: the one that is called so now, else the one with events that came in under it.
 * @param where for the message: what named it
 * @throws AppError not-found, with the names that come nearest
 */
export function findTouchpoint(name: string, touchpoints: readonly Touchpoint[], where: string): Touchpoint {
  const found =
    touchpoints.find((touchpoint) => touchpoint.name === name) ??
    touchpoints.find((touchpoint) => touchpoint.rawNames.includes(name));
  if (found) return found;
  const folded = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const near = touchpoints.filter((touchpoint) => {
    const other = touchpoint.name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    return other.includes(folded) || folded.includes(other);
  });
  const names = (near.length > 0 ? near : touchpoints).slice(0, 5).map((touchpoint) => `«${touchpoint.name}»`);
  const hint = names.length > 0 ? `Did you mean ${names.join(", ")}?` : "This workspace has no events yet.";
  throw new AppError("not-found", `In ${where}: there is no touchpoint «${name}». ${hint}`, { touchpoint: name });
}
