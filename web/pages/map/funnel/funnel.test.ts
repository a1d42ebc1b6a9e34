/**
 * Editing and proposing funnels, and what stands behind their numbers.
 */
import { describe, expect, it } from "vitest";
import { funnelSearchSchema, readWithin } from "./funnel-search.ts";
import { funnelQuestion, selectFunnel } from "./funnel-sides.ts";
import { addStep, moveStep, readStep, removeStep, replaceStep, writeStep } from "./funnel-steps.ts";
import { proposeFunnel } from "./propose-funnel.ts";

const [A, B, C] = ["A", "B", "C"].map((touchpoint) => ({ touchpoint, optional: false })) as [Step, Step, Step];
type Step = { touchpoint: string; optional: boolean };

describe("readStep", () => {
  it("takes a trailing ? for optional, unless a touchpoint is called so", () => {
    expect(readStep("Help?", ["Help"])).toEqual({ touchpoint: "Help", optional: true });
    expect(readStep("Help?", ["Help?"])).toEqual({ touchpoint: "Help?", optional: false });
    expect(readStep(writeStep({ touchpoint: "Help?", optional: true }), ["Help?"])).toEqual({
      touchpoint: "Help?",
      optional: true,
    });
  });
});

describe("moving and removing", () => {
  it("moves within the list and stays at its ends", () => {
    expect(moveStep([A, B, C], 1, -1)).toEqual([B, A, C]);
    expect(moveStep([A, B, C], 0, -1)).toEqual([A, B, C]);
    expect(addStep([A], "B")).toEqual([A, B]);
  });

  it("never leaves an optional first step", () => {
    const optional = { ...B, optional: true };
    expect(moveStep([A, optional, C], 1, -1)).toEqual([B, A, C]);
    expect(removeStep([A, optional], 0)).toEqual([B]);
    expect(replaceStep([A, B], 0, optional)).toEqual([B, B]);
  });
});

describe("readWithin", () => {
  it("reads a time with its unit", () => {
    expect(["30 d", "12h", "1.5 h", "45 min"].map(readWithin)).toEqual([
      2_592_000_000, 43_200_000, 5_400_000, 2_700_000,
    ]);
    expect(["", "30", "d", "-3 d", "0 s"].map(readWithin)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("funnelSearchSchema", () => {
  it("opens a bad link with what is usual", () => {
    expect(funnelSearchSchema.parse({ steps: "A", per: "x", within: "soon", strict: "yes" })).toEqual({
      steps: [],
      per: "journey",
      within: undefined,
      strict: false,
    });
  });
});

describe("proposeFunnel", () => {
  it("begins where most pass and leaves out what says the same twice", () => {
    const journeys = new Map([
      ["List", 55],
      ["Product", 100],
      ["Cart", 33],
      ["Checkout", 21],
      ["Paid", 15],
      ["Order", 15],
    ]);
    const path = ["List", "Product", "Product", "Cart", "Checkout", "Paid", "Order"];
    expect(proposeFunnel(path, journeys)).toEqual(["Product", "Cart", "Checkout", "Order"]);
  });

  it("leaves out a detour that half of them take", () => {
    const journeys = new Map([
      ["Checkout", 20],
      ["Options", 8],
      ["Order", 15],
    ]);
    expect(proposeFunnel(["Checkout", "Options", "Order"], journeys)).toEqual(["Checkout", "Order"]);
  });

  it("is short, and keeps the goal", () => {
    const path = Array.from({ length: 10 }, (_, index) => `T${index}`);
    const steps = proposeFunnel(path, new Map(path.map((name, index) => [name, 1000 - index * 90])));
    expect(steps).toEqual(["T0", "T1", "T2", "T3", "T4", "T9"]);
  });

  it("proposes nothing from nothing", () => {
    expect(proposeFunnel([], new Map())).toEqual([]);
  });
});

describe("selectFunnel", () => {
  const question = funnelQuestion(["A", "B?"], { per: "journey", within: "1 h", strict: true });

  it("says who they are in words and for the API", () => {
    expect(selectFunnel(question, { reached: 0, stopped: true, next: null }, "A")).toEqual({
      title: "Journeys that end at A",
      select: {
        kind: "funnel",
        steps: ["A", "B?"],
        per: "journey",
        withinMs: 3_600_000,
        strict: true,
        reached: 0,
        stopped: true,
        next: null,
      },
    });
    expect(selectFunnel(question, { reached: 1 }, "B", { to: "2025-01-01" })).toMatchObject({
      title: "Journeys that reach B",
      scope: { to: "2025-01-01" },
    });
  });
});
