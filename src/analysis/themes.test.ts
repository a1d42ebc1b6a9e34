/** Themes through the store: counted in ClickHouse as the same patterns count in JavaScript, on one table and on two shards. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { plainText } from "./themes/plain-text.ts";
import { findThemeFrictions } from "./themes/theme-frictions.ts";
import { analyzeThemes } from "./themes.ts";
import { themesReportSchema } from "./themes-schema.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const LATE = ["The parcel came late.", "late delivery again", "LATE!", "it was late"];
const GOOD = ["Great quality", "great quality, arrived in time", "Really great quality!"];
const SUBJECTS = ["Where is my order?", "where is my order 1", "Wrong size", "wrong size in the parcel"];

const day = (at: number) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString();
const answers = (count: number, score: number, texts: readonly string[]): RecordedEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ customer: `${score}-${at % 25}`, at: day(at), touchpoint: "CSAT Answered", score, scale: "1-5" },
    properties: { comment: `${texts[at % texts.length]} ${at}`, sku: `A ${at} B ${at}` },
  }));
const EVENTS: readonly RecordedEvent[] = [
  ...answers(60, 1, LATE),
  ...answers(60, 5, GOOD),
  ...Array.from({ length: 40 }, (_, at) => ({
    ...{ customer: `t${at}`, at: day(at), touchpoint: "Ticket Opened", channel: "phone" },
    properties: { subject: `${SUBJECTS[at % SUBJECTS.length]} ${at % 30}` },
  })),
];
const comments = EVENTS.map(({ properties, score }) => ({
  text: properties?.comment ?? properties?.subject ?? "",
  score: score ?? null,
}));

const SOURCES = ["journeys", "journeys_on_shards"] as const;

describe("analyzeThemes", () => {
  it.each(SOURCES)(
    "counts what the same patterns count in JavaScript, whatever the order of the rows (%s)",
    async (source) => {
      const context = await recorded.record([...EVENTS].reverse(), { source });
      const report = themesReportSchema.parse(await analyzeThemes(context, { limit: 20 }));
      expect(report).toMatchObject({ texts: 160, languages: [{ language: "en", texts: 160 }] });
      expect(report.sources.map(({ touchpoint, property, texts }) => [touchpoint, property, texts])).toEqual([
        ["CSAT Answered", "comment", 120],
        ["Ticket Opened", "subject", 40],
      ]);
      expect(report.themes.map(({ label }) => label)).toMatchInlineSnapshot(`
        [
          "great quality",
          "late delivery again",
          "where is my order",
          "wrong size in the parcel",
        ]
      `);
      for (const { pattern, texts, score, overTime, where, examples } of report.themes) {
        const expression = new RegExp(pattern, "u");
        const said = comments.filter(({ text }) => expression.test(plainText(text)));
        const scored = said.flatMap((one) => one.score ?? []);
        expect(texts).toBe(said.length);
        expect(score?.mean ?? 0).toBeCloseTo(scored.reduce((sum, one) => sum + one, 0) / Math.max(1, scored.length), 9);
        expect(overTime.reduce((sum, month) => sum + month.texts, 0)).toBe(texts);
        expect(where.reduce((sum, place) => sum + place.texts, 0)).toBe(texts);
        expect(examples.every(({ text }) => expression.test(plainText(text)))).toBe(true);
      }
      const inOrder = await recorded.record(EVENTS, { source });
      expect(await analyzeThemes(inOrder, { limit: 20 })).toEqual(report);
    },
  );

  it("keeps to a touchpoint, a property and a filter, and says when nothing is written", async () => {
    const context = await recorded.record(EVENTS);
    const tickets = await analyzeThemes(context, { limit: 20, touchpoint: "Ticket Opened" });
    expect(tickets.texts).toBe(40);
    expect((await analyzeThemes(context, { limit: 20, where: 'channel = "phone"' })).texts).toBe(40);
    expect((await analyzeThemes(context, { limit: 20, property: "sku" })).sources).toHaveLength(1);
    expect(await analyzeThemes(context, { limit: 20, property: "nothing" })).toMatchObject({ texts: 0, themes: [] });
  });

  it("gives sore themes as frictions of the touchpoint they are written at", async () => {
    const context = await recorded.record(EVENTS);
    const frictions = await findThemeFrictions(context, {});
    const csat = frictions.filter(({ touchpoint }) => touchpoint === "CSAT Answered");
    expect(csat.map(({ kind, property, sign }) => [kind, property, sign.by])).toContainEqual([
      "theme",
      "comment",
      "text",
    ]);
    expect(csat.some(({ bad }) => bad?.includes("late"))).toBe(true);
    expect(csat.some(({ bad }) => bad?.includes("great"))).toBe(false);
  });
});
