/**
 * An effect in words: units, directions, verdicts and what stands in their way, checked sentence by sentence.
 */
import { describe, expect, it } from "vitest";
import { nameCheck, readDates, sortChecks } from "./check-words.ts";
import {
  blockingChecks,
  countUnits,
  describeDoubts,
  describeEffect,
  describeEstimate,
  describeLeftOut,
  describeRelative,
  explainVerdict,
  formatConfidence,
  type Report,
  toneOf,
} from "./effect-words.ts";
import { countedNoun, type Metric, nameEvents, nameMetric, readTouchpoints, speakOf } from "./metric-words.ts";
import { armsPicture, eventStudyPicture, groupsPicture, overTimePicture, seriesPicture } from "./picture-words.ts";
import type { ReportFacts } from "./report-facts.ts";

const ORDER = 'touchpoint = "Order Completed"';
const RATIO: Metric = { kind: "ratio", event: ORDER, per: 'touchpoint in ("Checkout Started", "Cart Viewed")' };
const ASKED = { design: "randomised", unit: "customer", period: "week", by: "customer.group" } as const;
const ratio = speakOf({ ...ASKED, metric: RATIO }, "EUR");

const REPORT: Report = {
  ...{ design: "randomised", method: "Welch's t", n: 2292, estimate: 0.168, low: 0.131, high: 0.205, p: 0.0001 },
  ...{ confidence: 0.95, relative: { estimate: 0.257, low: 0.192, high: 0.325 }, minEffect: 0.03, verdict: "better" },
  checks: [{ id: "sample-ratio", passed: true, detail: "as planned" }],
  groups: [
    {
      ...{ name: "A", role: "control", n: 1146, mean: 0.654, meanLow: 0.63, meanHigh: 0.68 },
      ...{ estimate: null, low: null, high: null },
    },
    {
      ...{ name: "B", role: "treatment", n: 1146, mean: 0.822, meanLow: 0.8, meanHigh: 0.845 },
      ...{ estimate: null, low: null, high: null },
    },
  ],
};

describe("what is measured", () => {
  it("reads touchpoints off an expression, and nothing else", () => {
    expect(readTouchpoints(ORDER)).toEqual(["Order Completed"]);
    expect(readTouchpoints('touchpoint = "A" or touchpoint in ("B", "C")')).toEqual(["A", "B", "C"]);
    expect(readTouchpoints('touchpoint = "A" and channel = "web"')).toBeUndefined();
    expect(readTouchpoints('touchpoint != "A"')).toBeUndefined();
    expect(readTouchpoints("no expression (")).toBeUndefined();
    expect(nameEvents('touchpoint in ("A", "B", "C")')).toBe("A, B or C");
    expect(nameEvents("value > 3")).toBe("value > 3");
  });

  it.each<[Metric, string, string, string]>([
    [{ kind: "share", event: ORDER }, "share of customers with Order Completed", "16.8 %", "+16.8 points"],
    [RATIO, "Order Completed per Checkout Started or Cart Viewed", "16.8 per 100", "+16.8 per 100"],
    [{ kind: "count", event: ORDER }, "Order Completed per customer", "0.17", "+0.17"],
    [{ kind: "sum", event: ORDER, of: "value" }, "value of Order Completed per customer", "0.17 EUR", "+0.17 EUR"],
    [{ kind: "mean", event: ORDER, of: "score" }, "mean score of Order Completed", "0.17", "+0.17 points"],
    [{ kind: "mean", event: ORDER, of: "nps" }, "NPS of Order Completed", "0.2", "+0.2 points"],
  ])("names %o and says its numbers", (metric, name, level, change) => {
    const spoken = speakOf({ ...ASKED, metric }, "EUR");
    expect([nameMetric({ ...ASKED, metric }), spoken.level(0.168), spoken.change(0.168)]).toEqual([
      name,
      level,
      change,
    ]);
  });

  it("has a sign for what is there, none for what rounds to nothing", () => {
    expect([ratio.number(-0.168), ratio.number(-0.0001), ratio.size(-0.168)]).toEqual(["−16.8", "0.0", "16.8 per 100"]);
    expect([ratio.tick(0.6), ratio.changeTick(0.05), ratio.changeTick(0)]).toEqual(["60", "+5", "0"]);
  });

  it("counts periods in a series, customers where they own what is counted, else the units", () => {
    expect(countedNoun({ ...ASKED, design: "series", unit: "day" })).toBe("week");
    expect(countedNoun({ ...ASKED, unit: "session" })).toBe("customer");
    expect(countedNoun({ ...ASKED, unit: "session", by: "prop.variant" })).toBe("session");
    expect(countedNoun({ ...ASKED, design: "synthetic" })).toBe("group");
    expect(countUnits(1, ASKED)).toBe("1 customer");
  });
});

