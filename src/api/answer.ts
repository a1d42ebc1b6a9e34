/**
 * Answers of analyses: each carries what it rests on (filter, time zone, data version) and is kept, so that the second
 * look at the same question is immediate. What is asked and computed is in analysis/.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { AnalysisContext } from "../analysis/context.ts";
import { HANDLING_COSTS_SETTING, type HandlingCost } from "../domain/friction.ts";
import { PROMISES_SETTING, type PromiseTarget } from "../domain/promise.ts";
import type { Platform } from "../platform.ts";
import { stopWith } from "./stop-with.ts";
import { BUILD, VERSION } from "./version.ts";

/** The part of a question that keeps events and journeys out. */
export interface Scope {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly outside?: boolean | undefined;
  readonly where?: string | undefined;
}

/** What every answer names besides its own numbers. */
export const basisSchema = z.object({
  zone: z.string(),
  filter: z.object({
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** Whether the period is the one left out. */
    outside: z.boolean(),
    where: z.string().nullable(),
  }),
  dataVersion: z.int(),
});
export type Basis = z.infer<typeof basisSchema>;

/** The whole answer is "not enough data": said with the number there is and the number it takes. */
export const insufficiencySchema = z.object({
  status: z.literal("insufficient-data"),
  reason: z.string(),
  n: z.int(),
  required: z.int(),
});
export type Insufficiency = z.infer<typeof insufficiencySchema>;

/** The workspace's conventions, as analyses need them. */
export async function readContext({ state, events }: Platform): Promise<AnalysisContext> {
  const [touchpoints, zone, defaultJourney, currency, objectTypes, promises, handlingCosts] = await Promise.all([
    state.listTouchpoints(),
    state.getSetting<string>("zone"),
    state.getSetting<string>("defaultJourney"),
    state.getSetting<string>("currency"),
    state.getSetting<readonly string[]>("objectTypes"),
    state.getSetting<readonly PromiseTarget[]>(PROMISES_SETTING),
    state.getSetting<readonly HandlingCost[]>(HANDLING_COSTS_SETTING),
  ]);
  return {
    store: events,
    touchpoints,
    objectTypes: objectTypes ?? [],
    defaultJourney: defaultJourney ?? "life",
    zone: zone ?? "UTC",
    currency: currency ?? "",
    promises: promises ?? [],
    handlingCosts: handlingCosts ?? [],
    stopwatch: () => performance.now(),
    source: "journeys",
  };
}

/** One key a question: equal questions, however spelled by the caller, have equal keys. */
function keyOf(name: string, query: unknown): string {
  const text = JSON.stringify([VERSION, BUILD, name, query]);
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The stored answer to a question, or a fresh one, which is then stored.
 * The version is read first: data that changes meanwhile leaves an answer nobody will ask for.
 * @param signal ends the engine's work when nobody waits for the answer
 */
export async function answer<Query extends object, Report extends object>(
  platform: Platform,
  name: string,
  query: Query & Scope,
  analyze: (context: AnalysisContext, query: Query) => Promise<Report>,
  signal: AbortSignal,
): Promise<Report & Basis> {
  const dataVersion = await platform.state.dataVersion();
  const key = keyOf(name, query);
  const stored = await platform.state.getResult(key, dataVersion);
  if (stored !== undefined) return stored as Report & Basis;
  const context = await readContext(platform);
  const report = await analyze({ ...context, store: stopWith(context.store, signal) }, query);
  const { from = null, to = null, outside = false, where = null } = query;
  const whole = { ...report, zone: context.zone, filter: { from, to, outside, where }, dataVersion };
  await platform.state.putResult(key, dataVersion, whole);
  return whole;
}
