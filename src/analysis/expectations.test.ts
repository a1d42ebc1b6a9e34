/** Promises against plain loops on random logs, on one table and on two shards, and against hand-computed numbers. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRuns } from "../../test/property-runs.ts";
import type { PromiseTarget } from "../domain/promise.ts";
import { analyzeExpectations } from "./expectations.ts";
import { expectationsReportSchema } from "./moments-schema.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const SOURCES = ["journeys", "journeys_on_shards"] as const;
const WAIT: PromiseTarget = { touchpoint: "Ticket Answered", property: "hoursWaited", atMost: 48, atLeast: null };

/** One event a customer, so that the intervals are Wilson's own. */
function eachOnce(touchpoint: string, properties: readonly Readonly<Record<string, string>>[]): RecordedEvent[] {
  return properties.map((one, index) => {
    return { customer: `${touchpoint}-${index}`, at: "2025-03-01", touchpoint, properties: one };
  });
}

const times = (count: number, properties: Readonly<Record<string, string>>) =>
  Array<typeof properties>(count).fill(properties);

describe("analyzeExpectations", () => {
  it.each(SOURCES)("finds promises that events tell, and days late (%s)", async (source) => {
    const context = await recorded.record(
      [
        ...eachOnce("Delivery Due", [
          ...times(3, { overdue: "true" }),
          ...times(7, { overdue: "false", carrier: "x" }),
        ]),
        ...eachOnce("Parcel Left", [{ days_late: "0" }, { days_late: "0" }]),
        ...eachOnce("Order Delivered", [{ daysLate: "2" }, { daysLate: "0" }, { daysLate: "-1" }, { daysLate: "?" }]),
        // Kept all along; and words that are no yes or no, or no promise.
        ...eachOnce("Ticket Solved", times(4, { slaMet: "Yes", late: "a little", error: "true", template: "1" })),
      ],
      { source },
    );
    const report = expectationsReportSchema.parse(await analyzeExpectations(context, {}));
    expect(report.untold).toEqual([]);
    expect(
      report.promises.map(({ touchpoint, promise, bad, from, n, met, missed, exceeded }) => [
        ...[touchpoint, promise, bad, from, n, met.count, missed.count, exceeded?.count],
      ]),
    ).toEqual([
      ["Delivery Due", "overdue is not true", '= "true"', "events", 10, 7, 3, undefined],
      ["Order Delivered", "daysLate is at most 0", "> 0", "events", 3, 2, 1, 1],
      ["Parcel Left", "days_late is at most 0", "> 0", "events", 2, 2, 0, undefined],
      ["Ticket Solved", "slaMet is Yes", '= "no"', "events", 4, 4, 0, undefined],
    ]);
    // Customers that share a bucket widen it a little; the point is Wilson's.
    expect(report.promises[0]?.met.share).toBeCloseTo(0.7, 12);
    expect(report.promises[0]?.met.low).toBeCloseTo(0.397, 1);
    expect(report.promises[3]?.met).toMatchObject({ share: 1, high: 1 });
  });

  it.each(SOURCES)("counts targets as met, missed and clearly exceeded (%s)", async (source) => {
    const waits = ["49", "48", "43.3", "43.2", "1", "", "soon"];
    const log = [
      ...eachOnce(
        "Ticket Answered",
        waits.map((hoursWaited) => ({ hoursWaited })),
      ),
      ...eachOnce(
        "Shop Visited",
        ["3", "4", "4.3", "4.4"].map((hoursWaited) => ({ hoursWaited })),
      ),
    ];
    const stars: PromiseTarget = { ...WAIT, touchpoint: "Shop Visited", atMost: null, atLeast: 4 };
    const promises = [WAIT, stars, { ...WAIT, property: "agents" }, { ...WAIT, touchpoint: "Gone" }];
    const context = await recorded.record(log, { source, promises });
    const { promises: told, untold } = await analyzeExpectations(context, {});
    expect(
      told.map(({ promise, bad, from, n, met, missed, exceeded }) => [
        ...[promise, bad, from, n, met.count, missed.count, exceeded?.count],
      ]),
    ).toEqual([
      ["hoursWaited is at least 4", "< 4", "target", 4, 3, 1, 1],
      ["hoursWaited is at most 48", "> 48", "target", 5, 4, 1, 2],
    ]);
    expect(untold).toEqual([{ touchpoint: "Ticket Answered", promise: "agents is at most 48" }]);
    const only = await analyzeExpectations(context, { touchpoint: "Shop Visited", to: "2026-01-01" });
    expect([only.promises.length, only.untold]).toEqual([1, []]);
    const none = await analyzeExpectations(context, { where: 'touchpoint = "Ticket Answered"', to: "2025-01-01" });
    expect([none.promises, none.untold.length]).toEqual([[], 3]);
    await expect(analyzeExpectations(context, { touchpoint: "Nowhere" })).rejects.toThrow(/there is no touchpoint/u);
  });

  it.each(SOURCES)(
    "measures a target of waits from the gaps, of journeys of persons and of objects (%s)",
    async (source) => {
      const step = (customer: string, at: string, touchpoint: string, wait?: string): RecordedEvent => ({
        ...{ customer, at: `2025-03-0${at}:00:00Z`, touchpoint, objects: { case: customer } },
        ...(wait === undefined ? {} : { properties: { wait } }),
      });
      const log = [
        // 24, 21.6, 25 hours; a property of the same name says nothing here.
        ...[step("a", "1T00", "Asked", "1"), step("a", "2T00", "Seen"), step("b", "1T00", "Asked")],
        ...[{ ...step("b", "1T21", "Seen"), at: "2025-03-01T21:36:00Z" }, step("c", "1T00", "Asked")],
        ...[step("c", "2T01", "Seen"), step("d", "1T00", "Asked")],
      ];
      const promises = [{ touchpoint: "Asked", property: "wait", atMost: 24, atLeast: null }];
      const context = await recorded.record(log, { source, promises });
      for (const journey of ["life", "case"]) {
        const { promises: told, untold } = await analyzeExpectations(context, { journey });
        expect(told).toMatchObject([
          {
            ...{ touchpoint: "Asked", property: "wait", promise: "the next event comes within 24 h", bad: "> 24" },
            ...{ from: "target", n: 3, met: { count: 2 }, missed: { count: 1 }, exceeded: { count: 1 } },
          },
        ]);
        expect(untold).toEqual([]);
      }
      const ends = [{ ...promises[0], touchpoint: "Seen" }] as PromiseTarget[];
      const { promises: none, untold } = await analyzeExpectations({ ...context, promises: ends }, {});
      expect([none, untold]).toEqual([[], [{ touchpoint: "Seen", promise: "the next event comes within 24 h" }]]);
    },
  );

  it("finds a target after its touchpoint was renamed, and has no better than zero", async () => {
    const log = eachOnce("Answered", [{ hoursWaited: "0" }, { hoursWaited: "-5" }]);
    const context = await recorded.record(log);
    const renamed = context.touchpoints.map((one) => ({ ...one, name: "Reply", rawNames: ["Answered"] }));
    const promises = [{ ...WAIT, touchpoint: "Answered", atMost: 0 }];
    const { promises: told } = await analyzeExpectations({ ...context, touchpoints: renamed, promises }, {});
    expect(told).toMatchObject([{ touchpoint: "Reply", met: { count: 2 }, exceeded: null }]);
  });

  const event = fc.record({
    customer: fc.constantFrom("a", "b", "c", "d"),
    at: fc.constantFrom("2025-01-01", "2025-01-02", "2025-02-01"),
    touchpoint: fc.constantFrom("T", "U"),
    objects: fc.constantFrom<Record<string, string>>({}, { case: "1" }, { case: "2" }),
    properties: fc.record(
      {
        overdue: fc.constantFrom("true", "FALSE", "1", ""),
        onTime: fc.constantFrom("no", "yes"),
        hours: fc.constantFrom("1", "47", "48", "50", "x"),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>,
  });

  it("equals plain loops, of persons and of cases, on one table and on two shards", async () => {
    const log = fc.array(event, { minLength: 1, maxLength: 25 });
    const promises = [{ ...WAIT, touchpoint: "T", property: "hours" }];
    await fc.assert(
      fc.asyncProperty(
        log,
        fc.constantFrom(...SOURCES),
        fc.constantFrom("life", "visit", "case"),
        async (events, source, journey) => {
          const context = await recorded.record(
            [...events, { customer: "z", at: "2025-01-01", touchpoint: "V", objects: { case: "9" } }],
            { source, promises },
          );
          const { promises: told } = await analyzeExpectations(context, { journey });
          const seen = events.filter(({ objects }) => journey !== "case" || objects.case !== undefined);
          const count = (touchpoint: string, property: string, test: (text: string) => boolean) =>
            seen.filter((one) => one.touchpoint === touchpoint && test(one.properties[property] ?? "")).length;
          const expected = ["T", "U"].flatMap((name) => [
            [
              name,
              "overdue",
              count(name, "overdue", (text) => text === "FALSE"),
              count(name, "overdue", (text) => text === "true" || text === "1"),
            ],
            [
              name,
              "onTime",
              count(name, "onTime", (text) => text === "yes"),
              count(name, "onTime", (text) => text === "no"),
            ],
            ...(name === "T"
              ? [
                  [
                    name,
                    "hours",
                    count(name, "hours", (text) => Number(text) > 0 && Number(text) <= 48),
                    count(name, "hours", (text) => text === "50"),
                  ],
                ]
              : []),
          ]);
          const filled = expected.filter(([, , met, missed]) => Number(met) + Number(missed) > 0);
          const found = told.map(({ touchpoint, property, met, missed }) => [
            touchpoint,
            property,
            met.count,
            missed.count,
          ]);
          expect(found.toSorted()).toEqual(filled.toSorted());
          for (const { n, met, missed } of told) {
            expect(met.count + missed.count).toBe(n);
            expect(met.share + missed.share).toBeCloseTo(1, 12);
            expect(met.low <= met.share && met.share <= met.high).toBe(true);
          }
        },
      ),
      { numRuns: countRuns(4), seed: 20_261_122 },
    );
  });
});
