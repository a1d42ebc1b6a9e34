/**
 * Where a measurement on events ends, and whether it was read before its time.
 * What lies before the switch-on is each design's own matter.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { reachesStop } from "../../domain/effect-plan.ts";
import { parseMoment } from "../../domain/moment.ts";
import type { AnalysisContext } from "../context.ts";
import { findEndOfData } from "../kpi-frame.ts";
import type { EffectReport } from "./effect-report.ts";

/** Milliseconds since 1970. */
export interface EffectStop {
  /** The last event of the workspace, whatever the filter: up to here everybody is observed. */
  readonly endOfData: number;
  /** The stop date, if one is set. */
  readonly planned: number | null;
  /** The first moment that no longer counts: the stop date, or just after the last event, whichever comes first. */
  readonly until: number;
}

/** @returns null without any event */
export async function findStop(
  context: AnalysisContext,
  question: Pick<EffectQuestion, "until">,
): Promise<EffectStop | null> {
  const endOfData = await findEndOfData(context);
  if (endOfData === null) return null;
  const planned = question.until === undefined ? null : parseMoment(question.until, context.zone);
  return { endOfData, planned, until: Math.min(planned ?? Number.POSITIVE_INFINITY, endOfData + 1) };
}

export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * The check `stop-date`, which blocks the verdict; none where no stop date is set.
 * @param peeking whether the interval holds at every look; null: the design has none that does
 */
export function checkStopDate(
  { planned, endOfData }: EffectStop,
  { peeking }: { readonly peeking: boolean | null },
): EffectReport["checks"] {
  if (planned === null) return [];
  const reached = reachesStop(isoOf(planned), isoOf(endOfData));
  const early = `The data end ${isoOf(endOfData)}, before the stop date ${isoOf(planned)}`;
  const detail = reached
    ? `The data reach the stop date ${isoOf(planned)}.`
    : peeking
      ? `${early}; the interval holds at every look.`
      : `${early}: wait for it${peeking === null ? "" : ", or ask for an interval that holds at every look (peeking)"}.`;
  return [{ id: "stop-date", passed: reached || peeking === true, detail }];
}
