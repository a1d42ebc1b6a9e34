/**
 * The planted worlds do what they say: repeatable, confounded as described, with a truth that an experiment confirms.
 * What methods make of them is tested by `npm run prove -- verify`.
 */
import { describe, expect, test } from "vitest";
import { buildWorld, OUTCOME } from "./planted-world.ts";
import { findScenario, PLANTED_EFFECTS, SCENARIOS } from "./scenario.ts";
import { type PlantedCustomer, type PlantedRun, simulatePlanted, WINDOW_MS } from "./simulate-planted.ts";

const read = (run: PlantedRun) => {
  const simulation = simulatePlanted(run);
  const customers = [...simulation.customers];
  return { customers, truth: simulation.truth() };
};

/** The journeys of a customer: runs of events with pauses of at most the window. */
function splitJourneys({ events }: PlantedCustomer): string[][] {
  const journeys: string[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const { time, touchpoint } of events) {
    if (time < before) throw new Error(`${touchpoint} comes before its time`);
    if (time - before > WINDOW_MS) journeys.push([]);
    journeys.at(-1)?.push(touchpoint);
    before = time;
  }
  return journeys;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("planted worlds", () => {
  test.each(SCENARIOS)("%s: 64 touchpoints, at least four decoys a planted moment", (name) => {
    const { touches } = buildWorld(findScenario(name), 7);
    expect(new Set(touches.map((touch) => touch.name)).size).toBe(64);
    const decoys = touches.filter(({ decoy }) => decoy !== null);
    expect(decoys.length).toBeGreaterThanOrEqual(4 * PLANTED_EFFECTS.length);
    expect(touches.filter(({ kind }) => kind === "planted")).toHaveLength(name === "null" ? 0 : 8);
    // Which name is which is drawn anew by each seed.
    expect(buildWorld(findScenario(name), 8).touches.map((touch) => touch.name)).not.toEqual(
      touches.map((touch) => touch.name),
    );
  });

  test("an unknown scenario is told with those that are known", () => {
    expect(() => findScenario("easy")).toThrow(/no scenario "easy".*mixed, late-step/u);
  });

  test("the same run is the same to the byte, another seed is not", () => {
    const run = { scenario: "mixed", seed: 3, customers: 40 } as const;
    expect(read(run)).toEqual(read(run));
    expect(read({ ...run, seed: 4 }).customers).not.toEqual(read(run).customers);
  });

  test("journeys are as long and as far apart as promised, and end in an order in about every fifth", () => {
    const { customers } = read({ scenario: "mixed", seed: 1, customers: 1500 });
    const journeys = customers.flatMap(splitJourneys);
    const touches = journeys.map((journey) => journey.filter((name) => name !== OUTCOME).length);
    expect(Math.min(...touches)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...touches)).toBeLessThanOrEqual(16);
    const ordered = mean(journeys.map((journey) => (journey.at(-1) === OUTCOME ? 1 : 0)));
    expect(Math.abs(ordered - 0.2)).toBeLessThan(0.02);
    expect(customers.every((customer) => splitJourneys(customer).length >= 2)).toBe(true);
  });

  test("structural steps are passed by nearly everybody who orders", () => {
    const { customers, truth } = read({ scenario: "mixed", seed: 2, customers: 1500 });
    const ordered = customers.flatMap(splitJourneys).filter((journey) => journey.at(-1) === OUTCOME);
    const structural = truth.touchpoints.filter(({ kind }) => kind === "structural");
    expect(structural).toHaveLength(3);
    for (const { touchpoint } of structural)
      expect(mean(ordered.map((journey) => (journey.includes(touchpoint) ? 1 : 0)))).toBeGreaterThan(0.96);
  });
});

describe("the truth", () => {
  test("is 3 to 18 points for planted moments, near nothing for the others, nothing at all in the null world", () => {
    const { truth } = read({ scenario: "mixed", seed: 1, customers: 4000 });
    for (const { kind, effect } of truth.touchpoints) {
      if (kind === "planted") expect(Math.abs(effect ?? 0)).toBeGreaterThan(0.025);
      if (kind === "planted") expect(Math.abs(effect ?? 1)).toBeLessThan(0.185);
      if (kind === "decoy" || kind === "null") expect(Math.abs(effect ?? 1)).toBeLessThan(0.008);
      if (kind === "structural") expect(effect).toBeNull();
    }
    const empty = read({ scenario: "null", seed: 1, customers: 200 }).truth.touchpoints;
    expect(empty.filter(({ effect }) => effect !== null).every(({ effect }) => effect === 0)).toBe(true);
  });

  test("is what an experiment shows: first touches of planted moments are drawn by chance alone", () => {
    const { customers, truth } = read({ scenario: "followers", seed: 5, customers: 6000 });
    const journeys = customers.flatMap(splitJourneys);
    const firstTouches = journeys.map((journey) => ({ name: journey[1], ordered: journey.at(-1) === OUTCOME ? 1 : 0 }));
    const planted = truth.touchpoints.filter(({ kind }) => kind === "planted");
    expect(planted).toHaveLength(8);
    for (const { touchpoint, effect } of planted) {
      const exposed = firstTouches.filter(({ name }) => name === touchpoint).map(({ ordered }) => ordered);
      const others = firstTouches.filter(({ name }) => name !== touchpoint).map(({ ordered }) => ordered);
      const rate = mean(exposed);
      const error = Math.sqrt((rate * (1 - rate)) / exposed.length);
      expect(Math.abs(rate - mean(others) - (effect ?? 0))).toBeLessThan(4 * error);
    }
  });
});
