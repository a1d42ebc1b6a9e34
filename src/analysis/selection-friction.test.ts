/** The customers behind a friction, on a few lives written by hand: who they are, and that they are as many as the facts say. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnalysisContext } from "./context.ts";
import { listCustomers } from "./journey-list.ts";
import { compileOutcome } from "./moment-outcome.ts";
import { buildMomentRows } from "./moment-rows.ts";
import { surveyMoments } from "./moment-survey.ts";
import { findFrictions } from "./pain/candidates.ts";
import { codeOf, countFrictions } from "./pain/facts.ts";
import { analyzeProfile } from "./profile.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import type { FrictionSelection } from "./selection-friction.ts";

const PAID = 'touchpoint = "Order Completed"';
const DAY_MS = 86_400_000;

function life(customer: string, platform: string, ...steps: readonly (readonly [day: number, what: string])[]) {
  return steps.map(([day, what]): RecordedEvent => {
    const [touchpoint = "", detail] = what.split(": ");
    return {
      ...{ customer, at: new Date(Date.UTC(2025, 0, day)).toISOString(), touchpoint, traits: { platform } },
      ...(detail === undefined ? {} : touchpoint === "Survey Answered" ? { score: Number(detail), scale: "1-5" } : {}),
      ...(detail === undefined || touchpoint === "Survey Answered" ? {} : { channel: detail }),
    };
  });
}

const LOG: readonly RecordedEvent[] = [
  // Pays twice before the order: done again; and rates badly.
  ...life("ann", "web", [1, "Payment Started: web"], [2, "Payment Started: app"], [3, "Order Completed"]),
  ...life("ann", "web", [4, "Survey Answered: 1"]),
  // It fails, and that was all.
  ...life("bob", "mobile", [1, "Payment Started: app"], [2, "Payment Failed: app"]),
  // Fails later, and orders all the same; rates well.
  ...life("cat", "mobile", [20, "Payment Failed: web"], [21, "Order Completed"], [22, "Survey Answered: 5"]),
  // The data end here.
  ...life("zoe", "web", [150, "Product Viewed"]),
];

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
}, 60_000);
afterAll(() => recorded.close());

const asked = { kind: "friction", outcome: PAID, withinMs: 30 * DAY_MS } as const;
const failed = { ...asked, friction: "error-event", touchpoint: "Payment Failed" } as const;

const WHOSE: readonly (readonly [string, FrictionSelection, readonly string[]])[] = [
  ["rework", { ...asked, friction: "rework", touchpoint: "Payment Started" }, ["ann"]],
  ["an error", failed, ["bob", "cat"]],
  ["a drop-off", { ...asked, friction: "drop-off", touchpoint: "Payment Failed" }, ["bob"]],
  ["no drop-off", { ...asked, friction: "drop-off", touchpoint: "Payment Started" }, []],
  [
    "a bad score",
    { ...asked, friction: "bad-score", touchpoint: "Survey Answered", property: "score", bad: "<= 2" },
    ["ann"],
  ],
  ["its days", { ...failed, during: { from: "2025-01-13", to: "2025-01-27" } }, ["cat"]],
  ["its channel", { ...failed, segment: 'channel = "app"' }, ["bob"]],
  ["its trait", { ...failed, segment: 'customer.platform = "web"' }, []],
];

async function whose(context: AnalysisContext, select: FrictionSelection): Promise<(string | null)[]> {
  const { rows, total } = await listCustomers(context, { journey: "life", select });
  expect(rows).toHaveLength(total);
  return rows.map(({ customer }) => customer).toSorted();
}

describe("the customers behind a friction, on two shards", () => {
  let context: AnalysisContext;
  beforeAll(async () => {
    context = await recorded.record([...LOG], { source: "journeys_on_shards" });
  }, 60_000);

  it.each(WHOSE)("%s", async (_, select, customers) => {
    expect(await whose(context, select)).toEqual(customers);
  });

  it("are compared with all others", async () => {
    const { n, others } = await analyzeProfile(context, { journey: "life", select: failed });
    expect([n, others]).toEqual([2, 2]);
  });

  it("are nobody where such a friction cannot be", async () => {
    expect(await whose(context, { ...asked, friction: "error-event", touchpoint: "Product Viewed" })).toEqual([]);
  });
});

describe("a number of pain points", () => {
  it("is as many journeys and customers as stand behind it", async () => {
    const context = await recorded.record([...LOG]);
    const scope = { journey: "life", outcome: PAID, withinMs: asked.withinMs } as const;
    const rows = buildMomentRows(await compileOutcome(context, scope), asked.withinMs, Date.UTC(2025, 0, 150));
    const found = await findFrictions(context, rows, await surveyMoments(context, rows), scope);
    const { distinct } = await countFrictions(context, rows, found);
    const place = codeOf(found);
    const seen = await Promise.all(
      found.map(async (friction) => {
        const { touchpoint, property, bad, kind } = friction;
        const named = { ...(property === null ? {} : { property }), ...(bad === null ? {} : { bad }) };
        const select = { ...asked, friction: kind, touchpoint, ...named };
        const { total, customers } = await listCustomers(context, { journey: "life", select, limit: 1 });
        const { journeys = 0, customers: persons = 0 } = distinct.get(`${friction.touch} ${place(friction)}`) ?? {};
        return { kind, touchpoint, behind: [total, customers], counted: [journeys, persons] };
      }),
    );
    for (const { behind, counted } of seen) expect(behind).toEqual(counted);
    expect(new Set(seen.filter(({ behind: [total] }) => total !== 0).map(({ kind }) => kind))).toEqual(
      new Set(["rework", "error-event", "drop-off", "bad-score"]),
    );
  });
});
