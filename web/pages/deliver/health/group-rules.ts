/**
 * Broken rules as the health page lists them: those that are asked for, in groups, the worst group first.
 * Pure; which rules are broken is said by the API.
 */
import { type BrokenRule, PRINCIPLES } from "../../../../src/domain/dsdm/health.ts";
import { countRules, type HealthCounts, sortRules } from "../health-words.ts";
import type { Grouping, HealthSearch } from "./health-search.ts";

export interface RuleGroup extends HealthCounts {
  /** Id of the initiative or number of the principle. */
  readonly id: number;
  /** Errors first. */
  readonly rules: readonly BrokenRule[];
}

export function selectRules(
  rules: readonly BrokenRule[],
  { initiative, principle, severity }: Omit<HealthSearch, "by">,
): readonly BrokenRule[] {
  return rules.filter(
    (rule) =>
      (initiative === undefined || rule.initiative === initiative) &&
      (principle === undefined || rule.principle === principle) &&
      (severity === undefined || rule.severity === severity),
  );
}

/** By initiative: those with the most errors, then warnings, first. By principle: in the order of the eight. */
export function groupRules(rules: readonly BrokenRule[], by: Grouping): readonly RuleGroup[] {
  const ids = by === "principle" ? PRINCIPLES.map(({ id }) => id) : [...new Set(rules.map((rule) => rule.initiative))];
  const groups = ids.flatMap((id) => {
    const own = rules.filter((rule) => rule[by] === id);
    return own.length === 0 ? [] : [{ id, rules: sortRules(own), ...countRules(own) }];
  });
  if (by === "principle") return groups;
  return groups.toSorted((a, b) => b.errors - a.errors || b.warnings - a.warnings || a.id - b.id);
}

/** "3 errors and 1 warning break 4 of the rules" is left to the page; here: in how many initiatives. */
export function countInitiatives(rules: readonly BrokenRule[]): number {
  return new Set(rules.map(({ initiative }) => initiative)).size;
}
