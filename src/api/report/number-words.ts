/**
 * Numbers of a report in words: counts, shares, points, money, days, each with its interval; a dash for what is not there.
 * What a number means is said by the sections.
 */

export const NONE = "–";

const COUNTS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const CENTS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const DECIMALS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

const minus = (words: string) => words.replaceAll("-", "−");

export function writeCount(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : minus(COUNTS.format(value));
}

/** "1 customer", "2 customers". */
export function writeCountOf(value: number, one: string, many = `${one}s`): string {
  return `${writeCount(value)} ${value === 1 ? one : many}`;
}

export function writeDecimal(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : minus(DECIMALS.format(value));
}

/** 12,345 · 123 · 4.56: a month's numbers need no more digits than that. */
export function writeAmount(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  return Math.abs(value) >= 10 ? writeCount(value) : writeDecimal(Math.round(value * 10) / 10);
}

/** 0.195 → "19.5 %". */
export function writeShare(share: number | null | undefined): string {
  return share === null || share === undefined ? NONE : `${minus((share * 100).toFixed(1))} %`;
}

/** With its currency behind, when there is one; small sums keep their cents. */
export function writeMoney(value: number | null | undefined, currency: string): string {
  if (value === null || value === undefined) return NONE;
  const number = value === 0 || Math.abs(value) >= 100 ? writeCount(value) : minus(CENTS.format(value));
  return currency === "" ? number : `${number} ${currency}`;
}

const DURATIONS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, "days"],
  [3_600, "h"],
  [60, "min"],
];

/** 9,000 → "2.5 h". */
function writeDuration(seconds: number): string {
  const [size, unit] = DURATIONS.find(([least]) => Math.abs(seconds) >= 2 * least) ?? [1, "s"];
  return `${writeDecimal(Math.round((seconds / size) * 10) / 10)} ${unit}`;
}

const COUNTED: ReadonlySet<string> = new Set(["customers", "events", "journeys", "orders"]);
const isShare = (unit: string) => unit.startsWith("share");
const isCurrency = (unit: string) => /^[A-Z]{3}$/u.test(unit);

/** A KPI's value in its unit: shares as percent, days and points with one digit, money with its currency. */
export function writeValue(value: number | null, unit: string): string {
  if (value === null) return NONE;
  if (isShare(unit)) return writeShare(value);
  if (unit === "seconds") return writeDuration(value);
  if (unit === "days" || unit === "points") return `${writeDecimal(Math.round(value * 10) / 10)} ${unit}`;
  const number =
    COUNTED.has(unit) || Math.abs(value) >= 1_000 || Number.isInteger(value) ? writeCount(value) : writeDecimal(value);
  return isCurrency(unit) ? `${number} ${unit}` : number;
}

/** "95 %: 2.9 % to 3.5 %"; "" where an end is missing. */
export function writeEnds({ low, high }: Ends, write: (value: number) => string, level = 95): string {
  return low === null || high === null ? "" : `${level} %: ${write(low)} to ${write(high)}`;
}

/** A fraction as points of a share, "−12.3 points"; with `of` "score" as points of the score. */
export function writePoints(effect: number | null | undefined, of: string | null = null): string {
  if (effect === null || effect === undefined) return NONE;
  const scaled = of === "score" ? effect : effect * 100;
  const words = minus(scaled.toFixed(of === "score" || Math.abs(scaled) < 10 ? 2 : 1));
  return `${Number(scaled.toFixed(2)) > 0 ? "+" : ""}${words}`;
}

/** The day of an instant in a zone: "2026-03-01". What is a day already stays. */
export function writeDay(iso: string | null, zone: string): string {
  if (iso === null) return NONE;
  if (iso.length <= "YYYY-MM-DD".length) return iso;
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date(iso));
}

/** "2026-03-01 08:00" in a zone. */
export function writeMinute(iso: string, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return format.format(new Date(iso));
}

/** "2026-02-01 to 2026-02-28": days, `to` in them no more. */
export function writePeriod(from: string, to: string): string {
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return from === last ? from : `${from} to ${last}`;
}
