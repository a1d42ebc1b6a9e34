/**
 * How a text becomes an instant: ISO 8601, Unix times and explicit patterns, read in a zone when they carry no offset.
 * It only writes SQL; a text that is no time gives NULL, and what that means is the caller's business.
 */
import type { SqlParameters } from "./sql-parameters.ts";

/** A year first, or a Unix time: what begins with day or month is ambiguous and needs a pattern. */
const UNAMBIGUOUS = "^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|^[0-9]{8,16}([.][0-9]+)?$";
const ISO = "^[0-9]{4}-[0-9]{2}-[0-9]{2}";
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
    return `fromUnixTimestamp64Milli(${scaled}, 'UTC')`;
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
  return `toTimeZone(parseDateTime64InJodaSyntaxOrNull(trimBoth(${text}), ${params.text(format)}, ${inZone}), 'UTC')`;
}
