/**
 * Records on their way into a spool: text that is collected while a piece of a document is read, and taken after it.
 * A document may repeat one long text in every record; what grows out of proportion by that is refused.
 */
import { AppError } from "../domain/app-error.ts";
import { type ByteSource, UNPACK_LIMITS, type UnpackLimits } from "./read-bytes.ts";

/** Ends a record in a spool: XML 1.0 cannot contain it, so no value can. */
export const RECORD_END = 0x1e;
const RECORD_END_TEXT = "\u001e";
/** Between two calls of `take`. Characters. */
const MAX_HELD = 64 * 1024 ** 2;

export class RecordText {
  readonly #source: ByteSource;
  readonly #limits: UnpackLimits;
  #text = "";
  #taken = 0;

  constructor(source: ByteSource, limits: UnpackLimits = UNPACK_LIMITS) {
    this.#source = source;
    this.#limits = limits;
  }

  /** @throws AppError invalid when the records are far longer than what they were made of */
  add(cells: readonly string[]): void {
    this.#text += `${cells.join(",")}${RECORD_END_TEXT}`;
    const total = this.#taken + this.#text.length;
    const { freeBytes, maxRatio, maxBytes } = this.#limits;
    if (
      this.#text.length <= MAX_HELD &&
      total <= Math.max(freeBytes, this.#source.bytes * maxRatio) &&
      total <= maxBytes
    )
      return;
    const { name } = this.#source;
    const message = `${name} repeats a long text in so many records that they become far larger than the file. Shorten that text, or split the file.`;
    throw new AppError("invalid", message, { file: name });
  }

  /** The records since the last call. */
  take(): string {
    const text = this.#text;
    this.#taken += text.length;
    this.#text = "";
    return text;
  }
}
