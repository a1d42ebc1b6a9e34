/** The KPI before a switch-on, on numbers known by hand: value, variance, what the time before tells, and how many units come. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import type { AnalysisContext } from "../context.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { measureBaseline } from "./effect-baseline.ts";

const ORDER = 'touchpoint = "Order"';
const VISIT = 'touchpoint = "Visit"';
const DAY = 86_400_000;

let recorded: RecordedEvents;
let context: AnalysisContext;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
  context = await recorded.record(shop());
});
afterAll(() => recorded.close());

const day = (nth: number) => new Date(Date.UTC(2025, 0, 1) + nth * DAY).toISOString();

/**
 * 40 customers seen on the first day and 20 that come on days 42 to 51, two a day. Number nth orders nth % 4 times before day
 * 28 and (nth % 4 === 3 ? 2 : nth % 2) times from then on; the data end on day 56.
 */
function shop(): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (let nth = 0; nth < 60; nth++) {
    const one = {
      customer: `c${nth}`,
      traits: { arm: nth % 3 === 0 ? "new" : "old" },
      objects: { session: `s${nth}` },
    };
    const first = nth < 40 ? 0 : 42 + Math.floor((nth - 40) / 2);
    events.push({ ...one, at: day(first), touchpoint: "Visit" });
    const [before, after] = [nth < 40 ? nth % 4 : 0, nth % 4 === 3 ? 2 : nth % 2];
    for (let order = 0; order < before; order++) events.push({ ...one, at: day(3 + order), touchpoint: "Order" });
    for (let order = 0; order < after; order++)
      events.push({ ...one, at: day(first === 0 ? 40 : first + 1), touchpoint: "Order" });
  }
  return [
    ...events,
    { customer: "c0", at: new Date(Date.UTC(2025, 0, 1) + 56 * DAY - 1).toISOString(), touchpoint: "End" },
  ];
}

function ask(more: Partial<EffectQuestionInput> = {}) {
  const metric = { kind: "count", event: ORDER } as const;
  return measureBaseline(
    context,
    effectQuestionSchema.parse({ design: "randomised", metric, by: "prop.variant", ...more }),
  );
}

it("reads four weeks where no plan says how long", async () => {
  const orders = Array.from({ length: 60 }, (_, nth) => (nth % 4 === 3 ? 2 : nth % 2));
  const mean = orders.reduce((sum, one) => sum + one, 0) / 60;
  const variance = orders.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 59;
  const found = await ask({ by: "customer.arm", control: ["old"], treatment: ["new"] });
  expect(found).toMatchObject({ n: 60, share: false, known: 40, plannedMs: null, watchedMs: 28 * DAY });
  expect(found?.value).toBeCloseTo(mean, 12);
  expect(found?.variance).toBeCloseTo(variance, 9);
  expect(found?.treatmentShare).toBeCloseTo(1 / 3, 12);
  // 20 new ones in 28 days.
  expect(found?.unitsPerDay).toBeCloseTo(20 / 28, 12);
  expect(found?.from).toBe(day(28));
  expect(found?.until).toBe(day(56));
  // t(.975, 59) = 2.001.
  expect((found?.high ?? 0) - (found?.low ?? 0)).toBeCloseTo(2 * 2.001 * Math.sqrt(variance / 60), 3);
});

it("tells how far the time before goes along, unless it must not be used", async () => {
  const question = { by: "customer.arm", control: ["old"], treatment: ["new"] };
  const pairs = Array.from({ length: 60 }, (_, nth) => [nth < 40 ? nth % 4 : 0, nth % 4 === 3 ? 2 : nth % 2] as const);
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / 60;
  const spread = (a: 0 | 1, b: 0 | 1) =>
    pairs.reduce((sum, pair) => sum + (pair[a] - mean(a)) * (pair[b] - mean(b)), 0);
  const correlation = spread(0, 1) / Math.sqrt(spread(0, 0) * spread(1, 1));
  expect((await ask(question))?.correlation).toBeCloseTo(correlation, 9);
  expect((await ask({ ...question, adjust: false }))?.correlation).toBe(0);
});

it("takes as long a time as is planned, right before the switch-on, and everybody where only later events tell the arms", async () => {
  const found = await ask({ since: "2025-02-19", until: "2025-03-05", metric: { kind: "share", event: ORDER } });
  // Of the 14 days before day 49, from day 35: orders on day 40, and of those who came by day 47.
  expect(found).toMatchObject({
    from: day(35),
    until: day(49),
    plannedMs: 14 * DAY,
    share: true,
    treatmentShare: null,
  });
  const seen = Array.from({ length: 60 }, (_, nth) => nth).filter((nth) => nth < 54);
  const buyers = seen.filter((nth) => nth % 2 === 1 && (nth < 40 || 43 + Math.floor((nth - 40) / 2) < 49));
  expect(found).toMatchObject({ n: seen.length, value: buyers.length / seen.length, known: 40 });
  const share = buyers.length / seen.length;
  expect(found?.variance).toBeCloseTo(share * (1 - share), 12);
  expect(found?.unitsPerDay).toBeCloseTo(1, 12);
});

it("counts those who come one by one, each watched for its own time", async () => {
  const found = await ask({ at: VISIT, by: "customer.arm", control: ["old"], treatment: ["new"], withinMs: 7 * DAY });
  // 35 days; those of day 50 and 51 are not over by day 56.
  expect(found).toMatchObject({ n: 16, known: 0, from: day(21), watchedMs: 7 * DAY });
  expect(found?.unitsPerDay).toBeCloseTo(20 / 35, 12);
  const visits = await ask({
    unit: "session",
    by: "customer.arm",
    treatment: ["new"],
    metric: { kind: "share", event: ORDER },
  });
  expect(visits).toMatchObject({ n: 20, known: 0 });
});

it("gives the mean of the whole periods before a series' switch-on", async () => {
  // Weeks back from day 49, the first from day 0: orders on days 3 to 5, on day 40, and a day after each of 42 to 48.
  const found = await ask({ design: "series", unit: "day", by: undefined, since: "2025-02-19" });
  const old = Array.from({ length: 40 }, (_, nth) => nth);
  const late = Array.from({ length: 12 }, (_, nth) => nth + 40);
  const after = (nth: number) => (nth % 4 === 3 ? 2 : nth % 2);
  const total = (numbers: readonly number[], of: (nth: number) => number) =>
    numbers.reduce((sum, nth) => sum + of(nth), 0);
  const weeks = [total(old, (nth) => nth % 4), 0, 0, 0, 0, total(old, after), total(late, after)];
  const mean = total(weeks, (one) => one) / 7;
  expect(found).toMatchObject({ n: 7, from: day(0), until: day(49) });
  expect(found?.value).toBeCloseTo(mean, 12);
  expect(found?.variance).toBeCloseTo(total(weeks, (one) => (one - mean) ** 2) / 6, 9);
  expect(await ask({ design: "series", unit: "day", by: undefined, since: "2025-01-10" })).toBeNull();
});

it("has no baseline where nothing is known from before", async () => {
  expect(await ask({ since: "2025-01-01" })).toBeNull();
  expect(await ask({ unit: "day" })).toBeNull();
  expect(
    await ask({ metric: { kind: "ratio", event: ORDER, per: 'touchpoint = "End"' }, since: "2025-02-19" }),
  ).toBeNull();
});
