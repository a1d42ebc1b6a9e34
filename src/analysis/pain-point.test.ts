/** One friction in parts that add up to the whole, since when it comes more often, what stands on the same touches. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../stats/staged-panels.case.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzePainPoint } from "./pain-point.ts";
import { analyzePainPoints } from "./pain-points.ts";
import type { PainPointReport } from "./pain-points-schema.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

const CUSTOMERS = 4_000;
const MONTHS = 8;
const QUESTION = { outcome: 'touchpoint = "Order Completed"', withinMs: 7 * 86_400_000, worth: 100 } as const;
/** Of the chats rated 1: from the sixth month on, and in the app, more. */
const shareOfBad = (month: number, app: boolean) => 0.15 + (month > 5 ? 0.2 : 0) + (app ? 0.1 : 0);

/**
 * One attempt of each customer, all days of eight months alike: a visit, a rated chat, perhaps an error in it, perhaps an
 * order. A bad chat costs 30 points in the plan «free» and 10 in «pro»; an error costs 20.
 */
function makeEvents(): RecordedEvent[] {
  const random = makeRandom(7);
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const month = 1 + (index % MONTHS);
    const plan = Math.floor(index / MONTHS) % 2 === 0 ? "free" : "pro";
    const app = random() < 0.5;
    const start = Date.UTC(2025, month - 1, 1 + (Math.floor(index / 16) % 27), 10);
    const [bad, failed] = [random() < shareOfBad(month, app), random() < 0.25];
    const orders = random() < 0.6 - (bad ? (plan === "free" ? 0.3 : 0.1) : 0) - (failed ? 0.2 : 0);
    const event = (minutes: number, touchpoint: string, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
      ...{ customer: `c${index}`, at: new Date(start + minutes * 60_000).toISOString(), touchpoint },
      ...{ channel: app ? "app" : "web", traits: { plan }, ...more },
    });
    const rated = { score: bad ? 1 : 5, scale: "1-5", properties: { failed: failed ? "yes" : "no" } };
    return [
      event(0, "Product Viewed"),
      event(10, "Chat Rated", rated),
      ...(orders ? [event(20, "Order Completed", { value: "100", currency: "EUR" })] : []),
    ];
  }).flat();
}

describe("one pain point", () => {
  let recorded: RecordedEvents;
  let context: AnalysisContext;
  let report: PainPointReport;
  beforeAll(async () => {
    recorded = await RecordedEvents.open();
    context = await recorded.record(makeEvents());
    report = await analyzePainPoint(context, { ...QUESTION, kind: "bad-score", touchpoint: "Chat Rated" });
  });
  afterAll(() => recorded.close());

  it("has the claim of the list, with the planted effect", async () => {
    const list = await analyzePainPoints(context, QUESTION);
    expect(report.rejected).toBeNull();
    expect(report.painPoint).toEqual(
      list.painPoints.find(({ kind, incident }) => kind === "bad-score" && !incident) ?? "none",
    );
    const { effect = 0, low = 0, high = 0 } = report.painPoint ?? {};
    expect(Math.abs((effect ?? 0) + 0.2)).toBeLessThan(0.05);
    expect([low, high]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(report).toMatchObject({ worth: 100, tested: list.tested });
  });

  it("is split by channel and trait, the largest share first, and the parts add up to the facts", () => {
    expect(report.bySegment.map(({ trait }) => trait)).toEqual(["channel", "customer.plan"]);
    const { events = 0, of = 0, perMonth = 0 } = report.painPoint ?? {};
    for (const { rows } of report.bySegment) {
      expect(rows.reduce((sum, row) => sum + row.events, 0)).toBe(events);
      expect(rows.reduce((sum, row) => sum + row.of, 0)).toBe(of);
      expect(rows.reduce((sum, row) => sum + row.perMonth, 0)).toBeCloseTo(perMonth, 9);
      expect(rows[0]?.share).toBeGreaterThanOrEqual(rows[1]?.share ?? 1);
    }
    const [channel, plan] = report.bySegment.map(({ rows }) => new Map(rows.map((row) => [row.value, row])));
    expect([...(channel?.keys() ?? [])]).toEqual(["app", "web"]);
    const [free, pro] = [plan?.get("free"), plan?.get("pro")];
    expect(free?.effect).toBeLessThan(-0.22);
    expect(pro?.effect).toBeGreaterThan(-0.18);
    expect(free?.valueAtRisk.value).toBeCloseTo((free?.perMonth ?? 0) * Math.abs(free?.effect ?? 0) * 100, 6);
    const total = (free?.valueAtRisk.value ?? 0) + (pro?.valueAtRisk.value ?? 0);
    expect(total / (report.painPoint?.valueAtRisk.value ?? 0)).toBeCloseTo(1, 1);
  });

  it("is told month by month, and since when it comes more often", () => {
    expect(report.overTime.map(({ value }) => value)).toEqual(
      Array.from({ length: MONTHS }, (_, month) => `2025-0${month + 1}-01`),
    );
    expect(report.overTime.reduce((sum, { events }) => sum + events, 0)).toBe(report.painPoint?.events);
    for (const { of } of report.overTime) expect(of).toBe(CUSTOMERS / MONTHS);
    expect(report.since).toBe("2025-06-01");
    expect(report.painPoint?.trend).toBe("growing");
    // Each month has 75 bad chats and more: enough for an effect of its own.
    expect(report.overTime.every(({ effect }) => effect !== null)).toBe(true);
  });

  it("has the incident that the higher months are, from June to the end of August", () => {
    const [incident] = report.incidents;
    expect(report.incidents.every(({ kind, touchpoint }) => kind === "bad-score" && touchpoint === "Chat Rated")).toBe(
      true,
    );
    expect(incident).toMatchObject({ incident: true, segment: null, window: { to: "2025-09-01" } });
    expect(incident?.window.from.slice(0, 7)).toMatch(/2025-0[56]/u);
  });

  it("names what stands on the same touches, and how it was measured", () => {
    const failed = report.overlaps.find(({ name }) => name.includes("failed"));
    expect(failed?.events).toBeGreaterThan(0.2 * (report.painPoint?.events ?? 0));
    expect(failed?.events).toBeLessThan(0.3 * (report.painPoint?.events ?? 0));
    expect(report.overlaps.some(({ name }) => name === "Leaving after «Chat Rated»")).toBe(true);
    expect(report.method).toContain("held equal");
  });

  it("is the same on two shards", async () => {
    const sharded = { ...context, source: "journeys_on_shards" as const };
    const other = await analyzePainPoint(sharded, { ...QUESTION, kind: "bad-score", touchpoint: "Chat Rated" });
    expect(other.bySegment).toEqual(report.bySegment);
    expect(other).toMatchObject({ painPoint: { events: report.painPoint?.events }, since: report.since });
  });

  it("of leaving has parts too: drop-offs of touches whose window is over", async () => {
    const left = await analyzePainPoint(context, {
      ...QUESTION,
      kind: "drop-off",
      touchpoint: "Chat Rated",
      segment: "plan",
    });
    const facts = left.painPoint ?? left.rejected;
    expect(left.bySegment.map(({ trait }) => trait)).toEqual(["customer.plan"]);
    expect(left.bySegment[0]?.rows.reduce((sum, { events }) => sum + events, 0)).toBe(facts?.events);
    expect([left.painPoint, left.rejected].filter((one) => one !== null)).toHaveLength(1);
  });

  it("says what there is where it is asked for what is not", async () => {
    const asked = analyzePainPoint(context, { ...QUESTION, kind: "wait", touchpoint: "Chat Rated" });
    await expect(asked).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining("bad-score") });
  });
});
