/**
 * The friction worlds do what they say: repeatable, overlapping and confounded as described, with a truth that the events confirm.
 * What the method makes of them is tested by `npm run prove -- frictions`.
 */
import { describe, expect, test } from "vitest";
import { isErrorName, isOpeningName } from "../../domain/friction-names.ts";
import { STAGES } from "../../domain/touchpoint.ts";
import { touchpointDefaults } from "../../domain/touchpoint-defaults.ts";
import type { FrictionTruth } from "./friction-truth.ts";
import { buildFrictionWorld } from "./friction-world.ts";
import { OUTCOME } from "./planted-world.ts";
import { FRICTION_WINDOW_MS, type FrictionRun, simulateFrictions } from "./simulate-frictions.ts";
import type { PlantedCustomer, PlantedEvent } from "./simulate-planted.ts";

const read = (run: FrictionRun) => {
  const simulation = simulateFrictions(run);
  return { customers: [...simulation.customers], truth: simulation.truth() };
};
const HOUR_MS = 3_600_000;

interface Row {
  readonly touchpoint: string;
  readonly event: PlantedEvent;
  /** All that a friction may lean on. */
  readonly history: string;
  readonly ordered: number;
  /** Nothing follows; hours until what does. */
  readonly last: boolean;
  readonly gap: number;
  readonly again: boolean;
  readonly contact: boolean;
  readonly step: number;
}

const RANKS: readonly (string | null)[] = STAGES;
const stageOf = (name: string) => RANKS.indexOf(touchpointDefaults(name).stage);

function isAgain(touches: readonly PlantedEvent[], at: number): boolean {
  const { touchpoint } = touches[at] ?? { touchpoint: "" };
  const before = touches.slice(0, at).findLastIndex((event) => event.touchpoint === touchpoint);
  if (before < 0) return false;
  return !touches.slice(before, at).some((event) => stageOf(event.touchpoint) > stageOf(touchpoint));
}

function isRepeated(touches: readonly PlantedEvent[], at: number): boolean {
  const own = touches[at];
  const topic = own?.properties?.topic;
  if (own === undefined || topic === undefined) return false;
  return touches
    .slice(0, at)
    .some(({ properties, time }) => properties?.topic === topic && own.time - time <= 7 * 24 * HOUR_MS);
}

const isError = ({ touchpoint }: PlantedEvent) => isErrorName(touchpoint);

function* listRows({ events, segment }: PlantedCustomer): Generator<Row> {
  let [orders, first] = [0, 0];
  while (first < events.length) {
    let end = first + 1;
    while (end < events.length && (events[end]?.time ?? 0) - (events[end - 1]?.time ?? 0) <= FRICTION_WINDOW_MS) end++;
    const journey = events.slice(first, end);
    const touches = journey.filter(({ touchpoint }) => touchpoint !== OUTCOME);
    const ordered = journey.length - touches.length;
    const level = [0, 3, 10, 30].filter((bound) => first > bound).length;
    for (const [at, event] of touches.entries())
      yield {
        ...{ touchpoint: event.touchpoint, event, ordered },
        history: [at, segment, Math.min(orders, 2), level, touches.slice(0, at).some(isError)].join(" "),
        last: at === journey.length - 1,
        gap: ((journey[at + 1]?.time ?? event.time) - event.time) / HOUR_MS,
        ...{ again: isAgain(touches, at), contact: isRepeated(touches, at) },
        ...{ step: at, before: touches[at - 1]?.touchpoint },
      };
    orders += ordered;
    first = end;
  }
}

/** Difference inside strata, each with its weight as an experiment, and its standard error. */
function compare(rows: readonly { stratum: string; hit: boolean; y: number }[]): { effect: number; error: number } {
  const strata = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    const some = strata.get(row.stratum);
    if (some) some.push(row);
    else strata.set(row.stratum, [row]);
  }
  let [sum, total, variance] = [0, 0, 0];
  for (const some of strata.values()) {
    const [hit, not] = [some.filter((row) => row.hit), some.filter((row) => !row.hit)];
    if (hit.length === 0 || not.length === 0) continue;
    const mean = (part: typeof some) => part.reduce((all, { y }) => all + y, 0) / part.length;
    const weight = (hit.length * not.length) / some.length;
    const rate = mean(some);
    sum += weight * (mean(hit) - mean(not));
    total += weight;
    variance += weight * rate * (1 - rate);
  }
  return { effect: sum / total, error: Math.sqrt(variance) / total };
}

