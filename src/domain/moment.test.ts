import { describe, expect, it } from "vitest";
import { parseMoment, writeMoment } from "./moment.ts";

const iso = (text: string, zone: string) => new Date(parseMoment(text, zone)).toISOString();

describe("a moment as people write it", () => {
  it("begins a day where the zone does", () => {
    expect(iso("2025-07-01", "Europe/Berlin")).toBe("2025-06-30T22:00:00.000Z");
    expect(iso("2025-01-01", "America/Sao_Paulo")).toBe("2025-01-01T03:00:00.000Z");
    expect(iso("2025-01-01", "UTC")).toBe("2025-01-01T00:00:00.000Z");
  });

  it("reads a local time in the zone, and one with an offset as it says", () => {
    expect(iso("2025-07-01T12:30", "Asia/Kolkata")).toBe("2025-07-01T07:00:00.000Z");
    expect(iso("2025-07-01 12:30:15.5", "Asia/Kolkata")).toBe("2025-07-01T07:00:15.500Z");
    expect(iso("2025-07-01T12:30:00Z", "Asia/Kolkata")).toBe("2025-07-01T12:30:00.000Z");
    expect(iso("2025-07-01T12:30:00+02:00", "UTC")).toBe("2025-07-01T10:30:00.000Z");
  });

  it("takes the first of a clock hour that comes twice, and moves on over one that is left out", () => {
    expect(iso("2025-10-26T02:30", "Europe/Berlin")).toBe("2025-10-26T00:30:00.000Z");
    expect(iso("2025-03-30T02:30", "Europe/Berlin")).toBe("2025-03-30T01:30:00.000Z");
    // Midnight itself is left out where clocks change then.
    expect(iso("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
  });

  it("is no number for what is no time", () => {
    for (const text of ["", "soon", "2025-13-01", "2025-1-1x"]) expect(parseMoment(text, "UTC")).toBeNaN();
  });
});

it("is written so that it reads the same", () => {
  expect(writeMoment("2025-06-30T22:00:00.000Z", "Europe/Berlin")).toBe("2025-07-01");
  expect(writeMoment("2025-06-30T22:00:00.000Z", "UTC")).toBe("2025-06-30 22:00");
  expect(writeMoment("2025-07-01T07:00:00.000Z", "Asia/Kolkata")).toBe("2025-07-01 12:30");
});
