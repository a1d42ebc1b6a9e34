/**
 * The KPIs of real shops, through the whole way from files to answer, against numbers counted by other tools; and one moment.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); the counts beyond its README are from plain Python.
 */
import { describe, expect, it } from "vitest";
import { analyzeKpiBreakdown } from "../src/analysis/kpi-breakdown.ts";
import { analyzeKpiTrend } from "../src/analysis/kpi-trend.ts";
import { analyzeKpis } from "../src/analysis/kpis.ts";
import { analyzeMoments } from "../src/analysis/moments.ts";
import { analyzeOverview } from "../src/analysis/overview.ts";
import { analyzeRepurchaseProducts } from "../src/analysis/repurchase-products.ts";
import { analyzeRetention } from "../src/analysis/retention.ts";
import { hasRealData, readsLongData, whyLongSkipped, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

/** A workspace of its own with one recipe's import, for the tests of one `describe`. */
function importing(path: string, recipe: string) {
  const { context } = importRealData(path, { recipe });
  return {
    context,
    kpis: async (ids?: string[]) => {
      const report = await analyzeKpis(context(), ids ? { kpis: ids } : {});
      return Object.fromEntries(report.kpis.map((kpi) => [kpi.id, kpi]));
    },
  };
}

const addUp = (numbers: readonly (number | null | undefined)[]) =>
  numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);

