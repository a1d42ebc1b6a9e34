/**
 * The analyses of journeys once more, as plainly as possible: loops over events in memory.
 * It is slow and obvious on purpose; the engine's answers are compared with it.
 */
import type { SampleEvent } from "./journey-fixture.ts";

export interface OracleJourney {
  readonly owner: string;
  readonly events: readonly SampleEvent[];
}

export interface OracleFilter {
  readonly text: string | undefined;
  readonly event: (event: SampleEvent, journey: readonly SampleEvent[]) => boolean;
  readonly journey: (journey: readonly SampleEvent[]) => boolean;
}

const VISIT_GAP = 30 * 60_000;

function inOrder(a: SampleEvent, b: SampleEvent): number {
  return a.time - b.time || a.import - b.import || a.ordinal - b.ordinal;
}

/** The k-th equal row of one import is the k-th equal row of another: it stands once. */
export function keepOnce(events: readonly SampleEvent[], live: readonly number[]): SampleEvent[] {
  const seen = new Set<string>();
  const kept: SampleEvent[] = [];
  const occurrences = new Map<string, number>();
  for (const event of events.filter((candidate) => live.includes(candidate.import)).sort(inOrder)) {
    const twin = `${event.import}/${event.rowHash}`;
    const nth = (occurrences.get(twin) ?? 0) + 1;
    occurrences.set(twin, nth);
    const identity = `${event.rowHash}/${nth}`;
    if (!seen.has(identity)) kept.push(event);
    seen.add(identity);
  }
  return kept;
}

export function cutJourneys(events: readonly SampleEvent[], definition: string, order: string): OracleJourney[] {
  const owners = new Map<string, SampleEvent[]>();
  const person = ["life", "visit", "order-cycle"].includes(definition);
  for (const event of [...events].sort(inOrder)) {
    const ids = person
      ? [event.customer].filter((id) => id !== "")
      : [...new Set(event.objects.filter(([type]) => type === definition).map(([, id]) => id))];
    for (const id of ids) owners.set(id, [...(owners.get(id) ?? []), event]);
  }
  const journeys: OracleJourney[] = [];
  for (const [owner, run] of owners) {
    let current: SampleEvent[] = [];
    for (const [index, event] of run.entries()) {
      const before = run[index - 1];
      const cut =
        before !== undefined &&
        ((definition === "visit" && event.time - before.time > VISIT_GAP) ||
          (definition === "order-cycle" && before.touchpoint === order));
      if (cut) {
        journeys.push({ owner, events: current });
        current = [];
      }
      current.push(event);
    }
    journeys.push({ owner, events: current });
  }
  return journeys;
}

export interface Scoped {
  readonly journeys: readonly OracleJourney[];
  readonly emptied: number;
  readonly excluded: number;
}

export interface OraclePeriod {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly outside?: boolean | undefined;
}

/** @param hidden touchpoints that are left out of view, after everything else is decided */
export function applyScope(
  journeys: readonly OracleJourney[],
  filter: OracleFilter,
  period: OraclePeriod,
  hidden: readonly string[] = [],
): Scoped {
  const started = journeys.filter(({ events }) => {
    const start = (events[0] as SampleEvent).time;
    const inside =
      (period.from === undefined || start >= period.from) && (period.to === undefined || start < period.to);
    return period.outside ? !inside : inside;
  });
  const chosen = started.filter(({ events }) => filter.journey(events));
  const stays = (event: SampleEvent, events: readonly SampleEvent[]) =>
    filter.event(event, events) && !hidden.includes(event.touchpoint);
  const left = chosen
    .map(({ owner, events }) => ({ owner, events: events.filter((event) => stays(event, events)) }))
    .filter(({ events }) => events.length > 0);
  return { journeys: left, emptied: chosen.length - left.length, excluded: started.length - chosen.length };
}

/** Linear interpolation between order statistics (R type 7). */
export function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * level;
  const low = Math.floor(position);
  const below = sorted[low] as number;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return below + (above - below) * (position - low);
}

interface Tally {
  count: number;
  readonly journeys: Set<OracleJourney>;
  readonly customers: Set<string>;
  readonly gaps: number[];
  /** Seconds to the journey's next event. */
  readonly after: number[];
  readonly scores: { readonly score: number; readonly scale: string }[];
  starts: number;
  ends: number;
}

