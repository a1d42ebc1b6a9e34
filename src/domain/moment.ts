/**
 * Moments as people write them: a day, a local time, or a time with its offset; the first two are read in a zone.
 * Times inside files are read by the importer, not here.
 */

/** A day, or a time without an offset. */
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?$/u;

/** One a zone: to make one takes a hundred times as long as to use it. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  CLOCKS.set(zone, clock);
  return clock;
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(milliseconds: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(new Date(milliseconds));
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const clock = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return clock - Math.floor(milliseconds / 1000) * 1000;
}

/**
 * Milliseconds since 1970; NaN when the text is no time.
 * A day is its first moment. A local time that comes twice is the first one; one that is left out is moved on by the gap.
 * @param zone IANA name
 * @example parseMoment("2025-07-01", "Europe/Berlin") // 2025-06-30T22:00:00Z
 */
export function parseMoment(text: string, zone: string): number {
  const local = LOCAL.exec(text);
  if (!local) return Date.parse(text);
  const [, day, time = "00:00"] = local;
  const clock = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(clock)) return clock;
  const DAY = 86_400_000;
  // The offset before any change near it, and the one after: the earlier moment that shows this clock is meant.
  const before = clock - offsetAt(clock - DAY, zone);
  const after = clock - offsetAt(clock + DAY, zone);
  const shows = (moment: number) => moment + offsetAt(moment, zone) === clock;
  return [before, after].filter(shows).toSorted((a, b) => a - b)[0] ?? before;
}

/**
 * A moment as `parseMoment` reads it: the day where it is its first moment, otherwise the local time to the minute.
 * @param iso ISO 8601
 * @param zone IANA name
 * @example writeMoment("2025-06-30T22:00:00Z", "Europe/Berlin") // "2025-07-01"
 */
export function writeMoment(iso: string, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone });
  return format.format(new Date(iso)).replace(" 00:00", "");
}
