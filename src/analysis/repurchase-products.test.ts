import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { buildJourneyFrame } from "./journey-frame.ts";
import { foretellProducts } from "./repurchase/next-products.ts";
import { analyzeRepurchaseProducts } from "./repurchase-products.ts";
import { repurchaseProductsReportSchema } from "./repurchase-products-schema.ts";

const CATALOGUE = catalogueOf(["Product Viewed", "Order Completed"]);
let fixture: JourneyFixture;
beforeAll(async () => {
  fixture = await JourneyFixture.open();
});
afterAll(() => fixture.close());

/** Customer, time in January 2025 (UTC), order, products; a view when there is no order. */
type Line = readonly [customer: string, at: string, order: string, products: string];

async function record(lines: readonly Line[]): Promise<void> {
  const events = lines.map(
    ([customer, at, order, products], index): SampleEvent => ({
      ...{ import: 1, ordinal: index + 1, rowHash: index + 1, customer, channel: "web", value: null, properties: {} },
      time: Date.parse(at.length > 2 ? `2025-01-${at}Z` : `2025-01-${at}T12:00:00Z`),
      touchpoint: order === "" ? "Product Viewed" : "Order Completed",
      objects: [
        ...(order === "" ? [] : [["order", order] as const]),
        ...products
          .split(" ")
          .filter((name) => name !== "")
          .map((name) => ["product", name] as const),
      ],
    }),
  );
  await fixture.load(events);
  await fixture.prepare([1], CATALOGUE);
}

const inZone = (zone: string, source: "journeys" | "journeys_on_shards" = "journeys") => ({
  ...fixture.context(CATALOGUE, source),
  zone,
  objectTypes: ["order", "product"],
});

const FEW: readonly Line[] = [
  ["ann", "01", "A1", "bread milk"],
  ["ann", "01", "A2", "bread"],
  ["ann", "11", "A3", "bread"],
  ["ann", "12", "", "soap"],
  ["ann", "31", "A4", "bread soap"],
  ["bob", "05", "B1", "milk"],
  ["bob", "25", "B2", "milk bread"],
  ["cat", "10", "C1", "soap soap"],
  // One evening in UTC, two days in Berlin.
  ["dan", "10T22:30", "D1", "tea"],
  ["dan", "10T23:30", "D2", "tea"],
  ["eve", "20", "E1", ""],
];

describe("analyzeRepurchaseProducts", () => {
  beforeAll(() => record(FEW));

  it("counts orders, buyers and who bought again on another day", async () => {
    const report = repurchaseProductsReportSchema.parse(await analyzeRepurchaseProducts(inZone("UTC"), {}));
    expect(report).toMatchObject({ from: "product", total: 4, backTest: null, endOfData: "2025-01-31" });
    expect(report.products.map((row) => [row.product, row.orders, row.buyers, row.repeatBuyers, row.share])).toEqual([
      ["bread", 5, 2, 1, 0.5],
      ["milk", 3, 2, 1, 0.5],
      ["soap", 2, 2, 0, 0],
      ["tea", 2, 1, 0, 0],
    ]);
    // Wilson for 1 of 2; 3 repeat purchases say nothing of an interval.
    expect(report.products[0]?.low).toBeCloseTo(0.0945, 4);
    expect(report.products[0]?.high).toBeCloseTo(0.9055, 4);
    expect(report.products.every(({ replenishment, due }) => replenishment === null && due === null)).toBe(true);
  });

  it("counts days in the workspace's zone, gives the first products, and says the same on two shards", async () => {
    const context = inZone("Europe/Berlin", "journeys_on_shards");
    const { products, total } = await analyzeRepurchaseProducts(context, { where: 'has("Order Completed")' });
    expect(products.map(({ product, orders, repeatBuyers }) => [product, orders, repeatBuyers])).toEqual([
      ["bread", 5, 1],
      ["milk", 3, 1],
      ["soap", 2, 0],
      ["tea", 2, 1],
    ]);
    expect(total).toBe(4);
    expect(await analyzeRepurchaseProducts(inZone("UTC"), { top: 1 })).toMatchObject({
      ...{ total: 4, products: [{ product: "bread" }] },
    });
  });

  it("has nothing to say where orders name no products", async () => {
    await record([["eve", "20", "E1", ""]]);
    const nothing = { from: null, products: [], total: 0, backTest: null };
    expect(await analyzeRepurchaseProducts(inZone("UTC"), {})).toMatchObject(nothing);
    expect(await analyzeRepurchaseProducts(fixture.context(CATALOGUE), {})).toMatchObject(nothing);
  });
});

