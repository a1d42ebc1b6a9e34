/**
 * Seeded random numbers for the simulator: streams opened by a key, so that two runs share their luck key by key.
 * It is no source of secrets, and it never looks at a clock or at Math.random.
 */

/** One stream of numbers; every call of `next` gives the next one, uniform in [0, 1) with 53 bits. */
export interface Random {
  next(): number;
}

const TWO_POW_26 = 67_108_864;
const TWO_POW_53 = 9_007_199_254_740_992;

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** FNV-1a over UTF-16 units; the parts are kept apart by a unit that no key contains. */
function hashKey(parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}

/** The finaliser of splitmix32: spreads a counter over all 32 bits. */
function mix(state: number): number {
  let z = state | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/**
 * Opens the stream that belongs to a key: the same key gives the same numbers, different keys unrelated ones.
 * Method: xoshiro128** (Blackman and Vigna 2018), its 128 bits of state filled by splitmix32 from two hashes of the key.
 *
 * @example openRandom(1, "C00001", "visit", 3).next() // always the same number
 */
export function openRandom(...key: readonly (string | number)[]): Random {
  const first = hashKey(key);
  const second = hashKey([...key, "second half"]);
  let a = mix(first + 0x9e3779b9);
  let b = mix(first + 0x3c6ef372);
  let c = mix(second + 0x9e3779b9);
  let d = mix(second + 0x3c6ef372) | 1;
  const next32 = () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  return { next: () => ((next32() >>> 5) * TWO_POW_26 + (next32() >>> 6)) / TWO_POW_53 };
}
