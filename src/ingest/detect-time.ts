/**
 * In which form a column writes its times, decided over all the values of a sample, not one.
 * It names the mapping's time formats; turning text into instants is the engine's part.
 */

export interface TimeForm {
  /** As in a mapping's timeFormat: auto, epoch-s, epoch-ms, epoch-us, or a pattern. */
  readonly format: string;
  /** Share of the filled values that have this form, 0…1. */
  readonly share: number;
  /** Whether values carry an offset, or are Unix times: then no zone is needed. */
  readonly absolute: boolean;
  /** No value has a clock: within a day only the order of the records tells what came first. */
  readonly dayOnly: boolean;
  /** Day and month could be the other way round; `note` says so. */
  readonly ambiguous: boolean;
  /** The form in words, for reasons shown to users. */
  readonly words: string;
  readonly note?: string;
}

type DayOrder = "day-first" | "month-first";

const YEAR_FIRST =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)? ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/iu;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/u;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=$|[ ,T])/u;
const YEAR_OTHERWISE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[ ,T])/u;
const DAY_MONTH_NAME = /^(\d{1,2})([-/. ])(\p{L}{3,9})\2(\d{4}|\d{2})(?=$|[ ,T:])/u;
const MONTH_NAME_DAY = /^(\p{L}{3,9}) (\d{1,2})(,?) (\d{4})(?=$|[ ,T])/u;
const CLOCK = /^([ ,T:]*)(\d{1,2}):(\d{2})(:\d{2})?(?:([.,])(\d{1,9}))?( ?[AP]M)?( ?)(Z|[+-]\d{2}:?\d{2})?$/iu;
const MONTHS = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;

/** Below this a column is no column of times; between this and 1 the rest will be rejected, and that is said. */
const MIN_SHARE = 0.6;
/** A reading must be steadier than the other by this share of all steps to win by order alone. */
const ORDER_MARGIN = 0.05;

