import { expect, test } from "vitest";
import {
  formatCount,
  formatDuration,
  formatMoney,
  formatNumber,
  formatShare,
  formatShareInterval,
  formatTime,
} from "./format.ts";

test("numbers have thousands separators, and a missing one is a dash", () => {
  expect(formatNumber(4558)).toBe("4,558");
  expect(formatNumber(null)).toBe("–");
  expect(formatMoney(5239240.56, "GBP")).toBe("5,239,240.56 GBP");
  expect(formatCount(1, "journey")).toBe("1 journey");
  expect(formatCount(13087, "journey")).toBe("13,087 journeys");
});

test("shares are percentages, and a small share is not shown as zero", () => {
  expect(formatShare(2366 / 4580)).toBe("51.7 %");
  expect(formatShare(0)).toBe("0.0 %");
  expect(formatShare(0.0004)).toBe("< 0.1 %");
  expect(formatShareInterval(0.1197, 0.1419)).toBe("12.0–14.2 %");
  expect(formatShareInterval(null, 0.1)).toBe("");
});

test("durations read in the unit a person would use", () => {
  expect(formatDuration(0)).toBe("0 s");
  expect(formatDuration(0.42)).toBe("0.4 s");
  expect(formatDuration(90)).toBe("90 s");
  expect(formatDuration(2 * 3600)).toBe("2.0 h");
  expect(formatDuration(39.859 * 86400)).toBe("39.9 days");
  expect(formatDuration(null)).toBe("–");
});

test("times are shown in the workspace's zone", () => {
  expect(formatTime("2024-05-19T12:03:05.000Z", "Europe/Berlin")).toBe("2024-05-19 14:03:05");
});
