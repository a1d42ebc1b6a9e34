/**
 * Numbers, shares, durations and days as people read them. Pure: the zone is said, the locale is fixed.
 */

const counts = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A dash for what is not there. */
export const NONE = "–";

function minus(text: string): string {
  return text.replace("-", "−");
}

export function formatCount(value: number | null): string {
  return value === null ? NONE : minus(counts.format(value));
}

/** "1 journey", "2 journeys". */
export function formatCountOf(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}

/** 0.195 → "19.5 %". */
export function formatShare(share: number | null, digits = 1): string {
  return share === null ? NONE : `${minus((share * 100).toFixed(digits))} %`;
}

/** −0.126 → "−12.6 points". */
export function formatPoints(difference: number | null, digits = 1): string {
  if (difference === null) return NONE;
  const points = (difference * 100).toFixed(digits);
  return `${difference > 0 ? "+" : ""}${minus(points)} points`;
}

export function formatDecimal(value: number | null, digits = 2): string {
  if (value === null) return NONE;
  return minus(value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
}

const DURATIONS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/** The two largest units: 93,784 → "1 d 2 h". Below a second: "0.4 s". */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return NONE;
  if (seconds < 0) return minus(`-${formatDuration(-seconds)}`);
  if (seconds < 1) return seconds === 0 ? "0 s" : `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const index = DURATIONS.findIndex(([size]) => whole >= size);
  const [size, unit] = DURATIONS[index] ?? [1, "s"];
  const next = DURATIONS[index + 1];
  const first = `${formatCount(Math.floor(whole / size))} ${unit}`;
  const rest = next ? Math.floor((whole % size) / next[0]) : 0;
  return next && rest > 0 ? `${first} ${rest} ${next[1]}` : first;
}

const SHARES = /^share/u;

/** A KPI's value in its unit: shares as percent, days and points with one digit, money with its currency. */
export function formatValue(value: number | null, unit: string): string {
  if (value === null) return NONE;
  if (SHARES.test(unit)) return formatShare(value);
  if (unit === "seconds") return formatDuration(value);
  const coarse = unit === "days" || unit === "points";
  const digits = Math.abs(value) >= 1000 ? 0 : coarse ? 1 : 2;
  const number = Number.isInteger(value) ? formatCount(value) : formatDecimal(value, digits);
  return coarse || /^[A-Z]{3}$/u.test(unit) ? `${number} ${unit}` : number;
}

/** A moment in a zone: "19 May 2024, 14:03". */
export function formatMoment(iso: string | null, zone: string, seconds = false): string {
  if (iso === null) return NONE;
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    timeZone: zone,
  }).format(new Date(iso));
}

/** A day in a zone: "19 May 2024". */
export function formatDay(iso: string | null, zone: string): string {
  if (iso === null) return NONE;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: zone }).format(
    new Date(iso),
  );
}