describe("what came out", () => {
  it("is said in one sentence with interval and n", () => {
    expect(describeEffect(REPORT, ASKED, ratio)).toBe(
      "It got better: Order Completed per Checkout Started or Cart Viewed is 16.8 per 100 higher with the change than without it (95 % interval +13.1 to +20.5, n = 2,292 customers).",
    );
    expect(describeEstimate(REPORT, ratio)).toBe("+16.8 per 100, 95 %: +13.1 to +20.5");
    expect(describeRelative(REPORT)).toBe(
      "Relative to what it would be without the change: +25.7 % (95 %: +19.2 to +32.5 %).",
    );
    expect(describeRelative({ ...REPORT, relative: null })).toBeUndefined();
  });

  it("does not claim what the interval leaves open", () => {
    const open: Report = { ...REPORT, verdict: "inconclusive", estimate: 0.01, low: -0.03, high: 0.05 };
    expect(describeEffect(open, ASKED, ratio)).toMatch(
      /^The data do not tell whether .* changed: the best guess is \+1/u,
    );
    const none: Report = { ...open, verdict: "no meaningful change", estimate: -0.004, low: -0.019, high: 0.011 };
    expect(describeEffect(none, ASKED, ratio)).toContain("0.4 per 100 lower with the change");
    expect(describeEffect(none, ASKED, ratio)).toContain("less than 3.0 per 100 in any case");
    const hint: Report = { ...REPORT, design: "series", verdict: "indicative worse", estimate: -0.1 };
    expect(describeEffect(hint, ASKED, ratio)).toMatch(/^It seems to have got worse: .* lower since the change/u);
    expect([toneOf("better"), toneOf("indicative worse"), toneOf("inconclusive")]).toEqual(["good", "bad", "quiet"]);
  });

  it("says that a check stands in the way, not that the data do not tell", () => {
    const failed = { id: "sample-ratio", passed: false, detail: "too few" };
    const blocked: Report = { ...REPORT, verdict: "inconclusive", checks: [failed] };
    expect(blockingChecks(blocked)).toEqual([failed]);
    expect(explainVerdict(blocked)).toContain("“The groups are as large as planned”");
    const doubt = { id: "pre-trends", passed: false, detail: "apart" };
    expect(describeDoubts({ checks: [failed, doubt] })).toBe(
      "Not so, and to be minded: “The groups moved alike before”.",
    );
    expect(describeDoubts(REPORT)).toBeUndefined();
    expect(explainVerdict(REPORT)).toMatch(/^Better: /u);
    expect(describeEffect(blocked, ASKED, ratio)).toMatch(/^No verdict: a check has to pass first\. So far .* higher/u);
  });

  it("tells who was not compared, and why", () => {
    const left = [
      { reason: "in both groups", n: 38 },
      { reason: "still open", n: 0 },
    ];
    const basis = { unit: "customer", units: 9, leftOut: left, from: null, switchOn: null, until: "", period: null };
    expect(describeLeftOut({ basis }, ASKED)).toEqual(["38 customers (in both groups)"]);
    expect([formatConfidence(0.95), formatConfidence(0.995)]).toEqual(["95 %", "99.5 %"]);
  });
});

describe("checks", () => {
  it("have names, those that stand in the way come first, and days are written as days", () => {
    expect([nameCheck("pre-trends"), nameCheck("odd-thing")]).toEqual(["The groups moved alike before", "Odd thing"]);
    const check = (id: string, passed: boolean) => ({ id, passed, detail: "" });
    const sorted = sortChecks([check("mix", true), check("registered", false), check("stop-date", false)]);
    expect(sorted.map(({ id }) => id)).toEqual(["stop-date", "registered", "mix"]);
    expect(readDates("on 2025-08-01, until 2025-12-31T23:00:00.000Z", () => "1 Jan 2026")).toBe(
      "on 1 Aug 2025, until 1 Jan 2026",
    );
  });
});

describe("pictures", () => {
  const question = { ...ASKED, metric: RATIO } as unknown as ReportFacts["question"];
  const factsOf = (report: Report): ReportFacts => ({
    ...{ report, question, spoken: ratio, until: "2025-09-01T00:00:00Z" },
    day: (iso) => iso.slice(0, 10),
  });

  it("are those the design has, each with its n and interval", () => {
    const facts = factsOf(REPORT);
    expect(armsPicture(facts)?.sentence).toBe(
      "B 82.2 per 100, A 65.4 per 100: +16.8 per 100, 95 %: +13.1 to +20.5, n = 2,292 customers.",
    );
    expect(armsPicture(facts)?.panels.map(({ rows }) => rows.length)).toEqual([2, 1]);
    const others = [groupsPicture, eventStudyPicture, seriesPicture, overTimePicture].map((draw) => draw(facts));
    expect(others).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("count the intervals before the switch-on that hold zero", () => {
    const point = (at: number, low: number, high: number) => ({ at, estimate: (low + high) / 2, low, high });
    const eventStudy = [point(-2, -0.1, 0.1), point(-1, 0.1, 0.2), point(0, 0.1, 0.3)];
    const plot = eventStudyPicture(factsOf({ ...REPORT, design: "staged", eventStudy }));
    expect(plot?.sentence).toContain("1 of 2 intervals hold zero");
    expect(plot?.whiskers.map(({ hollow }) => hollow)).toEqual([true, true, false]);
  });

  it("tell since when the interval has left zero out", () => {
    const look = (day: number, low: number) => ({
      at: `2025-08-0${day}T00:00:00Z`,
      estimate: 0.1,
      low,
      high: 0.3,
      n: day,
    });
    const told = (overTime: Report["overTime"]) => overTimePicture(factsOf({ ...REPORT, overTime }))?.sentence;
    expect(told([look(1, -0.1), look(2, 0.01), look(3, 0.02)])).toContain("left zero out since 2025-08-02");
    expect(told([look(1, 0.1), look(2, -0.01)])).toContain("still holds zero");
    expect(told([look(1, 0.1), look(2, 0.01)])).toContain("at every look");
  });

  it("draw a series only with a switch-on", () => {
    const series = [1, 2].map((day) => ({ at: `2025-08-0${day}T00:00:00Z`, actual: 1, expected: 1, low: 0, high: 2 }));
    const basis = { unit: "day", units: 2, leftOut: [], from: null, until: "", period: "day" as const };
    const draw = (switchOn: string | null) =>
      seriesPicture(factsOf({ ...REPORT, design: "series", series, basis: { ...basis, switchOn } }));
    expect(draw(null)).toBeUndefined();
    expect(draw("2025-08-02T00:00:00Z")?.marks[0]?.label).toBe("switched on 2025-08-02");
  });
});
