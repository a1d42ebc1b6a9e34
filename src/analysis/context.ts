/**
 * What every analysis is given: the event store, the catalogue, and the workspace's conventions.
 * Analyses read nothing else: no clock but the stopwatch they are handed, no environment, no state.
 */
import type { HandlingCost } from "../domain/friction.ts";
import type { PromiseTarget } from "../domain/promise.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { EventStore } from "../store/event-store.ts";

export interface AnalysisContext {
  readonly store: EventStore;
  readonly touchpoints: readonly Touchpoint[];
  /** Object types that events carry: case, session, order … */
  readonly objectTypes: readonly string[];
  /** Used when a query names no journey. */
  readonly defaultJourney: string;
  /** IANA zone in which days are counted. */
  readonly zone: string;
  /** The workspace's main currency; "" when no event names one. */
  readonly currency: string;
  /** Targets that somebody set for a property of a touchpoint. */
  readonly promises?: readonly PromiseTarget[];
  /** What handling one event of a touchpoint costs, under the name it had when that was set. */
  readonly handlingCosts?: readonly HandlingCost[];
  /** Milliseconds of a running clock, to tell how long a computation took; without it that is 0. It decides nothing. */
  readonly stopwatch?: () => number;
  /** Relation with the columns of `journeys`; the two-shard test puts a distributed one here. */
  readonly source: "journeys" | "journeys_on_shards";
}

/** The same context with nothing hidden: for numbers that count whatever happened, such as KPIs and retention. */
export function seeHidden(context: AnalysisContext): AnalysisContext {
  return { ...context, touchpoints: context.touchpoints.map((touchpoint) => ({ ...touchpoint, hidden: false })) };
}
