/**
 * The KPI as it is before a change: what a unit shows in as long a time as it will be watched, and how many units a day come.
 * What that lets one foresee is in foresee-effect.ts; the effect itself is measured by measure-effect.ts.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { PERSON } from "../../domain/journey-definition.ts";
import { parseMoment } from "../../domain/moment.ts";
import { meanOfArm, mergeMoments, shareOfArm } from "../../stats/arm-moments.ts";
import { adjustForBefore } from "../../stats/cuped.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import { estimateShare } from "../../stats/proportion.ts";
import { studentQuantile } from "../../stats/quantile.ts";
import { ratioOfArm } from "../../stats/ratio-metric.ts";
import { type AnalysisContext, seeHidden } from "../context.ts";
import { readDataExtent } from "../data-extent.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { CollectedArm } from "./collect-arms.ts";
import { chooseColumns, keepColumns, readArms } from "./event-arms.ts";
import { findTeller, POOLED } from "./event-assignment.ts";
import { isoOf } from "./event-stop.ts";
import { type CompiledUnits, compileUnits } from "./event-units.ts";
import { measurePeriodBaseline, type PeriodBaseline } from "./series-baseline.ts";

const DAY_MS = 86_400_000;

/** How long is looked back where the question does not say how long will be measured. */
const USUAL_MS = 28 * DAY_MS;

/** Two units are the least that show a spread. */
const LEAST_UNITS = 2;

export interface MeasuredBaseline {
  /** In the metric's unit; shares as fractions. */
  readonly value: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
  /** Of one unit; of a ratio, of its linear form. */
  readonly variance: number;
  /** Whether the value is a share of units, with the variance p(1 − p). */
  readonly share: boolean;
  /** With the same metric of the time before; 0 where that tells nothing or must not be used. */
  readonly correlation: number;
  /** The part of the units that the question's treatment holds already; null where that is not known. */
  readonly treatmentShare: number | null;
  /** Units that take part from the first day on, and new ones a day. */
  readonly known: number;
  readonly unitsPerDay: number;
  /** How long the measurement is planned to be, and the time from which the baseline is; null: no plan. */
  readonly plannedMs: number | null;
  readonly watchedMs: number;
  /** The stretch that was read: ISO, UTC. */
  readonly from: string;
  readonly until: string;
}

interface Stretch {
  readonly since: number;
  readonly until: number;
  readonly from: number | null;
  readonly plannedMs: number | null;
  /** Whether units come one by one, each with a time zero of its own. */
  readonly oneByOne: boolean;
}

/** The last stretch before the switch-on, as long as is planned, or as there are data. */
async function findStretch(context: AnalysisContext, question: EffectQuestion): Promise<Stretch | null> {
  const { first, last } = await readDataExtent(context);
  if (first === null || last === null) return null;
  const moment = (text: string) => parseMoment(text, context.zone);
  const starts = [question.since, ...Object.values(question.switchOn ?? {})].flatMap((text) =>
    text === undefined ? [] : [moment(text)],
  );
  const switchOn = starts.length > 0 ? Math.min(...starts) : null;
  const until = Math.min(switchOn ?? Number.POSITIVE_INFINITY, Date.parse(last) + 1);
  const from = question.from === undefined ? null : moment(question.from);
  const room = until - Math.max(Date.parse(first), from ?? Number.NEGATIVE_INFINITY);
  if (room <= 0) return null;
  const plannedMs = switchOn === null || question.until === undefined ? null : moment(question.until) - switchOn;
  // Where later events will tell the arms, and nothing says which, anybody may be among them.
  const oneByOne = question.at !== undefined || question.unit !== PERSON;
  const { withinMs } = question;
  const wanted = oneByOne ? (plannedMs ?? USUAL_MS + (withinMs ?? 0)) : (withinMs ?? plannedMs ?? USUAL_MS);
  return { since: until - Math.min(wanted, room), until, from, plannedMs, oneByOne };
}

interface Units {
  readonly whole: CollectedArm;
  readonly labels: readonly string[];
  readonly treatmentShare: number | null;
  readonly open: number;
}

/** All units of the question's arms as one. */
async function readUnits(context: AnalysisContext, units: CompiledUnits, pooled: boolean): Promise<Units | null> {
  const found = await readArms(context, units);
  const { open } = found;
  if (pooled) {
    const whole = found.arms.get(POOLED);
    return whole ? { whole, labels: [POOLED], treatmentShare: null, open } : null;
  }
  const { control, treatment } = units.choose(found.labels);
  const [a, b] = [found.arms.get(control.label), found.arms.get(treatment.label)];
  if (!a || !b) return null;
  const whole = {
    name: POOLED,
    moments: mergeMoments(a.moments, b.moments),
    hits: a.hits === null || b.hits === null ? null : a.hits + b.hits,
  };
  const treatmentShare = b.moments.n / whole.moments.n;
  return { whole, labels: [control.label, treatment.label], treatmentShare, open };
}

