/**
 * What of the calendar stands in the address: its first week, how many, and of which initiative alone.
 */
import { z } from "zod";

/** Choices of how many weeks are shown at once. */
export const SPANS = [12, 26, 52] as const;

export const calendarSearchSchema = z.object({
  /** Any day of the first week; left out: around today. */
  start: z.iso.date().optional().catch(undefined),
  weeks: z.coerce
    .number()
    .refine((weeks) => SPANS.some((span) => span === weeks))
    .catch(SPANS[0]),
  initiative: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type CalendarSearch = z.output<typeof calendarSearchSchema>;
