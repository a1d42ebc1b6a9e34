/**
 * The outcome a page begins with: the order, or else where most journeys end; and all outcomes that can be chosen.
 * It is a proposal that people change; nothing is counted here.
 */
import { useMemo } from "react";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { quote } from "../../../scope/filter-text.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { type Touchpoints, useTouchpoints } from "../../map/views/use-touchpoints.ts";
import type { Of } from "./effect-words.ts";

type Node = Pick<Answer<"map">["nodes"][number], "touchpoint" | "journeys" | "ends" | "score">;

export interface AskedOutcome {
  readonly outcome: string;
  readonly of?: Exclude<Of, null> | undefined;
}

export interface OutcomeChoice extends AskedOutcome {
  readonly group: "It is reached" | "What comes after" | "How it is answered";
  readonly label: string;
}

export function goalExpression(touchpoint: string): string {
  return `touchpoint = ${quote(touchpoint)}`;
}

/** The order that most journeys have; without orders, the touchpoint where most journeys end. */
export function proposeOutcome(nodes: readonly Node[], isOrder: Touchpoints["isOrder"]): string | undefined {
  const orders = nodes.filter(({ touchpoint }) => isOrder(touchpoint)).toSorted((a, b) => b.journeys - a.journeys);
  const [goal] = orders.length > 0 ? orders : nodes.toSorted((a, b) => b.ends - a.ends);
  return goal && goalExpression(goal.touchpoint);
}

/** Every outcome to choose from: the commonest touchpoints first, then what comes after, then answers with a score. */
export function listOutcomes(nodes: readonly Node[], isOrder: Touchpoints["isOrder"]): OutcomeChoice[] {
  const common = nodes.toSorted((a, b) => b.journeys - a.journeys);
  const scored = common.filter(({ score }) => score !== null);
  const orders = common.some(({ touchpoint }) => isOrder(touchpoint));
  return [
    ...common.map(({ touchpoint }) => ({
      group: "It is reached" as const,
      label: touchpoint,
      outcome: goalExpression(touchpoint),
    })),
    ...(orders ? [{ group: "What comes after" as const, label: "Buying again", outcome: "repurchase" }] : []),
    { group: "What comes after", label: "Falling silent", outcome: "silence" },
    ...scored.flatMap(({ touchpoint, score }): OutcomeChoice[] => {
      const shared = { group: "How it is answered" as const, outcome: goalExpression(touchpoint) };
      const choice = { ...shared, label: `Score of ${touchpoint}`, of: "score" as const };
      return score?.scale === "0-10" ? [choice, { ...shared, label: `NPS of ${touchpoint}`, of: "nps" }] : [choice];
    }),
  ];
}

/** What is asked about, and what could be; undefined outcome while it is not known, or when nothing is there. */
export function useOutcome(said: { readonly outcome?: string | undefined; readonly of?: AskedOutcome["of"] }) {
  const { input } = useScope();
  const { isOrder, known } = useTouchpoints();
  const map = useAnswer("map", input);
  const nodes = map.data?.nodes;
  const choices = useMemo(() => (nodes ? listOutcomes(nodes, isOrder) : []), [nodes, isOrder]);
  const proposed = useMemo(
    () => (nodes && known ? proposeOutcome(nodes, isOrder) : undefined),
    [nodes, known, isOrder],
  );
  const outcome = said.outcome ?? proposed;
  const asked: AskedOutcome | undefined =
    outcome === undefined ? undefined : { outcome, ...(said.outcome !== undefined && said.of ? { of: said.of } : {}) };
  return { map, choices, asked };
}
