/** A report's answers, made up: full of what there may be, with names, titles and comments that would like to be more than text. */
import type { PainPoint, RejectedFriction } from "../../analysis/pain-points-schema.ts";
import type { KpiLine } from "./gather-kpis.ts";
import type { GatheredReport } from "./gather-report.ts";

/** Runs where it is not escaped, in HTML text, in attributes and in SVG; loads from elsewhere, in HTML and Markdown. */
export const EVIL = `<script>alert(1)</script>"'><img src=https://evil.example/x onerror=alert(2)>`;
export const EVIL_MARKDOWN = "![x](https://evil.example/p.png) | [y](javascript:alert(3)) `z`";

const BASIS = {
  ...{ zone: "Europe/Lisbon", dataVersion: 4 },
  filter: { from: null, to: null, outside: false, where: null },
} as const;
const WINDOW = { from: "2025-01-01", to: "2025-12-31" };

const point = (start: string, end: string, value: number) => ({
  ...{ start, end, complete: true, n: 800, value, low: value - 0.01, high: value + 0.01 },
});
const POINTS = [
  point("2025-09-01", "2025-10-01", 0.121),
  point("2025-10-01", "2025-11-01", 0.128),
  point("2025-11-01", "2025-12-01", 0.104),
];

const CONVERSION: KpiLine = {
  ...{ id: "conversion", title: "Conversion", unit: "share", better: "higher", journey: "visit" },
  period: { from: "2025-11-01", to: "2025-12-01" },
  current: { value: 0.104, low: 0.098, high: 0.11, n: 8_120 },
  change: { value: -0.024, low: -0.033, high: -0.015, relative: -0.19, beyondChance: true, method: "intervals" },
  ...{ target: 0.12, points: POINTS },
};
const REVENUE: KpiLine = {
  ...{ id: "revenue", title: "Revenue", unit: "EUR", better: "higher", journey: "life", target: null },
  period: { from: "2025-11-01", to: "2025-12-01" },
  current: { value: 182_340.5, low: null, high: null, n: 2_210 },
  change: { value: 8_100, low: -9_000, high: 25_000, relative: 0.05, beyondChance: false, method: "buckets" },
  points: [point("2025-10-01", "2025-11-01", 174_000), point("2025-11-01", "2025-12-01", 182_340.5)],
};
const SCORE: KpiLine = {
  ...{ id: "csat:Review", title: `CSAT · ${EVIL}`, unit: "share", better: "higher", journey: "life", target: 0.8 },
  ...{ period: null, current: { value: null, n: 3, message: "Too few answers." }, change: null, points: [] },
};

const FRICTION = {
  ...{ property: null, bad: null, events: 1_204, journeys: 1_100, customers: 987, of: 5_400 },
  ...{ hoursPerMonth: null, wait: null, window: WINDOW },
} as const;

const LASTING: PainPoint = {
  ...FRICTION,
  ...{ kind: "repeat-contact", touchpoint: "Ticket Opened", name: "Asking again about «late delivery»", segment: null },
  ...{ incident: false, perMonth: 100.3, directCost: 812.4, valueAtRisk: { value: 4_210, low: 2_900, high: 5_520 } },
  ...{
    outcomesAtRisk: { value: 51, low: 36, high: 66 },
    effect: -0.081,
    low: -0.11,
    high: -0.052,
    p: 0.0001,
    q: 0.001,
  },
  ...{ reach: 1_010, crude: -0.12, label: "likely cause", trend: "growing", excess: null },
  placebo: { of: "an earlier outcome", effect: 0.001, low: -0.01, high: 0.012, p: 0.8 },
};
const NAMED: PainPoint = {
  ...{ ...LASTING, kind: "error-event", touchpoint: EVIL, name: `Error: ${EVIL}`, directCost: null, trend: null },
  ...{ valueAtRisk: { value: 990, low: 110, high: 1_870 }, outcomesAtRisk: { value: 12, low: 1.3, high: 22.7 } },
};
const INCIDENT: PainPoint = {
  ...{ ...LASTING, kind: "drop-off", touchpoint: "Payment Entered", name: "Leaving at «Payment Entered»" },
  ...{ incident: true, window: { from: "2024-05-20", to: "2024-06-10" }, segment: `customer.platform = "${EVIL}"` },
  ...{ label: "dated incident", effect: 0.12, low: 0.09, high: 0.15, p: 0.001, placebo: null, directCost: null },
  excess: {
    ...{ events: 312, usual: 45.2, outcomes: { value: 180, low: 150, high: 210 } },
    money: { value: 14_800, low: 12_300, high: 17_300 },
  },
};
const REJECTED: RejectedFriction = {
  ...FRICTION,
  ...{ kind: "wait", touchpoint: "Order Completed", name: "Waiting over 26 h after «Order Completed»", perMonth: 41 },
  ...{ directCost: null, effect: -0.01, low: -0.04, high: 0.02, crude: -0.02, placebo: null, reach: 500 },
  ...{ reason: "no clear effect", detail: `The interval holds 0. ${EVIL_MARKDOWN}` },
};

