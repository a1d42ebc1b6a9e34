/** How a registered measurement reads on a terminal: the verdict first, then its plan, its power, its history. */
import { expect, test } from "vitest";
import type { Answer } from "../api/operations.ts";
import { renderEffectPlan, renderEffects, renderForesight } from "./render-effect-plan.ts";

type Effect = Answer<"effect">;

const FORESEEN: Effect["foreseen"] = {
  ...{ power: 0.8, unitsNeeded: 15_118, unitsPerDay: 27.857, days: 550, weeks: 79, unitsByStop: 585 },
  ...{ smallestEffect: 0.09588, reason: null },
};
const MEASURE: Effect["measures"][number] = {
  ...{ measuredAt: "2027-01-20T08:00:30.000Z", dataVersion: 3, verdict: "inconclusive", n: 300 },
  ...{ estimate: 0.05, low: -0.02, high: 0.12, p: 0.2, relative: null },
};
const LAST = { ...MEASURE, measuredAt: "2027-02-08T08:00:30.000Z", dataVersion: 9, verdict: "worse", n: 600 };
const EFFECT: Effect = {
  ...{ id: 3, name: "A shorter form", why: "asked for", finding: 2, zone: "Europe/Berlin" },
  question: {
    ...{ design: "randomised", metric: { kind: "sum", event: 'touchpoint = "Order Completed"', of: "value" } },
    ...{ unit: "customer", by: "prop.variant", at: 'touchpoint = "Form Opened"', control: ["old", "older"] },
    ...{ since: "2027-01-11", until: "2027-02-08", withinMs: 7 * 86_400_000, period: "week", adjust: true },
    ...{ peeking: true, controls: "never", minEffect: 0.02, lowerIsBetter: true, confidence: 0.9 },
  },
  ...{ switchOn: "2027-01-10T23:00:00.000Z", until: "2027-02-07T23:00:00.000Z", status: "ended" },
  baseline: {
    ...{ value: 0.7294, n: 632, low: 0.6935, high: 0.7626, variance: 0.2 },
    ...{ from: "2026-12-01T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z" },
    ...{ measuredAt: "2027-01-01T00:00:00.000Z", dataVersion: 2 },
  },
  foreseen: FORESEEN,
  ...{ createdAt: "2027-01-01T00:00:00.000Z", registeredAt: "2027-01-01T00:00:00.000Z" },
  registered: { id: "registered", passed: true, detail: "Registered on 2027-01-01, 10 days before the switch-on." },
  ...{ frozenAt: "2027-01-10T23:00:00.000Z", outdated: true },
  measures: [MEASURE, LAST],
  comments: [{ id: 1, at: "2027-01-12T09:00:00.000Z", by: null, text: "live" }],
  report: {
    ...{ design: "randomised", method: "Welch's t", n: 600, confidence: 0.9, minEffect: 0.02 },
    ...{ estimate: 0.05, low: 0.02, high: 0.08, p: 0.01, relative: null, verdict: "worse", groups: [] },
    checks: [{ id: "stop-date", passed: true, detail: "The data reach the stop date 2027-02-07T23:00:00.000Z." }],
  },
};

test("one shows its verdict, its plan and its power, what was measured and what was said", () => {
  expect(renderEffectPlan(EFFECT)).toMatchInlineSnapshot(`
    [
      "Worse: +0.05, 90 % interval +0.02 to +0.08, p 0.01, 600 units.",
      "Effect 3: A shorter form",
      "  ended; switch-on 2027-01-11, stop date 2027-02-08 (Europe/Berlin); frozen since 2027-01-11",
      "  Registered on 2027-01-01, 10 days before the switch-on.",
      "  measures: value of touchpoint = "Order Completed", added up for each customer; lower is better",
      "  design: randomised; by prop.variant; at touchpoint = "Form Opened"; control old, older; within 7.0 days; looked at any time",
      "  worth having: 0.02 at least, at 90 % confidence",
      "  Before: 0.7294 (0.6935 to 0.7626), n 632.",
      "  An effect of 0.02 is seen 80 times in 100 with 15,118 units: about 79 weeks (550 days, at 27.86 a day).",
      "  By the stop date, with 585 units, the smallest effect seen 80 times in 100 is 0.09588.",
      "  why: asked for",
      "  shall mend finding 2",
      "  The data have changed since: waymark effects measure 3 looks again.",
      "",
      "  Measured (UTC)    Data  Verdict       Effect                     p    n",
      "  ────────────────  ────  ────────────  ──────────────────────  ────  ───",
      "  2027-01-20 08:00     3  inconclusive  +0.05 (-0.02 to +0.12)  0.20  300",
      "  2027-02-08 08:00     9  worse         +0.05 (-0.02 to +0.12)  0.20  600",
      "",
      "Method: Welch's t. Least effect worth having: 0.02.",
      "",
      "  Group  n  Mean  Effect  Interval",
      "  ─────  ─  ────  ──────  ────────",
      "",
      "  Check      Passed  Detail",
      "  ─────────  ──────  ────────────────────────────────────────",
      "  stop-date  yes     The data reach the stop date 2027-02-08.",
      "",
      "1 comment",
      "  2027-01-12 09:00 somebody: live",
    ]
  `);
});

