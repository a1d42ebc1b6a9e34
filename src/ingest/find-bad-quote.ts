/**
 * Where a quoted field of a CSV file ends in the middle of text: the engine cannot go on behind such a quote.
 * Only asked when it has given up, because this walks through every byte; an odd number of quotes is findOpenQuote's.
 */
import { type ByteSource, readBytes } from "./read-bytes.ts";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANKS = new Set([0x20, 0x09]);

export interface BadQuote {
  /** Lines, from 1, of the quote that opens the field and of the one that seems to close it. */
  readonly opened: number;
  readonly closed: number;
}

/** The first closing quote that neither delimiter nor line end follows; undefined when there is none. */
export async function findBadQuote(source: ByteSource, delimiter: string): Promise<BadQuote | undefined> {
  const separator = delimiter.charCodeAt(0);
  let [line, opened, closed] = [1, 0, 0];
  let state: "start" | "plain" | "quoted" | "closed" = "start";
  for await (const chunk of readBytes(source)) {
    for (const byte of chunk) {
      if (byte === LINE_FEED) line++;
      const ends = byte === separator || byte === LINE_FEED || byte === CARRIAGE_RETURN;
      if (state === "quoted") {
        if (byte !== QUOTE) continue;
        state = "closed";
        closed = line;
      } else if (ends) state = "start";
      else if (byte === QUOTE && state !== "plain") {
        // Directly behind a closing quote it is the second half of a doubled one.
        if (state === "start") opened = line;
        state = "quoted";
      } else if (BLANKS.has(byte)) continue;
      else if (state === "closed") return { opened, closed };
      else state = "plain";
    }
  }
  return undefined;
}
