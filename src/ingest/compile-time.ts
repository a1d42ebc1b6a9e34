/**
 * How a text becomes an instant: ISO 8601, Unix times and explicit patterns, read in a zone when they carry no offset.
 * It only writes SQL; a text that is no time gives NULL, and what that means is the caller's business.
 */
import type { SqlParameters } from "./sql-parameters.ts";

/** The years that the engine keeps exactly; 0000-00-00 and 9999-12-31 stand for "never". */
const YEARS = { first: 1900, last: 2299, pattern: "(?:19|2[0-2])[0-9]{2}" } as const;
/** The engine's own parser takes 25:00, 10:61 and +99:00 for times, and makes others of them. */
const CLOCK =
  "(?:[01]?[0-9]|2[0-3])(?::?[0-5][0-9](?::?(?:[0-5][0-9]|60))?)?(?:[.,][0-9]*)?|24(?::?00(?::?00)?)?(?:[.,]0*)?";
const OFFSET = "\\s*[+-](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?|\\s*[^-0-9:+Tt\\s].*";
const REST = `(?:[Tt ]+(?:${CLOCK}))?(?:${OFFSET})?\\s*$`;
/** A year first, or a Unix time: what begins with day or month is ambiguous and needs a pattern. */
const UNAMBIGUOUS = `^${YEARS.pattern}[-/][0-9]{1,2}[-/][0-9]{1,2}${REST}|^[0-9]{8,16}([.][0-9]+)?$`;
const ISO = `^${YEARS.pattern}-[0-9]{2}-[0-9]{2}${REST}`;
/** Microseconds in one unit of each epoch format. */
const EPOCHS: Readonly<Record<string, number>> = { "epoch-s": 1000, "epoch-ms": 1, "epoch-us": 0.001 };

/**
 * SQL of type Nullable(DateTime64(3, 'UTC')).
 * Local times that do not exist, or exist twice, go the engine's way: the hour that spring leaves out is read with the
 * summer offset; of the hour that autumn repeats, auto and iso take the first pass, a pattern takes the second.
 * @param text SQL of a String
 */
export function parseTimeSql(text: string, format: string, zone: string, params: SqlParameters): string {
  const inZone = params.text(zone);
  const milliseconds = EPOCHS[format];
  if (milliseconds !== undefined) {
    const scaled = `toInt64OrNull(toString(floor(toFloat64OrNull(trimBoth(${text})) * ${milliseconds})))`;
    return keepYears(`fromUnixTimestamp64Milli(${scaled}, 'UTC')`);
  }
  if (format === "epoch-local") {
    // The number counts the zone's own clock: what it shows as UTC is the local time.
    const number = `toFloat64OrNull(trimBoth(${text}))`;
    const shown = `fromUnixTimestamp64Milli(toInt64OrNull(toString(floor(${number} * if(abs(${number}) < 1e11, 1000, 1)))), 'UTC')`;
    return `toTimeZone(parseDateTime64BestEffortOrNull(ifNull(toString(${shown}), ''), 3, ${inZone}), 'UTC')`;
  }
  if (format === "auto" || format === "iso") {
    const parsed = `toTimeZone(parseDateTime64BestEffortOrNull(${text}, 3, ${inZone}), 'UTC')`;
    return `if(match(${text}, ${params.text(format === "iso" ? ISO : UNAMBIGUOUS)}), ${parsed}, NULL)`;
  }
  return keepYears(
    `toTimeZone(parseDateTime64InJodaSyntaxOrNull(trimBoth(${text}), ${params.text(format)}, ${inZone}), 'UTC')`,
  );
}

function keepYears(time: string): string {
  return `if(toYear(${time}) BETWEEN ${YEARS.first} AND ${YEARS.last}, ${time}, NULL)`;
}
