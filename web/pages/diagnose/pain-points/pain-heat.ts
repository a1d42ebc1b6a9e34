/**
 * What the measured journey says of pain: each touchpoint with what its pain points cost a month, as a share of all of it.
 * Pure; the colour always comes with the amount. An incident is part of what its friction costs, so it adds nothing here.
 */
import type { LegendEntry } from "../../../charts/svg-graph.ts";
import { formatShare } from "../../../ui/format.ts";
import type { Marks } from "../../map/graph/draw-graph.ts";
import { touchpointId } from "../../map/graph/graph-model.ts";
import {
  type Friction,
  monthlyCost,
  type PainPoint,
  type PainReport,
  type Rejected,
  wholeCost,
} from "../views/pain-report.ts";
import { formatCost, sayCost } from "../views/pain-words.ts";

export interface TouchpointPain {
  /** Claimed, the costliest first. */
  readonly painPoints: readonly PainPoint[];
  readonly incidents: readonly PainPoint[];
  readonly rejected: readonly Rejected[];
  /** A month, over its claimed frictions. */
  readonly cost: number;
}

export interface PainHeat {
  readonly unit: "money" | "outcomes";
  readonly all: number;
  /** By the id of a node on the graph. */
  readonly byNode: ReadonlyMap<string, TouchpointPain>;
}

const NOTHING: TouchpointPain = { painPoints: [], incidents: [], rejected: [], cost: 0 };

export function painByNode({
  painPoints,
  rejected,
  worth,
}: Pick<PainReport, "painPoints" | "rejected" | "worth">): PainHeat {
  const byNode = new Map<string, TouchpointPain>();
  const change = ({ touchpoint }: Pick<Friction, "touchpoint">, next: (old: TouchpointPain) => TouchpointPain) => {
    const id = touchpointId(touchpoint);
    byNode.set(id, next(byNode.get(id) ?? NOTHING));
  };
  let all = 0;
  for (const point of painPoints) {
    const cost = point.incident ? 0 : wholeCost(monthlyCost(point));
    all += cost;
    change(point, (old) =>
      point.incident
        ? { ...old, incidents: [...old.incidents, point] }
        : { ...old, painPoints: [...old.painPoints, point], cost: old.cost + cost },
    );
  }
  for (const one of rejected) change(one, (old) => ({ ...old, rejected: [...old.rejected, one] }));
  return { unit: worth === null ? "outcomes" : "money", all, byNode };
}

/** Shares of all costs at which it turns hotter. */
const SHARES = [0.02, 0.05, 0.15, 0.3] as const;

export const PAIN_LEGEND: readonly LegendEntry[] = [
  { text: "under 2 %", heatStep: 0 },
  { text: "2–5 %", heatStep: 1 },
  { text: "5–15 %", heatStep: 2 },
  { text: "15–30 %", heatStep: 3 },
  { text: "30 % and more", heatStep: 4 },
  { text: "an incident alone", tone: "down" },
  { text: "looked at, no claim", tone: "doubted" },
];

const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });

/** "12.3k EUR", "24 lost": short enough for a box. */
function shortCost(cost: number, { unit }: PainHeat, currency: string): string {
  const number = compact.format(cost).toLowerCase();
  return unit === "money" ? `${number} ${currency}`.trimEnd() : `${number} lost`;
}

export function painMarks(heat: PainHeat, { currency }: Pick<PainReport, "currency">): Marks {
  return {
    title: heat.unit === "money" ? "Share of all money a month" : "Share of all outcomes lost a month",
    legend: PAIN_LEGEND,
    node: (id) => {
      const own = heat.byNode.get(id);
      if (!own) return { tone: "plain", text: "" };
      if (own.painPoints.length > 0) {
        const share = heat.all > 0 ? own.cost / heat.all : 0;
        const heatStep = SHARES.filter((bound) => share >= bound).length;
        return { tone: "plain", text: shortCost(own.cost, heat, currency), heatStep };
      }
      if (own.incidents.length > 0) return { tone: "down", text: "incident" };
      return { tone: "doubted", text: "no claim" };
    },
    edge: () => undefined,
  };
}

/** In words for screen readers, tooltips and the table. */
export function describePain({ unit, all, byNode }: PainHeat, id: string, report: PainReport): string {
  const own = byNode.get(id);
  if (!own) return "";
  const { painPoints, incidents, rejected, cost } = own;
  const share = all > 0 ? `, ${formatShare(cost / all)} of all` : "";
  const said = [
    ...(painPoints.length > 1 ? [`about ${formatCost(cost, unit, report)} a month${share}`] : []),
    ...painPoints.map((point) => `${point.name}: ${sayCost(point, report)}`),
    ...(incidents.length > 0 ? [`${incidents.length} dated ${incidents.length === 1 ? "incident" : "incidents"}`] : []),
  ];
  if (said.length > 0) return said.join("; ");
  return `looked at, no claim: ${rejected.map(({ name, reason }) => `${name} (${reason})`).join(", ")}`;
}
