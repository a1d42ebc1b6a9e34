import { describe, expect, it } from "vitest";
import { studentQuantile, studentTail } from "../stats/quantile.ts";
import type { ArmEffect } from "../stats/stratified-effect.ts";
import { presenceOf } from "./moment-candidates.ts";
import {
  type ClaimRules,
  canTell,
  decideMoments,
  isSurprising,
  type MeasuredContrast,
  type PlaceboNumbers,
  testContrasts,
} from "./moment-claims.ts";
import { claimSchema, rejectedSchema } from "./moments-schema.ts";

/** A base rate of 20 %: less than one point is not worth a claim. */
const RULES: ClaimRules = { scored: false, range: 1, least: 0.01, worth: null };
/** One to five stars: less than .2 stars are not worth a claim. */
const STARS: ClaimRules = { scored: true, range: 4, least: 0.2, worth: null };

const EFFECT: ArmEffect = {
  ...{ family: 0, arm: 1, effect: 0.05, error: 0.01, rows: 1_000, answers: 1_000, high: 250, low: 750 },
  ...{ exposedMean: 0.25, crude: 0.08, responseGap: null },
};

function contrast(
  name: string,
  numbers: Partial<ArmEffect> | null = {},
  customers = 900,
): MeasuredContrast & { effect: ArmEffect | undefined } {
  const candidate = presenceOf({ id: 1, name } as Parameters<typeof presenceOf>[0]);
  return { candidate, effect: numbers === null ? undefined : { ...EFFECT, ...numbers }, customers };
}

type Placebo = Partial<PlaceboNumbers>;

function decide(contrasts: readonly MeasuredContrast[], rules = RULES, placebos: Record<string, Placebo> = {}) {
  const tested = testContrasts(contrasts, rules);
  const known = new Map(
    contrasts.flatMap(({ candidate }) => {
      const placebo = placebos[candidate.touchpoint];
      if (placebo === undefined) return [];
      const numbers = { of: "an earlier outcome", effect: 0, error: 0.01, high: 300, low: 700, ...placebo } as const;
      return [[candidate, numbers]];
    }),
  );
  const decision = decideMoments(contrasts, tested, known, rules);
  for (const claim of decision.claims) claimSchema.parse(claim);
  for (const rejected of decision.rejected) rejectedSchema.parse(rejected);
  return { ...decision, tested };
}

function reasons(contrasts: readonly MeasuredContrast[], rules?: ClaimRules, placebos?: Record<string, Placebo>) {
  return decide(contrasts, rules, placebos).rejected.map(({ touchpoint, reason }) => `${touchpoint}: ${reason}`);
}

describe("a claim", () => {
  it("carries its numbers", () => {
    const [claim] = decide([contrast("Live Chat")], { ...RULES, worth: 40 }, { "Live Chat": {} }).claims;
    const p = studentTail(4, 99) + studentTail(6, 99);
    const half = studentQuantile(0.975, 99) * 0.01;
    const ratio = 0.25 / 0.2;
    expect(claim).toMatchObject({
      ...{ touchpoint: "Live Chat", contrast: "presence", property: null, bad: null },
      ...{ where: 'touchpoint = "Live Chat"', effect: 0.05, reach: 1_000, customers: 900, label: "likely cause" },
      ...{ crude: 0.08, exposedRate: 0.25, simpson: false, responseGap: null },
      ...{ comparisonRate: expect.closeTo(0.2, 12), relative: expect.closeTo(0.25, 12) },
      ...{ impact: expect.closeTo(50, 9), money: expect.closeTo(2_000, 9), p: expect.closeTo(p, 12) },
      // The only test, and it is claimed: the interval is at 95 %.
      ...{ q: expect.closeTo(p, 12), low: expect.closeTo(0.05 - half, 9), high: expect.closeTo(0.05 + half, 9) },
      eValue: expect.closeTo(ratio + Math.sqrt(ratio * (ratio - 1)), 9),
    });
    expect(claim?.placebo).toMatchObject({ of: "an earlier outcome", effect: 0, p: 1 });
  });

  it("is only an association where no placebo could be had, or one points the other way", () => {
    const found = decide([contrast("a"), contrast("b", { rows: 999 })], RULES, { b: { effect: -0.04, error: 0.005 } });
    expect(found.claims.map(({ label }) => label)).toEqual(["association, adjusted", "association, adjusted"]);
    expect(found.claims[0]?.placebo).toBeNull();
  });

  it("of points of a score has no ratio and no E-value", () => {
    const score = { effect: -1.8, error: 0.2, exposedMean: 2.3, crude: -2, high: 60, low: 200, answers: 260 };
    const [claim] = decide([contrast("Delivery Due", { ...score, responseGap: 0.07 })], STARS, {}).claims;
    expect(claim).toMatchObject({ effect: -1.8, relative: null, eValue: null, exposedRate: 2.3, responseGap: 0.07 });
    expect(claim?.comparisonRate).toBeCloseTo(4.1, 12);
  });

  it("is flagged where the plain difference points the other way", () => {
    expect(decide([contrast("a", { crude: -0.02 })]).claims[0]?.simpson).toBe(true);
  });

  it("has no relative effect where the comparison has none of the outcome, be it by rounding", () => {
    const [claim] = decide([contrast("a", { effect: 0.05, exposedMean: 0.05 + 1e-16 })]).claims;
    expect(claim).toMatchObject({ comparisonRate: 0, relative: null, eValue: null });
  });

  it("comes in the order of its impact, whichever the sign", () => {
    const found = decide([
      contrast("small", { rows: 300 }),
      contrast("large harm", { effect: -0.1, exposedMean: 0.1 }),
      contrast("middle"),
    ]);
    expect(found.claims.map(({ touchpoint }) => touchpoint)).toEqual(["large harm", "middle", "small"]);
  });
});

