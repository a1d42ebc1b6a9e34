/**
 * Time zones: all of them, found by what people type.
 */
import { describe, expect, it } from "vitest";
import { listZones, matchesZone, offsetOf } from "./zones.ts";

describe("zones", () => {
  it("has UTC first, once, and a zone that only the server knows", () => {
    const zones = listZones("Etc/Somewhere");
    expect(zones[0]).toBe("UTC");
    expect(zones.filter((zone) => zone === "UTC")).toHaveLength(1);
    expect(zones).toContain("Etc/Somewhere");
    expect(zones).toContain("Europe/Berlin");
    expect(zones.length).toBeGreaterThan(300);
  });

  it("says the offset of the moment, summer time included", () => {
    expect(offsetOf("Europe/Berlin", new Date("2025-07-01"))).toBe("UTC+02:00");
    expect(offsetOf("Europe/Berlin", new Date("2025-01-01"))).toBe("UTC+01:00");
    expect(offsetOf("America/New_York", new Date("2025-01-01"))).toBe("UTC−05:00");
    expect(offsetOf("UTC", new Date("2025-01-01"))).toBe("UTC");
  });

  it("is found by words and by offset", () => {
    expect(matchesZone("America/New_York (UTC−05:00)", "new york")).toBe(true);
    expect(matchesZone("America/New_York (UTC−05:00)", "-05")).toBe(true);
    expect(matchesZone("America/New_York (UTC−05:00)", "berlin")).toBe(false);
  });
});
