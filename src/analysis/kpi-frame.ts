/**
 * What every KPI asks through: one journey frame, its events' arrays, touchpoint ids by role, and days in the workspace's zone.
 * It decides no KPI; each family has its own file, kpi-*.ts.
 */
import type { Role } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "./journey-frame.ts";

/** One question over the rows of a frame; texts are our own, values come through `frame.bag`. */
export interface FrameQuestion {
  /** Further WITH aliases, in order; they may use the frame's. */
  readonly aliases?: readonly string[];
  readonly select: readonly string[];
  /** An ARRAY JOIN, `array AS element`: what is made of the element names its text once, where an alias repeats it on every shard. */
  readonly each?: string;
  readonly where?: readonly string[];
  readonly groupBy?: readonly string[];
  /** ORDER BY and LIMIT. */
  readonly tail?: string;
}

/** Buckets in which customers are independent: `owner % 100`, the same ones everywhere. */
export const BUCKET = "toUInt8(owner % 100)";

/** Placeholder of the ids of every touchpoint that plays one of these roles. */
export function bindRoles(context: AnalysisContext, frame: JourneyFrame, ...roles: readonly Role[]): string {
  const ids = context.touchpoints.filter(({ role }) => role !== null && roles.includes(role)).map(({ id }) => id);
  return frame.bag.bind(ids, "Array(UInt16)");
}

export function hasRole(context: AnalysisContext, role: Role): boolean {
  return context.touchpoints.some((touchpoint) => touchpoint.role === role);
}

/** Number of the calendar day, in the workspace's zone, of a moment in milliseconds since 1970. */
export function dayNumber(context: AnalysisContext, frame: JourneyFrame, milliseconds: string): string {
  const zone = frame.bag.bind(context.zone, "String");
  return `toInt32(toDate32(fromUnixTimestamp64Milli(toInt64(${milliseconds})), ${zone}))`;
}

/** Runs a question on the rows that count and still hold an event. One level: no subquery, no join. */
export async function askFrame<Row>(
  context: AnalysisContext,
  frame: JourneyFrame,
  question: FrameQuestion,
): Promise<Row[]> {
  const aliases = [frame.aliases, ...(question.aliases ?? [])].join(",\n  ");
  const where = [frame.rows, "remaining > 0", ...(question.where ?? [])].join(" AND ");
  const each = question.each ? `\nARRAY JOIN ${question.each}` : "";
  const tail = question.tail ? `\n${question.tail}` : "";
  const group = question.groupBy ? `\nGROUP BY ${question.groupBy.join(", ")}` : "";
  return context.store.query<Row>(
    `WITH ${aliases}\nSELECT ${question.select.join(", ")}\nFROM ${frame.source}${each}\nWHERE ${where}${group}${tail}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

/**
 * The last event of the workspace, whatever the filter: up to here everybody is observed.
 * @returns milliseconds since 1970, or null without any event
 */
export async function findEndOfData(context: AnalysisContext): Promise<number | null> {
  const [row] = await context.store.query<{ end: string; events: number }>(
    `SELECT toString(toUnixTimestamp64Milli(max(times[-1]))) AS end, count() AS events
FROM ${context.source} WHERE notEmpty(touchpoints)`,
    { settings: ANALYSIS_SETTINGS },
  );
  return row && row.events > 0 ? Number(row.end) : null;
}