describe("too few", () => {
  it.each([
    ["touches", { rows: 199 }, 900],
    ["with the outcome", { high: 24 }, 900],
    ["without the outcome", { low: 24 }, 900],
    ["customers", {}, 99],
    ["overlap", { effect: null, error: null }, 900],
    ["anything", null, 0],
  ])("%s: not tested, and said so", (_, numbers, customers) => {
    const found = decide([contrast("a", numbers, customers)]);
    expect(found).toMatchObject({ claims: [], tested: [], rejected: [{ touchpoint: "a", reason: "too few" }] });
  });

  it("just enough is tested", () => {
    expect(decide([contrast("a", { rows: 200, high: 25, low: 25 }, 100)]).tested).toHaveLength(1);
  });

  it("of a score counts answers, not touches", () => {
    expect(decide([contrast("a", { rows: 5_000, answers: 199, effect: -1.8 })], STARS).tested).toHaveLength(0);
    expect(decide([contrast("a", { rows: 150, answers: 200, effect: -1.8 })], STARS).tested).toHaveLength(1);
  });

  it("says the numbers and what is needed, and no NaN", () => {
    const [few, none] = decide([contrast("a", { rows: 150, high: 12, low: 138 }, 80), contrast("b", null, 0)]).rejected;
    expect(few?.detail).toMatch(/^150 touches of 80 customers .* 12 and 138 .* 200 of 100 customers, 25 and 25 /u);
    expect(none).toMatchObject({ effect: null, low: null, high: null, reach: 0 });
    expect(none?.detail).not.toMatch(/NaN|undefined|null/u);
  });
});

describe("what is rejected", () => {
  it("carries the plain difference, and the placebo where one was looked at", () => {
    const contrasts = [
      contrast("before"),
      contrast("small", { effect: 0.009, crude: -0.02 }),
      contrast("none", null, 0),
    ];
    const found = decide(contrasts, RULES, { before: { effect: 0.04, error: 0.005 } }).rejected;
    expect(found).toMatchObject([
      { touchpoint: "before", crude: 0.08, placebo: { of: "an earlier outcome", effect: 0.04 } },
      { touchpoint: "small", crude: -0.02, placebo: null },
      { touchpoint: "none", crude: null, placebo: null },
    ]);
  });

  it("says one touch of one customer as people do", () => {
    const [one] = decide([contrast("a", { rows: 1, high: 1, low: 0 }, 1)]).rejected;
    expect(one?.detail).toMatch(/^1 touch of 1 customer could/u);
  });
});

describe("no clear effect", () => {
  it("is one no larger than the least, however sure", () => {
    const found = decide([contrast("a", { effect: 0.009, error: 0.0001 })]);
    expect(found.rejected).toMatchObject([{ reason: "no clear effect", effect: 0.009 }]);
    expect(found.rejected[0]?.detail).toContain("less than 1.0 points");
  });

  it("is one that is surely there but not surely larger than the least", () => {
    // Three errors from nothing, one from the least effect.
    expect(reasons([contrast("a", { effect: 0.015, error: 0.005 })])).toEqual(["a: no clear effect"]);
    expect(decide([contrast("a", { effect: 0.015, error: 0.005 })], { ...RULES, least: 0 }).claims).toHaveLength(1);
  });

  it("carries its 95 % interval", () => {
    const [rejected] = decide([contrast("a", { effect: 0.01, error: 0.02 })]).rejected;
    expect(rejected?.low).toBeCloseTo(0.01 - 1.98422 * 0.02, 5);
    expect(rejected?.high).toBeCloseTo(0.01 + 1.98422 * 0.02, 5);
  });
});

