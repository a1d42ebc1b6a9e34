/**
 * The portfolio on a day: goals with their KPIs and initiatives, how healthy each is, what is worth doing next, and the calendar.
 * It adds nothing up over initiatives but broken rules: efforts of two teams are not one sum.
 */
import type { BrokenRule } from "../domain/dsdm/health.ts";
import type { Goal, Initiative } from "../domain/dsdm/initiative.ts";
import type { Portfolio } from "../domain/dsdm/report.ts";
import { listCalendar } from "./calendar.ts";
import { type ReportContext, summariseInitiative } from "./initiative-report.ts";
import { findDay } from "./instant-day.ts";
import { listOpportunities } from "./opportunities.ts";
import { checkHealth } from "./rules/check-health.ts";
import { tallyPrinciples } from "./rules/principles.ts";

/** Its own KPIs, then those that its initiatives move; the target is that of the newest initiative under it that has one. */
function describeGoal(
  goal: Goal,
  initiatives: readonly Initiative[],
  kpiValues: ReadonlyMap<string, number | null>,
): Portfolio["goals"][number] {
  const under = initiatives.filter((one) => one.goal === goal.id);
  const moved = under.filter(({ state }) => state !== "stopped").flatMap(({ kpis }) => kpis);
  const names = new Set([...goal.kpis, ...moved.map(({ kpi }) => kpi)]);
  const findTarget = (name: string) =>
    moved.findLast(({ kpi, target }) => kpi === name && target !== null)?.target ?? null;
  return {
    goal,
    kpis: [...names].map((kpi) => ({ kpi, value: kpiValues.get(kpi) ?? null, target: findTarget(kpi) })),
    initiatives: under.map(({ id }) => id),
  };
}

function groupByInitiative(rules: readonly BrokenRule[]): Map<number, BrokenRule[]> {
  const groups = new Map<number, BrokenRule[]>();
  for (const rule of rules) {
    const group = groups.get(rule.initiative);
    if (group === undefined) groups.set(rule.initiative, [rule]);
    else group.push(rule);
  }
  return groups;
}

/** @param kpiValues the newest value by name of the KPI; left out or null where there is none */
export function reportPortfolio(
  initiatives: readonly Initiative[],
  goals: readonly Goal[],
  kpiValues: ReadonlyMap<string, number | null>,
  context: ReportContext,
): Portfolio {
  const { today, currency, effects, findings, thresholds, zone = "UTC" } = context;
  const health = checkHealth(initiatives, context);
  const groups = groupByInitiative(health);
  return {
    today,
    currency,
    goals: goals.map((goal) => describeGoal(goal, initiatives, kpiValues)),
    initiatives: initiatives.map((one) => summariseInitiative(one, context, groups.get(one.id) ?? [])),
    principles: tallyPrinciples(health),
    opportunities: listOpportunities(findings.values(), initiatives),
    calendar: listCalendar(initiatives, {
      ...{ today, effects, benefitsWeeks: thresholds.benefitsWeeks },
      findDay: (instant) => findDay(instant, zone),
    }),
  };
}
