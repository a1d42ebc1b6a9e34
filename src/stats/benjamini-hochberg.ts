/**
 * How surprising each of many tests is when so many were made: q, the share of false ones among all that are at least as surprising.
 * Which of them are claimed is decided in analysis/.
 */

/**
 * Adjusted p-values in the order given: q_(i) = min over j ≥ i of p_(j)·m/j.
 * Source: Benjamini & Hochberg (1995), JRSS B 57, 289–300.
 * @example [.898, .138, .007, .964, .538, .006, .138] // [.964, .2415, .0245, .964, .7532, .0245, .2415]
 */
export function adjustForMany(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => (p[b] ?? 1) - (p[a] ?? 1));
  const q = new Array<number>(p.length).fill(1);
  let least = 1;
  for (const [place, index] of order.entries()) {
    least = Math.min(least, ((p[index] ?? 1) * p.length) / (p.length - place));
    q[index] = least;
  }
  return q;
}
