/**
 * Numbers that look like chance and are the same in every run, for permutations and placebos.
 * They are no secret, and no source of ids.
 */

/**
 * Numbers in [0, 1), always the same ones for a seed: asked again, an answer is the same. Method: mulberry32 (Ettinger 2017),
 * 2³² numbers until they repeat.
 */
export function openSeededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
