import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOfUnion, type FlagHarm, type MaskRows, priceHarm, shareTouches } from "./friction-cost.ts";

function costOf(masks: readonly MaskRows[], flags: readonly FlagHarm[]): number[] {
  return shareTouches(masks, flags).map((touches, place) => touches * (flags[place]?.harm ?? 0));
}

describe("touches that frictions answer for", () => {
  it("are all of a friction's where nothing overlaps: N·|Δ|", () => {
    const masks = [
      { mask: 0b00, rows: 1_000 },
      { mask: 0b01, rows: 40 },
      { mask: 0b10, rows: 60 },
    ];
    const flags = [
      { bit: 0, harm: 0.1, claimed: true },
      { bit: 1, harm: 0.2, claimed: true },
    ];
    expect(shareTouches(masks, flags)).toEqual([40, 60]);
    expect(costOfUnion(masks, flags)).toBeCloseTo(4 + 12, 12);
  });

  it("are shared where something on the same touch helps, never below nothing", () => {
    const flags = [
      { bit: 0, harm: 0.1, claimed: true },
      { bit: 1, harm: 0.3, claimed: true },
      { bit: 2, harm: -0.2, claimed: false },
    ];
    expect(costOf([{ mask: 0b111, rows: 100 }], flags)).toEqual([
      expect.closeTo(5, 12),
      expect.closeTo(15, 12),
      expect.closeTo(0, 12),
    ]);
    const helped = [{ bit: 0, harm: 0.1, claimed: true }, flags[2] as FlagHarm];
    expect(costOf([{ mask: 0b101, rows: 100 }], helped)).toEqual([0, expect.closeTo(0, 12)]);
  });

  it("count no harm that is not claimed, and no outcome twice", () => {
    const flags = [
      { bit: 0, harm: 0.7, claimed: true },
      { bit: 1, harm: 0.8, claimed: true },
      { bit: 2, harm: 0.4, claimed: false },
    ];
    const masks = [
      { mask: 0b011, rows: 30 },
      { mask: 0b100, rows: 50 },
    ];
    expect(costOf(masks, flags)).toEqual([expect.closeTo(14, 12), expect.closeTo(16, 12), 0]);
    expect(costOfUnion(masks, flags)).toBe(30);
  });

  const flag = fc.record({ harm: fc.double({ min: -1, max: 1, noNaN: true }), claimed: fc.boolean() });
  const world = fc.record({
    flags: fc.array(flag, { maxLength: 7 }).map((some) => some.map((one, bit) => ({ ...one, bit }))),
    masks: fc.array(fc.record({ mask: fc.nat(255), rows: fc.nat(10_000) }), { maxLength: 40 }),
  });

  it("cost together what their union costs, and each no more than alone", () => {
    fc.assert(
      fc.property(world, ({ flags, masks }) => {
        const costs = costOf(masks, flags);
        const union = costOfUnion(masks, flags);
        const touches = masks.reduce((sum, { rows }) => sum + rows, 0);
        expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(union, 6);
        expect(union).toBeLessThanOrEqual(touches);
        for (const [place, { bit, harm, claimed }] of flags.entries()) {
          const own = masks.filter(({ mask }) => ((mask >> bit) & 1) === 1).reduce((sum, { rows }) => sum + rows, 0);
          expect(costs[place]).toBeGreaterThanOrEqual(0);
          expect(costs[place]).toBeLessThanOrEqual((claimed ? own * Math.max(0, harm) : 0) + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("do not mind masks cut in two, nor the order of flags", () => {
    fc.assert(
      fc.property(world, ({ flags, masks }) => {
        const apart = masks.flatMap(({ mask, rows }) => [
          { mask, rows: Math.floor(rows / 3) },
          { mask, rows: rows - Math.floor(rows / 3) },
        ]);
        const turned = costOf(apart.toReversed(), flags.toReversed()).toReversed();
        for (const [place, cost] of costOf(masks, flags).entries()) expect(turned[place]).toBeCloseTo(cost, 6);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the price of harm", () => {
  it("has the variance N²(V²SE² + Δ²SE_V²) and an 80 % interval", () => {
    // 1,000·√((50·.005)² + (.02·2)²) = 253.18; × 1.2816 = 324.46
    expect(priceHarm(1_000, { value: 0.02, error: 0.005 }, { value: 50, error: 2 })).toEqual({
      value: 1_000,
      low: expect.closeTo(675.537, 3),
      high: expect.closeTo(1_324.463, 3),
    });
  });

  it("stops at nothing", () => {
    const { low, high } = priceHarm(100, { value: 0.01, error: 0.02 }, { value: 1, error: 0 });
    expect(low).toBe(0);
    expect(high).toBeCloseTo(1 + 1.2815515655 * 2, 6);
  });
});
