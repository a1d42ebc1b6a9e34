/**
 * The prioritised list: requirements that a filter lets through, grouped by their priority for the project. Pure.
 */
import { PRIORITIES, type Priority } from "../../../../../src/domain/dsdm/moscow.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import type { InitiativeSearch } from "../initiative-search.ts";

type RequirementFilter = Pick<InitiativeSearch, "find" | "priority" | "state" | "only">;

/** Numbers of requirements with a broken rule, errors before warnings, with how many. */
export function countRulesOf({
  health,
}: Pick<InitiativeReport, "health">): ReadonlyMap<number, { errors: number; warnings: number }> {
  const counts = new Map<number, { errors: number; warnings: number }>();
  for (const { subject, severity } of health) {
    const id = Number(/^requirement (\d+)$/u.exec(subject)?.[1]);
    if (!(id > 0)) continue;
    const had = counts.get(id) ?? { errors: 0, warnings: 0 };
    counts.set(id, severity === "error" ? { ...had, errors: had.errors + 1 } : { ...had, warnings: had.warnings + 1 });
  }
  return counts;
}

function holds(
  requirement: Requirement,
  { find, priority, state, only }: RequirementFilter,
  broken: ReadonlyMap<number, unknown>,
) {
  const { id, title, owner, timebox, breadth } = requirement;
  const words = find?.trim().toLowerCase() ?? "";
  if (words !== "" && !`${id} ${title} ${owner ?? ""}`.toLowerCase().includes(words)) return false;
  if (priority !== undefined && (requirement.priority.project ?? "undecided") !== priority) return false;
  if (state !== undefined && requirement.state !== state) return false;
  if (only === "broken") return broken.has(id);
  if (only === "unplanned") return timebox === null && requirement.state !== "done";
  return only !== "breadth" || (breadth !== null && breadth.approvedBy === null);
}

export interface RequirementGroup {
  readonly priority: Priority | null;
  readonly requirements: readonly Requirement[];
  readonly effort: number;
}

/** Must, Should, Could, undecided, Won't; empty groups are left out. */
export function groupRequirements(
  report: Pick<InitiativeReport, "initiative" | "health">,
  filter: RequirementFilter,
): RequirementGroup[] {
  const broken = countRulesOf(report);
  const shown = report.initiative.requirements.filter((one) => holds(one, filter, broken));
  const order: readonly (Priority | null)[] = [...PRIORITIES.slice(0, 3), null, "wont"];
  return order
    .map((priority) => {
      const requirements = shown.filter((one) => one.priority.project === priority);
      return { priority, requirements, effort: requirements.reduce((sum, { effort }) => sum + effort, 0) };
    })
    .filter(({ requirements }) => requirements.length > 0);
}

export const isFiltered = ({ find, priority, state, only }: RequirementFilter): boolean =>
  find !== undefined || priority !== undefined || state !== undefined || only !== undefined;
