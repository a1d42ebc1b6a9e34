/**
 * The pictures of an effect: what stands where, what differs but by colour, what is cut and what is never cut.
 */
import { describe, expect, it } from "vitest";
import { EVENT_STUDY, OVER_TIME, SERIES } from "./effect-pictures.case.ts";
import { eventStudyPlot } from "./effect-plots.ts";
import { layoutPlot } from "./plot.ts";
import type { Shape } from "./shapes.ts";
import { drawPlot } from "./svg-plot.ts";

const PICTURES = { "event study": EVENT_STUDY, "series and counterfactual": SERIES, "interval over time": OVER_TIME };

const marksOf = (shapes: readonly Shape[]) => shapes.filter((shape) => "r" in shape);
const rangeOf = (shape: Shape) => ("d" in shape ? [...shape.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/gu)] : []);

describe.each(Object.entries(PICTURES))("drawPlot: %s", (_, plot) => {
  it("looks as it did when a person looked at it", () => expect(drawPlot(plot)).toMatchSnapshot());

  it("says its sentence and every entry of its key, and stands alone", () => {
    const svg = drawPlot(plot);
    for (const words of [plot.title, plot.sentence, ...plot.key.map(({ text }) => text)]) expect(svg).toContain(words);
    expect(svg).not.toMatch(/NaN|undefined|class=|Infinity/u);
  });

  it.each([288, 700, 1300])("stays inside %i px", (width) => {
    const { shapes, height } = layoutPlot(plot, width, 300);
    const points = shapes.flatMap(rangeOf).map(([, x, y]) => [Number(x), Number(y)] as const);
    expect(points.length).toBeGreaterThan(10);
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(height);
    }
  });
});

describe("the event study", () => {
  const { shapes } = layoutPlot(EVENT_STUDY, 700, 300);

  it("tells before from since by shape, and stands to scale around zero", () => {
    const dots = marksOf(shapes);
    expect(dots.map(({ hollow }) => hollow)).toEqual([true, true, true, false, false]);
    const zero = shapes.flatMap((shape) => (shape.kind === "path" && shape.tone === "quiet" ? rangeOf(shape) : []))[0];
    const [first, second] = [dots[3], dots[4]].map((dot) => Number(zero?.[2]) - (dot?.y ?? 0));
    expect((second ?? 0) / (first ?? 1)).toBeCloseTo(0.17 / 0.12, 1);
  });

  it("puts the switch-on between the last period before and the first since", () => {
    const [before, since] = [marksOf(shapes)[2], marksOf(shapes)[3]];
    const label = shapes.find((shape) => shape.kind === "text" && shape.text === "switched on");
    const mark = shapes.find((shape) => shape.kind === "path" && shape.dash === "2 3");
    const x = Number(mark && rangeOf(mark)[0]?.[1]);
    expect(label).toBeDefined();
    expect(x).toBeCloseTo(((before?.x ?? 0) + (since?.x ?? 0)) / 2, 1);
  });

  it("has no zone without a least effect", () => {
    const plot = eventStudyPlot({
      ...{
        title: "t",
        sentence: "s",
        upwards: "u",
        format: String,
        describe: () => "",
        interval: "i",
        periods: "weeks",
      },
      ...{ minEffect: 0, points: [{ at: 0, estimate: 1, low: 0, high: 2 }] },
    });
    expect(plot.zone).toBeUndefined();
    expect(plot.key.map(({ kind }) => kind)).not.toContain("zone");
  });
});

describe("the series", () => {
  it("breaks the line where a period is missing, and keeps what was expected whole", () => {
    const lines = layoutPlot(SERIES, 700, 300).shapes.filter((shape) => shape.kind === "path" && shape.width === 2);
    expect(lines.map((shape) => ("dash" in shape ? "expected" : "actual"))).toEqual(["expected", "actual", "actual"]);
  });
});

describe("the interval over time", () => {
  it("holds the last interval and zero whole, and cuts wild first looks", () => {
    const { scale } = OVER_TIME;
    const last = OVER_TIME.bands[0]?.points.at(-1);
    const first = OVER_TIME.bands[0]?.points[0];
    expect(scale.low).toBeLessThanOrEqual(Math.min(0, last?.low ?? 0));
    expect(scale.high).toBeGreaterThanOrEqual(last?.high ?? 0);
    expect(first?.high ?? 0).toBeGreaterThan(2 * scale.high);
  });
});
