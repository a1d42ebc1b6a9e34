/** The demo's three stories are told without a refusal, and break the rules they are meant to break: on any later day. */
import { describe, expect, test } from "vitest";
import { healthThresholdsSchema } from "../../domain/dsdm/health.ts";
import { initiativeSchema } from "../../domain/dsdm/initiative.ts";
import type { EffectState } from "../../domain/dsdm/report.ts";
import { checkHealth } from "../rules/check-health.ts";
import { endBanner, tellBanner } from "./banner-story.ts";
import { endCheckout, tellCheckout } from "./checkout-story.ts";
import { type Story, tellStory } from "./demo-script.ts";
import { tellParcels } from "./parcels-story.ts";

const BASELINE = { value: 0.15, n: 3_000, low: 0.14, high: 0.16, at: "2025-04-07T10:00:00.000Z" };
const facts = { goal: 1, effect: 1, baseline: BASELINE };
const NEWEST = { measuredAt: "2026-01-10T10:00:00.000Z", n: 4_959, estimate: 0.15, low: 0.11, high: 0.19 };
const MEASURED = { effect: 1, n: NEWEST.n, estimate: NEWEST.estimate, low: NEWEST.low, high: NEWEST.high };

function check(story: Story, today: string) {
  const { initiative } = tellStory(1, story);
  const effect: EffectState = {
    ...{ id: 1, name: "It", status: "ended", switchOn: "2025-07-31T22:00:00.000Z", until: "2025-12-31T23:00:00.000Z" },
    ...{ minEffect: 0.02, finding: null, newest: { ...NEWEST, verdict: "better" } },
  };
  return checkHealth([initiative], {
    ...{ now: `${today}T12:00:00.000Z`, today, thresholds: healthThresholdsSchema.parse({}) },
    ...{ findings: new Map(), effects: new Map([[1, effect]]), dataEnd: "2025-12-31T20:00:00.000Z" },
    goals: new Map([[1, { id: 1, title: "Sell more", kpis: ["conversion"], owner: "Helena Brandt" }]]),
  });
}

const checkout = () => endCheckout(tellCheckout(facts), [{ ...MEASURED, verdict: "better" }]);
const banner = () => endBanner(tellBanner(facts), [{ ...MEASURED, verdict: "no meaningful change" }]);

describe.each(["2026-01-20", "2026-11-22", "2031-05-05"])("on %s", (today) => {
  test.each([
    ["checkout", checkout],
    ["banner", banner],
  ])("the %s breaks no rule", (_, story) => {
    expect(check(story(), today)).toEqual([]);
  });

  test("the parcels break rules 4, 6 and 9, each once", () => {
    const broken = check(tellParcels({ goal: 1 }), today);
    expect(broken.map(({ id, subject }) => [id, subject])).toEqual([
      [4, "kpi late-delivery-share"],
      [6, "role business-visionary"],
      [9, "initiative"],
    ]);
  });
});

test.each([
  ["checkout", checkout],
  ["banner", banner],
  ["parcels", () => tellParcels({ goal: 1 })],
])("the %s is a document with a record of each step", (_, tell) => {
  const story = tell();
  const { initiative, records } = tellStory(7, story);
  expect(initiativeSchema.parse(initiative)).toEqual(initiative);
  expect(records.map(({ version }) => version)).toEqual(
    Array.from({ length: story.steps.length + 1 }, (_, at) => at + 1),
  );
  expect(initiative.version).toBe(records.length);
  const days = records.map(({ at }) => at);
  expect(days).toEqual(days.toSorted());
});
