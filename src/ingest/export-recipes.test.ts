import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { stripeCharges, stripePaymentsCsv, wooOrders } from "../../test/recipes/shop-exports.ts";
import {
  amplitudeExport,
  ga4Export,
  mixpanelExport,
  posthogCsv,
  posthogLines,
  segmentCalls,
} from "../../test/recipes/tracker-exports.ts";
import { importPaths, type PathsReport } from "./import-paths.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const SHOWN = `touchpoint, toString(time) AS at, customerId, anonymousId, channel, toString(value) AS value, currency,
  arrayMap((t, i) -> concat(t, ':', i), objectTypes, objectIds) AS objects`;

/** Without --recipe: the proposal has to find the recipe. */
async function bring(name: string, content: string): Promise<PathsReport> {
  const path = join(workspace.dir, name);
  await writeFile(path, content);
  return importPaths(workspace.deps, { paths: [path] });
}

async function bringAs(recipe: string, name: string, content: string): Promise<PathsReport> {
  const report = await bring(name, content);
  expect(report.mapping).toMatchObject({ by: "recipe", recipe });
  return report;
}

/** As text, a line an event: time, touchpoint, whose, channel, value, objects. */
async function show(report: PathsReport): Promise<string[]> {
  const rows = await workspace.raw<Record<string, string> & { objects: string[] }>(report.id, SHOWN);
  return rows.map((row) =>
    [
      row.at,
      row.touchpoint,
      `${row.customerId}|${row.anonymousId}`,
      row.channel || "-",
      row.value === null ? "-" : `${row.value} ${row.currency}`,
      row.objects.join(" "),
    ].join("; "),
  );
}

const maps = (report: PathsReport, at: number) =>
  workspace
    .raw<{ properties: Record<string, string>; traits: Record<string, string> }>(report.id, "properties, traits")
    .then((rows) => rows[at]);

const role = async (name: string) => (await workspace.state.listTouchpoints()).find((one) => one.name === name)?.role;

describe("exports, recognised and read by their recipes", () => {
  it("segment", async () => {
    const report = await bringAs("segment", "segment.jsonl", segmentCalls());
    expect(report.events).toEqual({
      read: 10,
      added: 8,
      duplicate: 1,
      rejected: 0,
      skipped: { "not a call of Segment's": 1 },
    });
    expect(await show(report)).toEqual([
      "2024-03-01 09:00:00.000; Viewed Home Page; |anon-1; web; -; ",
      "2024-03-01 09:01:00.250; Product Viewed; |anon-1; web; -; product:shoe",
      "2024-03-01 09:05:00.000; User Identified; u1|anon-1; web; -; ",
      "2024-03-01 09:06:00.000; Order Completed; u1|anon-1; web; 30.5 USD; order:o-1 product:shoe product:sock",
      "2024-03-04 12:00:00.000; Order Refunded; u1|; server; 10.25 USD; order:o-1",
      "2024-03-05 12:00:00.000; Order Cancelled; u2|; server; 99 EUR; order:o-2",
      "2024-03-05 13:00:00.000; User Aliased; u2|u2; server; -; ",
      "2024-03-06 08:00:00.000; Viewed Basket Screen; u2|anon-2; app; -; ",
    ]);
    expect(await maps(report, 2)).toMatchObject({ traits: { email: "ada@example.com", plan: "pro" } });
    expect((await maps(report, 3))?.properties).toEqual({
      coupon: "SPRING",
      revenue: "27.5",
      path: "/checkout",
      campaign: "march",
      source: "newsletter",
    });
    expect(await role("Order Completed")).toBe("order");
    expect(await role("Order Refunded")).toBe("refund");
    expect(await role("Order Cancelled")).toBe("cancellation");
    // The eight events, and once more the retry among the ten calls.
    expect((await bring("renamed.jsonl", segmentCalls())).events).toMatchObject({ added: 0, duplicate: 9 });
  });

  it("posthog, the same events from JSON lines and from a CSV with JSON inside", async () => {
    const report = await bringAs("posthog", "posthog.jsonl", posthogLines());
    expect(report.events).toMatchObject({ read: 6, added: 5, rejected: 0, skipped: { "technical event": 1 } });
    expect(await show(report)).toEqual([
      "2024-03-01 10:00:00.123; $pageview; |dev-1; web; -; session:s-1",
      "2024-03-01 10:02:00.000; $identify; u1|dev-1; web; -; session:s-1",
      "2024-03-01 10:03:00.000; Order Completed; u1|dev-1; web; 42 EUR; order:o-1 session:s-1 product:p1 product:p2",
      "2024-03-02 08:00:00.000; Invoice Paid; u2|; -; 5.5 ; ",
      "2024-03-02 09:00:00.000; Order Refunded; u1|; -; 12 EUR; order:o-1",
    ]);
    expect(await maps(report, 1)).toMatchObject({ traits: { email: "ada@example.com", plan: "free" } });
    expect((await maps(report, 0))?.properties).toMatchObject({
      $current_url: "https://shop.example/",
      $browser: "Firefox",
    });
    const csv = await bringAs("posthog", "posthog.csv", posthogCsv());
    expect(csv.events).toMatchObject({ read: 6, added: 0, duplicate: 5, skipped: { "technical event": 1 } });
  });

  it("mixpanel", async () => {
    const report = await bringAs("mixpanel", "mixpanel.json", mixpanelExport());
    expect(report.events).toEqual({
      read: 6,
      added: 5,
      duplicate: 1,
      rejected: 0,
      skipped: {},
    });
    expect(await show(report)).toEqual([
      "2024-03-01 10:00:00.000; Product Viewed; |d-1; web; -; product:p1",
      "2024-03-01 10:05:00.000; $identify; u1|d-1; -; -; ",
      "2024-03-01 10:06:40.000; Order Completed; u1|d-1; web; 20 USD; order:o-1 product:p1 product:p2",
      "2024-03-01 11:00:00.000; Order Refunded; u1|; -; 20 USD; order:o-1",
      "2024-03-01 12:00:00.000; App Open; |d-9; app; -; ",
    ]);
    expect((await maps(report, 0))?.traits).toEqual({ country: "DE", city: "Berlin" });
  });

  it("amplitude", async () => {
    const report = await bringAs("amplitude", "amplitude.json", amplitudeExport());
    expect(report.events).toEqual({
      read: 5,
      added: 4,
      duplicate: 1,
      rejected: 0,
      skipped: {},
    });
    expect(await show(report)).toEqual([
      "2024-01-01 00:00:00.000; Product Viewed; |device-1; web; -; session:device-1-1704067200000 product:p1",
      "2024-01-01 00:10:00.250; Order Completed; user-1|device-1; web; 19.99 EUR; order:o-1 session:device-1-1704067200000 product:p1 product:p2",
      "2024-01-02 00:00:00.000; Order Refunded; user-1|; -; 19.99 EUR; order:o-1",
      "2024-01-03 00:00:00.000; revenue_amount; user-2|device-2; app; 3.5 ; product:com.game.coins",
    ]);
    expect(await maps(report, 1)).toMatchObject({
      traits: { plan: "pro", country: "Germany" },
      properties: { coupon: "X1", platform: "Web" },
    });
  });

  it("ga4", async () => {
    const report = await bringAs("ga4", "ga4.json", ga4Export());
    expect(report.events).toMatchObject({ read: 5, added: 5, rejected: 0 });
    expect(await show(report)).toEqual([
      "2024-03-01 10:00:00.123; session_start; |1001.77; web; -; session:1001.77.1709287200",
      "2024-03-01 10:01:00.000; add_to_cart; |1001.77; web; 15 EUR; session:1001.77.1709287200 product:sku-1",
      "2024-03-01 10:05:00.000; purchase; cust-1|1001.77; web; 45.5 EUR; order:T-1 session:1001.77.1709287200 product:sku-1 product:sku-2",
      "2024-03-04 10:00:00.000; refund; cust-1|1001.77; web; 15 EUR; order:T-1",
      "2024-03-05 10:00:00.000; screen_view; |app-2; app; -; ",
    ]);
    expect(await maps(report, 2)).toMatchObject({
      traits: { plan: "gold", country: "Germany" },
      properties: {
        ga_session_id: "1709287200",
        page_location: "https://shop.example/thanks",
        device: "mobile",
        medium: "cpc",
      },
    });
    expect([await role("purchase"), await role("refund")]).toEqual(["order", "refund"]);
  });

  it("woocommerce-orders", async () => {
    const report = await bringAs("woocommerce-orders", "orders.json", wooOrders());
    expect(report.events).toMatchObject({ read: 6, rejected: 0, skipped: { "a draft or deleted order": 1 } });
    expect(await show(report)).toEqual([
      "2024-03-01 10:00:00.000; Order Placed; 7|ada@example.com; -; 59.9 EUR; order:101 product:11 product:12",
      "2024-03-01 10:01:00.000; Payment Received; 7|ada@example.com; -; -; order:101",
      "2024-03-02 16:00:00.000; Order Fulfilled; 7|ada@example.com; -; -; order:101",
      "2024-03-09 09:00:00.000; Order Refunded; 7|ada@example.com; -; 5.5 EUR; order:101",
      "2024-03-09 09:00:00.000; Order Refunded; 7|ada@example.com; -; 10 EUR; order:101",
      "2024-03-03 10:00:00.000; Order Placed; guest@example.com|; -; 20 EUR; order:102 product:11",
      "2024-03-03 12:00:00.000; Order Cancelled; guest@example.com|; -; 20 EUR; order:102",
      "2024-03-04 10:00:00.000; Payment Pending; guest@example.com|; -; -; order:103",
      "2024-03-05 10:30:00.000; Payment Failed; 8|bo@example.com; -; -; order:104",
      "2024-03-06 10:00:00.000; Order Placed; 8|bo@example.com; -; 15 EUR; order:105 product:12",
    ]);
    expect((await maps(report, 0))?.properties).toEqual({
      status: "completed",
      number: "101",
      items: "3",
      discount: "5.00",
      shipping: "4.90",
      coupon: "SPRING",
      payment: "stripe",
      via: "checkout",
    });
    // The same shop a day later: order 103 is paid by now, everything else is known.
    const later = await bring("later.json", wooOrders({ paid: 103 }));
    expect(await show(later).then((lines) => lines.filter((line) => line.includes("order:103")))).toEqual([
      "2024-03-04 10:00:00.000; Order Placed; guest@example.com|; -; 8 EUR; order:103 product:11",
      "2024-03-04 18:00:00.000; Payment Received; guest@example.com|; -; -; order:103",
    ]);
    expect(later.events).toMatchObject({ added: 2, duplicate: 9 });
  });

  it("stripe, the API's list and the dashboard's CSV", async () => {
    const report = await bringAs("stripe", "charges.json", stripeCharges());
    expect(report.events).toMatchObject({ read: 5, rejected: 0, skipped: { "authorized but not captured": 1 } });
    expect(await show(report)).toEqual([
      "2024-03-01 10:00:00.000; Payment Succeeded; cus_A|; -; 20 USD; order:A-1",
      "2024-03-05 10:00:00.000; Payment Refunded; cus_A|; -; 5 USD; order:A-1",
      "2024-03-01 11:00:00.000; Payment Succeeded; guest@example.com|; -; 500 JPY; order:pi_2",
      "2024-03-01 12:00:00.000; Payment Failed; cus_B|; -; -; order:pi_3",
      "2024-03-01 13:00:00.000; Payment Succeeded; cus_B|; -; 12.345 KWD; order:pi_4",
      "2024-03-01 13:00:00.000; Payment Refunded; cus_B|; -; 12.345 KWD; order:pi_4",
    ]);
    const csv = await bringAs("stripe", "unified_payments.csv", stripePaymentsCsv());
    const skipped = { "authorized but not captured": 1, "no event rule applies": 1 };
    expect(csv.events).toMatchObject({ read: 5, rejected: 0, skipped });
    expect(await show(csv)).toEqual([
      "2024-04-01 10:00:00.000; Payment Succeeded; cus_A|; -; 1234.5 EUR; order:pi_11",
      "2024-04-03 08:00:00.000; Payment Refunded; cus_A|; -; 34.5 EUR; order:pi_11",
      "2024-04-01 11:00:00.000; Payment Succeeded; bo@example.com|; -; 9.99 EUR; order:ch_12",
      "2024-04-01 12:00:00.000; Payment Failed; cus_B|; -; -; order:pi_13",
    ]);
  });

  it("stripe: a payment that comes as JSON and as CSV comes in once, and what fails of it too", async () => {
    await bringAs("stripe", "charges.json", stripeCharges());
    const header = "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer ID,PaymentIntent ID";
    const both = await bringAs(
      "stripe",
      "payments.csv",
      `${header}\nch_1,2024-03-01 10:00:00,20.00,0.00,usd,true,Paid,cus_A,pi_1\nch_3,2024-03-01 12:00:00,7.00,0.00,usd,false,Failed,cus_B,pi_3\nch_9,2024-03-01 15:00:00,1.00,0.00,usd,true,Paid,cus_A,pi_9\n`,
    );
    expect(both.events).toMatchObject({ read: 3, added: 1, duplicate: 2 });
  });
});

describe("look-alikes", () => {
  const lines = (...records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const at = "2024-03-01T10:00:00Z";
  const alike: Readonly<Record<string, string>> = {
    "types that are no calls": lines({ type: "click", messageId: "1", userId: "u", timestamp: at, event: "a" }),
    "events without PostHog's names": lines({
      event: "Buy",
      distinct_id: "u",
      timestamp: at,
      uuid: "1",
      properties: { plan: "x" },
    }),
    "a shop's click log": "event_type,event_time,user_id,session_id\nview,2024-03-01 10:00:00,u1,7\n",
    "GA4's names in milliseconds": lines({
      event_name: "a",
      event_timestamp: 1709287200123,
      event_params: [],
      user_id: "u",
    }),
    "payments of somebody else":
      "id,Amount,Currency,Status,Created (UTC),Customer ID\npay_1,5,eur,Paid,2024-03-01 10:00,c1\n",
    "events with properties.time": lines({
      event: "a",
      user: "u",
      time: at,
      properties: { time: "soon", distinct_id: "u" },
    }),
  };
  for (const [name, content] of Object.entries(alike))
    it(`leaves ${name} to the guesses`, async () => {
      const path = join(workspace.dir, `alike.${content.startsWith("{") ? "jsonl" : "csv"}`);
      await writeFile(path, content);
      const report = await importPaths(workspace.deps, { paths: [path], dryRun: true });
      expect(report.mapping).toMatchObject({ by: "mapping", recipe: "generic" });
    });

  it("a single record is one, whatever lists it holds", async () => {
    const [event] = ga4Export().split("\n");
    const purchase = JSON.parse(event as string) as { event_params: unknown[] };
    const two = { ...purchase, event_params: [...purchase.event_params, { key: "x", value: { string_value: "y" } }] };
    expect((await bringAs("ga4", "one-event.json", JSON.stringify(two))).events.read).toBe(1);
    const [order] = JSON.parse(wooOrders()) as unknown[];
    expect((await bringAs("woocommerce-orders", "one-order.json", JSON.stringify(order, null, 2))).events.read).toBe(1);
  });
});
