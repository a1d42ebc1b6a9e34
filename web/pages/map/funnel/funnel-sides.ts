/**
 * One or two funnels side by side, step by step: what the bars, the table and the picture are made of.
 * Counts, shares and intervals are the API's; how the sides differ is left to the reader of both intervals.
 */
import type { Answer } from "../../../api/types.ts";
import type { ScopeInput } from "../../../scope/scope.ts";
import type { BehindTarget } from "../../../ui/behind.tsx";
import { type FunnelView, readWithin } from "./funnel-search.ts";

export type FunnelAnswer = Answer<"funnel">;
export type FunnelAnswerStep = FunnelAnswer["steps"][number];

export interface FunnelSide {
  readonly label: string;
  readonly answer: FunnelAnswer;
  /** Undefined: the page's own scope. */
  readonly scope: Omit<ScopeInput, "journey"> | undefined;
}

/** The funnel as the API's question names it. */
export function funnelQuestion(steps: readonly string[], { per, within, strict }: Omit<FunnelView, "steps">) {
  const withinMs = within === undefined ? undefined : readWithin(within);
  return { steps: [...steps], per, strict, ...(withinMs === undefined ? {} : { withinMs }) };
}
export type FunnelQuestion = ReturnType<typeof funnelQuestion>;

interface Place {
  readonly reached: number;
  readonly stopped?: boolean;
  readonly next?: string | null;
}

/** Who stands behind a number of the funnel. */
export function selectFunnel(
  question: FunnelQuestion,
  place: Place,
  touchpoint: string,
  scope?: FunnelSide["scope"],
): BehindTarget {
  const noun = question.per === "customer" ? "Customers" : "Journeys";
  const rest =
    place.next === undefined
      ? place.stopped
        ? `stop at ${touchpoint}`
        : `reach ${touchpoint}`
      : place.next === null
        ? `end at ${touchpoint}`
        : `go from ${touchpoint} to ${place.next} instead`;
  return {
    title: `${noun} that ${rest}`,
    select: { kind: "funnel", ...question, ...place },
    ...(scope === undefined ? {} : { scope }),
  };
}
