/**
 * How long packed bytes say they are once unpacked, for the packings that say so at their beginning: Snappy, and mostly Zstandard.
 * Nothing is unpacked.
 */

/** The most bytes that are needed. */
export const PACKED_HEAD = 18;

/** Codes of parquet.thrift. */
const SNAPPY = 1;
const ZSTD = 6;

const ZSTD_MAGIC = 0xfd2fb528;

/** Snappy's preamble: the length in groups of seven bits. */
function readSnappy(bytes: Buffer): number | undefined {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return length;
  }
  return undefined;
}

/** RFC 8878, 3.1.1.1: the size is optional; where it stands depends on the flags before it. */
function readZstd(bytes: Buffer): number | undefined {
  if (bytes.length < 5 || bytes.readUInt32LE(0) !== ZSTD_MAGIC) return undefined;
  const flags = bytes[4] as number;
  const single = (flags & 0x20) !== 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] as number;
  const at = 5 + (single ? 0 : 1) + ([0, 1, 2, 4][flags & 3] as number);
  if (sizeBytes === 0 || bytes.length < at + sizeBytes) return undefined;
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}

/** Bytes once unpacked; undefined where the packing does not say. */
export function readPackedLength(codec: number, bytes: Buffer): number | undefined {
  if (codec === SNAPPY) return readSnappy(bytes);
  return codec === ZSTD ? readZstd(bytes) : undefined;
}
