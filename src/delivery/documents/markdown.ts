/**
 * Markdown made of what people wrote: their text stays text, whatever signs are in it, and what is missing says so.
 * It knows nothing of initiatives; the documents are in the files beside it.
 */

export const NOT_RECORDED = "not recorded";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** On one line, as it was written: no table, link, tag, list or heading comes of it. */
export function write(text: string | null | undefined): string {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  if (line === "") return NOT_RECORDED;
  return line
    .replace(/[\\`*_~[\]|]/g, "\\$&")
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/^([-+=#:]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** Paragraphs as they were written. */
export function writeText(text: string | null | undefined): string {
  const paragraphs = (text ?? "").split(/\n\s*\n/).filter((one) => one.trim() !== "");
  return paragraphs.length === 0 ? NOT_RECORDED : paragraphs.map(write).join("\n\n");
}

/** Several in one cell. */
export function writeAll(texts: readonly string[]): string {
  return texts.length === 0 ? NOT_RECORDED : texts.map(write).join("; ");
}

/** @param cells Markdown already; numbers stand on the right where the head ends with ":" */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return NOT_RECORDED;
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const names = head.map((one) => one.replace(/:$/, ""));
  const rule = `|${head.map((one) => (one.endsWith(":") ? "--:" : "--")).join("|")}|`;
  return [row(names), rule, ...rows.map(row)].join("\n");
}

/** @param items Markdown already */
export function writeList(items: readonly string[]): string {
  return items.length === 0 ? NOT_RECORDED : items.map((item) => `- ${item}`).join("\n");
}

/** Two columns of facts, each with a value that may be missing. */
export function writeFacts(facts: readonly (readonly [string, string])[]): string {
  return writeTable(["", ""], facts);
}

export function writeSection(title: string, ...parts: readonly string[]): string {
  return [`## ${title}`, ...parts].join("\n\n");
}

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });

export function writeNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? NOT_RECORDED : number.format(value);
}

export function writeShare(share: number | null | undefined): string {
  return share === null || share === undefined ? NOT_RECORDED : `${Math.round(share * 1000) / 10} %`;
}

/** @example 0.65 with 0.63 to 0.67 → "0.65 (0.63 to 0.67)" */
export function writeInterval(value: number | null, low: number | null, high: number | null): string {
  if (value === null) return NOT_RECORDED;
  return low === null || high === null
    ? `${writeNumber(value)} (interval ${NOT_RECORDED})`
    : `${writeNumber(value)} (${writeNumber(low)} to ${writeNumber(high)})`;
}

export function writeMoney(value: number | null | undefined, currency: string): string {
  if (value === null || value === undefined) return NOT_RECORDED;
  return currency === "" ? writeNumber(value) : `${writeNumber(value)} ${write(currency)}`;
}
