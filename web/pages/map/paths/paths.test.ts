/**
 * Paths in words, and which one counts as the commonest detour.
 * Counting paths is the API's work and tested there.
 */
import { describe, expect, it } from "vitest";
import { describeDetour, drawTogether, findCommonestDetour, sayStretch, spellDetour } from "./describe-path.ts";
import { pathsSearchSchema } from "./paths-search.ts";

const variant = (path: string[], journeys: number, detour: { added: string[]; skipped: string[] } | null) => ({
  path,
  journeys,
  share: journeys / 10,
  detour,
});

describe("drawTogether", () => {
  it("draws only neighbours together", () => {
    expect(drawTogether(["A", "A", "B", "A"]).map(sayStretch)).toEqual(["A ×2", "B", "A"]);
    expect(drawTogether([])).toEqual([]);
  });
});

describe("describeDetour", () => {
  it("says what is more and what is less, each name once", () => {
    expect(describeDetour({ added: ["Wait", "Wait"], skipped: ["Resolve ticket"] })).toBe(
      "+ Wait ×2, − Resolve ticket",
    );
  });

  it("spells it without signs for files", () => {
    const words = spellDetour({ added: ["Wait", "Wait"], skipped: ["Resolve ticket"] });
    expect(words).toBe("adds Wait ×2; leaves out Resolve ticket");
    expect(spellDetour({ added: [], skipped: [] })).toBe("another order");
  });

  it("says when only the order differs", () => {
    expect(describeDetour({ added: [], skipped: [] })).toBe("another order");
  });
});

describe("findCommonestDetour", () => {
  const main = variant(["A", "B"], 5, null);
  const shortcut = variant(["A"], 3, { added: [], skipped: ["B"] });
  const loop = variant(["A", "B", "B"], 2, { added: ["B"], skipped: [] });

  it("takes the commonest that adds something", () => {
    expect(findCommonestDetour([main, shortcut, loop])?.path).toEqual(["A", "B", "B"]);
  });

  it("takes a shortcut when nothing adds, and nothing when there is one path", () => {
    expect(findCommonestDetour([main, shortcut])?.path).toEqual(["A"]);
    expect(findCommonestDetour([main])).toBeUndefined();
  });
});

describe("pathsSearchSchema", () => {
  it("opens a bad link with what is usual", () => {
    expect(pathsSearchSchema.parse({ top: -1, contains: 4 })).toEqual({ top: 10, contains: undefined });
  });
});
