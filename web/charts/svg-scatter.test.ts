/**
 * Things by two numbers: dots stand to scale, names cover neither dots nor each other, and all stays inside.
 */
import { describe, expect, it } from "vitest";
import { layoutScatter, type Scatter } from "./scatter.ts";
import type { Shape } from "./shapes.ts";
import { drawScatter } from "./svg-scatter.ts";
import { textWidth } from "./svg-text.ts";

const dot = (name: string, x: number, y: number, hollow = false) => ({
  name,
  x,
  y,
  tip: `${name}: ${x}, ${y}`,
  hollow,
});
const SCATTER: Scatter = {
  title: "Value against effort",
  sentence: "Further up is worth more, further left takes less.",
  across: { title: "effort, days", format: String },
  upwards: { title: "value a month, EUR", format: String },
  dots: [
    dot("Faster delivery", 20, 4_000),
    dot("Chat at checkout", 20, 4_050),
    dot("Returns by post", 60, 9_000, true),
    dot("Loss & <risk>", 80, -1_000),
  ],
  full: "active",
  hollow: "closed or stopped",
};

const dotsOf = (shapes: readonly Shape[]) => shapes.flatMap((shape) => (shape.kind === "dot" ? [shape] : []));
const namesOf = (shapes: readonly Shape[]) =>
  shapes.flatMap((shape) => (shape.kind === "text" && shape.tone === "text" ? [shape] : []));

describe("layoutScatter", () => {
  it("places dots to scale, more to the right and upwards", () => {
    const [faster, chat, returns, loss] = dotsOf(layoutScatter(SCATTER, 700, 320).shapes);
    if (!faster || !chat || !returns || !loss) throw new Error("four dots");
    expect(chat.x).toBe(faster.x);
    expect((returns.x - faster.x) / (loss.x - returns.x)).toBeCloseTo(2);
    expect((loss.y - faster.y) / (faster.y - returns.y)).toBeCloseTo(1);
    expect(dotsOf(layoutScatter(SCATTER, 700, 320).shapes).map(({ hollow }) => hollow)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it.each([268, 700, 1_300])("keeps every dot and name inside %i px", (width) => {
    const { shapes } = layoutScatter(SCATTER, width, 320);
    for (const { x, y, r } of dotsOf(shapes)) {
      expect(x - r).toBeGreaterThanOrEqual(0);
      expect(x + r).toBeLessThanOrEqual(width);
      expect(y + r).toBeLessThanOrEqual(320);
    }
    for (const { x, text } of namesOf(shapes)) expect(x + textWidth(text, 11)).toBeLessThanOrEqual(width);
  });

  it("leaves a name out rather than write it over another", () => {
    const crowd = Array.from({ length: 12 }, (_, index) => dot(`Initiative number ${index}`, 50, 100 + index));
    const names = namesOf(layoutScatter({ ...SCATTER, dots: crowd }, 700, 320).shapes);
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(12);
    const boxes = names.map(({ x, y, text }) => ({ x, y, right: x + textWidth(text, 11) }));
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(Math.abs(a.y - b.y) >= 12 || a.right <= b.x || b.right <= a.x).toBe(true);
  });
});

describe("drawScatter", () => {
  it("says its title, its sentence and its key, and escapes names", () => {
    const svg = drawScatter(SCATTER);
    for (const words of [SCATTER.title, SCATTER.sentence, "active", "closed or stopped", "Loss &amp; &lt;risk&gt;"])
      expect(svg).toContain(words);
    expect(svg).not.toMatch(/NaN|undefined|class=|Infinity/u);
  });

  it("has no key where all dots are alike", () => {
    expect(drawScatter({ ...SCATTER, hollow: undefined })).not.toContain(">active<");
  });
});