test("before it was measured it says when it can be", () => {
  const fresh = { ...EFFECT, report: null, measures: [], comments: [], why: null, finding: null };
  expect(renderEffectPlan({ ...fresh, status: "running" })[0]).toBe(
    "Not measured yet: waymark effects measure 3 does.",
  );
  const late = { id: "registered", passed: false, detail: "Registered late." };
  const lines = renderEffectPlan({ ...fresh, status: "planned", frozenAt: null, outdated: false, registered: late });
  expect(lines[0]).toBe("Planned: it is switched on 2027-01-11.");
  expect(lines).toContain("  NOTE: Registered late.");
  expect(lines.at(-1)).toMatch(/smallest effect|worth having/u);
});

test("the list shows the newest numbers, and what is to do", () => {
  expect(renderEffects({ effects: [] })).toEqual(["No measurement is registered here."]);
  const text = renderEffects({
    effects: [
      { ...EFFECT, id: 11, name: "Two\nlines" },
      { ...EFFECT, outdated: false },
    ],
  });
  expect(text[0]).toBe("2 effects");
  expect(text[3]).toMatch(
    /^ +11 +ended +2027-01-11 +2027-02-08 +before +worse +\+0\.05 \(-0\.02 to \+0\.12\) +600 +measure +Two lines$/u,
  );
  expect(text.at(-1)).toContain("1 not measured on the present data");
});

test("power and duration in plain words, and what cannot be foreseen", () => {
  const { baseline } = EFFECT;
  expect(renderForesight({ baseline, foreseen: FORESEEN }, 0.02)).toEqual([
    "Before: 0.7294 (0.6935 to 0.7626), n 632.",
    "An effect of 0.02 is seen 80 times in 100 with 15,118 units: about 79 weeks (550 days, at 27.86 a day).",
    "By the stop date, with 585 units, the smallest effect seen 80 times in 100 is 0.09588.",
    "That is more than what is worth having: measure longer, or expect it to end inconclusive.",
  ]);
  const enough = { ...FORESEEN, days: null, weeks: null, unitsByStop: null, smallestEffect: 0.01 };
  expect(renderForesight({ baseline, foreseen: enough }, 0.02).slice(1)).toEqual([
    "An effect of 0.02 is seen 80 times in 100 with 15,118 units.",
    "By the stop date, the smallest effect seen 80 times in 100 is 0.01.",
  ]);
  const rehearsed = {
    since: "2025-05-01T22:00:00Z",
    until: "2025-08-01T22:00:00Z",
    estimate: 0.01,
    low: -0.03,
    high: 0.05,
  };
  const tried = {
    ...FORESEEN,
    unitsNeeded: null,
    unitsPerDay: null,
    days: 184,
    weeks: 27,
    smallestEffect: 0.057,
    rehearsed,
  };
  expect(renderForesight({ baseline, foreseen: tried }, 0.05).slice(1)).toEqual([
    "An effect of 0.05 is seen 80 times in 100 when 27 weeks (184 days) are measured.",
    "Tried on 2025-05-01 to 2025-08-01, when nothing was changed: 0.01 (-0.03 to 0.05).",
    "By the stop date, with 585 units, the smallest effect seen 80 times in 100 is 0.057.",
    "That is more than what is worth having: measure longer, or expect it to end inconclusive.",
  ]);
  const nothing = { ...enough, unitsNeeded: null, smallestEffect: null, reason: "Nothing is known." };
  expect(renderForesight({ baseline: null, foreseen: nothing }, 0)).toEqual([
    "Before: not known.",
    "Nothing is known.",
  ]);
});
