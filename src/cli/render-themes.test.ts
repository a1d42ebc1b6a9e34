/** Themes on a terminal: the table, customers' words, and what is said where nothing is written. */
import { expect, it } from "vitest";
import type { Answer } from "../api/operations.ts";
import { renderThemes } from "./render-themes.ts";

const BASIS = {
  ...{ zone: "Europe/Berlin", currency: "EUR", dataVersion: 1, freshness: null },
  filter: { from: null, to: null, outside: false, where: null },
};
const EMPTY = {
  ...{ journey: "life", texts: 0, covered: 0, customers: 0, languages: [], sources: [], meanScore: null, themes: [] },
  ...{ caveats: [], ...BASIS },
} as unknown as Answer<"themes">;

it("shows each theme with its numbers and in customers' words", () => {
  const answer = {
    ...EMPTY,
    ...{ texts: 200, covered: 150, customers: 90, meanScore: 3.5 },
    languages: [{ language: "en", texts: 200 }],
    sources: [{ touchpoint: "CSAT Answered", property: "comment", texts: 200 }],
    themes: [
      {
        ...{ id: "en-arrived-late", label: "arrived late", words: ["late", "too late"], language: "en", texts: 50 },
        share: { value: 0.25, low: 0.19, high: 0.31 },
        score: { mean: 2.1, low: 1.9, high: 2.3, n: 50, scale: "1-5" },
        ...{ trend: "growing", overTime: [], where: [], pattern: " late " },
        examples: [{ text: "It came late.", time: "2025-01-02T10:00:00Z", touchpoint: "CSAT Answered", score: 2 }],
      },
    ],
    caveats: ["A text may speak of several themes."],
  } as unknown as Answer<"themes">;
  const lines = renderThemes(answer);
  expect(lines[0]).toBe("Themes: 200 texts");
  expect(lines).toContain("  From 90 customers; 75.0 % of the texts speak of a theme; mean score 3.50");
  expect(lines).toContain("  arrived late     50  25.0 %    19.0–31.0 %  2.10 (1.90 to 2.30)  growing");
  expect(lines).toContain("  as in: late, too late");
  expect(lines).toContain("  2 · 2025-01-02 11:00 · «It came late.»");
  expect(lines.at(-1)).toBe("  A text may speak of several themes.");
});

it("says what to do where nothing is written, or nothing twice", () => {
  expect(renderThemes(EMPTY).at(-1)).toBe(
    "  No property holds free text. Say which with: waymark themes --property NAME",
  );
  const few = { ...EMPTY, texts: 40, customers: 40 };
  expect(renderThemes(few).at(-1)).toBe("  Too few texts say the same to name a theme.");
});
