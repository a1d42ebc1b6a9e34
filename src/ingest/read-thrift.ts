/**
 * Reads a structure in Thrift's compact protocol into a map from field number to value.
 * Just enough for Parquet's footers and page headers: it knows no schema, and holds every length against the bytes that are there.
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

  /** Bytes read so far. */
  get length(): number {
    return this.#at;
  }

  struct(lastField: number): Map<number, ThriftValue> {
    if (++this.#depth > MAX_DEPTH) throw new RangeError("structures are nested too deeply");
    const fields = new Map<number, ThriftValue>();
    for (let head = this.#fieldHead(0); head; head = this.#fieldHead(head.field)) {
      fields.set(head.field, this.#fieldValue(head.type));
      if (head.field >= lastField) break;
    }
    this.#depth--;
    return fields;
  }

  /** The structures of one field's list, each with as many values as a whole structure may have. */
  *list(wanted: number): Generator<ReadonlyMap<number, ThriftValue>> {
    for (let head = this.#fieldHead(0); head; head = this.#fieldHead(head.field)) {
      if (head.field !== wanted) {
        this.#fieldValue(head.type);
        continue;
      }
      const { size, type } = this.#listHead();
      if (head.type !== LIST || (size > 0 && type !== STRUCT)) throw new RangeError("a list of structures is none");
      for (let item = 0; item < size; item++) {
        this.#values = 0;
        yield this.struct(Number.POSITIVE_INFINITY);
      }
      return;
    }
  }

  /** Number and type of the next field; undefined at the structure's end. */
  #fieldHead(last: number): { field: number; type: number } | undefined {
    const head = this.#byte();
    if (head === 0) return undefined;
    return { field: head >> 4 === 0 ? Number(this.#zigzag()) : last + (head >> 4), type: head & 0x0f };
  }

  #fieldValue(type: number): ThriftValue {
    return type === TRUE || type === FALSE ? type === TRUE : this.#value(type);
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
        throw new RangeError(`type ${type} does not occur in Parquet files`);
    }
  }

  #listHead(): { size: number; type: number } {
    const head = this.#byte();
    const size = head >> 4 === 15 ? Number(this.#varint()) : head >> 4;
    if (size > this.#bytes.length - this.#at) throw new RangeError("a list is longer than the bytes that are left");
    return { size, type: head & 0x0f };
  }

  #list(): ThriftValue[] {
    const { size, type } = this.#listHead();
    const items: ThriftValue[] = [];
    for (let item = 0; item < size; item++) items.push(this.#value(type));
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

/**
 * Reads the structure that begins at the first byte, and tells how many bytes it takes.
 * @throws RangeError when the bytes are no such structure, or do not hold all of it
 */
export function measureThriftStruct(bytes: Buffer): {
  readonly fields: ReadonlyMap<number, ThriftValue>;
  readonly length: number;
} {
  const reader = new CompactReader(bytes);
  const fields = reader.struct(Number.POSITIVE_INFINITY);
  return { fields, length: reader.length };
}

/**
 * The structures of the list in one field of the structure that begins at the first byte; one at a time, as the list may be long.
 * @throws RangeError when the bytes are no such structure
 */
export function readThriftList(bytes: Buffer, field: number): Iterable<ReadonlyMap<number, ThriftValue>> {
  return new CompactReader(bytes).list(field);
}
