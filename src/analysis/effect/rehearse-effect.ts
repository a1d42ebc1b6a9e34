/**
 * Asked before a change whose groups are followed over time: what would the design have seen, had the same change been
 * switched on earlier, when nothing was changed? Its interval then says how small an effect can be seen.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { parseMoment } from "../../domain/moment.ts";
import type { AnalysisContext } from "../context.ts";
import { readDataExtent } from "../data-extent.ts";
import { isoOf } from "./event-stop.ts";
import { measureEffect } from "./measure-effect.ts";

/** As long as planned, twice and four times as long: more past than that few have. */
const MOST_TRIES = 3;

/** The design on a stretch before the change. */
export interface Rehearsal {
  /** Pretended switch-on and stop. ISO 8601, UTC. */
  readonly since: string;
  readonly until: string;
  readonly ms: number;
  readonly n: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

interface Timing {
  readonly switchOn: number;
  readonly plannedMs: number;
  /** What lies before it is unchanged. */
  readonly end: number;
  /** The first event. */
  readonly first: number;
}

async function readTiming(context: AnalysisContext, question: EffectQuestion): Promise<Timing | string> {
  const moment = (text: string) => parseMoment(text, context.zone);
  const starts = [question.since, ...Object.values(question.switchOn ?? {})].flatMap((text) =>
    text === undefined ? [] : [moment(text)],
  );
  if (starts.length === 0 || question.until === undefined)
    return "Say the switch-on and the stop date: how long is measured decides what can be seen.";
  const { first, last } = await readDataExtent(context);
  if (first === null || last === null) return "Nothing is known from before the switch-on, so nothing can be foreseen.";
  const switchOn = Math.min(...starts);
  const plannedMs = moment(question.until) - switchOn;
  if (plannedMs <= 0) return "The stop date must be after the switch-on.";
  return { switchOn, plannedMs, end: Math.min(switchOn, Date.parse(last) + 1), first: Date.parse(first) };
}

/** The question with its switch-ons moved so that it ends where the unchanged time does. */
function moveBack(question: EffectQuestion, { switchOn, end }: Timing, ms: number, zone: string): EffectQuestion {
  const move = (text: string) => isoOf(parseMoment(text, zone) - switchOn + end - ms);
  const { since, switchOn: starts, ...rest } = question;
  return {
    ...rest,
    ...(since === undefined ? {} : { since: move(since) }),
    ...(starts === undefined
      ? {}
      : { switchOn: Object.fromEntries(Object.entries(starts).map(([value, text]) => [value, move(text)])) }),
    until: isoOf(end),
  };
}

/**
 * Tries the design on the time before, as long as is planned, then on longer stretches until `sees` says that one shows enough.
 * @returns the tries, the shortest first; or why there is none
 * @throws AppError not-found (touchpoint, object type)
 */
export async function rehearseEffect(
  context: AnalysisContext,
  question: EffectQuestion,
  sees: (rehearsal: Rehearsal) => boolean,
): Promise<readonly Rehearsal[] | string> {
  const timing = await readTiming(context, question);
  if (typeof timing === "string") return timing;
  const { plannedMs, end, first } = timing;
  if (end - plannedMs <= first)
    return "Less time lies before than is planned to be measured, so the design cannot be tried on it and nothing can be foreseen.";
  const tries: Rehearsal[] = [];
  for (let ms = plannedMs; tries.length < MOST_TRIES && end - ms > first; ms *= 2) {
    try {
      const { n, estimate, low, high } = await measureEffect(context, moveBack(question, timing, ms, context.zone));
      const rehearsal = { since: isoOf(end - ms), until: isoOf(end), ms, n, estimate, low, high };
      tries.push(rehearsal);
      if (sees(rehearsal)) break;
    } catch (error) {
      // Too little lies before so long a stretch.
      if (!(error instanceof AppError && error.code === "invalid")) throw error;
      if (tries.length > 0) break;
      return `The design cannot be tried on the time before, so nothing can be foreseen. ${error.message}`;
    }
  }
  return tries;
}
