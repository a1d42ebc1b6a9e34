/**
 * What a picture of the graph is about, in words that go along with it: its scope, and how much of the journey it shows.
 */
import { describePeriod } from "../../../scope/scope.ts";
import type { Scope } from "../../../scope/use-scope.ts";
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { JourneyGraph } from "./graph-model.ts";
import { describeRest } from "./graph-words.ts";
import type { GraphSelection } from "./select-graph.ts";

/** The scope in one line: "session journeys, 19 May 2024 – 7 Jun 2024, no filter, time zone UTC". */
export function describeScope(
  { input, compare }: Pick<Scope, "input" | "compare">,
  journey: string,
  zone: string,
): string {
  const where = input.where === undefined ? "no filter" : input.where;
  const period = describePeriod(input.from, input.to, input.outside);
  const versus = compare ? `, compared with ${compare.baseLabel}` : "";
  return `${journey} journeys, ${period}, ${where}, time zone ${zone}${versus}`;
}

/** "14 of 19 touchpoints and 32 of 338 steps are shown: 61.2 % of all moves." and what is not. */
export function describeShown(graph: JourneyGraph, selection: GraphSelection, by: "touchpoint" | "stage"): string {
  const { nodes, edges, other } = selection;
  const noun = by === "stage" ? "stages" : "touchpoints";
  const steps = edges.filter(({ kind }) => kind === "step").length;
  const counted = `${formatCount(nodes.length - 2)} of ${formatCount(graph.nodes.length - 2)} ${noun}`;
  const all = `${counted} and ${formatCount(steps)} of ${formatCount(steps + other.steps)} steps are shown`;
  const part = 1 - other.transitions / graph.transitions;
  const share = graph.transitions === 0 ? "" : `: ${formatShare(part)} of all ${formatCount(graph.transitions)} moves`;
  return `${all}${share}. ${describeRest(other)}`.trimEnd();
}
