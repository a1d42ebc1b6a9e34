/**
 * Dated incidents: weeks in which a friction came more often than ever else, in whom, by how much, and what that cost.
 * It says when, not why; what a friction costs in all other weeks is in pain-points.ts.
 */
import { isHandled } from "../../domain/friction.ts";
import type { CostAmount, UncertainNumber } from "../../stats/friction-cost.ts";
import { normalQuantile } from "../../stats/quantile.ts";
import { scanSeries } from "../../stats/scan-statistic.ts";
import { openSeededRandom } from "../../stats/seeded-random.ts";
import { dayToDate } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { MomentSurvey } from "../moment-survey.ts";
import type { PainPoint } from "../pain-points-schema.ts";
import { type ChosenIncident, chooseIncidents, countWindow, measureExcess, toScanSeries } from "./incident-choice.ts";
import { countIncidents, type IncidentCount } from "./incident-count.ts";
import { describeSegment, findIncidentProperties } from "./incident-segments.ts";
import { harmOf, isExit, type MeasuredFriction, type PainRules } from "./measured-friction.ts";
import { readWeeklyCounts, type WeeklySeries } from "./weekly-counts.ts";

export interface IncidentStudy {
  readonly rows: MomentRows;
  readonly survey: MomentSurvey;
  readonly rules: PainRules;
  readonly withinMs: number;
  /** The trait or property that was asked for. */
  readonly segment: string | undefined;
}

/** Permutations are the same in every run. */
const SEED = 7;
const DAYS_A_MONTH = 365.25 / 12;
/** Series that are scanned at the most: everybody's first, then those with the most events. */
const MOST_SERIES = 600;
/** Customers' spans of weeks from which a design effect can be told. */
const LEAST_CLUSTERS = 30;

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

/** Series with customers enough to tell how much they differ. */
function selectSeries(all: readonly WeeklySeries[]): WeeklySeries[] {
  const sized = all
    .filter(({ moments }) => (moments.at(-1)?.clusters ?? 0) >= LEAST_CLUSTERS)
    .map((series) => ({ series, rank: (series.segment === null ? 1e15 : 0) + sum(series.events) }));
  return sized
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_SERIES)
    .map(({ series }) => series);
}

interface Size {
  readonly events: number;
  readonly exposed: number;
  readonly usual: number;
  /** Frictions beyond the usual, and the share they are of those exposed. */
  readonly excess: UncertainNumber;
  readonly share: UncertainNumber;
  readonly months: number;
}

function sizeOf({ series, window }: ChosenIncident): Size {
  const counts = countWindow(series, window);
  const weeks = window.end - window.first;
  const { value, error, usualShare } = measureExcess(counts, window.dispersion) ?? {
    ...{ value: 0, error: 0, usualShare: 0 },
  };
  const { exposed, events } = counts;
  return {
    ...{ events, exposed, usual: usualShare * exposed, share: { value, error } },
    excess: { value: value * exposed, error: error * exposed },
    months: (weeks * 7) / DAYS_A_MONTH,
  };
}

/** A product of independent estimates with its 80 % interval, not below nothing. */
function multiply(...factors: readonly UncertainNumber[]): CostAmount {
  const value = factors.reduce((product, factor) => product * factor.value, 1);
  const parts = factors.map((own) =>
    factors.reduce((product, factor) => product * (factor === own ? factor.error : factor.value), 1),
  );
  const half = normalQuantile(0.9) * Math.hypot(...parts);
  return { value, low: Math.max(0, value - half), high: Math.max(0, value + half) };
}

type Loss = PainPoint["valueAtRisk"];

const NOTHING: CostAmount = { value: 0, low: 0, high: 0 };
const UNKNOWN: Loss = { value: null, low: null, high: null };

function scale({ value, low, high }: Loss, by: number): Loss {
  const times = (amount: number | null) => (amount === null ? null : amount * by);
  return { value: times(value), low: times(low), high: times(high) };
}

/** Outcomes lost by one friction beyond the usual: of drop-offs all; of others those before the outcome, where harm is claimed. */
function lossOfOne(measured: MeasuredFriction, isClaimed: boolean, rules: PainRules): UncertainNumber | null {
  if (isExit(measured)) return { value: 1, error: 0 };
  const harm = isClaimed ? harmOf(measured, rules) : null;
  if (harm === null || measured.facts.events === 0) return null;
  const before = Math.min(1, (measured.perMonth * rules.months) / measured.facts.events);
  return { value: before * harm.value, error: before * harm.error };
}