function isDay(year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Unix times between 2000 and 2040; their size tells the unit. */
function epochUnit(value: string): string | undefined {
  if (!/^\d{9,16}(?:\.\d+)?$/u.test(value)) return undefined;
  const number = Number(value);
  for (const [unit, scale] of [
    ["epoch-s", 1],
    ["epoch-ms", 1e3],
    ["epoch-us", 1e6],
  ] as const) {
    if (number >= 946_684_800 * scale && number < 2_208_988_800 * scale) return unit;
  }
  return undefined;
}

/** The pattern of the clock behind a date; undefined when what stands there is no clock. */
function clockPattern(rest: string): string | undefined {
  if (rest === "") return "";
  const match = CLOCK.exec(rest);
  if (!match) return undefined;
  const [, gap, , , seconds, point, fraction, half, blank, offset] = match;
  const quoted = (gap ?? "").replace(/T/gu, "'T'");
  return (
    quoted +
    (half ? "h:mm" : "H:mm") +
    (seconds ? ":ss" : "") +
    (fraction ? `${point}${"S".repeat(fraction.length)}` : "") +
    (half ? `${half.startsWith(" ") ? " " : ""}a` : "") +
    (offset ? `${blank}Z` : "")
  );
}

function datePattern(value: string, order: DayOrder): { date: string; length: number } | undefined {
  const numeric = NUMERIC.exec(value);
  if (numeric) {
    const [whole, first, separator, second, year] = numeric;
    const [day, month] = order === "day-first" ? [Number(first), Number(second)] : [Number(second), Number(first)];
    if (!isDay(2000, month, day)) return undefined;
    const parts = order === "day-first" ? ["d", "M"] : ["M", "d"];
    return { date: [...parts, "y".repeat((year as string).length)].join(separator), length: whole.length };
  }
  // Year first, but with dots, or with a clock that is not ISO's.
  const year = YEAR_OTHERWISE.exec(value);
  if (year && isDay(Number(year[1]), Number(year[3]), Number(year[4])))
    return { date: ["yyyy", "M", "d"].join(year[2]), length: year[0].length };
  const named = DAY_MONTH_NAME.exec(value);
  if (named && MONTHS.test(named[3] as string)) {
    const month = (named[3] as string).length > 3 ? "MMMM" : "MMM";
    const separator = named[2] as string;
    return { date: ["d", month, "y".repeat((named[4] as string).length)].join(separator), length: named[0].length };
  }
  const us = MONTH_NAME_DAY.exec(value);
  if (us && MONTHS.test(us[1] as string))
    return { date: `${(us[1] as string).length > 3 ? "MMMM" : "MMM"} d${us[3]} yyyy`, length: us[0].length };
  return undefined;
}

interface Form {
  readonly format: string;
  readonly absolute: boolean;
}

function formOf(value: string, order: DayOrder): Form | undefined {
  const iso = YEAR_FIRST.exec(value);
  if (iso)
    return isDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
      ? { format: "auto", absolute: iso[4] !== undefined }
      : undefined;
  const compact = COMPACT.exec(value);
  if (compact && isDay(Number(compact[1]), Number(compact[2]), Number(compact[3])))
    return { format: "auto", absolute: false };
  const epoch = epochUnit(value);
  if (epoch) return { format: epoch, absolute: true };
  const date = datePattern(value, order);
  const clock = date && clockPattern(value.slice(date.length));
  if (!date || clock === undefined) return undefined;
  return { format: date.date + clock, absolute: clock.endsWith("Z") };
}

interface Reading extends Form {
  readonly share: number;
}

/** The commonest form among the values, read with days or months first. */
function readAs(values: readonly string[], order: DayOrder): Reading | undefined {
  const counts = new Map<string, { form: Form; count: number }>();
  for (const value of values) {
    const form = formOf(value, order);
    if (!form) continue;
    const entry = counts.get(form.format) ?? { form, count: 0 };
    entry.count++;
    counts.set(form.format, entry);
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  return best && { ...best.form, share: best.count / values.length };
}

/** A number that orders numeric dates of one reading, minutes left out. */
function dayNumber(value: string, order: DayOrder): number {
  const match = NUMERIC.exec(value);
  if (!match) return 0;
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  return year * 400 + (order === "day-first" ? second * 32 + first : first * 32 + second);
}

/** How steadily the days run one way, 0…1: logs mostly run forward in time, and some exports backward. */
function orderliness(values: readonly string[], order: DayOrder): number {
  let forward = 0;
  let backward = 0;
  for (let at = 1; at < values.length; at++) {
    const step = dayNumber(values[at] as string, order) - dayNumber(values[at - 1] as string, order);
    if (step >= 0) forward++;
    if (step <= 0) backward++;
  }
  return values.length < 2 ? 0 : Math.max(forward, backward) / (values.length - 1);
}

/** Unix times and fourteen digits hold a clock too, though no colon shows it. */
function isDayOnly(format: string, values: readonly string[]): boolean {
  if (format.startsWith("epoch")) return false;
  return values.every((value) => !/\d:\d/u.test(value) && !/^\d{14}$/u.test(value));
}

function chooseOrder(values: readonly string[], day: Reading, month: Reading): TimeForm {
  const example = values[0] as string;
  const pick = (reading: Reading, why: string, note?: string): TimeForm => ({
    ...reading,
    dayOnly: isDayOnly(reading.format, values),
    ambiguous: note !== undefined,
    words: `${reading.format} (${why})`,
    ...(note === undefined ? {} : { note }),
  });
  if (Math.abs(day.share - month.share) > 0.001)
    return day.share > month.share
      ? pick(day, "a first number above 12 shows that the day stands first")
      : pick(month, "a second number above 12 shows that the month stands first");
  if (example.includes(".")) return pick(day, "dates with dots put the day first");
  const lead = orderliness(values, "day-first") - orderliness(values, "month-first");
  if (Math.abs(lead) > ORDER_MARGIN)
    return pick(lead > 0 ? day : month, "only so do the records run steadily through time");
  return pick(
    day,
    "the day is taken to stand first",
    `«${example}» may be day/month or month/day, and nothing in the sample decides it. It is read as ${day.format}; if the month stands first, set timeFormat: "${month.format}".`,
  );
}

const WORDS: Readonly<Record<string, string>> = {
  auto: "ISO 8601 or year first",
  "epoch-s": "Unix time in seconds",
  "epoch-ms": "Unix time in milliseconds",
  "epoch-us": "Unix time in microseconds",
};

/**
 * The form of a column's times; undefined when fewer than 60 % of its filled values share one.
 * @param values in file order; empty ones do not count
 * @example detectTime(["13/02/2024 10:05"])?.format // "d/M/yyyy H:mm"
 */
export function detectTime(values: readonly string[]): TimeForm | undefined {
  const filled = values.map((value) => value.trim()).filter((value) => value !== "");
  // Most columns are no times: a look at the first values spares the rest.
  if (!filled.slice(0, 20).some((value) => formOf(value, "day-first") ?? formOf(value, "month-first")))
    return undefined;
  const day = readAs(filled, "day-first");
  const month = readAs(filled, "month-first");
  const best = (day?.share ?? 0) >= (month?.share ?? 0) ? day : month;
  if (!best || best.share < MIN_SHARE) return undefined;
  if (filled.some((value) => NUMERIC.test(value)) && best.format.includes("M"))
    return chooseOrder(filled, day ?? { ...best, share: 0 }, month ?? { ...best, share: 0 });
  const dayOnly = isDayOnly(best.format, filled);
  return { ...best, dayOnly, ambiguous: false, words: WORDS[best.format] ?? best.format };
}
