/**
 * One friction in full on a terminal: what, how often, what it costs, how sure; where, for whom, since when.
 * The list of all is in render-pain-points.ts; only the form of numbers is made here.
 */
import type { Answer } from "../api/operations.ts";
import { describePainPoint, explainPainLabel, explainPainRejection } from "../domain/pain-words.ts";
import { formatCount, formatMoney, formatNumber, formatShare } from "./format.ts";
import { describePlacebo, formatChance, formatEffect, formatRange, renderCaveats } from "./render-moments.ts";
import {
  describeBound,
  formatEnds,
  formatRate,
  formatSum,
  type PainPoint,
  type Rejected,
  renderGrounds,
  renderIncidents,
  renderQuestion,
} from "./render-pain-points.ts";
import { type Column, renderTable } from "./table.ts";

type Detail = Answer<"pain-point">;
type Part = Detail["overTime"][number];

function describeFacts({ events, of, journeys, customers, wait, hoursPerMonth }: PainPoint | Rejected): string[] {
  const share = of > 0 ? ` of ${formatNumber(of)} (${formatShare(events / of)})` : "";
  return [
    `  ${formatCount(events, "event")}${share}, ${formatCount(journeys, "journey")}, ${formatCount(customers, "customer")}`,
    ...(wait === null
      ? []
      : [`  Longer than ${describeBound(wait)} counts; ${formatRate(hoursPerMonth)} hours a month pass here`]),
  ];
}

function describeMeasured(one: PainPoint | Rejected): string[] {
  const { effect, crude, reach, placebo } = one;
  if (effect === null) return [];
  const range = formatRange(one, null);
  return [
    `  Effect ${formatEffect(effect, null)} points${range ? ` (${range})` : ""}, plain difference ${formatEffect(crude, null)}; ${formatCount(reach, "touch", "touches")}`,
    placebo ? describePlacebo(placebo) : "  Nothing from before the journey to check it with",
  ];
}

function renderClaimed(painPoint: PainPoint, { outcome, currency, since }: Detail): string[] {
  const { perMonth, directCost, valueAtRisk, outcomesAtRisk, label, q, trend } = painPoint;
  const lost = outcome === "silence" ? "more silences" : "outcomes lost";
  const money =
    valueAtRisk.value === null
      ? []
      : [
          `  At risk ${formatSum(valueAtRisk.value)} ${currency} a month (80 %: ${formatEnds(valueAtRisk, formatSum)}), an estimate`,
        ];
  return [
    `${describePainPoint(painPoint, { outcome, currency })}.`,
    `  ${explainPainLabel(label)}`,
    "",
    ...describeFacts(painPoint),
    `  ${formatRate(perMonth)} a month; ${formatRate(outcomesAtRisk.value)} ${lost} a month (80 %: ${formatEnds(outcomesAtRisk, formatRate)})`,
    ...money,
    ...(directCost === null ? [] : [`  Handling costs ${formatMoney(directCost, currency)} a month, a fact`]),
    ...describeMeasured(painPoint),
    `  q ${formatChance(q)}; ${trend ?? "too short to tell a trend"}${since === null ? "" : `, beyond the usual since ${since.slice(0, 10)}`}`,
  ];
}

function renderNoClaim(rejected: Rejected, { currency }: Detail): string[] {
  const { name, reason, detail, directCost, perMonth } = rejected;
  return [
    `${name}: no claim.`,
    `  ${explainPainRejection(reason)}`,
    `  ${detail}`,
    "",
    ...describeFacts(rejected),
    `  ${formatRate(perMonth)} a month that the outcome could still follow`,
    ...(directCost === null ? [] : [`  Handling costs ${formatMoney(directCost, currency)} a month, a fact`]),
    ...describeMeasured(rejected),
  ];
}

function renderParts(title: string, first: string, parts: readonly Part[]): string[] {
  if (parts.length === 0) return [];
  const right = { align: "right" } as const;
  const inMoney = parts.some(({ valueAtRisk }) => valueAtRisk.value !== null);
  const columns: Column<Part>[] = [
    { title: first, value: ({ value }) => value || "(empty)" },
    { title: "Events", ...right, value: ({ events }) => formatNumber(events) },
    { title: "of", ...right, value: ({ of }) => formatNumber(of) },
    { title: "Share", ...right, value: ({ share }) => formatShare(share) },
    { title: "A month", ...right, value: ({ perMonth }) => formatRate(perMonth) },
    { title: "Effect", ...right, value: ({ effect }) => formatEffect(effect, null) },
    { title: "95 % interval", ...right, value: (part) => formatRange(part, null) },
    ...(inMoney
      ? [
          {
            title: "At risk a month",
            ...right,
            value: ({ valueAtRisk }: Part) => formatSum(valueAtRisk.value),
          },
        ]
      : []),
  ];
  return ["", title, ...renderTable(columns, parts)];
}

/** One friction in full. */
export function renderPainPoint(answer: Detail): string[] {
  const { painPoint, rejected, bySegment, overTime, overlaps, incidents, method, caveats } = answer;
  return [
    ...renderQuestion(answer),
    ...(painPoint ? renderClaimed(painPoint, answer) : []),
    ...(rejected ? renderNoClaim(rejected, answer) : []),
    ...renderGrounds(answer),
    ...bySegment.flatMap(({ trait, rows }) => renderParts(`By ${trait}`, trait, rows)),
    ...renderParts(
      "Over time",
      "Month",
      overTime.map((part) => ({ ...part, value: part.value.slice(0, 7) })),
    ),
    ...renderIncidents(incidents, answer),
    ...(overlaps.length === 0 ? [] : ["", "Other frictions on the same touches"]),
    ...overlaps.map(({ name, events }) => `  ${name}: ${formatNumber(events)}`),
    ...(method === "" ? [] : ["", `How: ${method}`]),
    ...renderCaveats("What would bias this", caveats),
  ];
}
