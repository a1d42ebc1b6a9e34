/**
 * The portfolio on a terminal: goals and their KPIs, opportunities, initiatives, and what is in the calendar from today on.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatMoney, formatNumber, formatShare } from "./format.ts";
import { renderPrinciples } from "./render-health.ts";
import { renderInitiatives } from "./render-initiatives.ts";
import { type Column, renderTable } from "./table.ts";

type Portfolio = Answer<"portfolio">;
type Opportunity = Portfolio["opportunities"][number];
type Entry = Portfolio["calendar"][number];

const flat = (text: string) => text.replace(/\s+/gu, " ");
const list = (ids: readonly number[]) => (ids.length === 0 ? "–" : ids.join(", "));

function renderGoals({ goals }: Portfolio): string[] {
  if (goals.length === 0) return ['  none yet: waymark portfolio goal "TITLE" --kpi ID'];
  return goals.flatMap(({ goal, kpis, initiatives }) => [
    `  ${goal.id} ${flat(goal.title)}${goal.owner === null ? "" : ` (${goal.owner})`}; initiatives ${list(initiatives)}`,
    ...kpis.map(({ kpi, value, target }) => `    ${kpi}: ${formatNumber(value)} → ${formatNumber(target)}`),
  ]);
}

/** A month; in all, where nobody says over how many months. */
function describeCost(money: number | null, months: number | null | undefined, currency: string): string {
  if (money === null) return "–";
  return months ? `${formatMoney(money / months, currency)} a month` : `${formatMoney(money, currency)} in all`;
}

function renderOpportunities({ opportunities, currency }: Portfolio): string[] {
  const columns: readonly Column<Opportunity>[] = [
    { title: "Finding", align: "right", value: ({ finding }) => String(finding.id) },
    {
      title: "Cost",
      align: "right",
      value: ({ finding: { money, months } }) => describeCost(money, months, currency),
    },
    { title: "Reach", align: "right", value: ({ finding }) => formatNumber(finding.reach) },
    { title: "Confidence", align: "right", value: ({ confidence }) => formatShare(confidence) },
    { title: "Effort", align: "right", value: ({ effort }) => formatNumber(effort) },
    { title: "Initiatives", value: ({ initiatives }) => list(initiatives) },
    { title: "Status", value: ({ finding }) => `${finding.status}${finding.waiting ? ", waits" : ""}` },
    { title: "What was found", whole: true, value: ({ finding }) => flat(finding.title) },
  ];
  return opportunities.length === 0
    ? ["  none: every finding is settled, or none is kept (waymark findings)"]
    : renderTable(columns, opportunities);
}

const CALENDAR: readonly Column<Entry>[] = [
  { title: "From", value: ({ from }) => from },
  { title: "To", value: ({ from, to }) => (from === to ? "" : to) },
  { title: "What", value: ({ kind, state }) => `${kind}, ${state}` },
  { title: "Initiative", align: "right", value: ({ initiative }) => String(initiative) },
  { title: "Title", whole: true, value: ({ title }) => flat(title) },
];

export function renderPortfolio(portfolio: Portfolio): string[] {
  const { initiatives, principles, calendar, today } = portfolio;
  const coming = calendar.filter(({ to }) => to >= today);
  return [
    "Goals",
    ...renderGoals(portfolio),
    "",
    "Opportunities: findings that nobody has settled, the most promising first",
    ...renderOpportunities(portfolio),
    "",
    "Initiatives",
    ...renderInitiatives({ initiatives }),
    ...(initiatives.length === 0 ? [] : ["", "Principles", ...renderPrinciples(principles)]),
    ...(coming.length === 0 ? [] : ["", "Calendar", ...renderTable(CALENDAR, coming)]),
  ];
}
