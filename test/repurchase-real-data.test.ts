/**
 * Re-purchase on real shops, through the whole way from files to answer, against what other tools computed of the same hold-outs.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); the numbers are those of lifetimes and three R packages.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { analyzeRepurchase } from "../src/analysis/repurchase.ts";
import { type RepurchaseReport, repurchaseReportSchema } from "../src/analysis/repurchase-schema.ts";
import { hasRealData, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

/** Asked once for all tests of a `describe`, and read as an answer is. */
function asking(path: string, recipe: string, query: Parameters<typeof analyzeRepurchase>[1]) {
  const { context } = importRealData(path, { recipe });
  let report: RepurchaseReport;
  beforeAll(async () => {
    report = repurchaseReportSchema.parse(await analyzeRepurchase(context(), query));
  });
  return {
    report: () => report,
    model: (id: string) => report.models.find((model) => model.id === id),
    chosen: () => report.models.find(({ id }) => id === report.chosen)?.holdout,
    warnings: () => report.warnings.map(({ code }) => code),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const within = (golden: number) => expect.closeTo(golden, -Math.log10(2 * 0.005 * golden));

describe.skipIf(!hasRealData)(`cdnow, 39 weeks held out${whySkipped}`, () => {
  const cdnow = asking("cdnow/CDNOW_master.txt", "cdnow", { holdoutDays: 39 * 7 });

  it("has the customers, patterns and purchases of the literature", () => {
    expect(cdnow.report()).toMatchObject({
      ...{ customers: 23_570, patterns: 8685, lack: null },
      calibration: { from: "1997-01-01", to: "1997-09-30" },
      holdout: { from: "1997-10-01", to: "1998-06-30", actual: 19_684 },
      // Counted in plain Python: distinct days a customer.
      floor: { repeaters: 9451, repeatersRequired: 300, returning: 7058, returningRequired: 100 },
    });
  });

  it("forecasts as well as the models are known to", () => {
    const golden = {
      nbd: [1.0546, 1.8594, 0.474, 0.651],
      "bg-nbd": [0.8187, 1.7329, -0.143, 0.6688],
      "mbg-nbd": [0.7945, 1.7396, -0.191, 0.6696],
      "pareto-nbd": [0.7938, 1.7262, -0.129, 0.6708],
    };
    for (const [id, [mae = 0, rmse = 0, bias = 0, correlation = 0]] of Object.entries(golden)) {
      const scores = cdnow.model(id)?.holdout;
      expect(scores, id).toMatchObject({ mae: within(mae), rmse: within(rmse), correlation: within(correlation) });
      expect(Math.abs((scores?.bias ?? 0) - bias), id).toBeLessThan(0.003);
    }
    expect(cdnow.model("cnbd-k")?.parameters.k).toBe(1);
  });

  it("shows the baselines beside them, and chooses what beats them", () => {
    const { baselines, chosen, because, beatsBaselines, splits } = cdnow.report();
    expect(baselines).toMatchObject([
      { id: "zeros", holdout: { mae: within(0.8351), rmse: within(2.4674), auc: null } },
      { id: "recency" },
      // Fifths of recency and frequency rank with an AUC of .7634 elsewhere.
      { id: "rfm", holdout: { auc: within(0.7634) } },
    ]);
    expect([chosen, beatsBaselines, splits.length]).toEqual(["pareto-nbd", true, 1]);
    expect(because).toContain("Pareto/NBD did best of 5 models");
    expect(cdnow.chosen()?.auc).toBeGreaterThanOrEqual(0.765);
    expect(cdnow.chosen()?.topDecileShare).toBeGreaterThanOrEqual(0.455);
    // A cohort acquired in twelve weeks is no left truncation, however new customers stop.
    expect(cdnow.warnings()).toEqual(["biased", "short-history"]);
  });

  it("tracks the weeks, and tells rare from frequent buyers", () => {
    const { tracking, calibrationByFrequency: rows } = cdnow.report();
    const ahead = tracking.filter(({ holdout }) => holdout);
    expect([tracking.length, ahead.length]).toEqual([78, 39]);
    // Repeat purchase days of the calibration and the hold-out: all days less first ones, counted in plain Python.
    expect(sum(tracking.map(({ actual }) => actual))).toBe(44_021);
    expect(sum(ahead.map(({ actual }) => actual))).toBe(19_684);
    expect(sum(ahead.map(({ expected }) => expected)) / 19_684 - 1).toBeCloseTo(-0.1286, 3);
    expect(sum(rows.map(({ customers }) => customers))).toBe(23_570);
    for (const { actual, low, high } of rows) expect(low < actual && actual < high).toBe(true);
  });

  it("looks ahead from the end of the data with an interval", () => {
    const { outlook, models, segments, states, aliveMap } = cdnow.report();
    expect(outlook).toMatchObject({
      from: "1998-07-01",
      to: "1999-03-30",
      customers: 23_570,
      level: 1,
      currency: "USD",
    });
    for (const total of [outlook?.orders, outlook?.buyers, outlook?.value])
      expect(total && total.low < total.value && total.value < total.high).toBe(true);
    for (const groups of [segments, states]) {
      expect(sum(groups.map(({ customers }) => customers))).toBe(23_570);
      expect(sum(groups.map(({ expected }) => expected))).toBeCloseTo(outlook?.orders.value ?? 0, 3);
    }
    expect(sum(aliveMap.map(({ customers }) => customers))).toBe(23_570);
    const [first, ...others] = models.filter(({ intervals }) => intervals !== null);
    expect([first?.id, others]).toEqual(["pareto-nbd", []]);
    for (const [name, { low, high }] of Object.entries(first?.intervals ?? {})) {
      const value = first?.parameters[name] ?? 0;
      expect(low < value && value < (high ?? 0)).toBe(true);
    }
  });
});

describe.skipIf(!hasRealData)(`online_retail, 13 weeks held out${whySkipped}`, () => {
  const path = "online_retail/online_retail_to_2011-08.csv.gz";
  const shop = asking(path, "online-retail", { holdoutDays: 13 * 7 });

  it("warns of left truncation, and gets the total right", () => {
    const warning = shop.report().warnings.find(({ code }) => code === "left-truncation");
    expect(warning?.message).toContain("left truncation");
    expect(Math.abs(shop.chosen()?.bias ?? 1)).toBeLessThan(0.2);
    expect(shop.report()).toMatchObject({ beatsBaselines: true, holdout: { to: "2011-08-31", actual: 2847 } });
    expect(shop.report().splits.length).toBe(3);
    expect(shop.report().outlook?.level).not.toBe(1);
  });
});

describe.skipIf(!hasRealData)(`olist${whySkipped}`, () => {
  const shop = asking("olist", "olist", {});

  it("has not enough repeat purchases, and says how many there are and how many it takes", () => {
    expect(shop.report()).toMatchObject({
      ...{ models: [], chosen: null, outlook: null, warnings: [], because: null },
      lack: { n: 67, required: 300 },
    });
    expect(shop.report().lack?.reason).toMatch(/Not enough repeat purchases.* 67 customers.*300.* 42 of .*100/);
  });
});
