/** Themes in words: how many say it, how they rate, in which language. */
import { describe, expect, it } from "vitest";
import {
  describeCovered,
  describeLanguages,
  describeRating,
  describeTexts,
  nameLanguage,
  THEME_COLUMNS,
  type Theme,
  type ThemesReport,
  toThemePoints,
} from "./theme-words.ts";
import { themesQuestion, themesSearchSchema } from "./themes-search.ts";

const theme: Theme = {
  ...{ id: "x", label: "não recebi o produto", words: ["não recebi", "não recebeu"], language: "pt", texts: 1_234 },
  share: { value: 0.123, low: 0.116, high: 0.13 },
  score: { mean: 1.4, low: 1.35, high: 1.45, n: 1_200, scale: "1-5" },
  trend: "growing",
  overTime: [
    { month: "2018-01-01", texts: 50, of: 500, score: 1.5 },
    { month: "2018-02-01", texts: 0, of: 0, score: null },
  ],
  examples: [{ text: "Ainda não recebi", time: "2018-01-04T10:00:00Z", touchpoint: "Review Answered", score: 1 }],
  where: [{ touchpoint: "Review Answered", property: "comment", texts: 1_234 }],
  pattern: "não receb",
};
const languages = [
  { language: "pt", texts: 970 },
  { language: "und", texts: 30 },
];
const report = { texts: 1_000, covered: 610, customers: 990, languages } as unknown as ThemesReport;

describe("themes in words", () => {
  it("says how many with an interval, and how they rate beside all others", () => {
    expect(describeTexts(theme, 10_033)).toBe("1,234 of 10,033 texts (12.3 %; 95 %: 11.6 to 13.0 %)");
    expect(describeRating(theme, 4.1)).toBe(
      "rated 1.40 of 1–5 on average (95 %: 1.35 to 1.45, n = 1,200); all texts 4.10",
    );
    expect(describeRating({ ...theme, score: null }, 4.1)).toBeUndefined();
  });

  it("names languages, also what cannot be told", () => {
    expect(describeLanguages(report)).toBe("Portuguese 97.0 %, not told 3.0 %");
    expect(nameLanguage("not a code")).toBe("not a code");
    expect(describeCovered(report)).toMatch(/^Of 1,000 texts of 990 customers 61.0 % speak/u);
  });

  it("has no share in a month without texts", () => {
    expect(toThemePoints(theme).map(({ label, value }) => [label, value])).toEqual([
      ["Jan 2018", 0.1],
      ["Feb 2018", null],
    ]);
  });

  it("gives raw numbers and an example away", () => {
    const row = Object.fromEntries(THEME_COLUMNS.map(({ key, value }) => [key, value(theme)]));
    expect(row).toMatchObject({
      texts: 1_234,
      share: 0.123,
      score: 1.4,
      language: "Portuguese",
      example: "Ainda não recebi",
    });
  });

  it("asks only what is said", () => {
    expect(themesQuestion({ journey: "life" }, themesSearchSchema.parse({ property: "comment", theme: "x" }))).toEqual({
      ...{ journey: "life", property: "comment" },
    });
  });
});
