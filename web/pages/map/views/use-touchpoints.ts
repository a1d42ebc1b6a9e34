/**
 * The catalogue in components: which stage a touchpoint belongs to, its colour, and the names to choose from.
 * Editing the catalogue is the page collect/touchpoints.
 */
import { useMemo } from "react";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { stageColor } from "../../../theme.ts";

type Touchpoint = Answer<"touchpoints">["touchpoints"][number];

export interface Touchpoints {
  /** By name. */
  readonly names: readonly string[];
  readonly stageOf: (touchpoint: string) => string | null;
  readonly colorOf: (touchpoint: string) => string;
  /** Whether the event counts as an order. */
  readonly isOrder: (touchpoint: string) => boolean;
  readonly known: boolean;
}

const NOTHING: readonly Touchpoint[] = [];

export function useTouchpoints(): Touchpoints {
  const { data } = useAnswer("touchpoints", {});
  return useMemo(() => {
    const all = data?.touchpoints ?? NOTHING;
    const byName = new Map(all.map((touchpoint) => [touchpoint.name, touchpoint]));
    const stageOf = (name: string) => byName.get(name)?.stage ?? null;
    return {
      names: all.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
      stageOf,
      colorOf: (name) => stageColor(stageOf(name)),
      isOrder: (name) => byName.get(name)?.role === "order",
      known: data !== undefined,
    };
  }, [data]);
}
