import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeDetour } from "./detour.ts";

const path = (text: string) => text.split("");

/** Longest common subsequence by trying everything: exponential, and right by inspection. */
function longest(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
  return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
}

const count = (names: readonly string[], name: string) => names.filter((one) => one === name).length;

describe("describeDetour", () => {
  it.each([
    ["ABCD", "ABCD", "", ""],
    ["ABCD", "ABWCD", "W", ""],
    ["ABCD", "ACD", "", "B"],
    ["ABCD", "ABBCD", "B", ""],
    ["ABCD", "AXCDD", "XD", "B"],
    ["ABCD", "", "", "ABCD"],
    ["", "AB", "AB", ""],
    // Two that change places: what comes first on the commonest path is kept.
    ["ABC", "ACB", "C", "C"],
  ])("from %s to %s adds «%s» and skips «%s»", (commonest, taken, added, skipped) => {
    expect(describeDetour(path(commonest), path(taken))).toEqual({ added: path(added), skipped: path(skipped) });
  });

  it("is the shortest difference there is, and turns one path into the other", () => {
    const paths = fc.array(fc.constantFrom("A", "B", "C"), { maxLength: 8 });
    fc.assert(
      fc.property(paths, paths, (a, b) => {
        const detour = describeDetour(a, b);
        const same = longest(a, b);
        expect(detour?.added.length).toBe(b.length - same);
        expect(detour?.skipped.length).toBe(a.length - same);
        for (const name of ["A", "B", "C"])
          expect(count(a, name) + count(detour?.added ?? [], name) - count(detour?.skipped ?? [], name)).toBe(
            count(b, name),
          );
      }),
      { seed: 20_261_122 },
    );
  });

  it("does not compare what is too long, but sees through equal ends", () => {
    const long = Array.from({ length: 9_000 }, (_, index) => String(index));
    expect(describeDetour(long, long.toReversed())).toBeNull();
    expect(describeDetour(long, [...long, "more"])).toEqual({ added: ["more"], skipped: [] });
  });
});
