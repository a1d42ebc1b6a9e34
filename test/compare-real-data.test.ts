/**
 * The payment incident that is planted in the shop clicks, found by comparing two periods on one map, on one table and two shards.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); the numbers are from plain Python.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { compareJourneys } from "../src/analysis/compare-journeys.ts";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { analyzeFunnel } from "../src/analysis/funnel.ts";
import { analyzeFunnelExits } from "../src/analysis/funnel-exits.ts";
import { listCustomers } from "../src/analysis/journey-list.ts";
import { analyzeStepBreakdown } from "../src/analysis/step-breakdown.ts";
import { hasRealData, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

const INCIDENT = { journey: "session", from: "2024-05-19", to: "2024-06-08" };
const OTHERWISE = { from: "2024-05-19", to: "2024-06-08", outside: true };
const BEFORE = { to: "2024-05-19" };
const PAYMENT = { from: "payment_details", to: "purchase" };

const SHARDS = [
  "CREATE VIEW journeys_shard AS SELECT * FROM journeys WHERE owner % 2 = shardNum() - 1",
  "CREATE TABLE journeys_on_shards AS remote('127.0.0.1,127.0.0.1', currentDatabase(), 'journeys_shard')",
];

describe.skipIf(!hasRealData)(`the payment incident in ecom${whySkipped}`, () => {
  const ecom = importRealData("ecom/ecom.csv.gz");
  let whole: AnalysisContext;
  beforeAll(async () => {
    for (const statement of SHARDS) await ecom.platform().events.command(statement);
    whole = ecom.context();
  });

  test.each(["journeys", "journeys_on_shards"] as const)(
    "payment leads to a purchase far less often (%s)",
    async (source) => {
      const context = { ...whole, source };
      const { edges, nodes, a, b } = await compareJourneys(context, { ...INCIDENT, vs: OTHERWISE });
      expect(a.journeys + b.journeys).toBe(3605);
      const payment = edges.find(({ from, to }) => from === PAYMENT.from && to === PAYMENT.to);
      expect(payment).toMatchObject({
        a: { transitions: 12, n: 175, share: 12 / 175 },
        b: { transitions: 104, n: 534, share: 104 / 534 },
        difference: { value: expect.closeTo(12 / 175 - 104 / 534, 12) },
      });
      // With independent events Newcombe gives (−.17214, −.06931); customers who come back make it a little wider.
      expect(payment?.difference).toMatchObject({
        low: expect.closeTo(-0.17239, 5),
        high: expect.closeTo(-0.06918, 5),
      });
      const events = nodes.reduce((sum, node) => sum + node.a.events + node.b.events, 0);
      expect(events).toBe(31_106);

      const before = await compareJourneys(context, { ...INCIDENT, vs: BEFORE });
      expect(before.edges.find(({ from, to }) => from === PAYMENT.from && to === PAYMENT.to)).toMatchObject({
        b: { transitions: 70, n: 358 },
      });
    },
  );

  test.each(["journeys", "journeys_on_shards"] as const)("… on every platform (%s)", async (source) => {
    // The importer proposes the platform as the channel.
    const query = { ...INCIDENT, vs: OTHERWISE, step: PAYMENT, by: "channel" };
    const { rows, other, all } = await analyzeStepBreakdown({ ...whole, source }, query);
    expect(rows).toMatchObject([
      { value: "desktop", a: { transitions: 8, n: 104 }, b: { transitions: 62, n: 316 } },
      { value: "mobile", a: { transitions: 4, n: 55 }, b: { transitions: 25, n: 144 } },
      { value: "tablet", a: { transitions: 0, n: 16 }, b: { transitions: 17, n: 74 } },
    ]);
    for (const { difference } of rows) expect(difference?.value).toBeLessThan(0);
    expect(other).toBeNull();
    expect(all).toMatchObject({ a: { transitions: 12, n: 175 }, b: { transitions: 104, n: 534 } });
  });

  test("those who pay nowhere go somewhere, and all of them are counted", async () => {
    const query = { ...INCIDENT, steps: ["cart", "payment_details", "purchase"] };
    const [funnel, exits] = [await analyzeFunnel(whole, query), await analyzeFunnelExits(whole, query)];
    expect(exits.steps.map(({ touchpoint }) => touchpoint)).toEqual(["cart", "payment_details"]);
    for (const { step, stopped, ended, next } of exits.steps) {
      expect(stopped).toBe((funnel.steps[step]?.count ?? 0) - (funnel.steps[step + 1]?.count ?? 0));
      expect(ended + next.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(stopped);
      expect(next[0]?.journeys).toBeGreaterThan(0);
    }
  });

  test("the step that broke opens the customers behind it: 12 sessions in the incident, 104 outside of it", async () => {
    const incident = { ...INCIDENT, select: { kind: "step", ...PAYMENT } } as const;
    const within = await listCustomers(whole, incident);
    expect(within).toMatchObject({ unit: "journeys", total: 12, customers: 12 });
    expect(within.rows.length).toBe(12);
    expect((await listCustomers(whole, { ...incident, outside: true })).total).toBe(104);
  });
});