/** What it cost in all; of what no effect is claimed nobody knows, which is not nothing. */
function priceIncident(size: Size, measured: MeasuredFriction, isClaimed: boolean, rules: PainRules) {
  const loss = lossOfOne(measured, isClaimed, rules);
  if (loss === null) return { outcomes: UNKNOWN, money: UNKNOWN };
  const price = (...worth: readonly UncertainNumber[]) =>
    loss.value > 0 ? multiply(size.excess, loss, ...worth) : NOTHING;
  return { outcomes: price(), money: rules.worth === null ? UNKNOWN : price(rules.worth) };
}

/** Of drop-offs the share that was too much; of others the friction's own effect, where it is claimed. */
function effectOf({ share }: Size, measured: MeasuredFriction, claim: PainPoint | undefined) {
  if (!isExit(measured)) return { effect: claim?.effect ?? null, low: claim?.low ?? null, high: claim?.high ?? null };
  const half = normalQuantile(0.975) * share.error;
  return { effect: share.value, low: share.value - half, high: share.value + half };
}

function describeIncident(
  incident: ChosenIncident,
  measured: MeasuredFriction,
  claim: PainPoint | undefined,
  { journeys, customers }: IncidentCount,
  firstDay: number,
  rules: PainRules,
): PainPoint {
  const { series, window } = incident;
  const { facts, friction } = measured;
  const size = sizeOf(incident);
  const { outcomes, money } = priceIncident(size, measured, claim !== undefined, rules);
  const perMonth = size.excess.value / size.months;
  const price = isHandled(friction.kind) ? rules.handlingCosts.get(friction.touch) : undefined;
  const dayOf = (week: number) => dayToDate(firstDay + 7 * week);
  return {
    ...{ ...facts, events: size.events, of: size.exposed, journeys, customers, hoursPerMonth: null },
    window: { from: dayOf(window.first), to: dayOf(window.end) },
    segment: series.segment === null ? null : describeSegment(series.segment.property, series.segment.value),
    ...{ incident: true, perMonth, directCost: price === undefined ? null : perMonth * price },
    outcomesAtRisk: scale(outcomes, 1 / size.months),
    valueAtRisk: scale(money, 1 / size.months),
    ...{ ...effectOf(size, measured, claim), p: window.p, q: window.p, reach: size.exposed, crude: size.share.value },
    ...{ label: "dated incident", placebo: null, trend: null },
    excess: { events: size.events, usual: size.usual, outcomes, money },
  };
}

function keyOf({
  kind,
  touchpoint,
  property,
  bad,
}: Pick<PainPoint, "kind" | "touchpoint" | "property" | "bad">): string {
  return JSON.stringify([kind, touchpoint, property, bad]);
}

/**
 * The dated incidents among all frictions: one error rate over all frictions, segments and windows.
 * @param all every friction that was looked at, claimed or not
 * @param claims the claims among them
 * @returns the strongest first
 * @throws AppError not-found (the segment asked for)
 */
export async function findIncidents(
  context: AnalysisContext,
  { rows, survey, rules, withinMs, segment }: IncidentStudy,
  all: readonly MeasuredFriction[],
  claims: readonly PainPoint[],
): Promise<PainPoint[]> {
  if (all.length === 0) return [];
  const frictions = all.map(({ friction }) => friction);
  const properties = await findIncidentProperties(context, rows, survey, segment);
  const touches = survey.all.touches;
  const counts = await readWeeklyCounts(context, rows, frictions, properties, { withinMs, touches });
  const series = selectSeries(counts.series);
  const everybody = new Map(
    counts.series.filter((one) => one.segment === null).map((one) => [one.friction, one] as const),
  );
  const scanned = series.map((one) => toScanSeries(one, everybody.get(one.friction)));
  const windows = scanSeries(scanned, openSeededRandom(SEED));
  const isExitAt = (friction: number) => frictions[friction]?.sign.by === "exit";
  const chosen = chooseIncidents(series, windows, isExitAt);
  const distinct = await countIncidents(context, rows, frictions, properties, chosen, {
    firstDay: counts.firstDay,
    outcomeWait: counts.outcomeWait,
  });
  return chosen.flatMap((incident, place) => {
    const measured = all[incident.series.friction];
    if (!measured) return [];
    const claim = claims.find((one) => keyOf(one) === keyOf(measured.facts));
    const counted = distinct.get(place) ?? { journeys: 0, customers: 0 };
    return [describeIncident(incident, measured, claim, counted, counts.firstDay, rules)];
  });
}
