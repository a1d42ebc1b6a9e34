/**
 * Where a CSV file opens a quote that is never closed: the engine would read the rest of the file as one field.
 * Only asked when the number of quotes is odd, because it walks through every byte.
 */
import { type ByteSource, readBytes, type UnpackLimits } from "./read-bytes.ts";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/**
 * The line (from 1) of the first quote that is still open at the end, or `longest` bytes later; undefined when none is.
 */
export async function findOpenQuote(
  source: ByteSource,
  delimiter: string,
  longest: number,
  limits?: UnpackLimits,
): Promise<number | undefined> {
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let openedAt = 0;
  let length = 0;
  let quoted = false;
  let justClosed = false;
  /** A quote only opens a field at its beginning; elsewhere it is an ordinary character. */
  let atStart = true;
  for await (const chunk of readBytes(source, limits)) {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LINE_FEED) line++;
      if (byte === QUOTE) {
        // A doubled quote closes and opens again: the field stays the one it was.
        const opens: boolean = !quoted && (atStart || justClosed);
        if (opens && atStart) [openedAt, length] = [line, 0];
        justClosed = quoted;
        quoted = opens;
        atStart = false;
      } else if (!quoted) {
        const ends = byte === separator || byte === LINE_FEED || byte === CARRIAGE_RETURN;
        atStart = ends || (atStart && byte === SPACE);
        justClosed = false;
      } else if (++length > longest) return openedAt;
    }
  }
  return quoted ? openedAt : undefined;
}
