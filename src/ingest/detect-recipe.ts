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

function isOlist(keys: readonly ReadonlySet<string>[]): boolean {
  const orders = keys.some((set) => hasAll(set, "order_id", "customer_id", "order_purchase_timestamp"));
  return orders && keys.some((set) => hasAll(set, "customer_id", "customer_unique_id"));
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
