/**
 * Small counts over words and texts, with ties broken by spelling so that the same data give the same answer.
 * What is counted is decided by those who call it.
 */

export function countOf([, count]: readonly [unknown, number]): number {
  return count;
}

/** The one with the largest size; of equals, the first by name. */
export function firstBy<One>(
  all: readonly One[],
  sizeOf: (one: One) => number,
  nameOf: (one: One) => string = String,
): One | undefined {
  let best: One | undefined;
  for (const one of all) {
    if (best === undefined || sizeOf(one) > sizeOf(best)) best = one;
    else if (sizeOf(one) === sizeOf(best) && nameOf(one) < nameOf(best)) best = one;
  }
  return best;
}

/** Letters that both begin with. */
export function commonPrefix(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

export function countShared(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const one of small) if (large.has(one)) shared += 1;
  return shared;
}

export function unite(sets: Iterable<ReadonlySet<number>>): Set<number> {
  const all = new Set<number>();
  for (const set of sets) for (const one of set) all.add(one);
  return all;
}

/** One more of it. */
export function tally(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
