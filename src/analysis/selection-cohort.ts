/**
 * Selections by a retention table: the customers of a cohort, and those of them who returned.
 * Days and returns are counted as retention.ts counts them.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { findEndOfData } from "./kpi-frame.ts";
import { bindCohort, retentionQuerySchema } from "./retention.ts";
import { NOBODY, type SelectionPart } from "./selection-part.ts";

const { cohort, event, kind, days } = retentionQuerySchema.shape;

export const cohortSelectionSchema = z.object({
  kind: z.literal("cohort"),
  cohort,
  event,
  /** The `kind` of the retention table. */
  retention: kind,
  days,
  /** First day of the cohort, as the table names it; null: all cohorts. */
  start: z.iso.date().nullable(),
  /** One of `days`: only those who returned by its column. Absent: the whole cohort. */
  day: z.int().min(1).optional(),
});
export type CohortSelection = z.output<typeof cohortSelectionSchema>;

/** @throws AppError invalid (a day that is no column, no order touchpoint) */
export async function selectByCohort(
  context: AnalysisContext,
  frame: JourneyFrame,
  select: CohortSelection,
): Promise<SelectionPart> {
  const { start, day, retention, ...table } = select;
  const column = day === undefined ? undefined : table.days.indexOf(day);
  if (column === -1)
    throw new AppError("invalid", `Day ${day} is none of the table's columns: ${table.days.join(", ")}.`, {
      field: "day",
    });
  const end = await findEndOfData(context);
  if (end === null) return NOBODY;
  const { aliases, start: cohortStart, where } = bindCohort(context, frame, { ...table, kind: retention }, end);
  const conditions = [
    ...where,
    ...(start === null ? [] : [`${cohortStart} = ${frame.bag.bind(start, "String")}`]),
    ...(column === undefined ? [] : [`isBack[${column + 1}] = 1`]),
  ];
  return { aliases, choice: { row: conditions.length > 0 ? conditions.join(" AND ") : "1" } };
}
