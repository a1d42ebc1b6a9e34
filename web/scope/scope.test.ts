import { describe, expect, it } from "vitest";
import { describePeriod, scopeSearchSchema, shiftDate, toComparison, toScopeInput } from "./scope.ts";

const search = (parameters: Record<string, unknown>) => scopeSearchSchema.parse(parameters);

describe("the scope in the address", () => {
  it("holds only what is said, and forgives what is wrong", () => {
    expect(toScopeInput(search({}))).toEqual({});
    expect(toScopeInput(search({ from: "2024-05-19", outside: false, journey: 7 }))).toEqual({ from: "2024-05-19" });
  });

  it("compares with the time before, with all other time, or with its own scope", () => {
    const period = { from: "2024-05-19", to: "2024-06-08", where: "value > 1" };
    expect(toComparison(search({ ...period, vs: "before" }))?.input).toEqual({ to: "2024-05-19", where: "value > 1" });
    expect(toComparison(search({ ...period, vs: "outside" }))?.input).toEqual({ ...period, outside: true });
    expect(toComparison(search({ ...period, vs: "custom", vsWhere: 'has("x")' }))?.input).toEqual({
      where: 'has("x")',
    });
    expect(toComparison(search({ vs: "before" }))).toBeUndefined();
    expect(toComparison(search(period))).toBeUndefined();
  });

  it("names periods with their last day", () => {
    expect(describePeriod("2024-05-19", "2024-06-08")).toBe("19 May 2024 – 7 Jun 2024");
    expect(describePeriod(undefined, undefined, true)).toBe("all time");
    expect(shiftDate("2024-02-28", 1)).toBe("2024-02-29");
    expect(shiftDate("2024-02-28T10:00:00Z", 1)).toBe("2024-02-28T10:00:00Z");
  });
});
