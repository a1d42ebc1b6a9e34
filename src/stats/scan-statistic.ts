/**
 * In which weeks one of many series of shares stood out above its usual: the scan statistic, with one error rate over all of them.
 * Which series there are, and what an incident costs, is decided in analysis/.
 */
import { type DrawHypergeometric, openHypergeometric } from "./hypergeometric.ts";
import { dispersionOutside } from "./outside-dispersion.ts";
import { normalQuantile } from "./quantile.ts";

/** One series: of how many something was looked at each week, and how many of them had it. */
export interface ScanSeries {
  readonly exposed: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  /**
   * How many times as much as a coin's the sum of a window of so many weeks varies, ≥ 1: events of one customer come
   * together (design-effect.ts).
   */
  readonly designEffect: (weeks: number) => number;
}

export interface ScanRules {
  /** Weeks of the longest window; half of all weeks at the most. */
  readonly longest: number;
  /** A window needs as many exposed, and as many with and without the event; outside of it as many exposed. */
  readonly leastExposed: number;
  readonly leastEach: number;
  readonly permutations: number;
  /** Windows with a larger p are not named. */
  readonly level: number;
}

/** What an incident needs; docs/pain-points.md. */
export const INCIDENT_RULES: ScanRules = {
  ...{ longest: 13, leastExposed: 100, leastEach: 10, permutations: 999, level: 0.05 },
};

/** Weeks first … end − 1 of a series, in which the share was too high. */
export interface ScanWindow {
  readonly series: number;
  readonly first: number;
  readonly end: number;
  /** How many times as much as a coin's the sum varies: the design effect, or what the other weeks show if that is more. */
  readonly dispersion: number;
  /** Signed root of the likelihood ratio, divided by the root of the dispersion. */
  readonly statistic: number;
  /** Chance that the largest statistic of all series and windows is as large when nothing ever happens. */
  readonly p: number;
}

/** A sum and its part inside a window. */
export interface WindowCounts {
  readonly exposed: number;
  readonly events: number;
  readonly allExposed: number;
  readonly allEvents: number;
}

function logLikelihood(exposed: number, events: number): number {
  const rest = exposed - events;
  return (events > 0 ? events * Math.log(events / exposed) : 0) + (rest > 0 ? rest * Math.log(rest / exposed) : 0);
}

/**
 * Signed root of the likelihood ratio of one share inside and another outside of a window against one everywhere: about
 * standard normal when nothing happens; above 0 where the share inside is higher.
 * Source: Kulldorff (1997), Communications in Statistics – Theory and Methods 26, 1481–1496 (Bernoulli model).
 * @example 20 of 100 inside, 10 of 100 outside // √(2·1.9933) = 1.9966
 */
export function signedRoot({ exposed, events, allExposed, allEvents }: WindowCounts): number {
  const outside = logLikelihood(allExposed - exposed, allEvents - events);
  const ratio = logLikelihood(exposed, events) + outside - logLikelihood(allExposed, allEvents);
  const root = Math.sqrt(Math.max(0, 2 * ratio));
  return events * allExposed >= exposed * allEvents ? root : -root;
}

/** The windows of a series that may be named: only they are looked at, also in permutations. */
interface Scanned {
  readonly series: number;
  readonly exposed: Float64Array;
  /** Weeks with somebody exposed. */
  readonly filled: Int32Array;
  readonly allExposed: number;
  readonly allEvents: number;
  readonly firsts: Int32Array;
  readonly ends: Int32Array;
  readonly sizes: Float64Array;
  /** With fewer events the statistic is below the threshold, or the window too small. */
  readonly least: Float64Array;
}

function addUp(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let week = 0; week < values.length; week++) sums[week + 1] = (sums[week] ?? 0) + (values[week] ?? 0);
  return sums;
}

/** The smallest number of events, or one just below it, whose statistic exceeds the threshold. */
function leastEvents(exposed: number, allExposed: number, allEvents: number, threshold: number): number {
  const expected = (exposed * allEvents) / allExposed;
  const share = allEvents / allExposed;
  const spread = Math.sqrt(expected * (1 - share) * (1 - exposed / allExposed));
  const most = Math.min(exposed, allEvents);
  const rootOf = (events: number) => signedRoot({ exposed, events, allExposed, allEvents });
  let events = Math.min(most, expected + threshold * spread);
  for (let step = 0; step < 2; step++) {
    const next = events + (threshold - rootOf(events)) * spread;
    events = Math.max(expected, Math.min(most, next));
  }
  while (events > expected && rootOf(events) > threshold) events -= 0.05 * spread;
  return Math.max(expected, events);
}

