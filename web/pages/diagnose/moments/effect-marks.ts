/**
 * What the measured journey says of effects: each touchpoint with its strongest claim, or that it was looked at in vain,
 * or that everyone passes it. Pure; colours always come with a sign or a word.
 */
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import type { LegendEntry } from "../../../charts/svg-graph.ts";
import type { Marks } from "../../map/graph/draw-graph.ts";
import { touchpointId } from "../../map/graph/graph-model.ts";
import {
  type Claim,
  formatEffect,
  formatEffectNumber,
  judgeEffect,
  type Rejected,
  type Report,
} from "../views/effect-words.ts";

export interface TouchpointEffects {
  /** The largest impact first. */
  readonly claims: readonly Claim[];
  readonly rejected: readonly Rejected[];
  /** Share of those who reach the outcome that pass it; undefined: it is no such step. */
  readonly structural: number | undefined;
}

const NOTHING: TouchpointEffects = { claims: [], rejected: [], structural: undefined };

/** What the report says of each touchpoint, by its id on the graph. */
export function effectsByNode(
  report: Pick<Report, "claims" | "rejected" | "structural">,
): Map<string, TouchpointEffects> {
  const all = new Map<string, TouchpointEffects>();
  const change = (touchpoint: string, next: (old: TouchpointEffects) => TouchpointEffects) =>
    all.set(touchpointId(touchpoint), next(all.get(touchpointId(touchpoint)) ?? NOTHING));
  for (const claim of report.claims) change(claim.touchpoint, (old) => ({ ...old, claims: [...old.claims, claim] }));
  for (const one of report.rejected) change(one.touchpoint, (old) => ({ ...old, rejected: [...old.rejected, one] }));
  for (const { touchpoint, share } of report.structural) change(touchpoint, (old) => ({ ...old, structural: share }));
  return all;
}

export const EFFECT_LEGEND: readonly LegendEntry[] = [
  { text: "makes it (+)", tone: "up" },
  { text: "breaks it (−)", tone: "down" },
  { text: "looked at, no claim", tone: "doubted" },
  { text: "everyone passes, or not looked at", tone: "unclear" },
];

/** "+13.9 pts": short enough for a box. */
function shortEffect({ effect }: Claim, of: Report["of"]): string {
  return `${formatEffectNumber(effect, of)} pts`;
}

/** In words for screen readers, tooltips, and the line under the map. */
export function describeEffects({ claims, rejected, structural }: TouchpointEffects, of: Report["of"]): string {
  const said = claims.map(
    (claim) => `${describeQuestion(claim)}: ${formatEffect(claim.effect, of)} (${nameMoment(claim)})`,
  );
  if (said.length > 0) return said.join("; ");
  const [first] = rejected;
  if (structural !== undefined) return "everyone passes here";
  return first ? `looked at, no claim: ${first.reason}` : "not looked at";
}

export function effectMarks(report: Report, effects: ReadonlyMap<string, TouchpointEffects>): Marks {
  return {
    title: "Effect on the outcome",
    legend: EFFECT_LEGEND,
    node: (id) => {
      const own = effects.get(id);
      const [claim] = own?.claims ?? [];
      if (claim)
        return {
          tone: judgeEffect(claim.effect, report.outcome) === "good" ? "up" : "down",
          text: shortEffect(claim, report.of),
        };
      if (own?.structural !== undefined) return { tone: "unclear", text: "all pass" };
      const doubted = own?.rejected.find(({ reason }) => reason === "already different before");
      if (doubted) return { tone: "doubted", text: "no: before" };
      return own && own.rejected.length > 0 ? { tone: "doubted", text: "no claim" } : { tone: "plain", text: "" };
    },
    edge: () => undefined,
  };
}
