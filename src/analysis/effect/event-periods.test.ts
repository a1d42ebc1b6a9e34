/** Periods are whole, are counted from the switch-on, and follow the clocks and calendars of the zone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMoment } from "../../domain/moment.ts";
import { dateToDay, dayToDate } from "../calendar-day.ts";
import { listPeriods, MOST_PERIODS, type PeriodGrid } from "./event-periods.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function list(period: PeriodGrid["period"], zone: string, switchOn: string, from: string, until: string) {
  const [on, low, high] = [switchOn, from, until].map((text) => parseMoment(text, zone));
  return listPeriods(period, zone, { switchOn: on ?? 0, from: low ?? 0, until: high ?? 0 });
}

const lengths = ({ borders }: PeriodGrid) => borders.slice(1).map((border, at) => (border - (borders[at] ?? 0)) / HOUR);

describe("listPeriods", () => {
  it("counts weeks from the switch-on in both directions, whole ones only", () => {
    const grid = list("week", BERLIN, "2025-08-01", "2025-07-22", "2025-08-16");
    expect(grid.names).toEqual(["2025-07-25", "2025-08-01", "2025-08-08"]);
    expect(grid.before).toBe(1);
    expect(new Date(grid.borders[0] ?? 0).toISOString()).toBe("2025-07-24T22:00:00.000Z");
    expect(grid.borders.at(-1)).toBe(parseMoment("2025-08-15", BERLIN));
  });

  it("gives days 23 and 25 hours where the clocks change, and weeks 167 and 169", () => {
    expect(lengths(list("day", BERLIN, "2025-03-30", "2025-03-29", "2025-04-01"))).toEqual([24, 23, 24]);
    expect(lengths(list("day", BERLIN, "2025-10-26", "2025-10-25", "2025-10-28"))).toEqual([24, 25, 24]);
    expect(lengths(list("week", BERLIN, "2025-03-27", "2025-03-20", "2025-04-03"))).toEqual([168, 167]);
    expect(lengths(list("week", "UTC", "2025-03-27", "2025-03-20", "2025-04-03"))).toEqual([168, 168]);
  });

  it("keeps the time of day of the switch-on", () => {
    const { borders } = list("day", BERLIN, "2025-03-29T14:30", "2025-03-27T14:30", "2025-04-01");
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: BERLIN, timeStyle: "short" });
    expect(borders.map((border) => clock.format(border))).toEqual(["14:30", "14:30", "14:30", "14:30", "14:30"]);
  });

  it("ends months of a 31st on their last day, each counted from the switch-on", () => {
    const grid = list("month", BERLIN, "2024-01-31", "2023-11-30", "2024-05-01");
    expect(grid.names).toEqual(["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"]);
    expect(grid.before).toBe(2);
    expect(grid.borders.at(-1)).toBe(parseMoment("2024-04-30", BERLIN));
  });

  it("has no period where none is whole, and none on a side that the span leaves out", () => {
    expect(list("month", "UTC", "2025-08-01", "2025-07-10", "2025-08-20")).toMatchObject({ names: [], before: 0 });
    expect(list("week", "UTC", "2025-08-01", "2025-07-01", "2025-07-31")).toMatchObject({
      names: ["2025-07-04", "2025-07-11", "2025-07-18"],
      before: 3,
    });
    expect(list("week", "UTC", "2025-08-01", "2025-08-02", "2025-08-23").names).toEqual(["2025-08-08", "2025-08-15"]);
  });

  it(`refuses more than ${MOST_PERIODS}`, () => {
    expect(() => list("day", "UTC", "2025-01-01", "2023-01-01", "2025-02-01")).toThrow(/take weeks or months/u);
    expect(() => list("week", "UTC", "2015-01-01", "2014-01-01", "2025-02-01")).toThrow(/take months/u);
  });

  const moment = fc.integer({ min: dateToDay("2023-06-01") * DAY, max: dateToDay("2025-06-01") * DAY });
  it("covers a span without holes or overlaps, with the switch-on as a border", () => {
    const zone = fc.constantFrom(BERLIN, "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");
    const period = fc.constantFrom("day" as const, "week" as const, "month" as const);
    const days = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(period, zone, moment, days, days, (every, place, switchOn, back, on) => {
        const span = { switchOn, from: switchOn - back * DAY, until: switchOn + on * DAY };
        const { borders, names, before } = listPeriods(every, place, span);
        expect(borders).toContain(switchOn);
        expect(borders.indexOf(switchOn)).toBe(before);
        expect(names.length).toBe(borders.length - 1);
        expect(new Set(names).size).toBe(names.length);
        expect(borders[0]).toBeGreaterThanOrEqual(span.from);
        expect(borders.at(-1)).toBeLessThanOrEqual(span.until);
        const [least, most] = { day: [23, 25], week: [167, 169], month: [28 * 24 - 1, 31 * 24 + 1] }[every] as [
          number,
          number,
        ];
        for (const length of lengths({ period: every, borders, names, before })) {
          expect(length).toBeGreaterThanOrEqual(least);
          expect(length).toBeLessThanOrEqual(most);
        }
        // One more at either end would not be whole.
        expect((borders[0] ?? 0) - span.from).toBeLessThan(most * HOUR);
        expect(span.until - (borders.at(-1) ?? 0)).toBeLessThan(most * HOUR);
      }),
      { numRuns: 60 },
    );
  });

  it("names each period by its local day", () => {
    const grid = list("day", "America/New_York", "2025-03-09", "2025-03-01", "2025-03-15");
    const first = dateToDay("2025-03-01");
    expect(grid.names).toEqual(Array.from({ length: 14 }, (_, at) => dayToDate(first + at)));
  });
});
