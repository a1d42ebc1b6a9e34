/**
 * Event logs whose `lifecycle:transition` is no lifecycle: desks write the state of a case there (Wait - User, In Progress).
 * There an activity means little without its state, so both name the event; standard transitions stay a property.
 */
import type { ColumnFacts } from "./guess-columns.ts";
import type { Sample } from "./source-file.ts";

/** The transitions of the lifecycle extension of XES (IEEE 1849), in small letters without blanks and underscores. */
const STANDARD = new Set([
  ...["schedule", "assign", "reassign", "start", "suspend", "resume", "complete", "manualskip", "autoskip"],
  ...["withdraw", "ateabort", "piabort", "abortactivity", "abortcase", "unknown"],
]);

/** The column with several transitions, if there is one, and whether they are the log's own states. */
export function findTransitions(
  facts: readonly ColumnFacts[],
  sample: Sample,
): { readonly column: string; readonly states: readonly string[] } | undefined {
  const column = facts.find(({ key, distinct }) => key === "lifecycle_transition" && distinct > 1);
  if (!column) return undefined;
  const at = sample.columns.indexOf(column.name);
  const read = [...sample.rows, ...sample.spread].map((row) => (row[at] ?? "").trim());
  const values = [...new Set(read.filter((value) => value !== ""))];
  const isStandard = (value: string) => STANDARD.has(value.toLowerCase().replace(/[\s_]+/gu, ""));
  return { column: column.name, states: values.some(isStandard) ? [] : values };
}