/** Units whose first event lies in the stretch: as many come new. */
async function countNew(
  context: AnalysisContext,
  { frame, read }: CompiledUnits,
  labels: readonly string[],
  since: number,
): Promise<number> {
  const { with: aliases, from, where } = read();
  const [row] = await context.store.query<{ units: number }>(
    `WITH ${aliases}
SELECT toFloat64(countIf(at[1] >= ${frame.bag.bind(since, "Int64")})) AS units
FROM ${from}
WHERE ${where} AND has(${frame.bag.bind(labels, "Array(String)")}, arm)`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row?.units ?? 0;
}

type Level = Pick<MeasuredBaseline, "value" | "n" | "low" | "high" | "variance" | "share">;

/** @returns null where there is nothing to divide by */
function describeLevel({ moments, hits }: CollectedArm, confidence: number): Level | null {
  const { n } = moments;
  if (hits !== null && moments.columns.length === 1) {
    const { mean, variance } = shareOfArm(hits, n);
    const estimate = estimateShare(hits, n, confidence);
    if (!("low" in estimate)) return null;
    return { value: mean, n, low: estimate.low, high: estimate.high, variance, share: true };
  }
  const arm = moments.columns.includes("denominator") ? ratioOfArm(moments) : meanOfArm(moments);
  if (isNoAnswer(arm)) return null;
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(arm.variance / n);
  return { value: arm.mean, n, low: arm.mean - half, high: arm.mean + half, variance: arm.variance, share: false };
}

/** Of value and time before, from the units as one arm; 0 where it tells nothing. */
function correlate(whole: CollectedArm): number {
  const columns = chooseColumns(whole, whole);
  if (!columns.includes("before")) return 0;
  const [a, b] = keepColumns([whole, whole], columns);
  const adjusted = adjustForBefore(a.moments, b.moments);
  return isNoAnswer(adjusted) ? 0 : adjusted.correlation;
}

/** The level is said without the columns from before. */
function levelOf(whole: CollectedArm, confidence: number): Level | null {
  const now = whole.moments.columns.filter((column) => column === "value" || column === "denominator");
  const [plain] = keepColumns([whole, whole], now);
  return describeLevel(plain, confidence);
}

/** A series has no units that come, and nothing is foreseen of it. */
function describePeriods(periods: PeriodBaseline | null): MeasuredBaseline | null {
  if (periods === null) return null;
  const nobody = { share: false, correlation: 0, treatmentShare: null, known: 0, unitsPerDay: 0, plannedMs: null };
  return { ...periods, ...nobody, watchedMs: Date.parse(periods.until) - Date.parse(periods.from) };
}

/**
 * The metric before the switch-on, over the last stretch as long as the measurement is planned (four weeks without a plan, or as
 * much as there is), of the units that would take part. Arms that only future events tell apart are taken together. Of a series, the mean of its whole periods.
 * @returns null where nothing is known from before: no events, fewer than two units, nothing to divide by
 * @throws AppError invalid (expressions, arms that are not clear), not-found (touchpoint, object type)
 */
export async function measureBaseline(
  context: AnalysisContext,
  question: EffectQuestion,
): Promise<MeasuredBaseline | null> {
  const workspace = seeHidden(context);
  if (question.design === "series") return describePeriods(await measurePeriodBaseline(workspace, question));
  if (question.unit === "day") return null;
  const stretch = await findStretch(workspace, question);
  if (stretch === null) return null;
  const { since, until, from, plannedMs, oneByOne } = stretch;
  const teller = findTeller(question);
  const told = question.design === "randomised" && (question.audience !== undefined || teller?.kind === "customer");
  const units = compileUnits(workspace, question, { since, until, from }, !told);
  const found = await readUnits(workspace, units, !told);
  if (found === null || found.whole.moments.n < LEAST_UNITS) return null;
  const level = levelOf(found.whole, question.confidence);
  if (level === null) return null;
  const days = (until - since) / DAY_MS;
  const fresh = oneByOne ? level.n + found.open : await countNew(workspace, units, found.labels, since);
  return {
    ...level,
    correlation: question.adjust ? correlate(found.whole) : 0,
    treatmentShare: found.treatmentShare,
    known: oneByOne ? 0 : Math.max(0, level.n - fresh),
    unitsPerDay: fresh / days,
    plannedMs,
    watchedMs: question.withinMs === undefined ? until - since : question.withinMs,
    from: isoOf(since),
    until: isoOf(until),
  };
}
