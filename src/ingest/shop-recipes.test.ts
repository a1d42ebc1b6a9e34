import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { countTouchpoints, csv, importProposed } from "../../test/recipe-files.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const SHOPIFY =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties,Payment ID,Payment Terms Name,Next Payment Due At,Payment References";

const line = (Name: string, sku: string, name: string, price: number, Email = "") => ({
  ...{ Name, Email, Vendor: "Kitchen Co", "Lineitem quantity": 1, "Lineitem price": price },
  ...{ "Lineitem sku": sku, "Lineitem name": name, "Lineitem requires shipping": "true" },
});

const PLACED = [
  {
    ...line("#1001", "MUG-1", "Mug, blue", 24.95, "Ann@Example.com"),
    ...{ "Financial Status": "partially_refunded", "Fulfillment Status": "fulfilled", Currency: "EUR", Total: "59.90" },
    ...{ "Created at": "2024-03-01 10:00:00 +0100", "Paid at": "2024-03-01 10:00:05 +0100" },
    ...{ "Fulfilled at": "2024-03-02 16:00:05 +0100", "Discount Code": "WELCOME10", "Discount Amount": "5.00" },
    ...{ "Refunded Amount": "10.00", "Shipping Country": "NL", "Accepts Marketing": "yes", Id: 5501 },
  },
  { ...line("#1001", "", "Gift wrap", 3.5, "Ann@Example.com"), "Lineitem quantity": 2 },
  {
    ...line("#1002", "MUG-1", "Mug, blue", 20, "ann@example.com"),
    ...{ "Financial Status": "refunded", Currency: "EUR", Total: "20.00", "Refunded Amount": "20.00", Id: 5502 },
    ...{ "Created at": "2024-04-01 09:00:00 +0200", "Paid at": "2024-04-01 09:00:00 +0200" },
    "Cancelled at": "2024-04-02 12:00:00 +0200",
  },
  {
    ...line("#1003", "HAT", "Hat", 12.5),
    ...{ "Financial Status": "paid", Currency: "EUR", Total: "12.50", "Refunded Amount": "0.00", Id: 5503 },
    ...{ "Created at": "2024-04-03 09:00:00 +0200", "Paid at": "2024-04-03 09:00:00 +0200", Phone: "'+31612345678" },
    ...{ "Fulfilled at": "2024-04-03 09:00:00 +0200", "Fulfillment Status": "fulfilled", Source: "pos" },
  },
];
const PENDING = [
  {
    ...line("#1004", "A", "Apron", 10),
    ...{ "Financial Status": "pending", Currency: "EUR", Total: "30.00", "Refunded Amount": "0.00", Id: 5504 },
    "Created at": "2024-04-04 09:00:00 +0200",
  },
  line("#1004", "B", "Bowl", 10),
  line("#1004", "C", "Cup", 10),
];

describe("shopify-orders", () => {
  it("makes an order of its lines, and dates what the export dates", async () => {
    const report = await importProposed(workspace, { "orders_export_1.csv": csv(SHOPIFY, [...PLACED, ...PENDING]) });
    expect(report.mapping).toMatchObject({ by: "recipe", recipe: "shopify-orders" });
    expect(report.events).toEqual({ read: 7, added: 12, duplicate: 0, rejected: 0, skipped: {} });
    // Ann by her e-mail in any case, the till's customer by telephone, #1004 by nobody.
    expect(report.customers).toBe(2);
    expect(await countTouchpoints(workspace, report.id)).toEqual([
      { name: "Order Cancelled", events: 1, customers: 1, value: 20 },
      { name: "Order Fulfilled", events: 2, customers: 2, value: null },
      { name: "Order Paid", events: 3, customers: 2, value: null },
      { name: "Order Placed", events: 4, customers: 2, value: 122.4 },
      { name: "Order Refunded", events: 2, customers: 1, value: 30 },
    ]);
    const placed = await workspace.events.query<Record<string, unknown>>(
      `SELECT customerId AS who, toString(time) AS at, toFloat64(value) AS value, currency, objectIds AS objects, properties AS p, traits AS t
       FROM raw WHERE import = {id:UInt32} AND touchpoint = 'Order Placed' ORDER BY time`,
      { params: { id: report.id } },
    );
    expect(placed).toMatchObject([
      {
        ...{ who: "ann@example.com", at: "2024-03-01 09:00:00.000", value: 59.9, currency: "EUR" },
        ...{ objects: ["#1001", "Gift wrap", "MUG-1"], t: { country: "NL", acceptsMarketing: "yes" } },
        p: { discountCode: "WELCOME10", discount: "5.00" },
      },
      { who: "ann@example.com", at: "2024-04-01 07:00:00.000", objects: ["#1002", "MUG-1"], p: {} },
      { who: "+31612345678", objects: ["#1003", "HAT"], p: { source: "pos" } },
      { who: "", value: 30, objects: ["#1004", "A", "B", "C"] },
    ]);
    const dated = await workspace.events.query(
      `SELECT objectIds[1] AS id, toString(time) AS at, properties AS p
       FROM raw WHERE import = {id:UInt32} AND touchpoint IN ('Order Refunded', 'Order Fulfilled') ORDER BY time, id`,
      { params: { id: report.id } },
    );
    expect(dated).toEqual([
      { id: "#1001", at: "2024-03-02 15:00:05.000", p: { hoursWaited: "30" } },
      { id: "#1001", at: "2024-03-02 15:00:05.000", p: { dated: "no earlier than" } },
      { id: "#1002", at: "2024-04-02 10:00:00.000", p: { dated: "no earlier than" } },
      { id: "#1003", at: "2024-04-03 07:00:00.000", p: { hoursWaited: "0" } },
    ]);
  });

  it("adds to a later export only what is new in it", async () => {
    const paid = PENDING.map((row) => ("Total" in row ? { ...row, "Paid at": "2024-04-05 09:00:00 +0200" } : row));
    const report = await importProposed(workspace, { "orders_export_2.csv": csv(SHOPIFY, [...PLACED, ...paid]) });
    expect(report.events).toMatchObject({ read: 7, added: 1, duplicate: 12 });
    expect(await countTouchpoints(workspace, report.id)).toContainEqual({
      ...{ name: "Order Paid", events: 4, customers: 2, value: null },
    });
  });

  it("leaves look-alikes to the guesses", async () => {
    const like = "name,email,created_at,quantity,total\n#1,a@x.org,2024-01-01 10:00:00,1,5.00\n";
    await expect(importProposed(workspace, { "orders.csv": like })).resolves.toMatchObject({
      mapping: { by: "mapping", recipe: "generic" },
    });
  });
});
