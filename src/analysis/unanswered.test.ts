/** Unanswered negative feedback against a plain loop on random logs, on one table and on two shards; and what an answer is. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRuns } from "../../test/property-runs.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeUnanswered } from "./unanswered.ts";
import { unansweredReportSchema } from "./unanswered-schema.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const SOURCES = ["journeys", "journeys_on_shards"] as const;
const DAY_MS = 86_400_000;

/** 5 bad ones: answered in time, too late, never, twice bad with one answer after both, still waiting at the end. */
const LOG: RecordedEvent[] = [
  { customer: "kept", at: "2025-03-01", touchpoint: "Review Written", score: 1, scale: "1-5" },
  { customer: "kept", at: "2025-03-03", touchpoint: "Ticket Answered" },
  { customer: "late", at: "2025-03-01T10:00:00Z", touchpoint: "Review Written", score: 2, scale: "1-5" },
  { customer: "late", at: "2025-03-08T10:00:01Z", touchpoint: "Ticket Answered" },
  ...(["2025-03-02", "2025-03-04"] as const).map((at) => ({
    ...{ customer: "never", at, touchpoint: "NPS Answered", score: 6, scale: "0-10" },
    properties: { topic: "delivery", comment: `I waited for weeks, since ${at}` },
  })),
  // Asking, looking for help and scoring again is no answer.
  { customer: "never", at: "2025-03-05", touchpoint: "Ticket Opened" },
  { customer: "never", at: "2025-03-05T01:00:00Z", touchpoint: "Help Viewed" },
  { customer: "never", at: "2025-03-05T02:00:00Z", touchpoint: "CSAT Answered", score: 4, scale: "1-5" },
  { customer: "content", at: "2025-03-02", touchpoint: "NPS Answered", score: 7, scale: "0-10" },
  { customer: "content", at: "2025-03-02", touchpoint: "Review Written", score: 3, scale: "1-5" },
  { customer: "new", at: "2025-03-28", touchpoint: "Review Written", score: 1, scale: "1-5" },
  { customer: "old", at: "2024-06-01", touchpoint: "Review Written", score: 1, scale: "1-5" },
  { customer: "end", at: "2025-04-01", touchpoint: "Page Viewed" },
];

describe("analyzeUnanswered", () => {
  it.each(SOURCES)("counts what nobody answered in time, the newest first (%s)", async (source) => {
    const report = unansweredReportSchema.parse(await analyzeUnanswered(await recorded.record(LOG, { source }), {}));
    expect(report).toMatchObject({
      ...{ negative: 4, unanswered: 3, waiting: 1, customers: 2, answers: ["Ticket Answered"] },
      ...{ from: "2025-01-01T00:00:00.000Z", to: "2025-04-01T00:00:00.000Z" },
    });
    // Wilson's interval of 3 of 4.
    expect([report.share?.value, report.share?.low, report.share?.high]).toEqual([
      0.75,
      expect.closeTo(0.3006, 4),
      expect.closeTo(0.9544, 4),
    ]);
    expect(report.newest).toEqual([
      {
        ...{ customer: "never", time: "2025-03-04T00:00:00.000Z", touchpoint: "NPS Answered", score: 6, scale: "0-10" },
        ...{ text: "I waited for weeks, since 2025-03-04", days: 28 },
      },
      expect.objectContaining({ customer: "never", time: "2025-03-02T00:00:00.000Z" }),
      expect.objectContaining({ customer: "late", touchpoint: "Review Written", score: 2, text: null }),
    ]);
  });

  it("takes days, patience, a limit and a filter from the question; what is hidden still answers", async () => {
    const context = await recorded.record(LOG);
    expect(await analyzeUnanswered(context, { days: 400, limit: 1 })).toMatchObject({
      ...{ negative: 5, unanswered: 4, newest: [{ customer: "never" }] },
    });
    expect(await analyzeUnanswered(context, { withinMs: 8 * DAY_MS })).toMatchObject({ negative: 4, unanswered: 2 });
    expect(await analyzeUnanswered(context, { where: 'has("Help Viewed")' })).toMatchObject({ negative: 2 });
    const hidden = context.touchpoints.map((one) => ({ ...one, hidden: one.name === "Ticket Answered" }));
    expect(await analyzeUnanswered({ ...context, touchpoints: hidden }, {})).toMatchObject({ unanswered: 3 });
  });

  it("says nothing is unanswered where nothing in the data is an answer, and nothing at all without events", async () => {
    const silent = LOG.filter(({ touchpoint }) => touchpoint !== "Ticket Answered");
    expect(await analyzeUnanswered(await recorded.record(silent), {})).toMatchObject({
      ...{ negative: 4, unanswered: 0, share: null, answers: [], newest: [] },
    });
    const unscored = LOG.filter(({ score }) => score === undefined);
    expect(await analyzeUnanswered(await recorded.record(unscored), {})).toMatchObject({ negative: 0, share: null });
    expect(await analyzeUnanswered(await recorded.record([]), {})).toMatchObject({ negative: 0, from: null, to: null });
  });

  it("equals a plain loop, on one table and on two shards", async () => {
    const event = fc.record({
      customer: fc.constantFrom("a", "b", "c"),
      day: fc.integer({ min: 1, max: 20 }),
      what: fc.constantFrom("Review Written", "Ticket Answered", "Ticket Opened"),
      score: fc.integer({ min: 1, max: 5 }),
    });
    const log = fc.array(event, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(log, fc.constantFrom(...SOURCES), fc.integer({ min: 1, max: 6 }), async (all, source, days) => {
        const of = (day: number) => `2025-01-${String(day).padStart(2, "0")}`;
        const events = all.map(({ customer, day, what, score }, index): RecordedEvent => {
          // No two at once: then the order in the source would decide.
          const at = new Date(Date.parse(of(day)) + index * 1_000).toISOString();
          return { customer, at, touchpoint: what, ...(what === "Review Written" ? { score, scale: "1-5" } : {}) };
        });
        const context = await recorded.record(
          [...events, { customer: "z", at: of(22), touchpoint: "Ticket Answered" }],
          {
            source,
          },
        );
        const report = await analyzeUnanswered(context, { withinMs: days * DAY_MS });
        const time = ({ at }: RecordedEvent) => Date.parse(at);
        const bad = events.filter(({ score }) => score !== undefined && score <= 2);
        const settled = bad.filter((one) => time(one) + days * DAY_MS <= Date.parse(of(22)));
        const answers = events.filter(({ touchpoint }) => touchpoint === "Ticket Answered");
        const isOpen = (one: RecordedEvent) =>
          !answers.some((other) => {
            const wait = time(other) - time(one);
            return other.customer === one.customer && wait > 0 && wait <= days * DAY_MS;
          });
        const open = settled.filter(isOpen);
        expect(report).toMatchObject({
          ...{ negative: settled.length, unanswered: open.length },
          ...{ waiting: bad.filter((one) => !settled.includes(one) && isOpen(one)).length },
          customers: new Set(open.map(({ customer }) => customer)).size,
        });
        const newest = open.toSorted((a, b) => time(b) - time(a)).slice(0, 10);
        expect(report.newest.map((one) => one.time)).toEqual(newest.map(({ at }) => at));
      }),
      { numRuns: countRuns(4), seed: 20_261_122 },
    );
  });
});
