import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { REAL_DATA, readsLongData, whyLongSkipped } from "../../test/real-data.ts";
import { countTouchpoints, csv, importProposed } from "../../test/recipe-files.ts";
import { importPaths } from "./import-paths.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const count = (importId: number) => countTouchpoints(workspace, importId);

it("olist-leads: leads and deals; NaN is no origin", async () => {
  const lead = (mql_id: string, first_contact_date: string, origin: string) => ({ mql_id, first_contact_date, origin });
  const report = await importProposed(workspace, {
    "leads.csv": csv("mql_id,first_contact_date,landing_page_id,origin", [
      lead("a", "2018-02-01 00:00:00", "social"),
      lead("b", "2018-03-08 00:00:00", "NaN"),
      lead("c", "2018-03-09 00:00:00", "email"),
    ]),
    "won.csv": csv("mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type", [
      { mql_id: "a", seller_id: "s1", won_date: "2018-02-03 12:00:00", business_segment: "pet" },
      { mql_id: "b", seller_id: "s2", won_date: "2018-03-06 19:38:55" },
    ]),
  });
  expect(report.mapping).toMatchObject({ by: "recipe", recipe: "olist-leads" });
  expect(await count(report.id)).toMatchObject([
    { name: "Deal Won", events: 2, customers: 2 },
    { name: "Lead Created", events: 3, customers: 3 },
  ]);
  expect(await workspace.raw(report.id, "touchpoint, objectIds[1] AS id, properties AS p, traits AS t")).toMatchObject([
    { touchpoint: "Lead Created", id: "a", p: { origin: "social" }, t: { origin: "social" } },
    { touchpoint: "Lead Created", id: "b", p: {}, t: {} },
    { touchpoint: "Lead Created", id: "c" },
    { touchpoint: "Deal Won", id: "a", p: { origin: "social", daysToWin: "2.5", segment: "pet" } },
    { touchpoint: "Deal Won", id: "b", p: { daysToWin: "-1.18" } },
  ]);
});

it("hillstrom: a customer a record, also where two say the same", async () => {
  const header = "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend";
  const row = (segment: string, visit: number, conversion: number, spend: string) => ({
    ...{ recency: 3, history: "29.99", mens: 1, womens: 0, segment, visit, conversion, spend },
  });
  const report = await importProposed(workspace, {
    "test.csv": csv(header, [
      row("Mens E-Mail", 1, 1, "29.99"),
      row("No E-Mail", 0, 0, "0"),
      row("No E-Mail", 0, 0, "0"),
      row("Womens E-Mail", 1, 0, "0"),
    ]),
  });
  expect(report.mapping).toMatchObject({ by: "recipe", recipe: "hillstrom" });
  expect(report.customers).toBe(4);
  expect(await count(report.id)).toEqual([
    { name: "Campaign Assigned", events: 4, customers: 4, value: null },
    { name: "E-Mail Sent", events: 2, customers: 2, value: null },
    { name: "Order Placed", events: 1, customers: 1, value: 29.99 },
    { name: "Shop Visited", events: 2, customers: 2, value: null },
  ]);
});

it("completejourney: orders of the complete lines, none of a sample", async () => {
  const header =
    "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp";
  const line = (household_id: number, basket_id: number, product_id: number, sales_value: number) => ({
    ...{ household_id, basket_id, product_id, sales_value, transaction_timestamp: "2017-03-26 17:22:21" },
  });
  const lines = csv(header, [line(1, 900, 7, 1.5), line(1, 900, 8, 2.25), line(1, 901, 7, 1.5), line(2, 902, 9, 4)]);
  const report = await importProposed(workspace, {
    "transactions.csv": lines,
    "campaigns.csv": "campaign_id,household_id\n26,1\n26,2\n",
    "campaign_descriptions.csv": "campaign_id,campaign_type,start_date,end_date\n26,Type B,2017-03-01,2017-04-09\n",
    "coupon_redemptions.csv": "household_id,coupon_upc,campaign_id,redemption_date\n1,51,26,2017-03-26\n",
    "demographics.csv": "household_id,age,income,home_ownership,marital_status,household_size\n1,65+,35-49K,,,2\n",
  });
  expect(report.mapping).toMatchObject({ by: "recipe", recipe: "completejourney" });
  expect(await count(report.id)).toEqual([
    { name: "Basket Bought", events: 3, customers: 2, value: 9.25 },
    { name: "Campaign Received", events: 2, customers: 2, value: null },
    { name: "Coupon Redeemed", events: 1, customers: 1, value: null },
  ]);
  expect(await workspace.raw(report.id, "touchpoint AS t, objectIds AS o, properties AS p, traits")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ t: "Basket Bought", o: ["900", "7", "8"], p: { lines: "2" } }),
      expect.objectContaining({
        t: "Coupon Redeemed",
        o: ["26/1"],
        p: { campaign: "26", campaignType: "Type B", coupon: "51" },
      }),
      expect.objectContaining({ t: "Campaign Received", traits: { age: "65+", income: "35-49K", householdSize: "2" } }),
    ]),
  );
  const sample = await importProposed(workspace, { "transactions_sample.csv": lines });
  expect(await count(sample.id)).toEqual([{ name: "Basket Sampled", events: 3, customers: 2, value: null }]);
});

