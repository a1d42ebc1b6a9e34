/**
 * Where each pattern stands in the columns, found by its key. Millions of patterns take twelve bytes a slot, where a Map
 * of large numbers takes a hundred an entry; nothing can be taken out again.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { patternKey } from "./customer-standing.ts";

const EMPTY = -1;

export class PatternIndex {
  readonly #keys: Float64Array;
  readonly #places: Uint32Array;

  constructor(patterns: PurchasePatterns) {
    const size = 2 ** Math.ceil(Math.log2(2 * patterns.x.length + 1));
    this.#keys = new Float64Array(size).fill(EMPTY);
    this.#places = new Uint32Array(size);
    for (let at = 0; at < patterns.x.length; at++) {
      const key = patternKey(patterns, at);
      const slot = this.#findSlot(key);
      this.#keys[slot] = key;
      this.#places[slot] = at;
    }
  }

  /** Undefined for a key that no pattern has. */
  find(key: number): number | undefined {
    const slot = this.#findSlot(key);
    return this.#keys[slot] === key ? this.#places[slot] : undefined;
  }

  /** The slot that holds the key, or where it would stand: half of the slots are empty. */
  #findSlot(key: number): number {
    const last = this.#keys.length - 1;
    const mixed = Math.imul(key % 0x7fff_ffff, 0x9e37_79b1) ^ Math.imul(Math.floor(key / 0x7fff_ffff), 0x85eb_ca6b);
    let slot = (mixed ^ (mixed >>> 15)) & last;
    while (this.#keys[slot] !== EMPTY && this.#keys[slot] !== key) slot = (slot + 1) & last;
    return slot;
  }
}
