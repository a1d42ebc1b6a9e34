/**
 * The burn-down's picture: what is stacked on what, where it breaks off, what the forecast adds, what it says.
 */
import { describe, expect, it } from "vitest";
import { layoutPlot } from "./plot.ts";
import { type BurnDay, type BurnDownPicture, burnDownPlot, drawBurnDown } from "./svg-burn-down.ts";

const day = (label: string, ideal: number, left?: readonly [number, number, number]): BurnDay => ({
  ...{ label, ideal },
  ...{ must: left?.[0] ?? null, should: left?.[1] ?? null, could: left?.[2] ?? null },
});

const PICTURE: BurnDownPicture = {
  title: "Burn-down of <Checkout>",
  sentence: "After 3 of 5 working days, 7 of 10 days are still to do.",
  unit: "days",
  days: [
    day("1 Jun", 8, [6, 2, 2]),
    day("2 Jun", 6, [5, 2, 2]),
    day("3 Jun", 4, [4, 1, 2]),
    day("4 Jun", 2),
    day("5 Jun", 0),
  ],
  today: 2,
  forecast: { low: 3, middle: 4, high: 6 },
  format: String,
};

describe("burnDownPlot", () => {
  const plot = burnDownPlot(PICTURE);
  const valuesOf = (index: number) => plot.lines[index]?.points.map(({ value }) => value);

  it("stacks Should on Must and Could on both, up to the last day that is known", () => {
    expect(valuesOf(0)).toEqual([8, 6, 4, 2, 0]);
    expect(valuesOf(1)).toEqual([6, 5, 4, null, null]);
    expect(valuesOf(2)).toEqual([8, 7, 5, null, null]);
    expect(valuesOf(3)).toEqual([10, 9, 7, null, null]);
    expect(plot.bands[1]?.points[2]).toEqual({ at: 2, low: 4, high: 5 });
  });

  it("leads from what is left now to the forecast of the last day", () => {
    expect(plot.lines[4]?.points).toEqual([
      { at: 2, value: 7 },
      { at: 4, value: 4 },
    ]);
    expect(plot.bands[3]?.points).toEqual([
      { at: 2, low: 7, high: 7 },
      { at: 4, low: 3, high: 6 },
    ]);
  });

  it("says of a dot what is left of it and in all", () => {
    expect(plot.lines[1]?.tip?.(2)).toBe("3 Jun: Must 4 days left");
    expect(plot.lines[3]?.tip?.(2)).toBe("3 Jun: Could 2 days left, Must + Should + Could 7");
  });

  it("has no forecast on the last day, nor without one, and no stack before the kick-off", () => {
    const over = PICTURE.days.map((one) => ({ ...one, must: 1, should: 0, could: 0 }));
    expect(burnDownPlot({ ...PICTURE, days: over }).lines).toHaveLength(4);
    expect(burnDownPlot({ ...PICTURE, forecast: null }).key.map(({ text }) => text)).not.toContain(
      "forecast, with its 80 % range",
    );
    const planned = PICTURE.days.map(({ label, ideal }) => day(label, ideal));
    expect(burnDownPlot({ ...PICTURE, days: planned, today: null }).key).toHaveLength(1);
  });

  it.each([288, 1100])("stays inside %i px", (width) => {
    const { shapes } = layoutPlot(plot, width, 300);
    const points = shapes.flatMap((shape) =>
      "d" in shape ? [...shape.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/gu)] : [],
    );
    for (const [, x, y] of points) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(width);
      expect(Number(y)).toBeLessThanOrEqual(300);
    }
  });
});

describe("drawBurnDown", () => {
  it("looks as it did when a person looked at it", () => expect(drawBurnDown(PICTURE)).toMatchSnapshot());

  it("says its sentence, escapes its title and stands alone", () => {
    const svg = drawBurnDown(PICTURE);
    expect(svg).toContain("Burn-down of &lt;Checkout&gt;");
    expect(svg).toContain(PICTURE.sentence);
    expect(svg).not.toMatch(/NaN|undefined|class=|Infinity/u);
    expect(drawBurnDown({ ...PICTURE, days: [], today: null })).not.toMatch(/NaN|undefined|Infinity/u);
  });
});
