import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSeededRandom } from "../stats/seeded-random.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRepurchase } from "./repurchase.ts";
import { type RepurchaseQuery, repurchaseReportSchema } from "./repurchase-schema.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const START = Date.UTC(2024, 0, 1);

/** Customers who come evenly over `weeks`, buy at a pace of their own, and leave after a purchase with a chance of their own. */
function simulateShop(customers: number, weeks: number): RecordedEvent[] {
  const random = openSeededRandom(7);
  return Array.from({ length: customers }, (_, customer) => {
    const [pace, leaves] = [2 + 20 * random() ** 2, 0.5 * random() ** 2];
    const days = [Math.floor((customer * 7 * weeks) / customers)];
    while (random() > leaves) {
      const next = (days.at(-1) ?? 0) + Math.max(1, Math.round(-7 * pace * Math.log(1 - random())));
      if (next >= 7 * weeks) break;
      days.push(next);
    }
    return days.map((day) => ({
      ...{
        customer: `c${customer}`,
        touchpoint: "Order Completed",
        currency: "EUR",
        value: String(20 + (customer % 9)),
      },
      at: new Date(START + day * 86_400_000).toISOString(),
    }));
  }).flat();
}

const ask = async (context: Parameters<typeof analyzeRepurchase>[0], query: RepurchaseQuery = {}) =>
  repurchaseReportSchema.parse(await analyzeRepurchase(context, query));

describe("analyzeRepurchase", () => {
  it("answers the same on one shard as on two, and counts what is hidden", async () => {
    let elapsed = 0;
    const stopwatch = () => (elapsed += 250);
    const context = await recorded.record(simulateShop(900, 60), { stopwatch });
    const query = { models: ["nbd", "bg-nbd"] as const, holdoutDays: 70, horizonDays: 30 };
    const report = await ask(context, { ...query, models: [...query.models] });
    const { outlook, splits, models, tracking } = report;
    expect(report).toMatchObject({
      ...{ chosen: "bg-nbd", lack: null, beatsBaselines: true },
      calibration: { from: "2024-01-01", to: "2024-12-15" },
      holdout: { from: "2024-12-16", to: "2025-02-23" },
      outlook: { horizonDays: 30, from: "2025-02-24", to: "2025-03-25", customers: 900, level: 1, currency: "EUR" },
    });
    expect(models.map(({ id, seconds, intervals }) => [id, seconds, intervals !== null])).toEqual([
      ["nbd", 0.25, false],
      ["bg-nbd", 0.25, true],
    ]);
    expect(report.warnings.map(({ code }) => code)).toEqual(["short-history"]);
    // A third one, until October, would have too few customers with a second purchase day by then.
    expect(splits.map(({ to }) => to)).toEqual(["2025-02-23", "2024-12-15"]);
    expect(tracking.length).toBe(60);
    // Nobody's orders are worth less than 20 or more than 28.
    const worth = (outlook?.value?.value ?? 0) / (outlook?.orders.value ?? 1);
    expect(worth > 20 && worth < 28).toBe(true);

    const hidden = context.touchpoints.map((touchpoint) => ({ ...touchpoint, hidden: true }));
    const elsewhere = await ask(
      { ...context, touchpoints: hidden, source: "journeys_on_shards" },
      { ...query, models: [...query.models] },
    );
    const exact = ({ customers, patterns, floor, calibration, holdout, tracking: weeks }: typeof report) => ({
      ...{ customers, patterns, floor, calibration, holdout },
      actual: weeks.map(({ actual }) => actual),
    });
    expect(exact(elsewhere)).toEqual(exact(report));
    expect(elsewhere.outlook?.orders.value).toBeCloseTo(outlook?.orders.value ?? 0, 3);
  });

  it("has too little data as an answer", async () => {
    const few = await ask(await recorded.record(simulateShop(120, 40)));
    expect(few).toMatchObject({ models: [], chosen: null, outlook: null, holdout: { to: "2024-10-06" } });
    expect(few.lack?.reason).toMatch(/Not enough repeat purchases.*300 are needed.*100 are needed/);
    expect(few.lack?.n).toBe(few.floor.repeaters);
    const once = await ask(
      await recorded.record(
        simulateShop(900, 60).filter(({ customer }, at, all) => all[at - 1]?.customer !== customer),
      ),
    );
    expect(once).toMatchObject({
      floor: { repeaters: 0, returning: 0 },
      lack: { n: 0, required: 300 },
      // Of 60 weeks, 41 are left before the hold-out.
      customers: (900 * 41) / 60,
    });

    const visit = { customer: "ann", at: "2025-01-01", touchpoint: "Product Viewed" };
    for (const world of [[], [visit], [{ ...visit, touchpoint: "Order Completed" }]])
      expect(await ask(await recorded.record(world))).toMatchObject({
        ...{ customers: 0, calibration: null, holdout: null, warnings: [], lack: { n: 0, required: 300 } },
      });
  });
});
