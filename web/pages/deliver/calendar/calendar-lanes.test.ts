/**
 * The calendar's geometry: weeks begin on Monday, entries stand on their days, and none covers another.
 */
import { describe, expect, it } from "vitest";
import { chooseSpan, type Entry, layLanes, listWeeks, mondayOf, placeDay } from "./calendar-lanes.ts";

const entry = (initiative: number, title: string, from: string, to = from, kind: Entry["kind"] = "timebox"): Entry => ({
  ...{ initiative, title, from, to, kind, state: "planned" },
});
const SPAN = { from: "2026-03-02", weeks: 12 };

describe("weeks", () => {
  it("begin on Monday, also from a Sunday and over a year's end", () => {
    expect(mondayOf("2026-03-08")).toBe("2026-03-02");
    expect(mondayOf("2026-03-02")).toBe("2026-03-02");
    expect(mondayOf("2026-01-01")).toBe("2025-12-29");
    expect(listWeeks({ from: "2025-12-22", weeks: 3 })).toEqual(["2025-12-22", "2025-12-29", "2026-01-05"]);
  });

  it("are those asked for, else around today, else around the nearest entry", () => {
    const entries = [entry(1, "far", "2025-06-18"), entry(1, "farther", "2024-01-02")];
    expect(chooseSpan(entries, "2026-03-25", { start: "2026-03-05", weeks: 26 })).toEqual({ ...SPAN, weeks: 26 });
    expect(chooseSpan([entry(1, "near", "2026-04-01")], "2026-03-25", { weeks: 12 })).toEqual(SPAN);
    expect(chooseSpan(entries, "2026-03-25", { weeks: 12 }).from).toBe("2025-05-26");
    expect(chooseSpan([], "2026-03-25", { weeks: 12 })).toEqual(SPAN);
  });
});

describe("layLanes", () => {
  it("places an entry on its days and cuts what lies outside", () => {
    const [lane] = layLanes(
      [
        entry(1, "a", "2026-03-09", "2026-03-22"),
        entry(1, "b", "2026-02-20", "2026-03-03"),
        entry(1, "c", "2025-01-01"),
      ],
      [1],
      SPAN,
      12,
    );
    const placed = new Map(lane?.entries.map((one) => [one.entry.title, one]));
    expect(placed.size).toBe(2);
    expect(placed.get("a")).toMatchObject({ left: 7 / 84, width: 14 / 84 });
    expect(placed.get("b")).toMatchObject({ left: 0, width: 2 / 84 });
  });

  it("keeps the order of initiatives, and leaves out those with nothing to show", () => {
    const entries = [entry(3, "x", "2026-03-04"), entry(1, "y", "2026-03-04"), entry(2, "z", "2027-03-04")];
    expect(layLanes(entries, [1, 2, 3], SPAN, 12).map(({ initiative }) => initiative)).toEqual([1, 3]);
  });

  it("puts what would cover another on a row of its own, names counted", () => {
    const entries = [
      entry(1, "Timebox one", "2026-03-02", "2026-03-13"),
      entry(1, "Timebox two", "2026-03-16", "2026-03-27"),
      entry(1, "Investigation review of timebox one", "2026-03-05", "2026-03-05", "review"),
      entry(1, "Deployment", "2026-03-27", "2026-03-27", "deployment"),
    ];
    const [lane] = layLanes(entries, [1], SPAN, 12);
    const rows = new Map(lane?.entries.map(({ entry: { title }, row }) => [title, row]));
    expect(rows.get("Timebox one")).toBe(0);
    expect(rows.get("Timebox two")).toBe(0);
    expect(rows.get("Investigation review of timebox one")).toBe(1);
    // A day has no room for a name, two weeks have.
    const beyond = new Map(lane?.entries.map((one) => [one.entry.title, one.beyond]));
    expect(beyond.get("Deployment")).toBeGreaterThan(12);
    expect(beyond.get("Timebox one")).toBe(0);
    for (const [index, a] of (lane?.entries ?? []).entries())
      for (const b of (lane?.entries ?? []).slice(index + 1)) {
        if (a.row !== b.row) continue;
        const [first, next] = [a, b].map(({ beyond, left, width }) => {
          const from = left * 84 * 12;
          return { from, until: from + Math.max(beyond, width * 84 * 12) };
        });
        if (!first || !next) throw new Error("two entries");
        expect(first.until <= next.from + 1e-6 || next.until <= first.from + 1e-6).toBe(true);
      }
  });
});

describe("placeDay", () => {
  it("says where today stands, and nothing when it is elsewhere", () => {
    expect(placeDay("2026-03-09", SPAN)).toBeCloseTo(1 / 12);
    expect(placeDay("2026-02-28", SPAN)).toBeUndefined();
    expect(placeDay("2026-05-25", SPAN)).toBeUndefined();
  });
});
