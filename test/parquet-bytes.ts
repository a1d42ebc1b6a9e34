/**
 * A Parquet file's bytes, written by hand (parquet.thrift): one row group of plain, unpacked columns. For tests that need
 * a good one, one with old or rare types, or one that is wrong in one place.
 */

/** What stands in a Thrift structure by field number; `int` are its whole numbers. */
type Thrift = { readonly int: number; readonly wide?: boolean } | string | boolean | readonly Thrift[] | ThriftFields;
interface ThriftFields {
  readonly [field: number]: Thrift;
}

export interface StoredColumn {
  readonly name: string;
  /** 1 INT32, 2 INT64, 3 INT96, 5 DOUBLE, 6 BYTE_ARRAY, 7 FIXED_LEN_BYTE_ARRAY. */
  readonly type: number;
  /** As PLAIN writes them. */
  readonly values: readonly Buffer[];
  /** Further fields of its SchemaElement: 2 length, 6 converted type, 7 scale, 8 precision, 10 logical type. */
  readonly schema?: ThriftFields;
  /** The group that it stands in. */
  readonly group?: string;
  /** 0 as it is, 1 Snappy, … */
  readonly codec?: number;
  /** Instead of where its page is. */
  readonly offset?: number;
}

const int = (value: number) => ({ int: value });
export const wide = (value: number) => ({ int: value, wide: true });
export { int };

/** A text as BYTE_ARRAY has it. */
export function textValue(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

const isInt = (value: Thrift): value is { int: number; wide?: boolean } => typeof value === "object" && "int" in value;

function typeOf(value: Thrift): number {
  if (typeof value === "boolean") return value ? 1 : 2;
  if (typeof value === "string") return 8;
  if (Array.isArray(value)) return 9;
  if (isInt(value)) return value.wide ? 6 : 5;
  return 12;
}

function write(value: Thrift): Buffer {
  if (typeof value === "boolean") return Buffer.alloc(0);
  if (typeof value === "string") return Buffer.concat([varint(BigInt(Buffer.byteLength(value))), Buffer.from(value)]);
  if (Array.isArray(value)) {
    const items = value as readonly Thrift[];
    const type = items[0] === undefined ? 12 : typeOf(items[0]);
    const head = items.length < 15 ? Buffer.from([(items.length << 4) | type]) : Buffer.from([0xf0 | type]);
    const length = items.length < 15 ? Buffer.alloc(0) : varint(BigInt(items.length));
    return Buffer.concat([head, length, ...items.map(write)]);
  }
  if (isInt(value)) return varint(value.int >= 0 ? BigInt(value.int) * 2n : BigInt(-value.int) * 2n - 1n);
  const parts: Buffer[] = [];
  let before = 0;
  for (const [key, inner] of Object.entries(value as ThriftFields)) {
    const field = Number(key);
    parts.push(Buffer.from([((field - before) << 4) | typeOf(inner)]), write(inner));
    before = field;
  }
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/**
 * @param footer fields of FileMetaData that are to be something else
 * @param tail what the last eight bytes are to say instead: the footer's length and the magic
 */
export function parquetBytes(
  columns: readonly StoredColumn[],
  footer: ThriftFields = {},
  tail: { readonly length?: number; readonly magic?: string } = {},
): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const parts = [Buffer.from("PAR1")];
  let offset = 4;
  const chunks = columns.map((column) => {
    const body = Buffer.concat(column.values);
    const levels = { 1: int(rows), 2: int(0), 3: int(3), 4: int(3) };
    const page = Buffer.concat([write({ 1: int(0), 2: int(body.length), 3: int(body.length), 5: levels }), body]);
    parts.push(page);
    const at = column.offset ?? offset;
    offset += page.length;
    const meta: ThriftFields = {
      1: int(column.type),
      2: [int(0)],
      3: column.group === undefined ? [column.name] : [column.group, column.name],
      4: int(column.codec ?? 0),
      5: wide(rows),
      6: wide(page.length),
      7: wide(page.length),
      9: wide(at),
    };
    return { 2: wide(at), 3: meta };
  });
  const elements = columns.flatMap(({ name, type, schema, group }): ThriftFields[] => {
    const leaf = { 1: int(type), 3: int(0), 4: name, ...schema };
    return group === undefined ? [leaf] : [{ 3: int(0), 4: group, 5: int(1) }, leaf];
  });
  const metadata = write({
    1: int(1),
    2: [{ 4: "schema", 5: int(columns.length) }, ...elements],
    3: wide(rows),
    4: rows === 0 ? [] : [{ 1: chunks, 2: wide(offset - 4), 3: wide(rows) }],
    ...footer,
  });
  const end = Buffer.alloc(8);
  end.writeUInt32LE(tail.length ?? metadata.length, 0);
  end.write(tail.magic ?? "PAR1", 4, "latin1");
  return Buffer.concat([...parts, metadata, end]);
}
