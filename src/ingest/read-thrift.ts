/**
 * Reads a structure in Thrift's compact protocol into a map from field number to value.
 * Just enough for Parquet footers: it knows no schema, and every length is held against the bytes that are there.
 */

export type ThriftValue =
  | boolean
  | number
  | bigint
  | string
  | readonly ThriftValue[]
  | ReadonlyMap<number, ThriftValue>;

/** Type codes of the compact protocol. */
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;

const MAX_DEPTH = 50;
/** A value may take a single byte of the file and a hundred of memory: 2,000 columns have some 20,000. */
const MAX_VALUES = 500_000;

class CompactReader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;
  #values = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError("the structure ends too early");
    return byte;
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a number is longer than 64 bits");
  }

  /** Signed numbers alternate: 0, −1, 1, −2 … */
  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  struct(lastField: number): Map<number, ThriftValue> {
    if (++this.#depth > MAX_DEPTH) throw new RangeError("structures are nested too deeply");
    const fields = new Map<number, ThriftValue>();
    let field = 0;
    for (;;) {
      const head = this.#byte();
      if (head === 0) break;
      field = head >> 4 === 0 ? Number(this.#zigzag()) : field + (head >> 4);
      const type = head & 0x0f;
      fields.set(field, type === TRUE || type === FALSE ? type === TRUE : this.#value(type));
      if (field >= lastField) break;
    }
    this.#depth--;
    return fields;
  }

  #value(type: number): ThriftValue {
    if (++this.#values > MAX_VALUES) throw new RangeError(`there are more than ${MAX_VALUES} values`);
    switch (type) {
      case TRUE:
      case FALSE:
        return this.#byte() === TRUE;
      case BYTE:
        return this.#byte();
      case I16:
      case I32:
      case I64:
        return this.#zigzag();
      case DOUBLE:
        this.#take(8);
        return 0;
      case BINARY:
        return this.#take(Number(this.#varint())).toString("utf8");
      case LIST:
      case SET:
        return this.#list();
      case STRUCT:
        return this.struct(Number.POSITIVE_INFINITY);
      default:
        throw new RangeError(`type ${type} does not occur in Parquet footers`);
    }
  }

  #list(): ThriftValue[] {
    const head = this.#byte();
    const size = head >> 4 === 15 ? Number(this.#varint()) : head >> 4;
    if (size > this.#bytes.length - this.#at) throw new RangeError("a list is longer than the bytes that are left");
    const items: ThriftValue[] = [];
    for (let item = 0; item < size; item++) items.push(this.#value(head & 0x0f));
    return items;
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new RangeError("a text is longer than the bytes that are left");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

/**
 * Reads the fields of the structure that begins at the first byte, up to and with number `lastField`.
 * @throws RangeError when the bytes are no such structure
 */
export function readThriftStruct(bytes: Buffer, lastField: number): ReadonlyMap<number, ThriftValue> {
  return new CompactReader(bytes).struct(lastField);
}
