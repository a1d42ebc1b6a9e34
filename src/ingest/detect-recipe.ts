/**
 * Whether the files are ones a shipped recipe knows, told by their columns and never by their names alone.
 * It proposes the recipe's name and why; the recipe itself is a mapping file.
 */

import { detectProductExport } from "./detect-product-export.ts";
import { detectTableExport } from "./detect-table-export.ts";
import { columnKey } from "./guess-columns.ts";
import type { Sample, SourceFile } from "./source-file.ts";

export interface RecipeMatch {
  readonly recipe: string;
  readonly why: string;
}

function keysOf(source: SourceFile): ReadonlySet<string> {
  return new Set(source.columns.map(columnKey));
}

function hasAll(keys: ReadonlySet<string>, ...needed: readonly (string | readonly string[])[]): boolean {
  return needed.every((key) => (typeof key === "string" ? keys.has(key) : key.some((option) => keys.has(option))));
}

/** The columns that tell Olist's files; without the first two the others cannot be read together. */
const OLIST = {
  orders: ["order_id", "customer_id", "order_purchase_timestamp"],
  customers: ["customer_id", "customer_unique_id"],
  items: ["order_id", "order_item_id", "seller_id", "freight_value"],
  payments: ["order_id", "payment_sequential", "payment_value"],
  reviews: ["review_id", "order_id", "review_score", "review_answer_timestamp"],
} as const;

function findOlist(keys: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const parts = Object.entries(OLIST).filter(([, columns]) => keys.some((set) => hasAll(set, ...columns)));
  return new Set(parts.map(([name]) => name));
}

function isOlist(keys: readonly ReadonlySet<string>[]): boolean {
  const parts = findOlist(keys);
  return parts.has("orders") && parts.has("customers");
}

/** Which file has to stand beside these so that a recipe of several files reads them; undefined when none is known. */
export function describeMissing(sources: readonly SourceFile[]): string | undefined {
  const parts = findOlist(sources.map(keysOf));
  const missing = (["orders", "customers"] as const).filter((name) => !parts.has(name));
  if (parts.size === 0 || missing.length === 0) return undefined;
  const files = missing.map((name) => `its ${name} (a file with the columns ${OLIST[name].join(", ")})`).join(" and ");
  return `This looks like Olist's ${[...parts].join(" and ")}. The recipe olist needs also ${files}: give all files together, or their folder.`;
}

function isOnlineRetail(keys: ReadonlySet<string>): boolean {
  const lines = hasAll(keys, ["invoice_no", "invoice"], "stock_code", "quantity", "invoice_date");
  return lines && hasAll(keys, ["unit_price", "price"], "customer_id");
}

/** id [sample id] yyyymmdd count dollars: the columns of both CDNOW files, with a header or without. */
function isCdnow(source: SourceFile, sample: Sample | undefined): boolean {
  if (hasAll(keysOf(source), "customer_id", "date", "number_of_cds", "dollar_value")) return true;
  if (source.format !== "fixed" || source.header || !sample) return false;
  const ids = sample.columns.length === 5 ? 2 : sample.columns.length === 4 ? 1 : 0;
  if (ids === 0) return false;
  const shape = new RegExp(`^(?:\\d{4,6} ){${ids}}199[78]\\d{4} \\d+ \\d+\\.\\d{2}$`, "u");
  return sample.rows.every((row) => shape.test(row.join(" ")));
}

/** The recipe that fits all these files; undefined when none does. */
export function detectRecipe(sources: readonly SourceFile[], samples: readonly Sample[]): RecipeMatch | undefined {
  const keys = sources.map(keysOf);
  if (isOlist(keys))
    return { recipe: "olist", why: "one file holds orders with order_purchase_timestamp, another customer_unique_id" };
  const known = detectTableExport(keys);
  if (known) return known;
  if (keys.length > 0 && keys.every(isOnlineRetail))
    return { recipe: "online-retail", why: "the columns are those of the UCI Online Retail invoices" };
  if (sources.length > 0 && sources.every((source, at) => isCdnow(source, samples[at])))
    return { recipe: "cdnow", why: "the columns are those of the CDNOW purchase file" };
  const logs = sources.every(
    (source) => source.originalFormat === "xes" && hasAll(keysOf(source), "concept_name", "time_timestamp"),
  );
  if (sources.length > 0 && logs) return { recipe: "xes", why: "the file is a XES event log" };
  if (sources.length > 0 && sources.every(({ originalFormat }) => originalFormat === "ocel"))
    return { recipe: "ocel", why: "the file is an object-centric event log" };
  return detectProductExport(sources, samples);
}
