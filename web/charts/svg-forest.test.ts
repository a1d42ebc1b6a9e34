/**
 * The drawing of effects around zero: where marks stand, what differs but by colour, and what is said without an estimate.
 */
import { describe, expect, it } from "vitest";
import { drawForest, type ForestRow, forestScale } from "./svg-forest.ts";

const shared = { detail: "did it happen", words: "in words" };
const rows: readonly ForestRow[] = [
  { ...shared, key: "a", label: "Chat & Call", value: 0.12, low: 0.08, high: 0.16, crude: 0.14, tone: "good" },
  { ...shared, key: "b", label: "Delivery Due", value: -0.06, low: -0.1, high: -0.02, crude: 0.02, tone: "bad" },
  { key: "c", label: "Too Rare", value: null, low: null, high: null, crude: null, tone: "plain", words: "too few" },
];
const svg = drawForest({
  title: "What moves Order Completed",
  under: "this instead of the usual next touch",
  rows,
  format: (value) => `${Math.round(value * 100)}`,
});

describe("drawForest", () => {
  it("looks as it did when a person looked at it", () => expect(svg).toMatchSnapshot());

  it("keeps distances: zero, effect and crude stand to scale", () => {
    const squares = [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="10"/gu)].map(([, x]) => Number(x) + 5);
    const rings = [...svg.matchAll(/<circle cx="([\d.]+)" cy="\d+" r="4.5"/gu)].map(([, x]) => Number(x));
    const zero = Number(/<line x1="([\d.]+)"[^>]*stroke="#5c6773"/u.exec(svg)?.[1]);
    const [good = 0, bad = 0] = squares;
    expect(squares).toHaveLength(2);
    expect((good - zero) / (zero - bad)).toBeCloseTo(2, 2);
    expect(((rings[0] ?? 0) - zero) / (good - zero)).toBeCloseTo(0.14 / 0.12, 2);
  });

  it("says why a row has no mark, and escapes names", () => {
    expect(svg).toContain("too few");
    expect(svg).toContain("Chat &amp; Call");
  });

  it("holds zero, every interval and every crude difference", () => {
    const { low, high } = forestScale(rows);
    expect(low).toBeLessThanOrEqual(-0.1);
    expect(high).toBeGreaterThanOrEqual(0.16);
  });
});
