/**
 * The drawing of costs: a fact apart from an estimate, both to scale, and intervals that stay inside.
 */
import { describe, expect, it } from "vitest";
import { type CostRow, costScale, drawCosts } from "./svg-costs.ts";

const rows: readonly CostRow[] = [
  {
    ...{ key: "a", label: "Waiting & waiting", detail: "1,320 times", words: "about 1,300 EUR a month" },
    ...{ fact: 500, estimate: { value: 1_000, low: 800, high: 1_400 } },
  },
  { key: "b", label: "Asked again", detail: "60 times", words: "30 EUR", fact: 250, estimate: null },
];
const svg = drawCosts({
  title: "What costs most a month",
  under: "in EUR a month",
  rows,
  format: (value) => `${value}`,
  factName: "handling",
  estimateName: "at risk",
});
const blocks = (fill: string) =>
  [...svg.matchAll(new RegExp(`<rect x="([\\d.]+)" y="\\d+" width="([\\d.]+)" height="18" fill="${fill}"`, "gu"))].map(
    ([, x, width]) => [Number(x), Number(width)] as const,
  );

describe("drawCosts", () => {
  it("looks as it did when a person looked at it", () => expect(svg).toMatchSnapshot());

  it("puts the estimate where the fact ends, both to scale", () => {
    const [fact = [0, 0], second = [0, 0]] = blocks("#3b4754");
    const [estimate = [0, 0], ...others] = blocks("#ffae66");
    expect(others).toEqual([]);
    expect(estimate[0]).toBeCloseTo(fact[0] + fact[1], 1);
    expect(estimate[1] / fact[1]).toBeCloseTo(2, 2);
    expect(second[1] / fact[1]).toBeCloseTo(0.5, 2);
  });

  it("holds the far end of every interval", () => {
    expect(costScale(rows).high).toBeGreaterThanOrEqual(1_900);
    expect(costScale([]).high).toBeGreaterThan(0);
  });

  it("escapes names and says what both blocks are", () => {
    expect(svg).toContain("Waiting &amp; waiting");
    expect(svg).toContain(">handling<");
    expect(svg).toContain(">at risk<");
  });
});
