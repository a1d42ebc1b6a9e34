import { describe, expect, it } from "vitest";
import { berlinOffset, createBusyClock, DAY, endOfLocalDay, HOUR, startOfDate, timeOfDay } from "./calendar.ts";

describe("Berlin's clock", () => {
  it("agrees with the system's time-zone data every six hours for three years", () => {
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Berlin",
      dateStyle: "short",
      timeStyle: "medium",
    });
    for (let instant = Date.UTC(2024, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 6 * HOUR + 1000) {
      const ours = new Date(instant + berlinOffset(instant)).toISOString().slice(0, 19).replace("T", " ");
      expect(ours).toBe(format.format(instant));
    }
  });

  it("finds midnight and the end of the day, also when the clocks change", () => {
    expect(new Date(startOfDate("2025-01-01")).toISOString()).toBe("2024-12-31T23:00:00.000Z");
    expect(new Date(startOfDate("2025-07-01")).toISOString()).toBe("2025-06-30T22:00:00.000Z");
    const ends = (from: string) => new Date(endOfLocalDay(Date.parse(from))).toISOString();
    expect(ends("2025-03-30T00:30:00Z")).toBe("2025-03-30T21:59:59.999Z");
    expect(ends("2025-10-26T00:30:00Z")).toBe("2025-10-26T22:59:59.999Z");
    expect(endOfLocalDay(Date.parse("2025-06-01T12:00:00Z"), 4)).toBe(Date.parse("2025-06-05T21:59:59.999Z"));
  });
});

describe("the busy clock", () => {
  const from = startOfDate("2025-01-01");
  const clock = createBusyClock(from, startOfDate("2026-01-01"));

  it("covers a year in about a year, on local midnights", () => {
    expect(clock.length / 365).toBeGreaterThan(0.95);
    expect(clock.length / 365).toBeLessThan(1.1);
    expect(clock.dayAt(0)).toBe(from);
    expect(clock.dayAt(clock.length - 1e-9)).toBe(startOfDate("2025-12-31"));
  });

  it("spends more of it in December than in August, and modestly so", () => {
    let [august, december] = [0, 0];
    for (let busy = 0; busy < clock.length; busy += 0.05) {
      const month = new Date(clock.dayAt(busy) + DAY / 2).getUTCMonth();
      if (month === 7) august += 1;
      if (month === 11) december += 1;
    }
    expect(december / august).toBeGreaterThan(1.15);
    expect(december / august).toBeLessThan(1.6);
  });

  it("keeps a time of day within its day", () => {
    expect(timeOfDay(from, 0, 0)).toBe(from);
    expect(timeOfDay(from, 0.999999, 0.999999)).toBeLessThan(from + DAY);
  });
});
