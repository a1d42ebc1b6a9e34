import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decidePainPoints, describeTrend, type FrictionPlacebos, needsPlacebo, testFrictions } from "./claims.ts";
import { type MasksByTouch, rankPainPoints } from "./costs.ts";
import type { Friction, FrictionSign } from "./friction.ts";
import type { FrictionEffect, MeasuredFriction, PainRules } from "./measured-friction.ts";
import { CASE_WAIT } from "./pain-point.case.ts";

const RULES: PainRules = {
  ...{ least: 0.01, leastExit: 0.02, worth: { value: 100, error: 5 }, months: 2, badOutcome: false },
  handlingCosts: new Map([[1, 4]]),
};

const SIGNS: Readonly<Record<string, FrictionSign>> = {
  rework: { by: "again", later: [] },
  wait: { by: "gap", overMs: 3_600_000, from: "baseline" },
  "bad-score": { by: "property", when: { kind: "score", scale: "1-5", atMost: 2 } },
  "error-event": { by: "touch" },
  "drop-off": { by: "exit" },
};

interface Said extends Partial<Omit<MeasuredFriction, "effect" | "friction" | "facts">> {
  readonly kind: Friction["kind"];
  readonly touch?: number;
  readonly effect?: number | null;
  readonly error?: number;
  readonly numbers?: Partial<FrictionEffect>;
  readonly events?: number;
}

/** A friction with enough data unless said otherwise. */
function friction({
  kind,
  touch = 1,
  effect = -0.1,
  error = 0.01,
  numbers,
  events = 800,
  ...said
}: Said): MeasuredFriction {
  const { window } = CASE_WAIT;
  const flag = kind !== "error-event" && kind !== "drop-off";
  const perMonth = said.perMonth ?? 400;
  return {
    friction: { kind, touch, touchpoint: `T${touch}`, property: null, bad: null, sign: SIGNS[kind] as FrictionSign },
    facts: {
      ...{ kind, touchpoint: `T${touch}`, property: null, bad: null, name: `${kind} at T${touch}`, events, window },
      ...{ journeys: 700, customers: 600, of: 5_000, hoursPerMonth: null, wait: null },
    },
    ...{ bit: flag ? 0 : null, exposed: 500, lossPerEffect: 1, exits: null, months: [] },
    ...{ perMonth, touchesPerMonth: perMonth },
    effect: { ...{ effect, error, rows: 700, high: 200, low: 500, crude: -0.2 }, ...numbers },
    ...said,
  };
}

const NONE: FrictionPlacebos = new Map();

/** Masks in which each flag stands alone, as often as it says. */
function apart(all: readonly MeasuredFriction[], { months }: PainRules): MasksByTouch {
  const masks = new Map<number, { mask: number; rows: number }[]>();
  for (const { friction: one, bit, perMonth } of all)
    if (bit !== null)
      masks.set(one.touch, [...(masks.get(one.touch) ?? []), { mask: 1 << bit, rows: perMonth * months }]);
  return masks;
}

function decide(all: readonly MeasuredFriction[], rules = RULES, placebos = NONE, masks = apart(all, rules)) {
  return decidePainPoints(all, testFrictions(all, rules), placebos, masks, rules);
}

describe("what is claimed", () => {
  it("is clear harm, priced by its touches, with direct cost apart", () => {
    const { painPoints, rejected } = decide([friction({ kind: "rework" })]);
    expect(rejected).toEqual([]);
    expect(painPoints[0]).toMatchObject({
      ...{ kind: "rework", incident: false, segment: null, perMonth: 400, effect: -0.1, reach: 700, crude: -0.2 },
      // 800 events in two months, 4 each.
      ...{ directCost: 1_600, label: "association, adjusted", placebo: null, excess: null },
      // 400·√((100·.01)² + (.1·5)²) = 447.2; × 1.2816 = 573.1
      valueAtRisk: {
        value: expect.closeTo(4_000, 9),
        low: expect.closeTo(3_426.9, 1),
        high: expect.closeTo(4_573.1, 1),
      },
      outcomesAtRisk: { value: expect.closeTo(40, 9), low: expect.closeTo(34.87, 2), high: expect.closeTo(45.13, 2) },
    });
    // The only test: its interval is at 95 %, t of 1.984.
    expect(painPoints[0]?.low).toBeCloseTo(-0.1 - 0.01984, 4);
  });

  it("has no direct cost without a price, nor of a kind that is not handled, and no money without a worth", () => {
    const all = [friction({ kind: "rework", touch: 2 }), friction({ kind: "wait", touch: 1 })];
    for (const { directCost } of decide(all).painPoints) expect(directCost).toBeNull();
    const { painPoints } = decide(all, { ...RULES, worth: null });
    expect(painPoints[0]?.valueAtRisk).toEqual({ value: null, low: null, high: null });
    expect(painPoints[0]?.outcomesAtRisk.value).toBeCloseTo(40, 9);
  });

  it("is harm where a silent customer is the outcome, and where more leave than elsewhere", () => {
    const silent = decide([friction({ kind: "wait", effect: 0.1 })], { ...RULES, badOutcome: true });
    expect(silent.painPoints[0]?.outcomesAtRisk.value).toBeCloseTo(40, 9);
    const left = friction({ kind: "drop-off", effect: 0.1, perMonth: 300, touchesPerMonth: 1_000, lossPerEffect: 0.4 });
    const { painPoints } = decide([left]);
    expect(painPoints[0]).toMatchObject({ effect: 0.1, perMonth: 300 });
    expect(painPoints[0]?.outcomesAtRisk.value).toBeCloseTo(1_000 * 0.1 * 0.4, 9);
  });
});

