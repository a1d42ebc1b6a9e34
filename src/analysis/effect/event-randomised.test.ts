/** Randomised changes on recorded events: the report on numbers known by hand, its checks, its looks, and what it refuses. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import { momentsOfRows } from "../../stats/arm-moments.ts";
import { adjustForBefore } from "../../stats/cuped.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import type { AnalysisContext } from "../context.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { effectReportSchema } from "./effect-report.ts";
import { listLooks } from "./event-randomised.ts";
import { measureEffect } from "./measure-effect.ts";

const ORDER = 'touchpoint = "Order"';
const [FIRST, SINCE, UNTIL] = ["2025-01-01", "2025-02-01", "2025-03-01"];
const DAY = 86_400_000;

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

async function ask(context: AnalysisContext, more: Partial<EffectQuestionInput> = {}) {
  const metric = { kind: "share", event: ORDER } as const;
  const question = { design: "randomised", metric, by: "customer.arm", since: SINCE, until: UNTIL, ...more } as const;
  return effectReportSchema.parse(await measureEffect(context, effectQuestionSchema.parse(question)));
}

const checkOf = ({ checks }: Awaited<ReturnType<typeof ask>>, id: string) => checks.find((check) => check.id === id);

/** 100 customers an arm, all seen in January; 30 of A and 55 of B order in February, on day 1 to 27. */
function shop(): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const [arm, buyers] of [
    ["A", 30],
    ["B", 55],
  ] as const)
    for (let nth = 0; nth < 100; nth++) {
      const one = { customer: `${arm}${nth}`, traits: { arm } };
      events.push({ ...one, at: FIRST, touchpoint: "Visit" });
      // How often they ordered before goes along with how much they order now.
      for (let order = 0; order < nth % 4; order++)
        events.push({ ...one, at: "2025-01-20", touchpoint: "Order", value: "10", currency: "EUR" });
      if (nth < buyers)
        events.push({
          ...one,
          at: `2025-02-${String(1 + (nth % 27)).padStart(2, "0")}`,
          touchpoint: "Order",
          value: String(10 * (1 + (nth % 4))),
          currency: "EUR",
        });
    }
  return [...events, { customer: "nobody", at: "2025-02-28T23:00:00Z", touchpoint: "Visit" }];
}