/** The windows of a series that are large enough, as if everything passed; undefined where there is none. */
function listWindows({ exposed, events }: ScanSeries, series: number, rules: ScanRules): Scanned | undefined {
  const sums = addUp(exposed);
  const weeks = exposed.length;
  const allExposed = sums[weeks] ?? 0;
  const allEvents = addUp(events)[weeks] ?? 0;
  if (allEvents < rules.leastEach || allExposed - allEvents < rules.leastEach) return undefined;
  const [firsts, ends, sizes]: [number[], number[], number[]] = [[], [], []];
  const longest = Math.min(rules.longest, Math.floor(weeks / 2));
  for (let first = 0; first < weeks; first++) {
    for (let end = first + 1; end <= Math.min(weeks, first + longest); end++) {
      const size = (sums[end] ?? 0) - (sums[first] ?? 0);
      if (size < rules.leastExposed || allExposed - size < rules.leastExposed) continue;
      // A window that begins or ends with an empty week is another one, longer for nothing.
      if (exposed[first] === 0 || exposed[end - 1] === 0) continue;
      firsts.push(first);
      ends.push(end);
      sizes.push(size);
    }
  }
  if (firsts.length === 0) return undefined;
  return {
    ...{ series, allExposed, allEvents, exposed: Float64Array.from(exposed) },
    filled: Int32Array.from(Array.from(exposed).flatMap((one, week) => (one > 0 ? [week] : []))),
    ...{ firsts: Int32Array.from(firsts), ends: Int32Array.from(ends), sizes: Float64Array.from(sizes) },
    least: new Float64Array(firsts.length).fill(rules.leastEach),
  };
}

function raiseLeast(scanned: Scanned, threshold: number): Scanned {
  const { sizes, least, allExposed, allEvents } = scanned;
  return {
    ...scanned,
    least: least.map((each, at) => Math.max(each, leastEvents(sizes[at] ?? 0, allExposed, allEvents, threshold))),
  };
}

/** Calls back with each window whose events reach its least number and leave enough without. */
function scan(scanned: Scanned, sums: Float64Array, leastEach: number, found: (at: number, root: number) => void) {
  const { firsts, ends, sizes, least, allExposed, allEvents } = scanned;
  for (let at = 0; at < firsts.length; at++) {
    const events = (sums[ends[at] ?? 0] ?? 0) - (sums[firsts[at] ?? 0] ?? 0);
    if (events < (least[at] ?? 0)) continue;
    const exposed = sizes[at] ?? 0;
    if (exposed - events >= leastEach) found(at, signedRoot({ exposed, events, allExposed, allEvents }));
  }
}

/** Running sums of the events spread over the weeks by chance, as many as ever, each week within its exposed. */
function permute(
  { exposed, filled, allExposed, allEvents }: Scanned,
  sums: Float64Array,
  draw: DrawHypergeometric,
): void {
  let [population, marked, sum, next] = [allExposed, allEvents, 0, 0];
  for (let at = 0; at < filled.length; at++) {
    const week = filled[at] ?? 0;
    while (next <= week) sums[next++] = sum;
    const draws = exposed[week] ?? 0;
    const hits = draw(draws, marked, population);
    population -= draws;
    marked -= hits;
    sum += hits;
  }
  while (next <= exposed.length) sums[next++] = sum;
}

/** The largest statistic of a permutation of all series; 0 where none passes the threshold. */
function largestByChance(
  all: readonly Scanned[],
  rules: ScanRules,
  sums: Float64Array,
  draw: DrawHypergeometric,
): number {
  let largest = 0;
  for (const scanned of all) {
    permute(scanned, sums, draw);
    scan(scanned, sums, rules.leastEach, (_, root) => {
      if (root > largest) largest = root;
    });
  }
  return largest;
}

type Found = Omit<ScanWindow, "p">;

/**
 * The windows above the threshold of one series, the strongest first, none of which overlap. Where they are is told by the
 * likelihood alone; how much the other weeks vary makes them weaker, not others.
 */
