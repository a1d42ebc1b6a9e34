/**
 * Exported drawings of tables, paths, funnels, timelines and curves: what stands in them and where.
 * Each is compared with a reviewed text; lengths are checked against the numbers they stand for.
 */
import { describe, expect, it } from "vitest";
import { curveSvg, layoutCurve } from "./svg-curve.ts";
import { funnelSvg } from "./svg-funnel.ts";
import { heatTableSvg } from "./svg-heat-table.ts";
import { pathsSvg, placeChips } from "./svg-paths.ts";
import { timelineSvg } from "./svg-timeline.ts";

describe("heatTableSvg", () => {
  const svg = heatTableSvg({
    title: "Who comes back",
    corner: "Cohort",
    columns: ["7 d", "14 d"],
    rows: [
      {
        label: "2025-01",
        cells: [
          { text: "50 %", heat: 0.5 },
          { text: "–", heat: null, unknown: true },
        ],
      },
      {
        label: "All",
        strong: true,
        cells: [
          { text: "0 %", heat: 0 },
          { text: "100 %", heat: 1 },
        ],
      },
    ],
  });

  it("is a reviewed drawing", () => {
    expect(svg).toMatchSnapshot();
  });

  it("heats by share and hatches what cannot be known", () => {
    expect(svg.match(/fill-opacity="([\d.]+)"/gu)).toEqual([`fill-opacity="0.31"`, `fill-opacity="0.62"`]);
    expect(svg.match(/fill="url\(#unknown\)"/gu)).toHaveLength(1);
  });
});

describe("pathsSvg", () => {
  it("breaks a long path into lines and loses none of its touchpoints", () => {
    const path = Array.from({ length: 12 }, (_, index) => `Touchpoint ${index}`);
    const chips = placeChips(path, 400);
    expect(chips.map(({ touchpoint }) => touchpoint)).toEqual(path);
    expect(Math.max(...chips.map(({ x, width }) => x + width))).toBeLessThanOrEqual(400);
    expect(chips.at(-1)?.line).toBeGreaterThan(2);
  });

  it("is a reviewed drawing", () => {
    const svg = pathsSvg(
      [
        { touchpoints: ["A", "B"], share: 0.5, numbers: "5 · 50 %", note: "main path" },
        { touchpoints: ["A", "C", "B"], share: 0.25, numbers: "2 · 25 %", note: "+ C" },
      ],
      { title: "Paths", other: "3 other paths: 3 journeys", color: (name) => (name === "C" ? "#c00000" : "#0000c0") },
    );
    expect(svg).toMatchSnapshot();
  });
});

describe("funnelSvg", () => {
  it("draws both sides, and an interval only where there is one", () => {
    const svg = funnelSvg({
      title: "Funnel",
      sides: ["now", "before"],
      steps: [
        {
          label: "A",
          note: "",
          bars: [
            { share: 1, low: 0.9, high: 1, numbers: "10 · 100 %" },
            { share: null, low: null, high: null, numbers: "0 · –" },
          ],
        },
      ],
    });
    expect(svg).toMatchSnapshot();
    expect(svg.match(/stroke-width="1.5"/gu)).toHaveLength(1);
  });
});

describe("timelineSvg", () => {
  it("is a reviewed drawing", () => {
    const event = { touchpoint: "Order <1>", when: "1 Jan 2025, 10:00", detail: "web · 12 EUR", gap: "" };
    const svg = timelineSvg(
      {
        title: "Customer c1",
        journeys: [{ heading: "order 1 · 2 events", events: [event, { ...event, gap: "12 days later" }] }],
        more: "3 more events are not drawn",
      },
      () => "#0000c0",
    );
    expect(svg).toMatchSnapshot();
  });
});

describe("layoutCurve", () => {
  const points = [
    { day: 7, value: 0.2, low: 0.15, high: 0.25 },
    { day: 14, value: 0.1, low: 0.05, high: 0.15 },
  ];

  it("puts shares to scale under rules that hold the whole band", () => {
    const { dots, rules } = layoutCurve(points, 400, 136);
    expect(rules.map(({ share }) => Math.round(share * 100))).toEqual([0, 10, 20, 30]);
    expect(dots.map(({ y }) => y)).toEqual([43.33, 76.67]);
  });

  it("draws nothing for no points", () => {
    const empty = layoutCurve([], 400, 136);
    expect([empty.line, empty.band]).toEqual(["", ""]);
  });

  it("is a reviewed drawing", () => {
    const words = {
      title: "All",
      formatShare: (share: number) => `${Math.round(share * 100)} %`,
      formatDay: (day: number) => `${day} d`,
    };
    expect(curveSvg(points, words)).toMatchSnapshot();
  });
});
