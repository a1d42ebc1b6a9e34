/**
 * A KPI over time and in parts on a terminal, and what people keep beside it: annotations, targets, settings.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatNumber } from "./format.ts";
import { formatInterval, formatValue } from "./render-kpis.ts";
import { renderTable } from "./table.ts";

type TrendAnswer = Answer<"kpi-trend">;
type Point = TrendAnswer["points"][number];
type BreakdownAnswer = Answer<"kpi-breakdown">;

function remark(point: Point): string {
  if (point.value === null) return point.reason === "not-yet-observable" ? "not yet observable" : "not enough data";
  return point.complete ? "" : "incomplete";
}

export function renderTrend(answer: TrendAnswer): string[] {
  const { kpi, every, unit, definition, placement, points } = answer;
  return [
    ...renderBasis(`${kpi} by ${every}`, `${answer.journey} journeys, ${unit}`, answer),
    ...renderTable<Point>(
      [
        {
          title: every === "month" ? "Month from" : every === "week" ? "Week from" : "Day",
          value: ({ start }) => start,
        },
        { title: "Value", align: "right", value: ({ value }) => (value === null ? "–" : formatValue(value, unit)) },
        {
          title: "95 % interval",
          align: "right",
          value: (point) => (point.value === null ? "" : formatInterval({ ...point, unit })),
        },
        { title: "n", align: "right", value: (point) => formatNumber(point.denominator ?? point.n) },
        { title: "", value: remark },
      ],
      points,
    ),
    "",
    `  ${definition}`,
    `  ${placement}`,
  ];
}

export function renderBreakdown(answer: BreakdownAnswer): string[] {
  const { kpi, by, unit, definition, placement, rows } = answer;
  return [
    ...renderBasis(`${kpi} by ${by}`, `${answer.journey} journeys, ${unit}`, answer),
    ...renderTable(
      [
        { title: by, value: ({ kind, value }) => (kind === "none" ? "(none)" : value) },
        {
          title: "Value",
          align: "right",
          value: ({ kpi: one }) => (one.value === null ? "–" : formatValue(one.value, unit)),
        },
        {
          title: "95 % interval",
          align: "right",
          value: ({ kpi: one }) => (one.value === null ? "" : formatInterval({ ...one, unit })),
        },
        { title: "n", align: "right", value: ({ kpi: one }) => formatNumber(one.n) },
        { title: "", value: ({ kpi: one }) => (one.value === null ? "not enough data" : "") },
      ],
      rows,
    ),
    "",
    `  ${definition}`,
    `  ${placement}`,
  ];
}

export function renderAnnotations({ annotations }: Answer<"annotations">): string[] {
  if (annotations.length === 0) return ["No annotations yet."];
  return renderTable(
    [
      { title: "Id", align: "right", value: ({ id }) => String(id) },
      { title: "Day", value: ({ date }) => date },
      { title: "What", whole: true, value: ({ text }) => text },
    ],
    annotations,
  );
}

export function renderTargets({ targets }: Answer<"targets">): string[] {
  if (targets.length === 0) return ["No KPI has a target yet."];
  const amount = (value: number | null) => (value === null ? "–" : formatNumber(value));
  return renderTable(
    [
      { title: "KPI", value: ({ kpi }) => kpi },
      { title: "Target", align: "right", value: ({ target }) => amount(target) },
      { title: "Baseline", align: "right", value: ({ baseline }) => amount(baseline) },
    ],
    targets,
  );
}

export function renderSettings(answer: Answer<"settings">): string[] {
  return [
    `Time zone: ${answer.zone}`,
    `Default journey: ${answer.defaultJourney} (of ${answer.journeys.join(", ")})`,
    `Main currency: ${answer.currency || "none"}`,
  ];
}
