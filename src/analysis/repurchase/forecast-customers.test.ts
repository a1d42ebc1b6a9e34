import { describe, expect, it } from "vitest";
import { BG_NBD } from "../../stats/purchase/bg-nbd.ts";
import { NBD } from "../../stats/purchase/nbd.ts";
import { PARETO_NBD } from "../../stats/purchase/pareto-nbd.ts";
import type { Parameters, PurchaseModel } from "../../stats/purchase/purchase-model.ts";
import { dateToDay } from "../calendar-day.ts";
import type { ForecastBasis } from "./customer-basis.ts";
import { patternKey } from "./customer-standing.ts";
import { forecastCustomers } from "./forecast-customers.ts";
import { patternsOf } from "./patterns.case.ts";
import type { CustomerRow } from "./read-customers.ts";
import { findFifths } from "./rfm.ts";

/** Of the CDNOW sample at the end of its calibration, in weeks. */
const BG = { r: 0.242595, alpha: 4.413602, a: 0.792922, b: 2.425907 };
const PARETO = { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66873 };
/** 1516 of the sample (t_x 30.857, T 31 weeks), one who bought once, and one who came back after 100 days. */
const PATTERNS = patternsOf([
  [26, 216, 217, 1],
  [0, 0, 217, 1],
  [2, 130, 150, 1],
]);
const rowOf = (customer: string, at: number, lastGap: number): CustomerRow => ({
  ...{
    customer,
    key: patternKey(PATTERNS, at),
    lastGap,
    pricedRepeats: at === 1 ? 0 : 2,
    repeatSpend: at === 1 ? 0 : 44.7,
  },
});
const ROWS = [rowOf("1516", 0, 5), rowOf("once", 1, 0), rowOf("back", 2, 100)];

function basisOf(model: PurchaseModel, parameters: Parameters, change: Partial<ForecastBasis> = {}): ForecastBasis {
  const fit = { model: model.id, parameters, standardErrors: {}, logLikelihood: 0, logCovariance: null, passes: 1 };
  return {
    span: { first: 0, calibrationEnd: 0, end: dateToDay("1997-09-30"), horizonDays: 273 },
    ...{ fit: { ...fit, boundary: null }, level: 1, nobodyLeaves: model.id === "nbd" },
    gaps: { mean: 10, long: 13 },
    spend: { model: { p: 6.2496, q: 3.7442, v: 15.4435 }, mean: 36 },
    fifths: findFifths(PATTERNS),
    ...change,
  };
}

describe("forecastCustomers", () => {
  it("has the published forecasts of CDNOW's customer 1516", () => {
    const [bg] = forecastCustomers(ROWS, basisOf(BG_NBD, BG));
    expect(bg?.expectedOrders).toBeCloseTo(20.749, 3);
    expect(bg?.pAlive).toBeCloseTo(0.96885, 5);
    const [pareto] = forecastCustomers(ROWS, basisOf(PARETO_NBD, PARETO));
    expect(pareto?.expectedOrders).toBeCloseTo(20.115, 2);
    expect(pareto?.pAlive).toBeCloseTo(0.99787, 5);
    expect(pareto).toMatchObject({ frequency: 26, lastOrder: "1997-09-29", segment: "champions", state: "active" });
  });

  it("multiplies orders by what the customer spends on a purchase day", () => {
    const [frequent, once] = forecastCustomers(ROWS, basisOf(BG_NBD, BG));
    // Two purchases of 22.35 each: 24.66 by the published fit; who has no repeat spends the population's 35.17.
    expect((frequent?.expectedValue ?? 0) / (frequent?.expectedOrders ?? 1)).toBeCloseTo(24.66, 2);
    expect((once?.expectedValue ?? 0) / (once?.expectedOrders ?? 1)).toBeCloseTo(35.17, 2);
    const [worthless] = forecastCustomers(ROWS, basisOf(BG_NBD, BG, { spend: null }));
    expect(worthless).toMatchObject({ expectedValue: null, residualValue: null });
  });

  it("tells when the next order is due, with even chances", () => {
    const [frequent, once, back] = forecastCustomers(ROWS, basisOf(BG_NBD, BG));
    expect(frequent?.nextOrderDue).toBe("1997-10-07");
    expect(once?.nextOrderDue).toBeNull();
    // P(alive) .7686 times (25.842/(25.842 + t))^2.2426 and .2314 make ½ at t = 15.46 weeks: 109 days.
    expect(back).toMatchObject({ nextOrderDue: "1998-01-17", state: "returned", low: 0 });
    expect(once).toMatchObject({ pAlive: 1, because: expect.stringContaining("go by the expected orders") });
  });

  it("puts the level on orders, chances and value alike", () => {
    const [plain] = forecastCustomers(ROWS, basisOf(BG_NBD, BG));
    const [half] = forecastCustomers(ROWS, basisOf(BG_NBD, BG, { level: 0.5 }));
    for (const key of ["expectedOrders", "expectedValue", "residualValue"] as const)
      expect((half?.[key] ?? 0) / (plain?.[key] ?? 1)).toBeCloseTo(0.5, 12);
    expect(1 - (half?.atLeastOne ?? 0)).toBeCloseTo((1 - (plain?.atLeastOne ?? 0)) ** 0.5, 12);
    expect(half?.high).toBeLessThan(plain?.high ?? 0);
  });

  it("adds up no endless future where nobody leaves", () => {
    const [steady] = forecastCustomers(ROWS, basisOf(NBD, { r: 0.3848, alpha: 12.072 }));
    expect(steady).toMatchObject({ pAlive: 1, residualValue: null, because: expect.stringContaining("nobody ever") });
    expect(steady?.expectedOrders).toBeCloseTo((39 * 26.3848) / 43.072, 9);
  });
});
