/**
 * Which of the windows that stand out are told: one for what happened at one time, in the part of the customers it happened to.
 * That they stand out by more than chance is known already (stats/scan-statistic.ts); what they cost is in incidents.ts.
 */
import { designEffectOf } from "../../stats/design-effect.ts";
import { type ScanSeries, type ScanWindow, signedRoot, type WindowCounts } from "../../stats/scan-statistic.ts";
import { SPANS } from "./incident-sql.ts";
import type { WeeklySeries } from "./weekly-counts.ts";

/** One-sided, 5 %: others show something. One-sided, 1 %, as there are several segments: they show less. */
const NOTICEABLE = 1.645;
const DIFFERENT = 2.326;
/** Others must be so many that this many events would have been seen if it had happened to them as well. */
const LEAST_EXPECTED = 10;

export interface ChosenIncident {
  readonly series: WeeklySeries;
  readonly window: ScanWindow;
}

interface Weeks {
  readonly first: number;
  readonly end: number;
}

/** The design effect of a window: of the next longer span. */
export function designEffectFor({ moments }: Pick<WeeklySeries, "moments">, weeks: number): number {
  const place = SPANS.findIndex((span) => weeks <= span);
  const spans = moments.slice(0, (place === -1 ? SPANS.length - 1 : place) + 1);
  return Math.max(1, ...spans.map(designEffectOf));
}

/** A segment's few customers tell little of how much they differ: its design effect is at least everybody's. */
export function toScanSeries(series: WeeklySeries, everybody: WeeklySeries = series): ScanSeries {
  const { exposed, events } = series;
  const designEffect = (weeks: number) => Math.max(designEffectFor(series, weeks), designEffectFor(everybody, weeks));
  return { exposed, events, designEffect };
}

function sumOf(values: Float64Array, first: number, end: number): number {
  return values.subarray(first, end).reduce((sum, value) => sum + value, 0);
}

/** The sums of a series, inside of a window and in all. */
export function countWindow({ exposed, events }: WeeklySeries, { first, end }: Weeks): WindowCounts {
  return {
    ...{ exposed: sumOf(exposed, first, end), events: sumOf(events, first, end) },
    ...{ allExposed: sumOf(exposed, 0, exposed.length), allEvents: sumOf(events, 0, events.length) },
  };
}

export interface Excess {
  /** Share inside less the share outside, and its standard error. */
  readonly value: number;
  readonly error: number;
  readonly usualShare: number;
}

/** Variance of a share, with half an event more of both kinds: none of few is not never. */
function varianceOf(events: number, exposed: number): number {
  const share = (events + 0.5) / (exposed + 1);
  return (share * (1 - share)) / exposed;
}

/** How much higher the share is inside; null where nobody is inside, or outside. */
export function measureExcess(counts: WindowCounts, designEffect: number): Excess | null {
  const { exposed, events } = counts;
  const outside = counts.allExposed - exposed;
  const eventsOutside = counts.allEvents - events;
  if (exposed === 0 || outside === 0) return null;
  const usualShare = eventsOutside / outside;
  const variance = varianceOf(events, exposed) + varianceOf(eventsOutside, outside);
  return { value: events / exposed - usualShare, error: Math.sqrt(designEffect * variance), usualShare };
}

function withoutSegment(all: WindowCounts, part: WindowCounts): WindowCounts {
  return {
    ...{ exposed: all.exposed - part.exposed, events: all.events - part.events },
    ...{ allExposed: all.allExposed - part.allExposed, allEvents: all.allEvents - part.allEvents },
  };
}

/** Whether it happened in the segment and, as far as one sees, nowhere else: nothing among all others, and less than in it. */
function isWhereItWas(segment: WeeklySeries, everybody: WeeklySeries, weeks: Weeks): boolean {
  const own = countWindow(segment, weeks);
  const others = withoutSegment(countWindow(everybody, weeks), own);
  const length = weeks.end - weeks.first;
  const usual = designEffectFor(everybody, length);
  const [inside, beside] = [measureExcess(own, designEffectFor(segment, length)), measureExcess(others, usual)];
  if (inside === null || beside === null) return false;
  if (others.exposed * (own.events / own.exposed) < LEAST_EXPECTED) return false;
  if (signedRoot(others) / Math.sqrt(usual) >= NOTICEABLE) return false;
  return inside.value - beside.value > DIFFERENT * Math.hypot(inside.error, beside.error);
}

function overlaps(a: Weeks, b: Weeks): boolean {
  return a.first < b.end && b.first < a.end;
}

/** The strongest window tells when; the segment that it can be narrowed to tells whom, else everybody. */
function narrow(strongest: ChosenIncident, all: readonly ChosenIncident[], everybody: WeeklySeries | undefined) {
  if (!everybody) return strongest;
  const here = all.filter(({ window }) => overlaps(window, strongest.window));
  const segment = here.find(
    ({ series }) => series.segment !== null && isWhereItWas(series, everybody, strongest.window),
  );
  return segment ?? here.find(({ series }) => series.segment === null) ?? strongest;
}

/** The incidents of one friction, the strongest first. */
function chooseOfOne(windows: readonly ChosenIncident[], everybody: WeeklySeries | undefined): ChosenIncident[] {
  const chosen: ChosenIncident[] = [];
  let left = windows.toSorted((a, b) => b.window.statistic - a.window.statistic);
  for (let strongest = left[0]; strongest; strongest = left[0]) {
    const one = narrow(strongest, left, everybody);
    if (chosen.every(({ window }) => !overlaps(window, one.window))) chosen.push(one);
    const gone = [strongest.window, one.window];
    left = left.filter(({ window }) => !gone.some((weeks) => overlaps(window, weeks)));
  }
  return chosen;
}

/** Two values of one property have nobody in common. */
function areApart(a: WeeklySeries, b: WeeklySeries): boolean {
  return a.segment !== null && a.segment.property === b.segment?.property && a.segment.value !== b.segment.value;
}

/**
 * Who cannot pay had put something into the cart before: of touchpoints after which the outcome stayed away at the same time,
 * the one where it shows most is told.
 */
function tellOnce(exits: readonly ChosenIncident[]): ChosenIncident[] {
  const kept: ChosenIncident[] = [];
  for (const one of exits.toSorted((a, b) => b.window.statistic - a.window.statistic)) {
    const isTold = kept.some(({ series, window }) => overlaps(window, one.window) && !areApart(series, one.series));
    if (!isTold) kept.push(one);
  }
  return kept;
}

/**
 * @param windows of `series`, by their place
 * @param isExit whether the friction at a place is a drop-off
 * @returns the strongest first
 */
export function chooseIncidents(
  series: readonly WeeklySeries[],
  windows: readonly ScanWindow[],
  isExit: (friction: number) => boolean,
): ChosenIncident[] {
  const found = windows.flatMap((window) => {
    const own = series[window.series];
    return own ? [{ series: own, window }] : [];
  });
  const frictions = [...new Set(found.map((one) => one.series.friction))];
  const chosen = frictions.flatMap((friction) => {
    const isOwn = (one: WeeklySeries) => one.friction === friction;
    return chooseOfOne(
      found.filter((one) => isOwn(one.series)),
      series.find((one) => isOwn(one) && one.segment === null),
    );
  });
  const exits = chosen.filter((one) => isExit(one.series.friction));
  const others = chosen.filter((one) => !isExit(one.series.friction));
  return [...tellOnce(exits), ...others].sort((a, b) => b.window.statistic - a.window.statistic);
}
