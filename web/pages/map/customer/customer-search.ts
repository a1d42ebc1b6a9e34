/**
 * The parameters of a customer's address: who, which of their journeys alone, and how many events are drawn.
 */
import { z } from "zod";

/** Events drawn at first, and by each "Show more". */
export const PAGE_OF_EVENTS = 150;

export const customerSearchSchema = z.object({
  customer: z.coerce.string().min(1).optional().catch(undefined),
  /** Only this journey. */
  owner: z.coerce.string().min(1).optional().catch(undefined),
  /** Weeks of the forecast, and of the hold-out it was tried on: as on the page that led here. */
  horizon: z.coerce.number().int().min(1).max(261).optional().catch(undefined),
  holdout: z.coerce.number().int().min(1).max(261).optional().catch(undefined),
  shown: z.coerce.number().int().min(1).max(10_000).catch(PAGE_OF_EVENTS),
});
