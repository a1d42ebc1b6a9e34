import { expect, it } from "vitest";
import { tallyPrinciples } from "./principles.ts";

it("tells all eight principles, with errors and warnings counted apart", () => {
  const tally = tallyPrinciples([
    { principle: 1, severity: "error" },
    { principle: 1, severity: "warning" },
    { principle: 1, severity: "error" },
    { principle: 8, severity: "warning" },
  ]);
  expect(tally).toHaveLength(8);
  expect(tally[0]).toEqual({ id: 1, errors: 2, warnings: 1 });
  expect(tally[7]).toEqual({ id: 8, errors: 0, warnings: 1 });
  expect(tally.slice(1, 7).every(({ errors, warnings }) => errors + warnings === 0)).toBe(true);
});
