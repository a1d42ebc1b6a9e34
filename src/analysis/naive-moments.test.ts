/**
 * The usual methods on journeys small enough to count by hand.
 * How wrong they are where the truth is known is shown by `npm run prove -- verify`.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAttempts } from "./naive-attempts.ts";
import { analyzeNaiveMoments } from "./naive-moments.ts";
import { RecordedEvents } from "./recorded-events.case.ts";

const DAY_MS = 86_400_000;
const OUTCOME = "Order Completed";

/** Paths of attempts, each of a customer of its own, but for `then`: further attempts after a pause of 40 days. */
const PATHS: readonly (readonly string[])[] = [
  ["A", "B", OUTCOME],
  ["A", OUTCOME],
  ["A", "A", "C"],
  ["B", "C"],
  ["B", OUTCOME],
  ["C"],
  ["C", "A"],
  ["D", "B"],
];

describe("naive methods", () => {
  let recorded: RecordedEvents;
  beforeAll(async () => {
    recorded = await RecordedEvents.open();
  });
  afterAll(() => recorded.close());

  const record = (paths: readonly (readonly string[])[], times = 1) =>
    recorded.record(
      Array.from({ length: times }, (_, copy) =>
        paths.flatMap((path, customer) =>
          path.map((touchpoint, step) => ({
            customer: `${copy}-${customer}`,
            at: new Date(Date.UTC(2025, 0, 1) + step * DAY_MS).toISOString(),
            touchpoint,
          })),
        ),
      ).flat(),
    );

  test("attempts end with the outcome or a long pause", async () => {
    const at = (day: number) => new Date(Date.UTC(2025, 0, 1) + day * DAY_MS).toISOString();
    const context = await recorded.record([
      { customer: "x", at: at(0), touchpoint: "A" },
      { customer: "x", at: at(1), touchpoint: OUTCOME },
      { customer: "x", at: at(2), touchpoint: "B" },
      { customer: "x", at: at(50), touchpoint: "A" },
      { customer: "x", at: at(51), touchpoint: "B" },
    ]);
    const attempts = await readAttempts(context, OUTCOME, 30 * DAY_MS);
    const id = (name: string) => context.touchpoints.find((touchpoint) => touchpoint.name === name)?.id ?? -9;
    expect({ count: attempts.count, orders: attempts.orders }).toEqual({ count: 3, orders: 1 });
    expect(attempts.pairs.get(id("A"))?.get(id("A"))).toEqual({ attempts: 2, orders: 1 });
    expect(attempts.pairs.get(id("A"))?.get(id("B"))).toEqual({ attempts: 1, orders: 0 });
    const steps = attempts.transitions.map(({ from, to, count }) => `${from}>${to}×${count}`);
    const [a, b] = [id("A"), id("B")];
    expect(steps.toSorted()).toEqual([`${a}>-1×1`, `${b}>-2×2`, `0>${a}×2`, `0>${b}×1`, `${a}>${b}×1`].toSorted());
  });

  test("an odds ratio, counted by hand, with ½ added to each cell", async () => {
    const context = await record(PATHS);
    const { "odds-ratio": odds } = await analyzeNaiveMoments(context, { outcome: OUTCOME, withinMs: 30 * DAY_MS });
    // A: 2 of 4 order, without A 1 of 4.
    expect(odds.find(({ touchpoint }) => touchpoint === "A")?.effect).toBeCloseTo(
      Math.log((2.5 * 3.5) / (2.5 * 1.5)),
      10,
    );
    expect(odds.some(({ claimed }) => claimed)).toBe(false);
  });

  test("a regression whose coefficients are exact, claimed when there is enough of it", async () => {
    // Orders: A alone 3 of 4, neither 1 of 4; B changes nothing, in either group.
    const group = (touches: readonly string[], orders: number) =>
      Array.from({ length: 4 }, (_, nth) => ["Z", ...touches, ...(nth < orders ? [OUTCOME] : [])]);
    const paths = [...group(["A"], 3), ...group(["A", "B"], 3), ...group([], 1), ...group(["B"], 1)];
    const context = await record(paths, 30);
    const { regression, "odds-ratio": odds } = await analyzeNaiveMoments(context, {
      outcome: OUTCOME,
      withinMs: 30 * DAY_MS,
    });
    const of = (name: string) => regression.find(({ touchpoint }) => touchpoint === name);
    expect(of("A")?.effect).toBeCloseTo(0.5, 10);
    expect(of("B")?.effect).toBeCloseTo(0, 10);
    expect([of("A")?.claimed, of("B")?.claimed]).toEqual([true, false]);
    // σ² = 3/16 · n/(n − 3), Var = σ²·4/n; n = 480.
    expect((of("A")?.high ?? 0) - (of("A")?.low ?? 0)).toBeCloseTo(2 * 1.9649 * Math.sqrt((0.1875 * 4) / 477), 4);
    // Everybody has Z: no coefficient, and no difference in odds.
    expect(of("Z")).toBeUndefined();
    expect(odds.filter(({ claimed }) => claimed).map(({ touchpoint }) => touchpoint)).toEqual(["A"]);
  });

  test("Markov removal: without A half of the orders' paths are gone", async () => {
    const context = await record([["A", OUTCOME], ["B", OUTCOME], ["A"], ["B"]]);
    const { markov } = await analyzeNaiveMoments(context, { outcome: OUTCOME, withinMs: 30 * DAY_MS });
    expect(markov.map(({ effect }) => effect)).toEqual([0.5, 0.5]);
  });
});
