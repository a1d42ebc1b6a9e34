/**
 * Cohorts, columns and cells of the retention table in words.
 * The numbers are the API's.
 */
import type { Answer } from "../../../api/types.ts";
import { formatCount, formatShare, NONE } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import type { RetentionView } from "./retention-search.ts";

export type RetentionCell = Answer<"retention">["all"]["cells"][number];

/** What a column counts: "day 8–14", "day 14", "day 14 or later". */
export function nameColumn(days: readonly number[], index: number, kind: RetentionView["kind"]): string {
  const day = days[index] ?? 0;
  if (kind === "n-day") return `Day ${day}`;
  if (kind === "unbounded") return `Day ${day} or later`;
  const first = (days[index - 1] ?? 0) + 1;
  return first === day ? `Day ${day}` : `Day ${first}–${day}`;
}

/** "Week of 6 Jan 2025", "January 2025". */
export function nameCohort(start: string, cohort: RetentionView["cohort"]): string {
  const day = new Date(`${start}T00:00:00Z`);
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(day);
  if (cohort === "month") return words({ month: "long", year: "numeric" });
  return `Week of ${words({ day: "numeric", month: "short", year: "numeric" })}`;
}

/** The whole sentence of a cell, with n and interval. */
export function describeCell(cell: RetentionCell, cohort: string, column: string): string {
  if (cell.value === null) return `${cohort}, ${column}: not over yet for anybody`;
  const share = `${formatShare(cell.value)} came back (${formatCount(cell.returned)} of ${formatCount(cell.n)})`;
  return `${cohort}, ${column}: ${share}, ${describeInterval({ low: cell.low, high: cell.high, unit: "share" })}`;
}

export function shortCell(cell: RetentionCell): string {
  return cell.value === null ? NONE : formatShare(cell.value);
}