describe("a change in a shop known by hand", () => {
  let context: AnalysisContext;
  beforeAll(async () => {
    context = await recorded.record(shop());
  });

  it("compares shares, says what they were made of, and follows them over time", async () => {
    const report = await ask(context, { adjust: false, minEffect: 0.05 });
    // Agresti and Caffo: one hit and one miss more an arm; 56/102 − 31/102 ± 1.972·√(.2476/102 + .2116/102).
    expect(report).toMatchObject({ design: "randomised", n: 200, verdict: "better" });
    expect(report.estimate).toBeCloseTo(0.25, 12);
    expect(report.low).toBeCloseTo(0.1128, 3);
    expect(report.high).toBeCloseTo(0.3774, 3);
    expect(report.groups.map(({ name, n, mean }) => [name, n, mean])).toEqual([
      ["A", 100, 0.3],
      ["B", 100, 0.55],
    ]);
    expect(report.basis).toEqual({
      ...{ unit: "customer", units: 200, leftOut: [{ reason: "in neither arm", n: 1 }], from: null, period: null },
      ...{ switchOn: "2025-02-01T00:00:00.000Z", until: "2025-02-28T23:00:00.001Z" },
    });
    expect(checkOf(report, "stop-date")).toMatchObject({ passed: true });
    expect(report.checks.map(({ id }) => id)).toEqual(["sample-ratio", "steady-baseline", "stop-date"]);
    const looks = report.overTime ?? [];
    expect(looks).toHaveLength(14);
    const last = looks.at(-1);
    expect(last).toMatchObject({ at: report.basis?.until, estimate: report.estimate, n: 200 });
    // Each holds at every look, and is wider than that of one look at the end.
    const peeking = await ask(context, { adjust: false, minEffect: 0.05, peeking: true });
    expect([last?.low, last?.high]).toEqual([peeking.low, peeking.high]);
    expect(peeking.high - peeking.low).toBeGreaterThan(report.high - report.low);
    // Two days: numbers 0, 1, 27, 28 of A, besides them 54 of B.
    expect(looks[0]).toMatchObject({ at: "2025-02-03T00:00:00.000Z", n: 200 });
    expect(looks[0]?.estimate).toBeCloseTo(0.05 - 0.04, 12);
  });

  it("takes CUPED where the time before tells something, and leaves it where not", async () => {
    const sum = { kind: "sum", event: ORDER, of: "value" } as const;
    const report = await ask(context, { metric: sum });
    const rows = ["A", "B"].flatMap((arm) => Array.from({ length: 100 }, (_, nth) => ({ arm, nth })));
    const value = rows.map(({ arm, nth }) => (nth < (arm === "A" ? 30 : 55) ? 10 * (1 + (nth % 4)) : 0));
    const [a, b] = momentsOfRows(
      { value, before: rows.map(({ nth }) => 10 * (nth % 4)) },
      rows.map(({ arm }) => Number(arm === "B")),
      2,
    );
    if (!a || !b) throw new Error("two arms");
    const pair = adjustForBefore(a, b);
    if (isNoAnswer(pair)) throw new Error(pair.reason);
    expect(pair.reduction).toBeGreaterThan(0.05);
    expect(report.method).toContain("CUPED");
    expect(report.estimate).toBeCloseTo(pair.treatment.mean - pair.control.mean, 9);
    expect((await ask(context, { metric: sum, adjust: false })).method).toBe("Welch's t");
    // Nobody did anything from the 25th of January on.
    expect((await ask(context, { metric: sum, from: "2025-01-25" })).method).toBe("Welch's t");
  });

  it("counts hidden touchpoints, under a filter and an audience that ask what customers did", async () => {
    const touchpoints = context.touchpoints.map((touchpoint) => ({
      ...touchpoint,
      hidden: touchpoint.name === "Order",
    }));
    const hidden = await ask({ ...context, touchpoints }, { adjust: false });
    expect(hidden.estimate).toBeCloseTo(0.25, 12);
    const audience = 'customer.arm = "B" and has("Visit") and count("Order") < 3';
    const { groups } = await ask(context, { by: undefined, audience, where: 'has("Order")', adjust: false });
    // Who ever orders: of A 75 and 8 more that did not before, of B 75 and 14; three orders before the switch-on have 25.
    expect(groups.map(({ name, n }) => [name, n])).toEqual([
      ["everybody else", 83 + 25],
      ["the audience", 89 - 25],
    ]);
  });

  it("withholds the verdict before the stop date, unless the interval holds at every look", async () => {
    const early = await ask(context, { until: "2025-04-01" });
    expect(checkOf(early, "stop-date")).toMatchObject({ passed: false, detail: expect.stringContaining("wait") });
    expect(early.verdict).toBe("inconclusive");
    const peeking = await ask(context, { until: "2025-04-01", peeking: true, adjust: false });
    expect(checkOf(peeking, "stop-date")).toMatchObject({ passed: true });
    expect(peeking.method).toContain("always-valid");
    expect(peeking.high - peeking.low).toBeGreaterThan(early.high - early.low);
    const open = await ask(context, { until: undefined });
    expect(checkOf(open, "stop-date")).toBeUndefined();
  });

  it("watches everybody equally long, with one look where all began at once", async () => {
    const report = await ask(context, { withinMs: 10 * DAY, adjust: false });
    // Of numbers 0 to 29 of A those on the first 10 days: 0–9 and 27–29; of B also 30–36 and 54.
    expect(report.groups.map(({ mean }) => mean)).toEqual([0.13, 0.21]);
    expect(report.overTime).toHaveLength(1);
    await expect(ask(context, { withinMs: 60 * DAY })).rejects.toThrow(/200 units are still open|still open/u);
  });

  it.each([
    ["no arms told", { by: undefined }, "what tells the arms apart"],
    ["no time zero", { since: undefined }, "since when"],
    ["nothing after it yet", { since: "2025-03-01", until: undefined }, "before the switch-on"],
    ["a stop before the start", { until: "2025-01-15" }, "must be after the switch-on"],
    ["a start of the time before that is after", { from: "2025-02-10" }, "must begin before the switch-on"],
    ["one value on both sides", { control: ["A"], treatment: ["A", "B"] }, "control and treatment at once"],
    [
      "a value nobody has",
      { control: ["A"], treatment: ["Z"] },
      "There is no «Z» in customer.arm. Did you mean «A», «B»?",
    ],
    ["an arm without units", { at: 'value > 30 and channel = "app"' }, "Nobody took part"],
    ["days as units", { unit: "day" }, "Days have no groups"],
    ["what other designs ask", { switchOn: { A: SINCE } }, "means nothing to the randomised design"],
    ["a unit that is not there", { unit: "parcel" }, "no units «parcel»"],
    ["a field nobody has", { by: "customer.colour" }, "Nobody took part"],
    ["an audience of events", { by: undefined, audience: "value > 3" }, "whole customers"],
    ["a touchpoint that is not there", { at: 'touchpoint = "Oder"' }, "Oder"],
    ["a metric of whole journeys", { metric: { kind: "count", event: 'has("Order")' } }, "single events"],
    ["a sum of nothing", { metric: { kind: "sum", event: 'touchpoint = "Visit"', of: "value" } }, "no spread"],
  ] satisfies readonly [string, Partial<EffectQuestionInput>, string][])("refuses %s", async (_, more, message) => {
    await expect(ask(context, more)).rejects.toThrow(message);
  });
});

