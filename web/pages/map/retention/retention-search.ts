/**
 * The parameters of the retention's address: cohorts, what counts as coming back, how it is counted, and the columns.
 */
import { z } from "zod";

export const USUAL_DAYS = [7, 14, 30, 60, 90, 180, 365] as const;

/** "7,14,30" → rising whole numbers; undefined when it is no such list. */
function readDays(text: string): number[] | undefined {
  const days = text.split(",").map((part) => Number(part.trim()));
  const rising = days.every(
    (day, index) => Number.isInteger(day) && day >= 1 && day <= 3650 && day > (days[index - 1] ?? 0),
  );
  return rising && days.length <= 36 ? days : undefined;
}

export const retentionSearchSchema = z.object({
  cohort: z.enum(["week", "month"]).catch("month"),
  event: z.enum(["any", "order"]).catch("any"),
  kind: z.enum(["n-day", "unbounded", "bracket"]).catch("bracket"),
  /** Columns as text: "7,14,30". */
  days: z.coerce
    .string()
    .refine((text) => readDays(text) !== undefined)
    .catch(USUAL_DAYS.join(",")),
});
export type RetentionView = z.output<typeof retentionSearchSchema>;

export function daysOf({ days }: Pick<RetentionView, "days">): number[] {
  return readDays(days) ?? [...USUAL_DAYS];
}
