import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRetention, retentionReportSchema } from "./retention.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const seen = (customer: string, at: string, touchpoint = "Product Viewed"): RecordedEvent => ({
  customer,
  at,
  touchpoint,
});

/** January: ann back on day 1 and 8, bob never; February: cat back on day 2. The data end on 2025-02-05. */
const LOG = [
  seen("ann", "2025-01-06"),
  seen("ann", "2025-01-07"),
  seen("ann", "2025-01-14", "Order Completed"),
  seen("bob", "2025-01-08", "Order Completed"),
  seen("cat", "2025-02-03"),
  seen("cat", "2025-02-05"),
];

describe("analyzeRetention", () => {
  it("gives shares over those who reached the day, and null where nobody has", async () => {
    const context = await recorded.record(LOG);
    const report = retentionReportSchema.parse(await analyzeRetention(context, { kind: "n-day", days: [1, 8, 60] }));
    expect(report.cohorts.map(({ start, customers }) => [start, customers])).toEqual([
      ["2025-01-01", 2],
      ["2025-02-01", 1],
    ]);
    const [january, february] = report.cohorts;
    expect(january?.cells).toMatchObject([
      { day: 1, value: 0.5, n: 2, returned: 1 },
      { day: 8, value: 0.5, n: 2, returned: 1 },
      { day: 60, value: null, reason: "not-yet-observable", n: 0, required: 1 },
    ]);
    expect(february?.cells).toMatchObject([{ value: 0, n: 1 }, { value: null }, { value: null }]);
    expect(report.all).toMatchObject({ customers: 3, cells: [{ value: 1 / 3, n: 3 }, { n: 2 }, { value: null }] });
    expect(report.endOfData).toBe("2025-02-05T00:00:00.000Z");
  });

  it("counts brackets and unbounded returns", async () => {
    const context = await recorded.record(LOG);
    const bracket = await analyzeRetention(context, { kind: "bracket", days: [1, 7, 14] });
    expect(bracket.cohorts[0]?.cells).toMatchObject([{ value: 0.5 }, { value: 0 }, { value: 0.5 }]);
    const unbounded = await analyzeRetention(context, { kind: "unbounded", days: [1, 7, 14] });
    expect(unbounded.cohorts[0]?.cells).toMatchObject([{ value: 0.5 }, { value: 0.5 }, { value: 0 }]);
  });

  it("starts cohorts on Mondays, and with the first order when asked", async () => {
    const context = await recorded.record(LOG);
    const weeks = await analyzeRetention(context, { cohort: "week", days: [1] });
    expect(weeks.cohorts.map(({ start }) => start)).toEqual(["2025-01-06", "2025-02-03"]);
    const orders = await analyzeRetention(context, { cohort: "week", event: "order", days: [1] });
    expect(orders.cohorts.map(({ start, customers }) => [start, customers])).toEqual([
      ["2025-01-06", 1],
      ["2025-01-13", 1],
    ]);
  });

  it("is empty without events and refuses what cannot be answered", async () => {
    const nothing = await analyzeRetention(await recorded.record([]), {});
    expect(nothing).toMatchObject({ cohorts: [], endOfData: null, all: { customers: 0 } });
    const support = await recorded.record([seen("ann", "2025-01-01", "Ticket Opened")]);
    await expect(analyzeRetention(support, { event: "order" })).rejects.toMatchObject({ code: "invalid" });
    await expect(analyzeRetention(support, { days: [7, 7] })).rejects.toThrow("rise");
  });
});
