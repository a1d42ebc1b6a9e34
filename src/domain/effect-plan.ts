/**
 * The plan of a measurement, written down before the change is switched on: what it holds, what is frozen from then on, how
 * far it is, and what is said of one that came late. What is asked is in effect.ts, how it is estimated in analysis/effect/.
 */
import { z } from "zod";
import { AppError } from "./app-error.ts";
import { type EffectQuestion, effectQuestionSchema } from "./effect.ts";
import { parseMoment, writeMoment } from "./moment.ts";

const number = z.number();

/** The KPI as it is without the change: what a unit shows in as long a time as it will be watched. */
export const effectBaselineSchema = z.object({
  /** In the metric's unit; shares as fractions. */
  value: number,
  /** Units, or periods of a series. */
  n: z.int(),
  low: number.nullable(),
  high: number.nullable(),
  /** Of one unit; null where the design has none. */
  variance: number.nullable(),
  /** The stretch that was read. ISO 8601, UTC. */
  from: z.string(),
  until: z.string(),
  measuredAt: z.string(),
  dataVersion: z.int(),
});
export type EffectBaseline = z.infer<typeof effectBaselineSchema>;

/** What can be seen, and how long it takes; null where it cannot be foreseen, and then there is a reason. */
export const foreseenPowerSchema = z.object({
  /** Asked for: the probability to see an effect of the least size worth having. */
  power: number,
  /** Of all arms together. */
  unitsNeeded: z.int().nullable(),
  unitsPerDay: number.nullable(),
  /** Until so many units have come and were watched. */
  days: number.nullable(),
  /** Whole weeks that hold these days. */
  weeks: number.nullable(),
  /** Of all arms together, by the stop date. */
  unitsByStop: z.int().nullable(),
  /** Seen with that power by the stop date; in the metric's unit. */
  smallestEffect: number.nullable(),
  /** Designs over time: what they showed on as long a time before, when nothing was changed. */
  rehearsed: z.object({ since: z.string(), until: z.string(), estimate: number, low: number, high: number }).optional(),
  reason: z.string().nullable(),
});
export type ForeseenPower = z.infer<typeof foreseenPowerSchema>;

/** @param reason why */
export function foreseeNothing(reason: string): ForeseenPower {
  const unknown = { unitsNeeded: null, unitsPerDay: null, days: null, weeks: null, unitsByStop: null };
  return { power: 0.8, ...unknown, smallestEffect: null, reason };
}

/** The numbers of one measurement, in the metric's unit; shares as fractions. */
export const effectMeasureSchema = z.object({
  measuredAt: z.string(),
  dataVersion: z.int(),
  verdict: z.string(),
  /** Units compared, or periods of a series. */
  n: z.int(),
  estimate: number,
  low: number,
  high: number,
  p: number,
  relative: z.object({ estimate: number, low: number, high: number }).nullable(),
});
export type EffectMeasure = z.infer<typeof effectMeasureSchema>;

const EFFECT_STATUSES = ["planned", "running", "ended"] as const;
export const effectStatusSchema = z.enum(EFFECT_STATUSES);
type EffectStatus = z.infer<typeof effectStatusSchema>;

export const effectPlanSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** Notes: why it is done, what is expected. */
  why: z.string().nullable(),
  /** The finding that it shall mend. */
  finding: z.int().nullable(),
  question: effectQuestionSchema,
  /** IANA name: the zone in which the question's days are read and its periods are cut. */
  zone: z.string(),
  /** The earliest switch-on. ISO 8601, UTC. */
  switchOn: z.string(),
  /** The stop date. ISO 8601, UTC. */
  until: z.string(),
  /** Null: there was nothing to measure it from. */
  baseline: effectBaselineSchema.nullable(),
  foreseen: foreseenPowerSchema,
  createdAt: z.string(),
  /** When the question was written down as it is. */
  registeredAt: z.string(),
  /** One a data version, the newest last. */
  measures: z.array(effectMeasureSchema),
  comments: z.array(z.object({ id: z.int(), at: z.string(), by: z.string().nullable(), text: z.string() })),
});
export type EffectPlan = z.infer<typeof effectPlanSchema>;

type Times = Pick<EffectPlan, "switchOn" | "until">;

/** A question that can be registered: it says when it starts, when it stops and what would be worth having. */
export const plannedQuestionSchema = effectQuestionSchema
  .refine(({ since, switchOn }) => since !== undefined || Object.keys(switchOn ?? {}).length > 0, {
    path: ["since"],
    error: "a plan needs the switch-on (since, or switchOn for each group)",
  })
  .refine(({ until }) => until !== undefined, {
    path: ["until"],
    error: "a plan needs a stop date (until): fixed beforehand, or the measurement ends when it looks best",
  })
  .refine(({ minEffect }) => minEffect > 0, {
    path: ["minEffect"],
    error: "a plan needs the least effect worth having, above 0, in the metric's unit (0.02 is two points of a share)",
  });

