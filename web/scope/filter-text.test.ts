import { describe, expect, it } from "vitest";
import { addCondition, checkFilter, fieldPath, toCondition } from "./filter-text.ts";

describe("filters put together", () => {
  it("quotes what is no plain name", () => {
    expect(fieldPath("customer", "region")).toBe("customer.region");
    expect(fieldPath("prop", "lifecycle:transition")).toBe('prop."lifecycle:transition"');
  });

  it("keeps numbers numbers, and texts texts", () => {
    expect(toCondition("value", ">", "10")).toBe("value > 10");
    expect(toCondition("customer.zip", "=", "10")).toBe('customer.zip = "10"');
    expect(toCondition("", "not has", 'say "hi"')).toBe('not has("say \\"hi\\"")');
  });

  it("joins with and, around an or", () => {
    expect(addCondition(undefined, "value > 1")).toBe("value > 1");
    expect(addCondition('channel = "a" or channel = "b"', "value > 1")).toBe(
      '(channel = "a" or channel = "b") and value > 1',
    );
    expect(addCondition('channel = "a"', "value > 1")).toBe('channel = "a" and value > 1');
  });

  it("says where a text is wrong", () => {
    expect(checkFilter('channel = "a"')).toBeUndefined();
    expect(checkFilter('channel = "a')).toMatch(/never closed/u);
  });
});
