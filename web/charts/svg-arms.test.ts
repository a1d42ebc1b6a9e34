/**
 * The arms and their difference: marks to scale, numbers in words on wide and narrow pages, nothing cut off.
 */
import { describe, expect, it } from "vitest";
import { layoutArms } from "./arms.ts";
import { ARMS } from "./effect-pictures.case.ts";
import { drawArms } from "./svg-arms.ts";

const squaresOf = (width: number) => layoutArms(ARMS, width).shapes.flatMap((shape) => ("r" in shape ? [shape] : []));

describe("drawArms", () => {
  const svg = drawArms(ARMS);

  it("looks as it did when a person looked at it", () => expect(svg).toMatchSnapshot());

  it("says its sentence and escapes names", () => {
    expect(svg).toContain("A &amp; C");
    expect(svg).toContain("n = 2,292");
    expect(svg).not.toMatch(/NaN|undefined|class=/u);
  });

  it.each([288, 700, 1300])("has a mark for each arm and one for the difference at %i px", (width) => {
    const [control, treatment, difference] = squaresOf(width);
    expect(squaresOf(width)).toHaveLength(3);
    expect(control?.x).toBeLessThan(treatment?.x ?? 0);
    expect(difference?.tone).toBe("good");
    for (const { x, y } of squaresOf(width)) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeLessThan(layoutArms(ARMS, width).height);
    }
  });

  it("draws an arm without an interval as a mark alone", () => {
    const bare = {
      ...ARMS,
      panels: ARMS.panels.map((panel) => ({
        ...panel,
        rows: panel.rows.map((row) => ({ ...row, low: null, high: null })),
      })),
    };
    const ends = (picture: typeof ARMS) =>
      layoutArms(picture, 700).shapes.filter((shape) => shape.kind === "path" && shape.width === 2);
    expect(ends(ARMS).length - ends(bare).length).toBe(9);
  });
});