function tally(map: Map<string, Tally>, key: string): Tally {
  const found = map.get(key) ?? {
    count: 0,
    journeys: new Set(),
    customers: new Set(),
    gaps: [],
    after: [],
    scores: [],
    starts: 0,
    ends: 0,
  };
  map.set(key, found);
  return found;
}

function sight(entry: Tally, journey: OracleJourney, customer: string): void {
  entry.count++;
  entry.journeys.add(journey);
  if (customer !== "") entry.customers.add(customer);
}

/** Nodes by name and edges by "from→to". */
export function mapOf(journeys: readonly OracleJourney[], nameOf: (event: SampleEvent) => string) {
  const nodes = new Map<string, Tally>();
  const edges = new Map<string, Tally>();
  for (const journey of journeys) {
    for (const [index, event] of journey.events.entries()) {
      const node = tally(nodes, nameOf(event));
      sight(node, journey, event.customer);
      if (index === 0) node.starts++;
      if (typeof event.score === "number") node.scores.push({ score: event.score, scale: event.scale ?? "" });
      const next = journey.events[index + 1];
      if (next) node.after.push((next.time - event.time) / 1000);
      else node.ends++;
      const before = journey.events[index - 1];
      if (!before) continue;
      const edge = tally(edges, `${nameOf(before)}→${nameOf(event)}`);
      sight(edge, journey, event.customer);
      edge.gaps.push((event.time - before.time) / 1000);
    }
  }
  return { nodes, edges };
}

/** Mean of the scores on the scale that has most of them; of equally common ones the first by name. */
export function scoreOf(scores: Tally["scores"]): { mean: number; n: number; scale: string } | null {
  const scales = [...new Set(scores.map(({ scale }) => scale))].map((scale) => {
    const own = scores.filter((answer) => answer.scale === scale).map(({ score }) => score);
    return { mean: own.reduce((sum, score) => sum + score, 0) / own.length, n: own.length, scale };
  });
  return scales.sort((a, b) => b.n - a.n || (a.scale < b.scale ? -1 : 1))[0] ?? null;
}

type OracleSteps = readonly { readonly name: string; readonly optional: boolean }[];
interface OracleRules {
  readonly withinMs?: number | undefined;
  readonly strict: boolean;
}

/** Of those who pass `step` but not the next required one: what follows the last event at which they can be said to pass it. */
export function exitsOf(
  journeys: readonly OracleJourney[],
  steps: OracleSteps,
  step: number,
  rules: OracleRules,
): { step: number; stopped: number; ended: number; next: Record<string, number> } | undefined {
  const required = steps.findIndex(({ optional }, index) => index > step && !optional);
  if (required === -1) return undefined;
  const next: Record<string, number> = {};
  let ended = 0;
  let stopped = 0;
  for (const { events } of journeys) {
    if (!passes(events, steps, step, rules) || passes(events, steps, required, rules)) continue;
    stopped++;
    const last = Math.max(...events.map((_, index) => (passes(events, steps, step, rules, index) ? index : -1)));
    const follower = events[last + 1]?.touchpoint;
    if (follower === undefined) ended++;
    else next[follower] = (next[follower] ?? 0) + 1;
  }
  return { step, stopped, ended, next };
}

/**
 * Tries every way through the steps: exponential, and right by inspection.
 * @param finish only ways of which this event is the last
 */
export function passes(
  events: readonly SampleEvent[],
  steps: OracleSteps,
  target: number,
  rules: OracleRules,
  finish?: number,
): boolean {
  const tryFrom = (at: number, step: number, start: number): boolean => {
    // `at` is the event that matched `step`.
    if (step === target) return finish === undefined || at === finish;
    for (let next = step + 1; next <= target; next++) {
      if (steps.slice(step + 1, next).some(({ optional }) => !optional)) break;
      const candidates = rules.strict ? [at + 1] : events.map((_, index) => index).filter((index) => index > at);
      for (const index of candidates) {
        const event = events[index];
        if (event?.touchpoint !== steps[next]?.name) continue;
        if (rules.withinMs !== undefined && (event?.time as number) - start > rules.withinMs) continue;
        if (tryFrom(index, next, start)) return true;
      }
    }
    return false;
  };
  return events.some((event, index) => event.touchpoint === steps[0]?.name && tryFrom(index, 0, event.time));
}