it("leaves out who is seen in both arms, and doubts the assignment where that is more than one in a hundred", async () => {
  const visit = (customer: string, at: string, variant: string) => ({
    customer,
    at,
    touchpoint: "Shown",
    properties: { variant },
  });
  const events = Array.from({ length: 60 }, (_, nth) =>
    visit(`c${nth}`, `2025-02-0${1 + (nth % 9)}`, nth % 2 === 0 ? "off" : "on"),
  );
  const orders = events.flatMap(({ customer }, nth) =>
    nth % 3 === 0 ? [{ customer, at: "2025-02-20", touchpoint: "Order" }] : [],
  );
  const both = [visit("c0", "2025-02-12", "on"), visit("c1", "2025-02-27", "off")];
  const context = await recorded.record([...events, ...orders, ...both]);
  const told = { by: "prop.variant", at: 'touchpoint = "Shown"', until: undefined, withinMs: 14 * DAY };
  const report = await ask(context, told);
  // c1 saw the other one when its time was over.
  expect(checkOf(report, "one-arm")).toMatchObject({ passed: false, detail: expect.stringContaining("1 unit was") });
  expect(report.basis?.leftOut).toEqual([{ reason: "seen in two arms", n: 1 }]);
  expect(report.n).toBe(59);
  expect(report.groups.map(({ name, n }) => [name, n])).toEqual([
    ["off", 29],
    ["on", 30],
  ]);
  const alone = await recorded.record([...events, ...orders]);
  expect(checkOf(await ask(alone, told), "one-arm")).toMatchObject({ passed: true });
  await expect(ask(await recorded.record([]))).rejects.toThrow("no events yet");
});

it("looks at whole days, 26 times at the most", () => {
  expect(listLooks(0, 3 * DAY)).toEqual([DAY, 2 * DAY, 3 * DAY]);
  expect(listLooks(0, 2.5 * DAY)).toEqual([DAY, 2 * DAY, 2.5 * DAY]);
  expect(listLooks(0, 364 * DAY)).toHaveLength(26);
  expect(listLooks(5, 5)).toEqual([5]);
});
