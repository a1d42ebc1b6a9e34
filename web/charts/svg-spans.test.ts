/**
 * The drawing of stretches of time: to scale on their axis, and an axis of round months that is never crowded.
 */
import { describe, expect, it } from "vitest";
import { drawSpans, placeOn, spanAxis } from "./svg-spans.ts";

const day = (iso: string) => Date.parse(iso);
const axis = spanAxis(day("2024-01-01"), day("2025-01-01"));
const svg = drawSpans({
  title: "Dated incidents",
  under: "weeks in which it was too much",
  axis,
  rows: [
    {
      ...{ key: "a", label: "Payment Failed", detail: "20 May 2024 – 9 Jun 2024", words: "150 where 19 were usual" },
      ...{ from: day("2024-05-20"), to: day("2024-06-10") },
    },
  ],
});

describe("spanAxis", () => {
  it("marks first days of months, at most seven", () => {
    expect(axis.ticks.map(({ text }) => text)).toEqual([
      "Jan 2024",
      "Mar 2024",
      "May 2024",
      "Jul 2024",
      "Sept 2024",
      "Nov 2024",
    ]);
    for (const to of ["2024-01-20", "2024-03-02", "2026-01-01", "2034-05-05"]) {
      const { ticks } = spanAxis(day("2024-01-01"), day(to));
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks[0]?.text).toBe("Jan 2024");
    }
  });

  it("begins with the first month that begins inside", () => {
    expect(spanAxis(day("2024-01-02"), day("2024-03-05")).ticks.map(({ text }) => text)).toEqual([
      "Feb 2024",
      "Mar 2024",
    ]);
  });
});

describe("drawSpans", () => {
  it("looks as it did when a person looked at it", () => expect(svg).toMatchSnapshot());

  it("is to scale, and cuts what lies outside", () => {
    expect(placeOn(axis, day("2024-07-01"))).toBeCloseTo(182 / 366, 6);
    expect(placeOn(axis, day("2023-01-01"))).toBe(0);
    expect(placeOn(axis, day("2026-01-01"))).toBe(1);
    const [, x, width] = /<rect x="([\d.]+)" y="\d+" width="([\d.]+)" height="16"/u.exec(svg) ?? [];
    expect(Number(width) / 400).toBeCloseTo(21 / 366, 3);
    expect((Number(x) - 300) / 400).toBeCloseTo(140 / 366, 3);
  });
});
