import { expect, test } from "vitest";
import { readDuration, readShare, readWhole } from "./read-option.ts";

test("shares are read as numbers or percentages", () => {
  expect(readShare("0.05")).toBe(0.05);
  expect(readShare("5%")).toBe(0.05);
  for (const wrong of ["", "-0.1", "1.1", "many"]) expect(() => readShare(wrong)).toThrow(/share from 0 to 1/u);
});

test("durations are read in the units people write", () => {
  expect(readDuration("30d")).toBe(30 * 86_400_000);
  expect(readDuration("1.5h")).toBe(5_400_000);
  expect(readDuration("45 min")).toBe(2_700_000);
  for (const wrong of ["", "30", "0d", "30 months", "-1d"]) expect(() => readDuration(wrong)).toThrow(/30d, 12h/u);
});

test("whole numbers are whole", () => {
  expect(readWhole("10")).toBe(10);
  for (const wrong of ["0", "1.5", "-3", "ten"]) expect(() => readWhole(wrong)).toThrow(/whole number/u);
});
