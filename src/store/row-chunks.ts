/**
 * A stream of bytes in a line format, cut into pieces that end where a row ends.
 * Bytes stay bytes: a character whose bytes arrive in two pieces is never decoded in between.
 */
import { AppError } from "../domain/app-error.ts";

const NEWLINE = 0x0a;
export const CHUNK_BYTES = 8 * 1024 * 1024;
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/**
 * Pieces of about `size` bytes, each whole rows; the last row may lack its newline.
 * Both line formats escape newlines inside values, so each newline ends a row.
 * @throws AppError invalid when one row is longer than 64 MiB
 */
export async function* cutAtRows(source: AsyncIterable<Uint8Array>, size = CHUNK_BYTES): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of source) {
    parts.push(bytes);
    length += bytes.length;
    if (length < size) continue;
    const whole = Buffer.concat(parts, length);
    const end = whole.lastIndexOf(NEWLINE) + 1;
    if (end === 0 && length > MAX_ROW_BYTES) {
      throw new AppError("invalid", "One row of the inserted data is longer than 64 MiB. Is a line break missing?");
    }
    if (end > 0) yield whole.subarray(0, end);
    parts = end < length ? [whole.subarray(end)] : [];
    length -= end;
  }
  if (length > 0) yield Buffer.concat(parts, length);
}