const invalid = (field: string, message: string) => new AppError("invalid", message, { field });

/** Times that every part of the system can hold. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0, 1), Date.UTC(3000, 0, 1)];

/**
 * The earliest switch-on and the stop date of a question, read in a zone.
 * @throws AppError invalid without one of them, and for a stop date that is not after the switch-on
 */
export function findTimes({ since, switchOn = {}, until }: EffectQuestion, zone: string): Times {
  const starts = [since, ...Object.values(switchOn)].flatMap((text) =>
    text === undefined ? [] : [parseMoment(text, zone)],
  );
  const [start, stop] = [Math.min(...starts), until === undefined ? Number.NaN : parseMoment(until, zone)];
  if (!(start >= EARLIEST && start < LATEST)) throw invalid("since", "A plan needs a switch-on from 1970 to 2999.");
  if (!(stop >= EARLIEST && stop < LATEST)) throw invalid("until", "A plan needs a stop date from 1970 to 2999.");
  if (stop <= start) throw invalid("until", "The stop date must be after the switch-on.");
  return { switchOn: new Date(start).toISOString(), until: new Date(stop).toISOString() };
}

/** Since when nothing of what is measured may change: the switch-on, or the registration of one that came late. */
export function findFrozen({ switchOn, registeredAt }: Pick<EffectPlan, "switchOn" | "registeredAt">, now: Date) {
  if (now.getTime() < Date.parse(switchOn)) return null;
  return Date.parse(registeredAt) > Date.parse(switchOn) ? registeredAt : switchOn;
}

/**
 * @param what is refused: a sentence without its stop
 * @throws AppError conflict from the switch-on of the plan on
 */
export function refuseFrozen(
  plan: Pick<EffectPlan, "id" | "zone" | "switchOn" | "registeredAt">,
  now: Date,
  what: string,
): void {
  const frozenAt = findFrozen(plan, now);
  if (frozenAt === null) return;
  const day = writeMoment(plan.switchOn, plan.zone);
  throw new AppError(
    "conflict",
    `Effect ${plan.id} is frozen since its switch-on, ${day}: ${what}. Its name, notes and comments may still change.`,
    { effect: plan.id, frozenAt },
  );
}

/** What is refused when a question, a baseline or a power would change. */
export const FROZEN_QUESTION = "nothing of what is measured may change";

const DAY_MS = 86_400_000;

/** Whether the data hold what happened up to the stop date: there is an event on the last day before it, or later. */
export function reachesStop(until: string, lastEvent: string | null): boolean {
  return lastEvent !== null && Date.parse(lastEvent) >= Date.parse(until) - DAY_MS;
}

/** It is over once the clock and the data have passed the stop date. @param lastEvent null without data */
export function findStatus({ switchOn, until }: Times, now: Date, lastEvent: string | null): EffectStatus {
  if (now.getTime() < Date.parse(switchOn)) return "planned";
  return now.getTime() >= Date.parse(until) && reachesStop(until, lastEvent) ? "ended" : "running";
}

const SPANS = [
  ["year", 365.25 * DAY_MS],
  ["month", 30.44 * DAY_MS],
  ["day", DAY_MS],
  ["hour", DAY_MS / 24],
  ["minute", 60_000],
] as const;

/** "3 months", of two units at least where it can be, so that it is not rounded by half. @example describeSpan(90 · 86,400,000) */
export function describeSpan(ms: number): string {
  const [unit, size] = SPANS.find(([, length]) => ms >= 2 * length) ?? ["minute", 60_000];
  const count = Math.max(1, Math.round(ms / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A check of the report: whether the plan stood before the change did. It blocks no verdict, and is said forever. */
export function checkRegistered(plan: Times & Pick<EffectPlan, "zone" | "registeredAt">) {
  const { registeredAt, switchOn, until, zone } = plan;
  const ahead = Date.parse(switchOn) - Date.parse(registeredAt);
  const [day, span] = [writeMoment(registeredAt, zone).slice(0, 10), describeSpan(Math.abs(ahead))];
  if (ahead > 0)
    return { id: "registered", passed: true, detail: `Registered on ${day}, ${span} before the switch-on.` };
  const after = Date.parse(registeredAt) >= Date.parse(until) ? ", and after the stop date" : "";
  const detail = `Registered on ${day}, ${span} after the switch-on${after}: whoever planned it could know what had happened by then.`;
  return { id: "registered", passed: false, detail };
}

/** The same check for a question that nobody registered. */
export const UNREGISTERED = {
  ...{ id: "registered", passed: false },
  detail:
    "Not registered: what is measured, and what would be worth having, was not fixed beforehand. Plan the next one before its switch-on.",
} as const;
