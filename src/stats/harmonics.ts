/**
 * Seasons as columns for a regression: pairs of a sine and a cosine over a period.
 * Whether there are seasons is the data's matter; how many pairs are worth it is the caller's.
 */

/**
 * The columns sin(2πkt/period), cos(2πkt/period), k = 1 … pairs, in that order. At k = period/2 the sine is 0 at every whole
 * t, so only the cosine is given; there are no more independent pairs than that.
 * @param times in units of which `period` make one season, such as months with period 12
 * @param pairs taken as period/2 at most
 * @example buildHarmonics([1, 2, 3, 4], 1, 4) // [[1, 0, -1, 0], [0, -1, 0, 1]]
 */
export function buildHarmonics(times: ArrayLike<number>, pairs: number, period: number): Float64Array[] {
  const columns: Float64Array[] = [];
  for (let k = 1; k <= Math.min(pairs, period / 2); k++) {
    const angles = Float64Array.from(times, (time) => (2 * Math.PI * k * time) / period);
    if (2 * k !== period) columns.push(angles.map(Math.sin));
    columns.push(angles.map(Math.cos));
  }
  return columns;
}
