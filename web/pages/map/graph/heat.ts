/**
 * What the colour of a node says: how many journeys end there, how long until the next event, or how it was scored.
 * Fixed, named steps: the same colour means the same on every map. The number is always printed beside.
 */
import type { LegendEntry } from "../../../charts/svg-graph.ts";
import { formatDecimal, formatDuration, formatShare } from "../../../ui/format.ts";
import type { GraphNode } from "./graph-model.ts";

export const HEATS = ["none", "drop-off", "time", "score"] as const;
export type HeatKind = (typeof HEATS)[number];

export interface Heat {
  /** 0 … 4, worse is hotter; null: a number without a step. */
  readonly step: number | null;
  readonly text: string;
}

const SHARES = [0.01, 0.02, 0.05, 0.1] as const;
const SECONDS = [60, 3_600, 86_400, 604_800] as const;
/** Of the way from the worst answer of the scale to the best. */
const SCORES = [0.8, 0.7, 0.6, 0.5] as const;

const above = (value: number, bounds: readonly number[]) => bounds.filter((bound) => value >= bound).length;

/** Where between the ends of a scale like "1-5" a mean lies, 0 … 1; undefined for other scales. */
function partOfScale(mean: number, scale: string): number | undefined {
  const [, worst, best] = /^(-?\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/u.exec(scale) ?? [];
  if (worst === undefined || best === undefined || Number(best) <= Number(worst)) return undefined;
  return (mean - Number(worst)) / (Number(best) - Number(worst));
}

/** "3.86 of 1–5". */
export function describeScore(mean: number, scale: string): string {
  return scale === "" ? formatDecimal(mean) : `${formatDecimal(mean)} of ${scale.replace("-", "–")}`;
}

/** undefined: nothing is known of this node. */
export function heatOf(node: GraphNode, kind: HeatKind): Heat | undefined {
  if (kind === "drop-off" && node.events > 0) {
    const share = node.ends / node.events;
    return { step: above(share, SHARES), text: formatShare(share) };
  }
  if (kind === "time" && node.medianSecondsAfter !== null)
    return { step: above(node.medianSecondsAfter, SECONDS), text: formatDuration(node.medianSecondsAfter) };
  if (kind === "score" && node.score) {
    const { mean, scale } = node.score;
    const part = partOfScale(mean, scale);
    return {
      step: part === undefined ? null : SCORES.filter((bound) => part < bound).length,
      text: describeScore(mean, scale),
    };
  }
  return undefined;
}

const LEGENDS: Readonly<Record<HeatKind, { readonly title: string; readonly steps: readonly string[] }>> = {
  none: { title: "", steps: [] },
  "drop-off": {
    title: "Journeys that end here, of its events",
    steps: ["under 1 %", "1–2 %", "2–5 %", "5–10 %", "10 % and more"],
  },
  time: {
    title: "Time until the next event, median",
    steps: ["under 1 min", "1 min – 1 h", "1 h – 1 day", "1–7 days", "7 days and more"],
  },
  score: {
    title: "Mean score, from the worst (0 %) to the best answer (100 %)",
    steps: ["80 % and more", "70–80 %", "60–70 %", "50–60 %", "under 50 %"],
  },
};

/** What the steps mean, coolest first. */
export function heatLegend(kind: HeatKind): { readonly title: string; readonly entries: readonly LegendEntry[] } {
  const { title, steps } = LEGENDS[kind];
  return { title, entries: steps.map((text, heatStep) => ({ text, heatStep })) };
}