describe("what is not claimed", () => {
  const reasonsOf = (all: readonly MeasuredFriction[], placebos = NONE, rules = RULES) =>
    decide(all, rules, placebos).rejected.map(({ reason }) => reason);

  it.each([
    ["too few", { numbers: { rows: 199 } }],
    ["too few", { numbers: { high: 24 } }],
    ["too few", { exposed: 99 }],
    ["too few", { effect: null }],
    ["no clear effect", { effect: -0.009, error: 0.0001 }],
    ["no clear effect", { effect: -0.03, error: 0.02 }],
    ["not worse", { effect: 0.1 }],
  ])("%s: %j", (reason, said) => {
    const found = decide([friction({ kind: "wait", ...said })]);
    expect(found.painPoints).toEqual([]);
    expect(found.rejected).toEqual([expect.objectContaining({ reason, detail: expect.stringMatching(/\d.*\.$/u) })]);
  });

  it("says of whom a twin cannot be told apart, and keeps its facts", () => {
    const first = friction({ kind: "wait" });
    const twin = friction({ kind: "rework", bit: 1, effect: null, numbers: { twin: 0 } });
    const { rejected } = decide([first, twin]);
    expect(rejected).toEqual([
      expect.objectContaining({ kind: "rework", reason: "cannot be told apart", effect: null, directCost: 1_600 }),
    ]);
    expect(rejected[0]?.detail).toContain("«wait at T1»");
  });

  it("was as much worse before; better before does not excuse it", () => {
    const one = friction({ kind: "wait" });
    const placebo = (effect: number, error = 0.005) =>
      new Map([[one, { of: "an earlier outcome" as const, effect, error, high: 90, low: 90 }]]);
    expect(reasonsOf([one], placebo(-0.05))).toEqual(["already different before"]);
    // Less than a third of it, or the other way round, or not sure.
    for (const before of [placebo(-0.03), placebo(0.05), placebo(-0.05, 0.04)]) {
      const { painPoints, rejected } = decide([one], RULES, before);
      expect(rejected).toEqual([]);
      expect(painPoints).toHaveLength(1);
    }
    expect(decide([one], RULES, placebo(-0.01)).painPoints[0]?.label).toBe("likely cause");
    // A difference of that size the other way round shows that the comparison is not even.
    expect(decide([one], RULES, placebo(0.05)).painPoints[0]?.label).toBe("association, adjusted");
  });

  it("reads what was worse before by what is bad: drop-offs of those with fewer outcomes, silence of the less active", () => {
    const left = friction({ kind: "drop-off", effect: 0.1 });
    const silent = friction({ kind: "rework", effect: 0.1 });
    const earlier = (one: MeasuredFriction, of: "an earlier outcome" | "earlier activity", effect: number) =>
      new Map([[one, { of, effect, error: 0.005, high: 90, low: 90 }]]);
    expect(reasonsOf([left], earlier(left, "an earlier outcome", -0.05))).toEqual(["already different before"]);
    expect(reasonsOf([left], earlier(left, "an earlier outcome", 0.05))).toEqual([]);
    const bad = { ...RULES, badOutcome: true };
    expect(reasonsOf([silent], earlier(silent, "an earlier outcome", 0.05), bad)).toEqual(["already different before"]);
    expect(reasonsOf([silent], earlier(silent, "earlier activity", -0.05), bad)).toEqual(["already different before"]);
    expect(reasonsOf([silent], earlier(silent, "earlier activity", 0.05), bad)).toEqual([]);
  });

  it("is found among many only when it is surprising among many", () => {
    const clear = friction({ kind: "wait", touch: 50, effect: -0.1, error: 0.02 });
    // p = .0135 by itself; among twenty others without any effect q is .28.
    const hint = friction({ kind: "wait", touch: 51, effect: -0.055, error: 0.02 });
    const none = Array.from({ length: 20 }, (_, touch) => friction({ kind: "wait", touch: touch + 2, effect: -0.005 }));
    expect(decide([hint]).painPoints).toHaveLength(1);
    const { painPoints } = decide([...none, hint, clear]);
    expect(painPoints.map(({ touchpoint }) => touchpoint)).toEqual(["T50"]);
    // Its interval is wider than by itself: level 1 − .05/22.
    expect((painPoints[0]?.high ?? 0) - (painPoints[0]?.low ?? 0)).toBeCloseTo(2 * 0.02 * 3.13, 2);
  });

  it("needs a placebo only where harm would be claimed", () => {
    const all = [friction({ kind: "wait" }), friction({ kind: "wait", touch: 2, effect: 0.1 })];
    expect(testFrictions(all, RULES).map((one) => needsPlacebo(one, RULES))).toEqual([true, false]);
  });

  it("stands by what it costs, then by how often a month it matters", () => {
    const few = { effect: null };
    const all = [
      friction({ kind: "wait", touch: 2, events: 900, perMonth: 1, ...few }),
      friction({ kind: "wait", touch: 3, events: 10, perMonth: 9, ...few }),
      friction({ kind: "rework", touch: 1, events: 5, ...few }),
    ];
    expect(decide(all).rejected.map(({ touchpoint }) => touchpoint)).toEqual(["T1", "T3", "T2"]);
  });
});