describe.skipIf(!readsLongData)(`online_retail${whyLongSkipped}`, () => {
  const shop = importing("online_retail/online_retail_to_2011-08.csv.gz", "online-retail");

  it("counts buyers, orders and revenue", async () => {
    const kpis = await shop.kpis();
    expect(kpis.customers).toMatchObject({ value: 3360 });
    expect(kpis.orders).toMatchObject({ value: 11_413 });
    // Prices of a tenth of a cent: the exact sum is 5,239,240.562.
    expect(kpis.revenue).toMatchObject({
      value: 5_239_240.56,
      unit: "GBP",
      n: 11_413,
      byCurrency: { GBP: 5_239_240.56 },
    });
    expect(kpis["repeat-purchase-rate"]).toMatchObject({ value: 1941 / 3317, n: 3317 });
    expect(kpis["repeat-purchase-rate"]).toMatchObject({
      low: expect.closeTo(0.5683, 4),
      high: expect.closeTo(0.6018, 4),
    });
  });

  it("takes cancellations off, times the second order and counts days", async () => {
    const kpis = await shop.kpis();
    expect(kpis["net-revenue"]).toMatchObject({ value: 4_919_107.73 });
    expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({ value: 1328 / 2735, n: 2735 });
    expect(kpis["repeat-purchase-days-rate"]).toMatchObject({ value: 1890 / 3317 });
    expect(kpis["time-to-second-order"]).toMatchObject({ value: 101, n: 3317 });
    expect(kpis.stickiness).toMatchObject({ value: expect.closeTo(0.04753236999, 10), n: 3360 });
  });

  it("knows what is bought again, and foretells next products better than what everybody buys", async () => {
    const { products, total, backTest } = await analyzeRepurchaseProducts(shop.context(), { top: 2 });
    expect(total).toBe(3388);
    expect(products.map((row) => [row.product, row.orders, row.buyers, row.repeatBuyers])).toEqual([
      ["85123A", 1395, 686, 301],
      ["22423", 1205, 681, 238],
    ]);
    expect(products[0]?.replenishment).toMatchObject({ days: expect.closeTo(61.5, 1), n: 685 });
    expect(backTest).toMatchObject({
      customers: 1884,
      recall: expect.closeTo(0.18631379, 8),
      global: expect.closeTo(0.05543072, 8),
    });
  });

  it("adds up month by month and week by week", async () => {
    for (const every of ["month", "week"] as const) {
      const trend = async (kpi: string) => (await analyzeKpiTrend(shop.context(), { kpi, every })).points;
      expect(addUp((await trend("revenue")).map(({ value }) => value))).toBeCloseTo(5_239_240.56, 1);
      expect(addUp((await trend("orders")).map(({ value }) => value))).toBe(11_413);
      const repeat = await trend("repeat-purchase-rate");
      expect(addUp(repeat.map(({ numerator }) => numerator))).toBe(1941);
      expect(addUp(repeat.map(({ denominator }) => denominator))).toBe(3317);
    }
  });

  it("has no group of buyers of the last three months, and calls no month a change", async () => {
    const { points } = await analyzeKpiTrend(shop.context(), { kpi: "repeat-purchase-rate" });
    expect(points.map(({ value }) => value === null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    const overview = await analyzeOverview(shop.context());
    expect(overview).toMatchObject({ customers: 3360, anonymous: 0, periods: { current: { from: "2011-08-01" } } });
    const revenue = overview.headline.find(({ id }) => id === "revenue");
    expect(revenue).toMatchObject({ current: { n: 1280 }, change: { beyondChance: false } });
  });
});

describe.skipIf(!hasRealData)(`olist${whySkipped}`, () => {
  const shop = importing("olist", "olist");

  it("counts orders, late deliveries and scores", async () => {
    const kpis = await shop.kpis();
    expect(kpis.orders).toMatchObject({ value: 17_216 });
    expect(kpis["late-delivery-share"]).toMatchObject({ value: 980 / 14_998, n: 14_998 });
    expect(kpis["mean-score:Review Answered"]).toMatchObject({ value: expect.closeTo(3.71496282, 8), n: 12_237 });
    expect(kpis["csat:Review Answered"]).toMatchObject({ value: 8231 / 12_237, scale: "1-5" });
  });

  it("adds up over time and by a customer's state", async () => {
    const { points } = await analyzeKpiTrend(shop.context(), { kpi: "late-delivery-share" });
    expect(addUp(points.map(({ numerator }) => numerator))).toBe(980);
    expect(addUp(points.map(({ denominator }) => denominator))).toBe(14_998);
    const csat = await analyzeKpiTrend(shop.context(), { kpi: "csat:Review Answered", every: "week" });
    expect(addUp(csat.points.map(({ numerator }) => numerator))).toBe(8231);
    const { rows } = await analyzeKpiBreakdown(shop.context(), { kpi: "orders", by: "customer.state" });
    expect(addUp(rows.map(({ kpi }) => kpi.value))).toBe(17_216);
    expect(rows.at(-1)).toMatchObject({ kind: "other" });
  });

  it("late parcels cost one and a half to two stars, counted from the due moment", async () => {
    const { claims } = await analyzeMoments(shop.context(), {
      ...{ journey: "order", outcome: 'touchpoint = "Review Answered"', of: "score", withinMs: 120 * 86_400_000 },
      ...{ contrast: "experience", property: "overdue" },
    });
    const overdue = claims.find(({ touchpoint, property }) => touchpoint === "Delivery Due" && property === "overdue");
    expect(overdue?.effect).toBeGreaterThan(-2.1);
    expect(overdue?.effect).toBeLessThan(-1.6);
    expect(overdue?.high).toBeLessThan(-1);
    expect(overdue?.label).toBe("association, adjusted");
  });
});

describe.skipIf(!hasRealData)(`cdnow${whySkipped}`, () => {
  const shop = importing("cdnow/CDNOW_master.txt", "cdnow");

  it("counts purchases, and customers who buy on two days", async () => {
    const kpis = await shop.kpis();
    expect(kpis.events).toMatchObject({ value: 69_659 });
    expect(kpis.customers).toMatchObject({ value: 23_570 });
    expect(kpis.revenue).toMatchObject({ value: 2_500_315.63 });
    expect(kpis["repeat-purchase-days-rate"]).toMatchObject({ value: expect.closeTo(0.488587, 6), n: 23_570 });
    expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({ value: 7079 / 23_570, n: 23_570 });
    expect(kpis["time-to-second-order"]).toMatchObject({ value: null, n: 11_662, required: 11_785 });
    expect(kpis.stickiness).toMatchObject({ value: expect.closeTo(0.0405444663, 10) });
  });

  it("has every customer in one cohort of the first quarter", async () => {
    const report = await analyzeRetention(shop.context(), { kind: "unbounded", days: [1] });
    expect(report.cohorts.map(({ start }) => start)).toEqual(["1997-01-01", "1997-02-01", "1997-03-01"]);
    expect(report.all.cells[0]).toMatchObject({ value: expect.closeTo(0.488587, 6), n: 23_570 });
  });
});

/** The same files by the recipe's own counts. */
describe.skipIf(!readsLongData)(`olist, nine files joined${whyLongSkipped}`, () => {
  const { platform } = importRealData("olist", { recipe: "olist" });

  it("keeps every order and joins the reviews to the deliveries", async () => {
    const { events, state } = platform();
    const [report] = await state.listImports();
    const params = { id: report?.id ?? 0 };
    expect(report).toMatchObject({ events: { rejected: 0, skipped: {} }, customers: 16_978 });
    const counts = await events.query(
      `SELECT touchpoint, count() AS events FROM raw WHERE import = {id:UInt32}
       GROUP BY touchpoint ORDER BY events DESC, touchpoint`,
      { params },
    );
    expect(counts).toMatchObject([
      { touchpoint: "Order Placed", events: 17_216 },
      { touchpoint: "Payment Approved" },
      { touchpoint: "Delivery Due" },
      { touchpoint: "Handed To Carrier" },
      { touchpoint: "Order Delivered", events: 14_998 },
      { touchpoint: "Review Answered" },
    ]);
    const scores = await events.query(
      `SELECT late, uniqExact(delivered.o) AS orders, round(avg(score), 4) AS score FROM
       (SELECT objectIds[1] AS o, toFloat64OrNull(properties['daysLate']) > 0 AS late FROM raw
        WHERE import = {id:UInt32} AND touchpoint = 'Order Delivered') AS delivered
       LEFT JOIN (SELECT objectIds[1] AS o, score FROM raw WHERE import = {id:UInt32} AND touchpoint = 'Review Answered') AS review
       ON delivered.o = review.o GROUP BY late ORDER BY late`,
      { params },
    );
    expect(scores).toEqual([
      { late: 0, orders: 14_018, score: 4.2889 },
      { late: 1, orders: 980, score: 2.2206 },
    ]);
  });
});
