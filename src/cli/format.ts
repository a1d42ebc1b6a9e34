/**
 * How numbers, shares, durations and times read on a terminal: the same everywhere, in English notation.
 * It knows nothing of reports; what a value means is for the renderers.
 */

const NUMBER = new Intl.NumberFormat("en-US");
const MONEY = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 4558 → "4,558"; fractions keep up to three digits; null → "–". */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return NUMBER.format(value);
}

/** 5239240.56 → "5,239,240.56", with the currency behind when there is one. */
export function formatMoney(value: number, currency = ""): string {
  return currency === "" ? MONEY.format(value) : `${MONEY.format(value)} ${currency}`;
}

/** A share of 0 … 1 as a percentage with one decimal: 0.5166 → "51.7 %"; tiny ones are not shown as nothing. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined) return "–";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** An interval of shares: "12.0–14.1 %"; nothing when one end is missing. */
export function formatShareInterval(low: number | null | undefined, high: number | null | undefined): string {
  if (low === null || low === undefined || high === null || high === undefined) return "";
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
}

/** Seconds in the unit a person would use: 0.4 s, 42 s, 3.5 min, 7.2 h, 39.9 days. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds === 0) return "0 s";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${(seconds / MINUTE).toFixed(1)} min`;
  if (seconds < 2 * DAY) return `${(seconds / HOUR).toFixed(1)} h`;
  return `${(seconds / DAY).toFixed(1)} days`;
}

/** "1 journey", "2 journeys", "1,200 journeys". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** An ISO time as "2024-05-19 14:03:05" in the given zone. */
export function formatTime(iso: string, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone });
  return format.format(new Date(iso));
}

/** An ISO time as people write it, in the given zone: the day where it is its first moment, otherwise to the minute. */
export function formatMoment(iso: string, zone: string): string {
  return formatTime(iso, zone).slice(0, 16).replace(" 00:00", "");
}

/** The day of an ISO time in the given zone: "2026-03-01". What is a day already has no zone, and stays. */
export function formatDay(iso: string, zone: string): string {
  return iso.length <= "YYYY-MM-DD".length ? iso : formatTime(iso, zone).slice(0, 10);
}

/** An ISO time as "2026-03-01 08:00", in UTC: say so beside it. */
export function formatMinute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** Bytes as KB, MB, GB (powers of 1,000). */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} KB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