const PAIN: NonNullable<NonNullable<GatheredReport["diagnosis"]>["painPoints"]> = {
  ...BASIS,
  ...{ journey: "life", outcome: 'touchpoint = "Order Completed"', withinMs: 2_592_000_000, currency: "EUR" },
  ...{ base: 0.21, n: 48_000, customers: 9_800, minimumEffect: 0.0105, worth: 82.5, worthError: 1.2, months: 12 },
  ...{ window: WINDOW, baseline: WINDOW, tested: 31, painPoints: [LASTING, NAMED, INCIDENT], rejected: [REJECTED] },
  caveats: ["Customers in the same situation are compared; what nobody recorded may still differ."],
};

const MOMENTS: NonNullable<NonNullable<GatheredReport["diagnosis"]>["moments"]> = {
  ...BASIS,
  ...{ journey: "life", outcome: 'touchpoint = "Order Completed"', of: null, withinMs: 2_592_000_000, currency: "EUR" },
  ...{ base: 0.21, n: 48_000, customers: 9_800, minimumEffect: 0.0105, unfinished: 12, worth: 82.5, months: 12 },
  ...{ tested: 44, rejected: [], structural: [], caveats: [] },
  claims: [
    {
      ...{
        touchpoint: "Live Chat",
        contrast: "presence",
        property: null,
        bad: null,
        where: 'touchpoint = "Live Chat"',
      },
      ...{ effect: 0.062, low: 0.04, high: 0.084, relative: 0.3, p: 0.0001, q: 0.002, reach: 2_400, customers: 2_000 },
      ...{ impact: 149, money: 12_276, eValue: 1.9, label: "likely cause", crude: 0.11, exposedRate: 0.27 },
      ...{ comparisonRate: 0.21, simpson: false, placebo: null, responseGap: null },
    },
  ],
};

const THEMES: NonNullable<GatheredReport["diagnosis"]>["themes"] = {
  ...BASIS,
  ...{ journey: "life", texts: 4_000, covered: 2_600, customers: 3_500, meanScore: 3.9, caveats: [] },
  languages: [{ language: "pt", texts: 3_900 }],
  sources: [{ touchpoint: "Review Answered", property: "comment", texts: 4_000 }],
  themes: [
    {
      ...{ id: "t1", label: "não recebi o produto", words: ["não recebi", "não chegou"], language: "pt", texts: 410 },
      ...{ share: { value: 0.1025, low: 0.093, high: 0.112 }, trend: "growing", pattern: "não recebi" },
      score: { mean: 1.6, low: 1.5, high: 1.7, n: 405, scale: "1-5" },
      overTime: [
        { month: "2025-10-01", texts: 20, of: 300, score: 1.7 },
        { month: "2025-11-01", texts: 41, of: 310, score: 1.5 },
      ],
      examples: [
        { text: `Não recebi. ${EVIL}`, time: "2025-11-02T10:00:00.000Z", touchpoint: "Review Answered", score: 1 },
      ],
      where: [{ touchpoint: "Review Answered", property: "comment", texts: 410 }],
    },
  ],
};

const UNANSWERED: NonNullable<GatheredReport["diagnosis"]>["unanswered"] = {
  ...BASIS,
  ...{ negative: 120, unanswered: 84, share: { value: 0.7, low: 0.61, high: 0.77 }, waiting: 6, customers: 80 },
  ...{ from: "2025-09-30", to: "2025-12-29", answers: ["Ticket Answered"], newest: [] },
};

