/**
 * A detour: what a path has more, and what it leaves out, than the commonest one.
 * It compares touchpoints by name and order; how long a detour takes is not said here.
 */

export interface Detour {
  /** Touchpoints that only this path has, in its order; one that repeats is added as often as it does. */
  readonly added: string[];
  /** Touchpoints of the commonest path that this one does not have at that place, in order. */
  readonly skipped: string[];
}

/** Comparing takes a cell for each pair of touchpoints, and thousands of variants may be asked for: 500 by 500 are enough. */
const MOST_CELLS = 250_000;

/** How many touchpoints both paths begin, or end, with. */
function commonRun(a: readonly string[], b: readonly string[], from: "start" | "end", most: number): number {
  const at = (path: readonly string[], index: number) => (from === "start" ? path[index] : path.at(-1 - index));
  let length = 0;
  while (length < most && at(a, length) === at(b, length)) length++;
  return length;
}

/** Cell (i, j): length of the longest common subsequence of a from i on and b from j on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      lengths[here] =
        a[i] === b[j]
          ? (lengths[here + width + 1] ?? 0) + 1
          : Math.max(lengths[here + width] ?? 0, lengths[here + 1] ?? 0);
    }
  }
  return lengths;
}

/**
 * The difference of a path against the commonest one, by their longest common subsequence; where several are equally
 * long, what comes first on the commonest path is kept. Method: Wagner & Fischer (1974), J. ACM 21, 168–173.
 * @returns null when both are so long that comparing them would cost too much
 * @example describeDetour(["A", "C"], ["A", "B", "B", "C"]) // { added: ["B", "B"], skipped: [] }
 */
export function describeDetour(commonest: readonly string[], path: readonly string[]): Detour | null {
  const shortest = Math.min(commonest.length, path.length);
  const start = commonRun(commonest, path, "start", shortest);
  const end = commonRun(commonest, path, "end", shortest - start);
  const a = commonest.slice(start, commonest.length - end);
  const b = path.slice(start, path.length - end);
  if ((a.length + 1) * (b.length + 1) > MOST_CELLS) return null;
  const lengths = commonLengths(a, b);
  const common = (i: number, j: number) => lengths[i * (b.length + 1) + j] ?? 0;
  const [added, skipped]: [string[], string[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j < b.length && (i === a.length || common(i, j + 1) >= common(i + 1, j))) added.push(b[j++] ?? "");
    else skipped.push(a[i++] ?? "");
  }
  return { added, skipped };
}
