/**
 * Exports of known data under names of their users' own: other columns, order, delimiter and number form.
 * Each is read through the proposal alone and counted here by hand; runs where the data folder is.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { importProposed } from "../../test/recipe-files.ts";
import { type ExportForm, rewriteTable } from "../../test/rewrite-table.ts";

type Row = Readonly<Record<string, string>>;

/** The header and the first records of a file of the data folder. */
function readStart(path: string, records: number): string {
  const bytes = readFileSync(join(REAL_DATA, path));
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n", records + 1).join("\n");
}

const rowsOf = (text: string) => parse(text, { columns: true }) as Row[];
const distinct = (rows: readonly Row[], column: string) => new Set(rows.map((row) => row[column])).size;

describe.skipIf(!hasRealData)(`exports under other names${whySkipped}`, () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());

  async function importCopy(file: string, text: string, form: ExportForm) {
    const report = await importProposed(workspace, { [file]: rewriteTable(text, form) });
    const [sums] = await workspace.raw(
      report.id,
      "toInt32(count() OVER ()) AS events, toInt32(uniqExact(touchpoint) OVER ()) AS names, any(touchpoint) OVER () AS name, round(toFloat64(sum(value) OVER ()), 2) AS value, toString(min(time) OVER ()) AS first",
    );
    return { report, sums: sums as Record<string, unknown>, rule: report.mapping.value.events[0] };
  }

  test("invoice lines in German: orders with what they are worth", async () => {
    const text = readStart("online_retail/online_retail_to_2011-08.csv.gz", 3000);
    const { report, sums, rule } = await importCopy("Rechnungspositionen.csv", text, {
      names: {
        Country: "Land",
        InvoiceDate: "Rechnungsdatum",
        Quantity: "Menge",
        UnitPrice: "Einzelpreis",
        CustomerID: "Kundennr.",
        InvoiceNo: "Rechnungsnr.",
        StockCode: "Artikelnr.",
        Description: "Bezeichnung",
      },
      time: { column: "InvoiceDate", zone: "UTC", form: "day-first" },
      decimals: ["UnitPrice"],
    });
    const rows = rowsOf(text);
    expect(rule).toMatchObject({ customer: { column: "Kundennr." }, group: { by: "Rechnungsnr." } });
    expect(report.events.rejected).toBe(0);
    expect(sums).toMatchObject({
      events: distinct(rows, "InvoiceNo"),
      name: "Order Placed",
      value: Number(rows.reduce((sum, row) => sum + Number(row.Quantity) * Number(row.UnitPrice), 0).toFixed(2)),
    });
  });

  test("orders in French", async () => {
    const text = readStart("olist/olist_orders_dataset.csv", 2000);
    const { sums, rule } = await importCopy("commandes.csv", text, {
      names: {
        order_delivered_customer_date: "date de livraison",
        order_status: "statut",
        order_purchase_timestamp: "date de commande",
        customer_id: "client",
        order_id: "numéro de commande",
        order_estimated_delivery_date: "livraison prévue",
      },
      time: { column: "order_purchase_timestamp", zone: "UTC", form: "day-first" },
    });
    expect(rule).toMatchObject({ time: { column: "date de commande" }, customer: { column: "client" } });
    expect(sums).toMatchObject({ events: 2000, name: "Order Placed", first: expect.stringMatching(/^2016-09-/u) });
  });

  test("a help desk's log in Dutch", async () => {
    const text = readStart("helpdesk/helpdesk.csv.gz", 3000);
    const rows = rowsOf(text);
    const { report, sums, rule } = await importCopy("meldingen.csv", text, {
      names: {
        "org:resource": "medewerker",
        "time:timestamp": "tijdstip",
        customer: "klant",
        "concept:name": "activiteit",
        "case:concept:name": "zaaknummer",
        product: "product",
      },
      time: { column: "time:timestamp", zone: "Europe/Amsterdam", form: "offset" },
    });
    expect(rule?.objects).toEqual({ case: { column: "zaaknummer" } });
    expect(report.customers).toBe(distinct(rows, "customer"));
    expect(sums).toMatchObject({ events: 3000, names: distinct(rows, "concept:name") });
  });

  test("a bank's log as its system abbreviates", async () => {
    const text = readStart("bpic2012/bpic2012.csv.gz", 3000);
    const rows = rowsOf(text);
    const { sums, rule } = await importCopy("PRC_LOG.csv", text, {
      names: {
        "lifecycle:transition": "LC_TRANS",
        "time:timestamp": "EVT_TS",
        "case:AMOUNT_REQ": "REQ_BETR",
        "concept:name": "ACT_NM",
        "case:concept:name": "CASE_NO",
        "org:resource": "BEARB",
      },
      time: { column: "time:timestamp", zone: "Europe/Amsterdam", form: "offset" },
    });
    expect(rule).toMatchObject({ touchpoint: { column: "ACT_NM" }, objects: { case: { column: "CASE_NO" } } });
    expect(sums).toMatchObject({ events: 3000, names: distinct(rows, "concept:name"), value: null });
  });

  test("purchases by day in Spanish, with decimal commas", async () => {
    const lines = readStart("cdnow/CDNOW_master.txt", 2000)
      .split(/\r?\n/u)
      .slice(1)
      .filter((line) => line.trim() !== "")
      .map((line) => line.trim().split(/\s+/u));
    const text = [
      "id,fecha,n,importe",
      ...lines.map(([id, day = "", n, sum]) => {
        return [id, `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} 00:00:00`, n, sum].join(",");
      }),
    ].join("\n");
    const { report, sums, rule } = await importCopy("compras.csv", text, {
      names: { importe: "importe", n: "cantidad", fecha: "fecha", id: "cliente" },
      time: { column: "fecha", zone: "UTC", form: "day-first" },
      decimals: ["importe"],
    });
    expect(rule).toMatchObject({ customer: { column: "cliente" }, time: { column: "fecha" } });
    expect(report.customers).toBe(new Set(lines.map(([id]) => id)).size);
    const total = lines.reduce((sum, [, , , value]) => sum + Number(value), 0);
    expect(sums).toMatchObject({ events: lines.length, value: Number(total.toFixed(2)) });
  });
});