function strongestOf(
  scanned: Scanned,
  { exposed, events, designEffect }: ScanSeries,
  rules: ScanRules,
  threshold: number,
) {
  const windows: Found[] = [];
  scan(scanned, addUp(events), rules.leastEach, (at, root) => {
    const [first, end] = [scanned.firsts[at] ?? 0, scanned.ends[at] ?? 0];
    const dispersion = Math.max(1, designEffect(end - first));
    const statistic = root / Math.sqrt(dispersion);
    if (statistic > threshold) windows.push({ series: scanned.series, first, end, dispersion, statistic });
  });
  windows.sort((a, b) => b.statistic - a.statistic || a.first - b.first || a.end - b.end);
  const apart: Found[] = [];
  for (const window of windows)
    if (apart.every(({ first, end }) => window.end <= first || end <= window.first)) apart.push(window);
  return apart
    .map((window) => {
      const dispersion = Math.max(window.dispersion, dispersionOutside(exposed, events, window));
      return { ...window, dispersion, statistic: window.statistic * Math.sqrt(window.dispersion / dispersion) };
    })
    .filter(({ statistic }) => statistic > threshold)
    .sort((a, b) => b.statistic - a.statistic);
}

/** Windows that chance brings forth less than once in as many worlds need no permutation. */
const SURE = 1e6;

/**
 * How many of the permutations reach each statistic. It ends early when all is clear: a statistic that too many have reached
 * is given up, and one so large that all windows together would hardly ever reach it counts as reached by none.
 */
function countReached(all: readonly Scanned[], found: readonly Found[], rules: ScanRules, random: () => number) {
  const windows = all.reduce((sum, { firsts }) => sum + firsts.length, 0);
  // P(statistic ≥ z) ≤ exp(−z²/2) for each window: Chernoff's bound.
  const sure = Math.sqrt(2 * Math.log(windows * rules.permutations * SURE));
  const reached = new Float64Array(found.length);
  const sums = new Float64Array(Math.max(...all.map(({ exposed }) => exposed.length)) + 1);
  const draw = openHypergeometric(Math.max(...all.map(({ allExposed }) => allExposed)), random);
  const most = rules.level * (rules.permutations + 1) - 1;
  const isOpen = ({ statistic }: Found, at: number) => statistic < sure && (reached[at] ?? 0) <= most;
  for (let drawn = 0; drawn < rules.permutations && found.some(isOpen); drawn++) {
    const largest = largestByChance(all, rules, sums, draw);
    for (const [at, { statistic }] of found.entries()) if (largest >= statistic) reached[at] = (reached[at] ?? 0) + 1;
  }
  return reached;
}

/**
 * The windows of consecutive weeks in which a series was above its usual, by the maximum over all series and windows: p is
 * the share of permutations (and of the data itself) whose largest statistic is at least as large. A permutation spreads the
 * events of each series anew over its exposed; that the real ones come in clusters, and that weeks vary by themselves, is allowed
 * for by dividing the real statistics.
 * Statistics that half of all worlds without incidents exceed are not looked at.
 * Source: Kulldorff (1997), as above; Westfall & Young (1993), Resampling-Based Multiple Testing (maximum statistic); Rao & Scott
 * (1992), Biometrics 48, 577–585 (binomial counts in clusters, divided by their design effect).
 * @param random uniform in [0, 1), seeded by the caller
 * @returns windows with p ≤ level, by series, the strongest of each first; those of one series do not overlap
 */
export function scanSeries(
  series: readonly ScanSeries[],
  random: () => number,
  rules: ScanRules = INCIDENT_RULES,
): ScanWindow[] {
  const scanned = series.flatMap((one, index) => listWindows(one, index, rules) ?? []);
  if (scanned.length === 0) return [];
  // The largest of so many independent normal ones is below it in half of all cases; windows that overlap only add to it.
  const threshold = normalQuantile(0.5 ** (1 / scanned.length));
  const all = scanned.map((one) => raiseLeast(one, threshold));
  const found = all.flatMap((scanned) => {
    const one = series[scanned.series];
    return one ? strongestOf(scanned, one, rules, threshold) : [];
  });
  if (found.length === 0) return [];
  const reached = countReached(all, found, rules, random);
  return found
    .map((window, at) => ({ ...window, p: ((reached[at] ?? 0) + 1) / (rules.permutations + 1) }))
    .filter(({ p }) => p <= rules.level);
}