const OVERVIEW: GatheredReport["overview"] = {
  ...BASIS,
  ...{ events: 120_400, customers: 9_800, anonymous: 40, imports: 3, journey: "life", currency: "EUR" },
  ...{ first: "2024-01-01T08:00:00.000Z", last: "2025-12-30T23:30:00.000Z", endOfData: "2025-12-30T23:30:00.000Z" },
  ...{ journeys: [{ name: "life", journeys: 9_800 }], headline: [], changes: [], periods: null },
  coverage: {
    ...{ stages: [], channels: [], withoutChannel: 0, currencies: [] },
    unmapped: { touchpoints: 0, events: 0 },
    withoutCustomer: { events: 0, share: 0 },
    anonymous: { customers: 40, share: 0.004 },
  } as unknown as GatheredReport["overview"]["coverage"],
};

const FINDINGS: GatheredReport["findings"] = [
  {
    ...{ id: 3, kind: "pain-point", title: `Late parcels ${EVIL}`, status: "accepted", reason: null, owner: EVIL },
    ...{ createdAt: "2025-11-01T08:00:00.000Z", lastActionAt: "2025-11-02T08:00:00.000Z", question: {} },
    measures: [
      {
        ...{ measuredAt: "2025-12-01T08:00:00.000Z", dataVersion: 3, method: "compared", effect: -0.081, low: -0.11 },
        ...{
          high: -0.052,
          q: 0.001,
          reach: 1_010,
          impact: -612,
          money: -50_520,
          months: 12,
          claimed: true,
          reason: null,
        },
      },
    ],
    comments: [{ id: 1, at: "2025-11-02T08:00:00.000Z", by: EVIL, text: `Who looks at it? ${EVIL} ${EVIL_MARKDOWN}` }],
    ...{ waiting: true, outdated: false },
  },
];

const INITIATIVE: GatheredReport["portfolio"]["initiatives"][number] = {
  ...{ id: 1, title: `Parcels on time ${EVIL}`, state: "active", goal: 1, findings: [3], effortUnit: "days" },
  ...{ activePhases: ["business-study"], effort: 40, done: 12, value: 4_000, errors: 1, warnings: 2, principles: [] },
  shares: { must: 0.55, should: 0.25, could: 0.2 },
  timebox: { id: 1, title: EVIL, state: "running", start: "2025-12-01", end: "2025-12-19" },
  verdicts: ["better"],
};

const EFFECT = {
  ...{ id: 1, name: `One-page checkout ${EVIL}`, why: null, finding: 3, zone: "Europe/Lisbon", status: "ended" },
  ...{ switchOn: "2025-10-01T00:00:00.000Z", until: "2025-11-01T00:00:00.000Z", frozenAt: null, outdated: true },
  ...{ registered: { id: "registered", passed: true, detail: "" }, baseline: null, comments: [] },
  question: { design: "randomised", metric: { kind: "share", event: "x" }, minEffect: 0.02, confidence: 0.95 },
  measures: [
    {
      ...{ measuredAt: "2025-11-02T00:00:00.000Z", dataVersion: 3, verdict: "better", n: 4_812, p: 0.001 },
      ...{ estimate: 0.031, low: 0.012, high: 0.05, relative: null },
    },
  ],
} as unknown as GatheredReport["effects"][number];

export function fullReport(): GatheredReport {
  return {
    ...{ workspace: "demo", version: "1.2.3", at: "2026-01-05T09:00:00.000Z", zone: "Europe/Lisbon", scope: {} },
    outcome: { expression: 'touchpoint = "Order Completed"', chosen: false },
    ...{ overview: OVERVIEW, findings: FINDINGS, effects: [EFFECT] },
    diagnosis: {
      ...{ kpis: [CONVERSION, REVENUE, SCORE], painPoints: PAIN, moments: MOMENTS, themes: THEMES },
      unanswered: UNANSWERED,
    },
    portfolio: {
      ...{ today: "2026-01-05", currency: "EUR", principles: [], opportunities: [], calendar: [] },
      initiatives: [INITIATIVE],
      goals: [{ goal: { id: 1, title: EVIL, kpis: ["conversion"], owner: null }, kpis: [], initiatives: [1] }],
    },
  };
}

/** A workspace into which nothing was brought. */
export function emptyReport(): GatheredReport {
  const overview = { ...OVERVIEW, events: 0, customers: 0, imports: 0, first: null, last: null, currency: "" };
  return {
    ...{ ...fullReport(), overview, outcome: null, diagnosis: null, findings: [], effects: [] },
    portfolio: { ...fullReport().portfolio, currency: "", initiatives: [], goals: [] },
  };
}
