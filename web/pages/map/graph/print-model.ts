/**
 * What stands on the printed page beside the graph: the busiest touchpoints, where journeys end, the commonest detours.
 */
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { JourneyGraph } from "./graph-model.ts";

export interface PrintLine {
  readonly name: string;
  readonly text: string;
}

const TOP = 6;
/** What a single journey does is no common way. */
const FEWEST = 2;

const touchpoints = ({ nodes }: JourneyGraph) => nodes.filter(({ kind }) => kind === "touchpoint" || kind === "stage");

/** By events. */
export function busiest(graph: JourneyGraph): PrintLine[] {
  return touchpoints(graph)
    .slice(0, TOP)
    .map(({ name, events, journeys }) => {
      const share = journeys === null || graph.journeys === 0 ? null : journeys / graph.journeys;
      return { name, text: `${formatCount(events)} events, in ${formatShare(share)} of journeys` };
    });
}

/** By journeys that end there. */
export function endings(graph: JourneyGraph): PrintLine[] {
  return touchpoints(graph)
    .filter(({ ends }) => ends > 0)
    .toSorted((a, b) => b.ends - a.ends)
    .slice(0, TOP)
    .map(({ name, ends }) => {
      return {
        name,
        text: `${formatCount(ends)} of ${formatCount(graph.journeys)}, ${formatShare(ends / graph.journeys)}`,
      };
    });
}

interface Variant {
  readonly journeys: number;
  readonly share: number;
  readonly detour: { readonly added: readonly string[]; readonly skipped: readonly string[] } | null;
}

function short(names: readonly string[]): string {
  const [first = "", second, ...rest] = names;
  return second === undefined
    ? first
    : rest.length === 0
      ? `${first}, ${second}`
      : `${first}, ${second} +${rest.length}`;
}

/** The commonest paths that leave the main one: what they add and what they skip. */
export function detours(variants: readonly Variant[]): PrintLine[] {
  return variants
    .flatMap(({ journeys, share, detour }) => {
      if (journeys < FEWEST || !detour || (detour.added.length === 0 && detour.skipped.length === 0)) return [];
      const added = detour.added.length > 0 ? [`with ${short(detour.added)}`] : [];
      const skipped = detour.skipped.length > 0 ? [`without ${short(detour.skipped)}`] : [];
      return [{ name: [...added, ...skipped].join(", "), text: `${formatCount(journeys)}, ${formatShare(share)}` }];
    })
    .slice(0, TOP);
}
