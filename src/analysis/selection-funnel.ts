/**
 * Selections by a funnel: who reaches a step, who stops there, and who went where instead.
 * The matching itself is the funnel's; nothing is counted here.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { funnelQuerySchema, parseSteps, stepAliases } from "./funnel.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { NOBODY, type SelectionPart, spreadUnits, sumByUnit } from "./selection-part.ts";

const { steps, per, withinMs, strict } = funnelQuerySchema.shape;

export const funnelSelectionSchema = z.object({
  kind: z.literal("funnel"),
  steps,
  per,
  withinMs,
  strict,
  /** Index of the step, from 0. */
  reached: z.int().min(0).max(19),
  /** Only those who do not reach the next required step. */
  stopped: z.boolean().optional(),
  /** Of those who stopped: where they went right after the step's last event; null: nowhere, the journey ended. */
  next: z.string().min(1).nullable().optional(),
});
export type FunnelSelection = z.output<typeof funnelSelectionSchema>;

/** Per unit, how many events match a step. */
function hitsOf(step: number): string {
  return sumByUnit(`arrayMap(began -> toUInt8(began > 0), reached${step})`);
}

/** Marks on the last event of each unit that matches the step, where it is followed as asked. */
function followedBy(context: AnalysisContext, frame: JourneyFrame, next: string | null): string {
  const last = "hit AND seen = hits";
  const seen = "arrayCumSum(stepHits)";
  // The sum runs on over the units of a row: what it is at a unit's end, it is at the unit's last match.
  const hits = spreadUnits(`arrayFilter((total, last) -> last, ${seen}, unitLasts)`);
  if (next === null)
    return `arrayMap((hit, seen, hits, end) -> toUInt8(${last} AND end), stepHits, ${seen}, ${hits}, unitLasts)`;
  const id = frame.bag.bind(findTouchpoint(next, context.touchpoints, "the selection").id, "UInt16");
  const after = "arrayPopFront(arrayPushBack(ids, toUInt16(0)))";
  return `arrayMap((hit, seen, hits, end, after) -> toUInt8(${last} AND NOT end AND after = ${id}), stepHits, ${seen}, ${hits}, unitLasts, ${after})`;
}

/** @throws AppError not-found (touchpoint), invalid (steps, or a step that is not there) */
export function selectByFunnel(context: AnalysisContext, frame: JourneyFrame, select: FunnelSelection): SelectionPart {
  const parsed = parseSteps(select.steps, context.touchpoints);
  const { reached, next } = select;
  if (reached >= parsed.length)
    throw new AppError("invalid", `The funnel has ${parsed.length} steps; there is none with the index ${reached}.`, {
      field: "reached",
    });
  const matches = stepAliases(frame, parsed, select);
  if (!select.stopped && next === undefined)
    return { aliases: matches, choice: { marks: `arrayMap(began -> toUInt8(began > 0), reached${reached})` } };
  const required = parsed.findIndex(({ optional }, index) => index > reached && !optional);
  // Behind the last required step nothing is missed.
  if (required === -1) return { aliases: matches, choice: NOBODY.choice };
  const aliases = [...matches, `arrayMap(began -> toUInt8(began > 0), reached${reached}) AS stepHits`];
  const chosen = next === undefined ? sumByUnit("stepHits") : sumByUnit(followedBy(context, frame, next));
  return {
    aliases,
    choice: { picks: `arrayMap((here, onward) -> toUInt8(here > 0 AND onward = 0), ${chosen}, ${hitsOf(required)})` },
  };
}
