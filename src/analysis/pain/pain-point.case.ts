/**
 * A pain point, a rejected friction and answers made of them, for tests of what is written and shown of them.
 * How their numbers come about is tested in pain-points.test.ts.
 */
import type { PainPoint, PainPointReport, PainPointsReport, RejectedFriction } from "../pain-points-schema.ts";

export const CASE_WAIT: PainPoint = {
  ...{ kind: "wait", touchpoint: "Ticket Opened", property: null, bad: "> 26h" },
  ...{ name: "Waiting over 26 h after «Ticket Opened»", events: 1_320, journeys: 1_200, customers: 990, of: 5_400 },
  ...{ hoursPerMonth: 2_400, wait: { overHours: 26, from: "baseline", medianHours: 3.5 } },
  window: { from: "2025-01-01", to: "2026-01-01" },
  ...{ segment: null, incident: false, perMonth: 110, directCost: null },
  valueAtRisk: { value: 1_320, low: 880, high: 1_760 },
  outcomesAtRisk: { value: 13.2, low: 8.8, high: 17.6 },
  ...{ effect: -0.12, low: -0.18, high: -0.06, p: 0.0002, q: 0.003, reach: 1_100, crude: -0.2 },
  label: "likely cause",
  placebo: { of: "an earlier outcome", effect: 0.004, low: -0.02, high: 0.03, p: 0.7 },
  ...{ trend: "growing", excess: null },
};

export const CASE_REWORK: PainPoint = {
  ...{ ...CASE_WAIT, kind: "rework", touchpoint: "Address Entered", bad: null, name: "«Address Entered» again" },
  ...{ hoursPerMonth: null, wait: null, perMonth: 40, directCost: 220, trend: "steady" },
  valueAtRisk: { value: 300, low: 0, high: 640 },
  outcomesAtRisk: { value: 3, low: 0, high: 6.4 },
};

export const CASE_INCIDENT: PainPoint = {
  ...{ ...CASE_WAIT, kind: "error-event", touchpoint: "Payment Failed", bad: null, name: "«Payment Failed»" },
  ...{ hoursPerMonth: null, wait: null, window: { from: "2024-05-20", to: "2024-06-10" }, label: "dated incident" },
  ...{ segment: 'customer.platform = "mobile"', incident: true, perMonth: 190, p: 0.001, q: 0.001, placebo: null },
  ...{ effect: null, low: null, high: null, crude: null, trend: null },
  outcomesAtRisk: { value: 48, low: 30, high: 66 },
  valueAtRisk: { value: 4_800, low: 3_000, high: 6_600 },
  excess: {
    ...{ events: 150, usual: 19.4 },
    outcomes: { value: 33, low: 21, high: 45 },
    money: { value: 3_300, low: 2_100, high: 4_500 },
  },
};

export const CASE_REJECTED: RejectedFriction = {
  ...{ kind: "repeat-contact", touchpoint: "Ticket Opened", property: null, bad: null },
  ...{ name: "«Ticket Opened» again about the same within 7 days", events: 60, journeys: 55, customers: 50, of: 5_400 },
  ...{ hoursPerMonth: null, wait: null, window: CASE_WAIT.window, perMonth: 5, directCost: 30 },
  ...{ effect: -0.02, low: -0.1, high: 0.06, crude: -0.03, placebo: null, reach: 60 },
  ...{ reason: "too few", detail: "60 of the 200 touches that it takes." },
};

const ASKED = {
  ...{ journey: "life", outcome: 'touchpoint = "Order Completed"', withinMs: 30 * 86_400_000, currency: "EUR" },
  ...{ base: 0.31, n: 40_000, customers: 8_000, minimumEffect: 0.0155, worth: 100, worthError: 4, months: 12 },
  ...{ window: CASE_WAIT.window, baseline: { from: "2024-01-01", to: "2025-01-01" }, tested: 42 },
};

export const CASE_LIST: PainPointsReport = {
  ...ASKED,
  painPoints: [CASE_INCIDENT, CASE_WAIT, CASE_REWORK],
  rejected: [CASE_REJECTED],
  caveats: ["Waits are counted until the next event of the attempt."],
};

export const CASE_DETAIL: PainPointReport = {
  ...ASKED,
  ...{ painPoint: CASE_WAIT, rejected: null, since: "2025-06-01", incidents: [], caveats: CASE_LIST.caveats },
  bySegment: [
    {
      trait: "customer.platform",
      rows: [
        {
          ...{ value: "mobile", of: 1_800, events: 700, share: 0.389, perMonth: 58 },
          ...{ effect: -0.16, low: -0.25, high: -0.07, valueAtRisk: { value: 930, low: 540, high: 1_320 } },
        },
        {
          ...{ value: "web", of: 3_600, events: 620, share: 0.172, perMonth: 52 },
          ...{ effect: null, low: null, high: null, valueAtRisk: { value: null, low: null, high: null } },
        },
      ],
    },
  ],
  overTime: [
    {
      ...{ value: "2025-06-01", of: 450, events: 130, share: 0.289, perMonth: 130 },
      ...{ effect: -0.1, low: -0.22, high: 0.02, valueAtRisk: { value: 1_300, low: 300, high: 2_300 } },
    },
  ],
  overlaps: [{ name: "«Ticket Opened»: score at most 2", events: 210 }],
  method: "Touches with the friction against those without, in the same situation, all frictions of the touch at once.",
};