describe("foretellProducts", () => {
  it("gives a customer's own products by how often, then how lately; and tops up with everybody's", async () => {
    await record(FEW);
    const foretell = async (
      customer: string,
      limit: number,
      source: "journeys" | "journeys_on_shards" = "journeys",
    ) => {
      const context = inZone("UTC", source);
      const frame = buildJourneyFrame(context, { journey: "life" });
      return (await foretellProducts(context, frame, customer, limit)).map(({ product, orders }) => [product, orders]);
    };
    expect(await foretell("ann", 10)).toEqual([
      ["bread", 4],
      ["soap", 1],
      ["milk", 1],
      ["tea", 0],
    ]);
    expect(await foretell("bob", 3, "journeys_on_shards")).toEqual([
      ["milk", 2],
      ["bread", 1],
      ["soap", 0],
    ]);
    expect(await foretell("nobody", 1)).toEqual([["bread", 0]]);
  });
});

describe("how soon products are bought again", () => {
  const buy = (count: number, product: string, days: readonly string[]) =>
    Array.from({ length: count }, (_, at) => `${product}-${days.length}-${at}`).flatMap((customer) =>
      days.map((day): Line => [customer, day, `${customer}-${day}`, product]),
    );
  // The data end on the 31st; everybody who buys gas again does so after ten days, who buys a tent again after thirty.
  const lines = [
    ...buy(30, "gas", ["01", "11", "21"]),
    ...buy(10, "gas", ["01", "11"]),
    ...buy(1, "gas", ["05"]),
    ...buy(20, "tent", ["01", "31"]),
    ...buy(19, "rope", ["01", "16"]),
  ];

  it("is the pace of those who do, and whose time has come is due", async () => {
    await record(lines);
    const report = await analyzeRepurchaseProducts(inZone("UTC"), {});
    const [gas, tent, rope] = ["gas", "tent", "rope"].map((name) =>
      report.products.find(({ product }) => product === name),
    );
    expect(gas).toMatchObject({ buyers: 41, repeatBuyers: 40, replenishment: { n: 70 } });
    expect(gas?.replenishment?.days).toBeCloseTo(10, 1);
    expect(tent?.replenishment?.days).toBeCloseTo(30, 0);
    // Due on the 31st are the thirty; the ten were on the 21st, a whole interval ago; tents will be on 2 March.
    expect([gas?.due, tent?.due]).toEqual([30, 0]);
    expect(rope).toMatchObject({ repeatBuyers: 19, replenishment: null, due: null });
    expect(await analyzeRepurchaseProducts(inZone("UTC", "journeys_on_shards"), {})).toEqual(report);
  });

  it("says when a customer's products are due again, by everybody's interval where they were bought once", async () => {
    await record(lines);
    const frame = buildJourneyFrame(inZone("UTC"), { journey: "life" });
    const foretell = (customer: string) => foretellProducts(inZone("UTC"), frame, customer, 2);
    expect(await foretell("gas-3-0")).toEqual([
      { product: "gas", orders: 3, due: "2025-01-31" },
      { product: "tent", orders: 0, due: null },
    ]);
    expect((await foretell("gas-1-0"))[0]).toEqual({ product: "gas", orders: 1, due: "2025-01-15" });
    expect((await foretell("rope-2-0"))[0]).toEqual({ product: "rope", orders: 2, due: null });
  });
});

describe("the back-test of next products", () => {
  /** Own product and one that everybody buys; then both again among four, or, for half of them, something else. */
  const customers = Array.from({ length: 100 }, (_, at) => `c${String(at).padStart(2, "0")}`);
  const lines = customers.flatMap((customer, at): Line[] => [
    [customer, "01", `${customer}-1`, `own-${customer} all`],
    [customer, "09", `${customer}-2`, at % 2 === 0 ? `own-${customer} all x y` : "z"],
  ]);

  it("is the mean share of the last day's products that were foretold, beside those that everybody buys", async () => {
    await record(lines);
    const { backTest } = await analyzeRepurchaseProducts(inZone("UTC", "journeys_on_shards"), {});
    // Of those 50, two of four: foretold. Everybody's ten: «all» and own-c00 … own-c08, five of which buy again.
    expect(backTest).toMatchObject({ customers: 100, recall: 0.25 });
    expect(backTest?.global).toBeCloseTo((50 * 0.25 + 5 * 0.25) / 100, 12);
    expect(backTest?.low).toBeGreaterThan(0.19);
    expect(backTest?.low).toBeLessThan(0.22);
    expect((backTest?.low ?? 0) + (backTest?.high ?? 0)).toBeCloseTo(0.5, 12);
  });

  it("is not made for fewer than 100 customers", async () => {
    await record(lines.slice(2));
    expect((await analyzeRepurchaseProducts(inZone("UTC"), {})).backTest).toBeNull();
  });
});
