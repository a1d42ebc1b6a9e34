/**
 * The forecast in words, the alive map's rows and columns, weeks added up, and the parameters of the address.
 */
import { describe, expect, it } from "vitest";
import { heatOf, nameCohort } from "./cohorts/cohort-rows.ts";
import { addUp } from "./forecast/add-up.ts";
import { toAliveGrid } from "./forecast/alive-grid.ts";
import { customersQuestion, repurchaseSearchSchema } from "./repurchase-search.ts";
import {
  describeBackTest,
  describeBias,
  describeDays,
  formatChance,
  formatParameter,
  keepTogether,
} from "./views/repurchase-words.ts";

const SCORES = {
  ...{ mae: 0.7938, rmse: 1.7262, correlation: 0.6708, bias: -0.129 },
  ...{ poissonDeviance: 1.2, auc: 0.7687, topDecileShare: 0.46 },
};

describe("the forecast in words", () => {
  it("says how far off the total was and how well it ranks", () => {
    expect(describeBackTest(SCORES, "pareto-nbd", 19_620).replaceAll("\u00A0", " ")).toBe(
      "The model (Pareto/NBD) was tried on the end of your data, which it had not seen: it forecast 12.9 % too few orders in all (17,089 forecast, 19,620 happened). It told well who orders again: of two customers, one who did and one who did not, the one who did had the higher forecast in 77 of 100 cases. The tenth of customers with the highest forecast made 46 % of the orders.",
    );
    expect(describeBias(0.031)).toBe("about the right total (+3.1 %)");
    expect(describeBias(null)).toContain("nobody ordered");
  });

  it("never says that something is certain, unless it is", () => {
    expect([0, 0.004, 0.5, 0.996, 1].map(formatChance)).toEqual(["0 %", "under 1 %", "50 %", "over 99 %", "100 %"]);
  });

  it("keeps a number and its unit together, and says spans in weeks where they are", () => {
    expect(keepTogether("95 %: 120 EUR of 3 customers")).toBe("95\u00A0%: 120\u00A0EUR of 3 customers");
    expect([273, 7, 30].map(describeDays)).toEqual(["39 weeks", "1 week", "30 days"]);
    expect([0.55328, 10.57768, 1.5e9].map(formatParameter)).toEqual(["0.553", "10.58", "1.50 · 10^9"]);
  });
});

describe("toAliveGrid", () => {
  it("has a row a silence and a column a number of orders, and leaves empty cells empty", () => {
    const rest = { customers: 3, alive: 0.5, expected: 0.1 };
    const { columns, rows } = toAliveGrid([
      { sinceFrom: 0, sinceTo: 7, ordersFrom: 1, ordersTo: 1, ...rest },
      { sinceFrom: 7, sinceTo: null, ordersFrom: 20, ordersTo: null, ...rest },
    ]);
    expect(columns).toEqual(["1 order", "20+ orders"]);
    expect(rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell?.customers)])).toEqual([
      ["under 7 days", 3, undefined],
      ["7 days and more", undefined, 3],
    ]);
  });
});

describe("cohorts", () => {
  it("are named by month or quarter, and heated from one order on", () => {
    expect([nameCohort("2025-04-01", "quarter"), nameCohort("2025-04-01", "month")]).toEqual(["Q2 2025", "April 2025"]);
    const active = { active: 0.1, low: 0, high: 0.3 };
    const repeated = { repeated: 0.1, repeatedLow: 0, repeatedHigh: 0.3 };
    const cell = { period: 1, n: 9, ...active, ...repeated, orders: 2, revenue: 30 };
    const heat = heatOf([{ key: "a", name: "a", customers: 9, cells: [cell] }], "orders");
    expect([heat(1), heat(1.5), heat(null)]).toEqual([0, 0.5, null]);
  });
});

describe("addUp", () => {
  it("adds both up, week by week", () => {
    const week = (actual: number, expected: number) => ({ day: "2025-01-01", actual, expected, holdout: false });
    const sums = addUp([week(2, 1.5), week(3, 2.5)]).map(({ actualSum, expectedSum }) => [actualSum, expectedSum]);
    expect(sums).toEqual([
      [2, 1.5],
      [5, 4],
    ]);
  });
});

describe("the address", () => {
  it("opens a bad link, and asks only what is said", () => {
    const search = repurchaseSearchSchema.parse({ side: "nowhere", segment: "the best", holdout: "39", top: -1 });
    expect([search.side, search.segment, search.holdout, search.top]).toEqual(["forecast", undefined, 39, 100]);
    expect(customersQuestion({ journey: "visit", from: "2025-01-01" }, { ...search, sinceFrom: 30 })).toEqual({
      ...{ from: "2025-01-01", holdoutDays: 273, top: 100, sinceFrom: 30 },
    });
  });
});