describe("overlaps", () => {
  const late = friction({ kind: "wait", bit: 0 });
  const bad = friction({ kind: "bad-score", bit: 1, effect: -0.2 });

  it("share the touches on which a third friction helps", () => {
    const help = friction({ kind: "rework", bit: 2, effect: 0.15 });
    const masks = new Map([
      [
        1,
        [
          { mask: 0b011, rows: 200 },
          { mask: 0b111, rows: 200 },
        ],
      ],
    ]);
    const { painPoints } = decide([late, bad, help], RULES, NONE, masks);
    const costs = new Map(painPoints.map(({ kind, outcomesAtRisk }) => [kind, outcomesAtRisk.value]));
    // A month: 100 touches lose .3, 100 lose .15; a third of it is the wait's.
    expect(costs.get("wait")).toBeCloseTo((100 * 0.3 + 100 * 0.15) / 3, 9);
    expect(costs.get("bad-score")).toBeCloseTo(((100 * 0.3 + 100 * 0.15) * 2) / 3, 9);
  });

  it("leave to drop-offs only those that no friction of the touch makes", () => {
    const exit = friction({ kind: "drop-off", effect: 0.1, touchesPerMonth: 1_000, lossPerEffect: 0.5 });
    const lost = (exits: number | null) => {
      const { painPoints } = decide([{ ...late, exits }, exit]);
      return painPoints.map(({ kind, outcomesAtRisk }) => [kind, outcomesAtRisk.value]);
    };
    const [wait, whole] = [
      ["wait", expect.closeTo(40, 9)],
      ["drop-off", expect.closeTo(50, 9)],
    ];
    expect(new Map(lost(0) as [string, number][])).toEqual(new Map([wait, whole] as [string, number][]));
    // 400 waits make .1 more leave: 40 who would have come to the outcome half of the time.
    expect(Object.fromEntries(lost(0.1))["drop-off"]).toBeCloseTo(30, 9);
    // Where that is not known, and where it would be more than the wait loses, all that it loses.
    for (const exits of [null, 0.9]) expect(Object.fromEntries(lost(exits))["drop-off"]).toBeCloseTo(10, 9);
  });

  it("count an error once, whether or not the customer leaves", () => {
    const error = friction({ kind: "error-event", effect: -0.3, touchesPerMonth: 100, perMonth: 100 });
    const exit = friction({ kind: "drop-off", effect: 0.5, touchesPerMonth: 100, lossPerEffect: 0.4 });
    const { painPoints } = decide([error, exit]);
    const costs = Object.fromEntries(painPoints.map(({ kind, outcomesAtRisk }) => [kind, outcomesAtRisk.value]));
    expect(costs["error-event"]).toBeCloseTo(30, 9);
    expect(costs["drop-off"]).toBe(0);
  });

  const kinds = ["wait", "bad-score", "rework"] as const;
  const world = fc.record({
    effects: fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { minLength: 3, maxLength: 3 }),
    exits: fc.array(fc.option(fc.double({ min: -0.5, max: 0.5, noNaN: true })), { minLength: 3, maxLength: 3 }),
    masks: fc.array(fc.record({ mask: fc.nat(7), rows: fc.nat(1_000) }), { minLength: 1, maxLength: 20 }),
    ...{
      left: fc.double({ min: -0.2, max: 0.6, noNaN: true }),
      error: fc.double({ min: -0.5, max: 0.2, noNaN: true }),
    },
    kept: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("never cost more than each by itself, nor together more than the touches they stand on", () => {
    fc.assert(
      fc.property(world, ({ effects, exits, masks, left, error, kept }) => {
        const rows = masks.reduce((sum, one) => sum + one.rows, 0) / RULES.months;
        const of = (bit: number) =>
          masks.reduce((sum, one) => sum + (((one.mask >> bit) & 1) === 1 ? one.rows : 0), 0) / RULES.months;
        const all = [
          ...kinds.map((kind, bit) =>
            friction({ kind, bit, effect: effects[bit] ?? 0, exits: exits[bit] ?? null, perMonth: of(bit) }),
          ),
          friction({ kind: "error-event", effect: error, perMonth: rows }),
          friction({ kind: "drop-off", effect: left, lossPerEffect: kept, perMonth: rows / 2, touchesPerMonth: rows }),
        ];
        const { painPoints } = decide(all, RULES, NONE, new Map([[1, masks]]));
        const alone = new Map(
          all.map(({ friction: { kind }, touchesPerMonth, effect, lossPerEffect }) => [
            kind,
            touchesPerMonth * Math.abs(effect?.effect ?? 0) * lossPerEffect,
          ]),
        );
        let [flags, touch] = [0, 0];
        for (const { kind, outcomesAtRisk } of painPoints) {
          const lost = outcomesAtRisk.value ?? Number.NaN;
          expect(lost).toBeGreaterThanOrEqual(0);
          expect(lost).toBeLessThanOrEqual((alone.get(kind) ?? 0) + 1e-6);
          if (kind === "error-event") touch = lost;
          else if (kind !== "drop-off") flags += lost;
        }
        expect(flags).toBeLessThanOrEqual(rows + 1e-6);
        // An error's touches lose what their flags lose, or what the error does if that is more.
        if (touch > 0) expect(flags + touch).toBeCloseTo(Math.max(flags, alone.get("error-event") ?? 0), 6);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the order", () => {
  const point = (name: string, low: number | null, directCost: number | null, outcomes = 1) => ({
    ...{ ...CASE_WAIT, name, directCost },
    valueAtRisk: { value: low === null ? null : low + 10, low, high: low },
    outcomesAtRisk: { value: outcomes + 1, low: outcomes, high: outcomes + 2 },
  });

  it("is by the lower end of the money, direct cost included", () => {
    const all = [point("a", 100, null), point("b", 0, 150), point("c", 90, 70)];
    expect(rankPainPoints(all).map(({ name }) => name)).toEqual(["c", "b", "a"]);
  });

  it("is by outcomes where no outcome has a worth", () => {
    const all = [point("a", null, 1_000, 5), point("b", null, null, 9)];
    expect(rankPainPoints(all).map(({ name }) => name)).toEqual(["b", "a"]);
  });

  it("puts last what costs nobody knows how much, whatever its handling costs", () => {
    const unknown = { ...point("a", null, 1_000), outcomesAtRisk: { value: null, low: null, high: null } };
    const all = [unknown, { ...unknown, name: "d", directCost: 2_000 }, point("b", 5, null), point("c", 0, 10)];
    expect(rankPainPoints(all).map(({ name }) => name)).toEqual(["c", "b", "d", "a"]);
  });
});

describe("the trend", () => {
  const months = (shares: readonly number[], n = 1_000) => ({
    months: shares.map((share) => ({ hits: share * n, n })),
  });

  it.each([
    ["growing", [0.1, 0.13, 0.16, 0.19, 0.22]],
    ["shrinking", [0.22, 0.19, 0.16, 0.13, 0.1]],
    ["steady", [0.2, 0.19, 0.21, 0.2, 0.2]],
    [null, [0.1, 0.2, 0.3]],
  ])("%s: %j", (trend, shares) => {
    expect(describeTrend(months(shares))).toBe(trend);
  });

  it("is steady where the change is sure but small", () => {
    expect(describeTrend(months([0.2, 0.202, 0.204, 0.206, 0.208], 10_000_000))).toBe("steady");
  });
});
