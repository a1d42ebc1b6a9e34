/** How it reads why a plain difference is not the effect. */
import { describe, expect, it } from "vitest";
import { explainReasons, listReasons, type ReasonPart } from "./reason-words.ts";

const part = (kind: string, difference: number, more: Partial<ReasonPart> = {}): ReasonPart => ({
  ...{ kind, name: null, difference, exposed: null, others: null },
  ...more,
});
const RATED = { crude: -0.139, effect: -0.109, low: -0.116, high: -0.102 };
const FIRST = part("kind of attempt", -0.022, { exposed: 0.798, others: 0.695 });
const PAST = part("earlier outcomes", -0.012, { exposed: 0.202, others: 0.305 });
const CONTEXT = { of: null, minimumEffect: 0.0176 };

describe("the sentence", () => {
  it("says how much was there before, and by what, the largest first", () => {
    const reasons = [FIRST, PAST, part("earlier events", 0.003, { exposed: 0.1, others: 0.08 }), part("rest", 0.001)];
    expect(explainReasons(RATED, reasons, CONTEXT)?.sentence).toBe(
      "The plain difference is −13.9 points; 3.0 of it was there before: 2.2 by the kind of attempt (first ones: 79.8 % against 69.5 %), 1.2 by earlier outcomes (any: 20.2 % against 30.5 %).",
    );
  });

  it("says which way a plain difference is pulled that hides or turns the effect", () => {
    const hidden = { crude: -0.005, effect: 0.039, low: 0.031, high: 0.047 };
    const reasons = [
      part("touchpoint seen", -0.023, { name: "Product Viewed", exposed: 0, others: 0.324 }),
      part("steps so far", -0.021, { exposed: 1.56, others: 1.81 }),
    ];
    expect(explainReasons(hidden, reasons, CONTEXT)?.sentence).toBe(
      "The plain difference is −0.5 points; what was there before makes it 4.4 points lower than in the same situation: 2.3 by «Product Viewed» seen before (0.0 % against 32.4 %), 2.1 by the steps so far (1.6 against 1.8).",
    );
  });

  it("claims nothing where both are about the same, or nothing was estimated", () => {
    const same = { ...RATED, crude: -0.111 };
    expect(explainReasons(same, [FIRST], CONTEXT)).toEqual({
      differs: false,
      sentence: "The plain difference is −11.1 points; nothing known from before explains it.",
    });
    const trifle = { crude: 0.002, effect: 0.001, low: 0, high: 0.002 };
    expect(explainReasons(trifle, [FIRST], CONTEXT)?.differs).toBe(false);
    expect(explainReasons(RATED, [], CONTEXT)).toBeUndefined();
    expect(explainReasons({ ...RATED, effect: null }, [FIRST], CONTEXT)).toBeUndefined();
  });

  it("names no reason that goes the other way, and points of a score have two digits", () => {
    const stars = { crude: -2.14, effect: -1.97, low: -2.12, high: -1.81 };
    const reasons = [part("pace", 0.2), part("rest", -0.37)];
    expect(explainReasons(stars, reasons, { of: "score", minimumEffect: 0.1 })).toEqual({
      differs: true,
      sentence: "The plain difference is −2.14 points; 0.17 of it was there before, in no single thing that is known.",
    });
  });
});

describe("the list", () => {
  it("keeps the whole: the largest one by one, the others together, the rest last", () => {
    const many = Array.from({ length: 12 }, (_, index) => part("trait", 0.02 - index / 1000, { name: `t${index}` }));
    const lines = listReasons([...many, part("rest", -0.004)]);
    expect(lines.map(({ label }) => label)).toEqual([
      ...["t0", "t1", "t2", "t3", "t4", "t5", "6 smaller ones together", "what cannot be split further"],
    ]);
    const sum = many.reduce((total, { difference }) => total + difference, -0.004);
    expect(lines.reduce((total, { difference }) => total + difference, 0)).toBeCloseTo(sum, 12);
  });

  it("says what is counted", () => {
    expect(listReasons([FIRST, part("steps so far", 1, { exposed: 2, others: 1 })])).toMatchObject([
      { label: "the kind of attempt (first ones)", share: true, exposed: 0.798 },
      { label: "the steps so far", share: false, others: 1 },
    ]);
  });
});