describe("many tests", () => {
  /** p = .02 for itself. */
  const weak = { effect: 0.01 + 2.1 * 0.01, error: 0.01 };
  const nothing = Array.from({ length: 19 }, (_, index) =>
    contrast(`null ${index}`, { effect: 0.001 * index - 0.009 }),
  );

  it("make what is surprising alone unsurprising", () => {
    expect(decide([contrast("a", weak)]).claims).toHaveLength(1);
    const found = decide([contrast("a", weak), ...nothing]);
    expect(found.claims).toEqual([]);
    expect(found.tested[0]?.q).toBeCloseTo(20 * (found.tested[0]?.p ?? 0), 9);
    expect(found.tested.filter(isSurprising)).toEqual([]);
  });

  it("widen the intervals of the few that are claimed: two of twenty-one at 1 − .05·2/21", () => {
    const found = decide([contrast("a"), contrast("b", { effect: -0.06, exposedMean: 0.14 }), ...nothing]);
    expect(found.claims).toHaveLength(2);
    const half = studentQuantile(1 - (0.05 * 2) / 21 / 2, 99) * 0.01;
    for (const { effect, low, high } of found.claims) {
      expect(low).toBeCloseTo(effect - half, 9);
      expect(high).toBeCloseTo(effect + half, 9);
    }
  });

  it("count only what was tested", () => {
    const untested = nothing.map((one) => ({ ...one, customers: 5 }));
    expect(decide([contrast("a", weak), ...untested]).claims).toHaveLength(1);
  });
});

describe("already different before", () => {
  it.each([
    ["a third of the effect", { effect: 0.0167, error: 0.001 }, true],
    ["less than a third", { effect: 0.0166, error: 0.001 }, false],
    ["a third, but not surely there", { effect: 0.03, error: 0.02 }, false],
    ["the other way", { effect: -0.05, error: 0.001 }, false],
  ])("%s", (_, placebo, rejected) => {
    const expected = rejected ? ["a: already different before"] : [];
    expect(reasons([contrast("a")], RULES, { a: placebo })).toEqual(expected);
  });

  it("says how large the difference was before and after", () => {
    const [rejected] = decide([contrast("a")], RULES, { a: { effect: 0.04, error: 0.001 } }).rejected;
    expect(rejected?.detail).toContain("+4.0 points");
    expect(rejected?.detail).toContain("an earlier outcome");
    expect(rejected?.detail).toContain("+5.0 points");
  });

  it("compares a share before with points of a score as parts of the scale", () => {
    // −1.8 of 4 points is −45 %: a third is 15 points of a share.
    const late = contrast("a", { effect: -1.8, error: 0.2, exposedMean: 2.3, high: 60, low: 200, answers: 260 });
    expect(reasons([late], STARS, { a: { effect: -0.151, error: 0.01 } })).toEqual(["a: already different before"]);
    expect(reasons([late], STARS, { a: { effect: -0.149, error: 0.01 } })).toEqual([]);
  });

  it("comes first among the rejected, before the unclear and the too few", () => {
    const all = [contrast("few", {}, 3), contrast("unclear", { effect: 0 }), contrast("before")];
    expect(reasons(all, RULES, { before: { effect: 0.05, error: 0.001 } })).toEqual([
      ...["before: already different before", "unclear: no clear effect", "few: too few"],
    ]);
  });

  it("needs a placebo that can tell", () => {
    expect(canTell({ effect: 0, error: 1, high: 25, low: 25 })).toBe(true);
    expect(canTell({ effect: 0, error: 1, high: 24, low: 900 })).toBe(false);
    expect(canTell({ effect: 0, error: 1, high: 900, low: 24 })).toBe(false);
    expect(canTell({ effect: null, error: null, high: 900, low: 900 })).toBe(false);
  });
});

it("loses none: every contrast is claimed or rejected, once", () => {
  const all = [contrast("few", {}, 3), contrast("unclear", { effect: 0 }), contrast("claimed"), contrast("before")];
  const { claims, rejected } = decide(all, RULES, { before: { effect: 0.05, error: 0.001 } });
  const names = [...claims, ...rejected].map(({ touchpoint }) => touchpoint);
  expect(names.toSorted()).toEqual(["before", "claimed", "few", "unclear"]);
  expect(decide([])).toMatchObject({ claims: [], rejected: [], tested: [] });
});
