/**
 * What changed, as sentences with their links; and the next steps that follow from gaps.
 */
import { describe, expect, it } from "vitest";
import { describeOne } from "./change-words.ts";
import { nextSteps } from "./next-steps.tsx";

const PERIODS = {
  by: "month" as const,
  current: { from: "2025-12-01", to: "2026-01-01" },
  previous: { from: "2025-11-01", to: "2025-12-01" },
};
const BASIS = { journey: "case", zone: "UTC", periods: PERIODS, headline: [] };
const MOVE = {
  touchpoint: "Closed",
  current: { owners: 34, n: 52, share: 0.654 },
  previous: { owners: 44, n: 122, share: 0.361 },
  difference: { value: 0.293, low: 0.095, high: 0.46, looks: 8 },
};

describe("describeOne", () => {
  it("leads from a touchpoint that more meet to both periods on the map", () => {
    const sentence = describeOne({ kind: "rise", ...MOVE }, BASIS);
    expect(sentence.rest).toBe(
      "met by 65.4 % of cases instead of 36.1 %: up 29.3 points, 95 %: 9.5 to 46.0, widened because 8 touchpoints were looked at.",
    );
    expect(sentence.to).toBe("map/graph");
    expect(sentence.search).toEqual({
      ...{ journey: "case", from: "2025-12-01", to: "2026-01-01" },
      ...{ vs: "custom", vsFrom: "2025-11-01", vsTo: "2025-12-01" },
    });
  });

  it("says when something new was first and something gone was last seen", () => {
    const fresh = { kind: "new-touchpoint", touchpoint: "Chat", firstSeen: "2025-12-03T10:00:00Z", events: 1 } as const;
    expect(describeOne(fresh, BASIS).rest).toBe("new: first seen 3 Dec 2025, 1 event.");
    const gone = { ...MOVE, kind: "vanished-touchpoint", lastSeen: "2025-11-28T10:00:00Z" } as const;
    expect(describeOne(gone, { ...BASIS, journey: "life" }).rest).toBe(
      "gone: last seen 28 Nov 2025; in the period before, it was met by 36.1 % of customers (44 of them).",
    );
  });

  it("leads from a KPI to its trend, under the journey it was measured with", () => {
    const change = {
      value: 0.05,
      low: 0.02,
      high: 0.08,
      relative: 0.4,
      beyondChance: true,
      method: "intervals" as const,
    };
    const kpi = {
      kind: "kpi" as const,
      id: "conversion",
      title: "Conversion",
      unit: "share",
      journey: "visit",
      change,
    };
    const sentence = describeOne(kpi, BASIS);
    expect(sentence.rest).toBe("up 5.0 points, 95 %: 2.0 to 8.0.");
    expect(sentence.search).toEqual({ kpi: "conversion", every: "month", journey: "visit" });
  });
});

describe("nextSteps", () => {
  const stages = [{ stage: "support" as const, events: 0, touchpoints: 0 }];
  const coverage = (unmapped: number) =>
    ({ stages, unmapped: { touchpoints: unmapped, events: unmapped } }) as unknown as Parameters<
      typeof nextSteps
    >[0]["coverage"];
  const journeys = [
    { name: "life", journeys: 10 },
    { name: "order", journeys: 3 },
    { name: "session", journeys: 40 },
  ];

  it("begins with touchpoints that have no place, and then calls nothing a gap", () => {
    const steps = nextSteps({ coverage: coverage(2), journeys });
    expect(steps[0]?.title).toBe("Give 2 touchpoints a stage");
    expect(steps.some(({ title }) => title === "Fill a gap")).toBe(false);
  });

  it("names the gap, and shows the journey there is most of", () => {
    const steps = nextSteps({ coverage: coverage(0), journeys });
    expect(steps.find(({ title }) => title === "Fill a gap")?.why).toContain("support");
    expect(steps[0]?.search).toEqual({ journey: "session" });
  });
});