/** What the events say of a friction when all it leans on, and whatever else went wrong on the touch, is held equal. */
function observe({ kind, touchpoint, property }: FrictionTruth, rows: readonly Row[]) {
  const own = rows.filter((row) => row.touchpoint === touchpoint);
  const told = ({ event: { properties = {}, score } }: Row, but: string | null) =>
    [properties.late, properties.failed, (score ?? 5) <= 2].filter((_, at) => ["late", "failed", "score"][at] !== but);
  const onTouch = (hit: (row: Row) => boolean, some: readonly Row[], more: (row: Row) => unknown = () => "") =>
    compare(
      some.map((row) => ({
        stratum: [row.history, ...told(row, property), more(row)].join(" "),
        ...{ hit: hit(row), y: row.ordered },
      })),
    );
  if (kind === "bad-score")
    return onTouch(
      ({ event }) => (event.score ?? 5) <= 2,
      own,
      ({ gap }) => gap > 48,
    );
  if (property !== null) return onTouch(({ event }) => event.properties?.[property] === "true", own);
  if (kind === "wait")
    return onTouch(
      ({ gap }) => gap > 24,
      own.filter(({ last }) => !last),
    );
  if (kind === "rework")
    return onTouch(
      ({ again }) => again,
      own.filter(({ contact }) => !contact),
    );
  if (kind === "repeat-contact")
    return onTouch(
      ({ contact }) => contact,
      own.filter(({ again }) => again),
    );
  const left = kind === "drop-off";
  // Before the first one nothing was seen: whatever comes is drawn from the same. What may still come later makes it a
  // little less there than later on, by less than this can see.
  const present = rows
    .filter(({ step }) => left || step === 0)
    .map((row) => ({ row, hit: row.touchpoint === touchpoint }));
  return compare(
    present.map(({ row, hit }) => ({ stratum: row.history, hit, y: left ? Number(row.last) : row.ordered })),
  );
}

describe("friction worlds", () => {
  test("names say what the method reads from them: stages, errors, contacts", () => {
    for (const { name, stage, error, flags, plain } of buildFrictionWorld(5, true).touches) {
      expect(stage).toBe(stageOf(name));
      expect(stage).toBeGreaterThanOrEqual(0);
      expect(isErrorName(name)).toBe(error);
      const contact = flags.some(({ sign }) => sign === "contact");
      if (contact) expect(isOpeningName(name)).toBe(true);
      // Only what may be repeated is looked at as rework.
      if (plain) expect(STAGES[stage]).toBe("evaluation");
    }
  });

  test("the same run is the same to the byte, another seed is another world", () => {
    const run = { scenario: "frictions", seed: 3, customers: 40 } as const;
    expect(read(run)).toEqual(read(run));
    expect(buildFrictionWorld(4, true)).not.toEqual(buildFrictionWorld(3, true));
  });

  test("every kind is planted, and stands beside the same kind doing nothing; the null world does nothing at all", () => {
    const { frictions, promises } = read({ scenario: "frictions", seed: 1, customers: 1500 }).truth;
    const kinds = ["drop-off", "rework", "wait", "repeat-contact", "bad-score", "error-event"] as const;
    for (const kind of kinds) {
      const own = frictions.filter((friction) => friction.kind === kind);
      expect(new Set(own.map(({ planted }) => planted))).toEqual(new Set([true, false]));
      for (const { planted, effect } of own) if (planted) expect(Math.abs(effect)).toBeGreaterThan(0.02);
    }
    expect(promises).toMatchObject([{ property: "wait", atMost: 48 }]);
    const empty = read({ scenario: "frictions-null", seed: 1, customers: 300 }).truth.frictions;
    expect(empty.every(({ effect, planted }) => Math.abs(effect) < 1e-12 && !planted)).toBe(true);
    expect(empty.map(({ kind, touchpoint }) => `${kind} ${touchpoint}`)).toHaveLength(frictions.length);
  });
});

describe("the truth", () => {
  const { customers, truth } = read({ scenario: "frictions", seed: 2, customers: 5000 });
  const rows = customers.flatMap((customer) => [...listRows(customer)]);

  test("is what the events say when all that a friction leans on is held equal", () => {
    const planted = truth.frictions.filter((friction) => friction.planted);
    expect(planted).toHaveLength(11);
    // Of leaving, those into which nothing was put say little more of the same.
    const looked = truth.frictions.filter(({ kind, planted: put }) => put || kind !== "drop-off");
    const errors = looked.map((friction) => {
      const { effect, error } = observe(friction, rows);
      return { friction, off: effect - friction.effect, error };
    });
    for (const { off, error } of errors) expect(Math.abs(off)).toBeLessThan(4 * error);
    // All planted ones together: a truth that is half off would be seen.
    const all = errors.filter(({ friction }) => friction.planted && friction.kind !== "drop-off");
    const mean = all.reduce((sum, { off }) => sum + off, 0) / all.length;
    const error = Math.hypot(...all.map((one) => one.error)) / all.length;
    expect(error).toBeLessThan(0.011);
    expect(Math.abs(mean)).toBeLessThan(3 * error);
  });

  test("late touches get bad scores more often, and frictions hit some segments more than others", () => {
    const late = truth.frictions.filter(({ property }) => property === "late");
    const bad = ({ event }: Row) => Number((event.score ?? 5) <= 2);
    const mean = (some: readonly Row[]) => some.reduce((sum, row) => sum + bad(row), 0) / some.length;
    for (const { touchpoint } of late) {
      const own = rows.filter((row) => row.touchpoint === touchpoint);
      const isLate = ({ event }: Row) => event.properties?.late === "true";
      expect(mean(own.filter(isLate)) - mean(own.filter((row) => !isLate(row)))).toBeGreaterThan(0.2);
    }
  });
});
