/**
 * Whether a number of bytes holds an odd number of double quotes, four bytes at a time.
 * Walking byte by byte would take as long as the engine needs to read the whole file.
 */

const QUOTE = 0x22;
const QUOTES = 0x22222222;
const LOW_BITS = 0x7f7f7f7f;
const HIGH_BITS = 0x80808080 | 0;

function countSlowly(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === QUOTE) count++;
  return count;
}

/** 1 when `bytes` holds an odd number of `"`, else 0. */
export function quoteParity(bytes: Uint8Array): 0 | 1 {
  if (bytes.length < 8) return (countSlowly(bytes) & 1) as 0 | 1;
  const start = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 2);
  // Each word leaves the high bit of every byte that is a quote; XOR keeps the parity of how many there were.
  let marks = 0;
  for (let at = 0; at < words.length; at++) {
    const difference = (words[at] as number) ^ QUOTES;
    marks ^= ~(((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
  }
  let odd = countSlowly(bytes.subarray(0, start)) + countSlowly(bytes.subarray(start + words.length * 4));
  for (; marks !== 0; marks &= marks - 1) odd++;
  return (odd & 1) as 0 | 1;
}
