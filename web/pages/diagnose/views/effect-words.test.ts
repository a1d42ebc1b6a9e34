/** Outcomes, effects and their windows in the words that the Diagnose pages show. */
import { describe, expect, it } from "vitest";
import { listOutcomes, proposeOutcome } from "./default-outcome.ts";
import {
  formatEffect,
  formatEnds,
  formatImpact,
  formatLevel,
  formatMoney,
  judgeEffect,
  readGoal,
} from "./effect-words.ts";
import { momentQuestion, momentSearchSchema, momentsQuestion, momentsSearchSchema } from "./moments-search.ts";

describe("effects in their units", () => {
  it("says points of a share, of a score, of the NPS, with their sign", () => {
    expect(formatEffect(0.1391, null)).toBe("+13.9 points");
    expect(formatEffect(-1.8, "score")).toBe("−1.80 points");
    expect(formatEffect(-0.24, "nps")).toBe("−24.0 points");
    expect(formatEffect(null, null)).toBe("–");
    expect(formatEnds({ low: -0.0123, high: 0.101 }, null)).toBe("95 %: −1.2 to +10.1");
  });

  it("gives no sign to what rounds to nothing", () => {
    expect(formatEffect(-0.0001, null)).toBe("0.0 points");
    expect(formatEffect(0.001, "score")).toBe("0.00 points");
    expect(formatMoney(-0.2, "EUR")).toBe("0 EUR");
  });

  it("says levels, impacts and money", () => {
    expect(formatLevel(0.559, null)).toBe("55.9 %");
    expect(formatLevel(3.9, "score")).toBe("3.90");
    expect(formatImpact(-172.4, null)).toBe("−172");
    expect(formatMoney(34_470.2, "EUR")).toBe("+34,470 EUR");
  });

  it("calls more of an outcome good, but for silence", () => {
    expect(judgeEffect(0.1, 'touchpoint = "Order Completed"')).toBe("good");
    expect(judgeEffect(0.1, "silence")).toBe("bad");
    expect(judgeEffect(-0.1, "silence")).toBe("good");
    expect(judgeEffect(null, "silence")).toBe("plain");
  });
});

describe("outcomes", () => {
  const node = (touchpoint: string, journeys: number, ends: number, scale?: string) => ({
    touchpoint,
    journeys,
    ends,
    score: scale === undefined ? null : { mean: 4, low: null, high: null, n: 5, scale },
  });
  const nodes = [node("Viewed", 90, 50), node("Ordered", 30, 20), node("Paid", 30, 10), node("NPS", 9, 9, "0-10")];

  it("begins with the order, or where most journeys end", () => {
    expect(proposeOutcome(nodes, (name) => name === "Ordered")).toBe('touchpoint = "Ordered"');
    expect(proposeOutcome(nodes, () => false)).toBe('touchpoint = "Viewed"');
    expect(proposeOutcome([], () => false)).toBeUndefined();
  });

  it("offers buying again only where there are orders, and scores only where there are answers", () => {
    const labels = (isOrder: (name: string) => boolean) => listOutcomes(nodes, isOrder).map(({ label }) => label);
    expect(labels((name) => name === "Ordered")).toContain("Buying again");
    expect(labels(() => false)).not.toContain("Buying again");
    expect(labels(() => false).slice(-3)).toEqual(["Falling silent", "Score of NPS", "NPS of NPS"]);
  });

  it("reads the touchpoint of an outcome, and of nothing else", () => {
    expect(readGoal('touchpoint = "A \\"b\\""')).toBe('A "b"');
    expect(readGoal('touchpoint != "A"')).toBeUndefined();
    expect(readGoal("silence")).toBeUndefined();
    expect(readGoal("touchpoint = ")).toBeUndefined();
  });
});

describe("addresses", () => {
  it("forgive what is wrong in them", () => {
    const search = momentsSearchSchema.parse({ within: "soon", worth: "much", of: "stars", contrast: 3 });
    expect(search).toMatchObject({ within: "30d", contrast: "both" });
    expect(search.worth).toBeUndefined();
  });

  it("become questions with only what is said", () => {
    const asked = { outcome: "silence" };
    expect(momentsQuestion({ journey: "visit" }, asked, momentsSearchSchema.parse({ within: "1d" }))).toEqual({
      journey: "visit",
      outcome: "silence",
      withinMs: 86_400_000,
    });
    const search = momentSearchSchema.parse({ touchpoint: "A", contrast: "experience", property: "late", worth: "5" });
    expect(momentQuestion({}, { outcome: "silence", of: "score" }, search)).toEqual({
      outcome: "silence",
      of: "score",
      withinMs: 30 * 86_400_000,
      touchpoint: "A",
      contrast: "experience",
      property: "late",
    });
  });
});