describe.skipIf(!readsLongData)(`on real data${whyLongSkipped}`, () => {
  const bring = async (path: string, recipe: string) => {
    const report = await importPaths(workspace.deps, { paths: [join(REAL_DATA, path)] });
    expect(report.mapping).toMatchObject({ by: "recipe", recipe });
    expect(report.events.rejected).toBe(0);
    return report;
  };
  /** Customers of one import that have the second touchpoint, of those that have the first, by a property of the first. */
  const convert = (id: number, first: string, second: string, property: string, unit: string) =>
    workspace.events.query<{ part: string; entered: number; won: number }>(
      `SELECT part, toInt32(count()) AS entered, toInt32(sum(won)) AS won FROM (
         SELECT anyIf(properties[{property:String}], touchpoint = {first:String}) AS part, max(touchpoint = {second:String}) AS won
         FROM raw WHERE import = {id:UInt32} AND touchpoint IN ({first:String}, {second:String}) GROUP BY ${unit})
       GROUP BY part ORDER BY entered DESC`,
      { params: { id, first, second, property } },
    );

  it("olist-leads: 842 of 8,000 won, by origin", async () => {
    const { id } = await bring("olist_leads", "olist-leads");
    const parts = await convert(id, "Lead Created", "Deal Won", "origin", "customer");
    const share = (part: string) => {
      const found = parts.find((row) => row.part === part);
      return Math.round((1e6 * (found?.won ?? 0)) / (found?.entered ?? 1)) / 1e4;
    };
    expect(parts.reduce((sum, row) => sum + row.entered, 0)).toBe(8000);
    expect(parts.reduce((sum, row) => sum + row.won, 0)).toBe(842);
    expect(["paid_search", "organic_search", "social", "email"].map(share)).toEqual([12.2951, 11.8031, 5.5556, 3.0426]);
    expect(parts.find(({ part }) => part === "")).toEqual({ part: "", entered: 60, won: 14 });
    const [days] = await workspace.events.query(
      `SELECT round(quantileExactInclusive(0.5)(toFloat64(properties['daysToWin'])), 2) AS median, toInt32(countIf(toFloat64(properties['daysToWin']) < 0)) AS early
       FROM raw WHERE import = {id:UInt32} AND touchpoint = 'Deal Won'`,
      { params: { id } },
    );
    expect(days).toEqual({ median: 14.65, early: 1 });
  });

  it("hillstrom: visits, orders and spend by arm", async () => {
    const report = await bring("hillstrom/hillstrom.csv.gz", "hillstrom");
    expect(report.customers).toBe(64_000);
    const arms = await workspace.events.query(
      `SELECT arm, toInt32(count()) AS n, toInt32(sum(visit)) AS visits, toInt32(sum(bought)) AS orders, round(toFloat64(sum(spent)), 2) AS spend
       FROM (SELECT any(if(touchpoint = 'Campaign Assigned', properties['arm'], NULL)) AS arm, max(touchpoint = 'Shop Visited') AS visit,
         max(touchpoint = 'Order Placed') AS bought, sum(value) AS spent FROM raw WHERE import = {id:UInt32} GROUP BY customer)
       GROUP BY arm ORDER BY arm`,
      { params: { id: report.id } },
    );
    expect(arms).toEqual([
      { arm: "Mens E-Mail", n: 21_307, visits: 3894, orders: 267, spend: 30_311.69 },
      { arm: "No E-Mail", n: 21_306, visits: 2262, orders: 122, spend: 13_908.33 },
      { arm: "Womens E-Mail", n: 21_387, visits: 3238, orders: 189, spend: 23_038.11 },
    ]);
  });

  it("completejourney: coupons redeemed by type of campaign; a sample of lines makes no orders", async () => {
    const { id } = await bring("completejourney", "completejourney");
    expect(await convert(id, "Campaign Received", "Coupon Redeemed", "campaignType", "objectIds[1]")).toEqual([
      { part: "Type A", entered: 3647, won: 604 },
      { part: "Type B", entered: 2368, won: 154 },
      { part: "Type C", entered: 574, won: 34 },
    ]);
    expect(await count(id)).toEqual([
      { name: "Basket Sampled", events: 47_243, customers: 2377, value: null },
      { name: "Campaign Received", events: 6589, customers: expect.any(Number), value: null },
      { name: "Coupon Redeemed", events: 2102, customers: expect.any(Number), value: null },
    ]);
  });

  it("zendesk: the shape of its tables, as a connector brings them", async () => {
    const report = await bring("zendesk_shape", "zendesk");
    // Of 10 tickets 2 are deleted. 15 solutions stand in the history, one of them four times; 7 tickets are closed without.
    // Of the tickets in the history only 11071 is among the tickets: nobody is known to have asked the others.
    expect(await count(report.id)).toEqual([
      { name: "Ticket Opened", events: 8, customers: 8, value: null },
      { name: "Ticket Solved", events: 22, customers: 8, value: null },
    ]);
    expect(report.events.skipped["deleted ticket"]).toBe(2);
  });
});
