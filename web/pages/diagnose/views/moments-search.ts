/**
 * What of the Diagnose pages stands in the address: the outcome, its window, its worth; and which candidate is open.
 * From it the questions are made; the outcome to begin with is proposed by default-outcome.ts.
 */
import { z } from "zod";
import type { Input } from "../../../api/types.ts";
import type { ScopeInput } from "../../../scope/scope.ts";
import { readWithin } from "../../map/funnel/funnel-search.ts";

const text = z.string().min(1).optional().catch(undefined);

export const momentsSearchSchema = z.object({
  /** An expression, "repurchase" or "silence"; absent: the proposed one. */
  outcome: text,
  of: z.enum(["score", "nps"]).optional().catch(undefined),
  within: z
    .string()
    .refine((words) => readWithin(words) !== undefined)
    .catch("30d"),
  /** Of one outcome, in the workspace's currency. */
  worth: z.coerce.number().min(0).optional().catch(undefined),
  contrast: z.enum(["presence", "experience", "both"]).catch("both"),
  /** The touchpoint that is selected on the map. */
  node: z.coerce.string().optional().catch(undefined),
});
export type MomentsSearch = z.output<typeof momentsSearchSchema>;

export const momentSearchSchema = momentsSearchSchema.omit({ node: true, contrast: true }).extend({
  touchpoint: z.coerce.string().min(1).optional().catch(undefined),
  contrast: z.enum(["presence", "experience"]).catch("presence"),
  property: text,
  bad: text,
  /** The trait that segments are made by. */
  segment: text,
});
export type MomentSearch = z.output<typeof momentSearchSchema>;

/** The asked outcome as parameters of any address of these pages. */
export function outcomeParameters({
  outcome,
  of,
  within,
  worth,
}: Pick<MomentsSearch, "outcome" | "of" | "within" | "worth">) {
  return { outcome, of, within: within === "30d" ? undefined : within, worth };
}

interface Asked {
  readonly outcome: string;
  readonly of?: MomentsSearch["of"];
}

function common(scope: ScopeInput, { outcome, of }: Asked, { within, worth }: Pick<MomentsSearch, "within" | "worth">) {
  const withinMs = readWithin(within);
  return {
    ...scope,
    outcome,
    ...(withinMs === undefined ? {} : { withinMs }),
    ...(of ? { of } : {}),
    ...(worth === undefined || of ? {} : { worth }),
  };
}

export function momentsQuestion(scope: ScopeInput, asked: Asked, search: MomentsSearch): Input<"moments"> {
  return { ...common(scope, asked, search), ...(search.contrast === "both" ? {} : { contrast: search.contrast }) };
}

export function momentQuestion(scope: ScopeInput, asked: Asked, search: MomentSearch): Input<"moment"> {
  const { touchpoint = "", contrast, property, bad, segment } = search;
  return {
    ...common(scope, asked, search),
    touchpoint,
    contrast,
    ...(property === undefined ? {} : { property }),
    ...(bad === undefined ? {} : { bad }),
    ...(segment === undefined ? {} : { segment }),
  };
}
