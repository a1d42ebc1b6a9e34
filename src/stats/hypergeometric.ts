/**
 * Draws how many marked ones are among some that are taken without putting back: how a permutation spreads events over weeks.
 * What is permuted, and what it is compared with, is in scan-statistic.ts.
 */

/** Above this variance the bent normal curve is used: its error in a chance of 1 in 1,000 is a tenth of it or less. */
const WIDE = 9;
/** Logarithms of factorials that are kept; larger ones are computed anew. */
const MOST_KEPT = 1_000_000;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln k!. Method: sums of logarithms below 20, then Stirling's series, error below 1e-11. */
function logFactorial(k: number): number {
  if (k < 20) {
    let sum = 0;
    for (let factor = 2; factor <= k; factor++) sum += Math.log(factor);
    return sum;
  }
  const inverse = 1 / k;
  return (k + 0.5) * Math.log(k) - k + HALF_LOG_TWO_PI + inverse * (1 / 12 - (inverse * inverse) / 360);
}

/** Standard normal numbers. Method: Marsaglia's polar one, two at a time. */
function openNormal(random: () => number): () => number {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * random() - 1;
      const y = 2 * random() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}

/** How many of `draws` taken from `population` are among its `marked`; whole numbers, neither larger than the population. */
export type DrawHypergeometric = (draws: number, marked: number, population: number) => number;

/**
 * Draws of the hypergeometric distribution. Method: inversion from 0 where little is to be expected, else the normal curve bent by the
 * skewness (Cornish & Fisher 1938, first order) and rounded.
 * Source: Johnson, Kemp & Kotz, Univariate Discrete Distributions (2005), 6.
 * @param largest no population will be larger
 * @param random uniform in [0, 1), seeded by the caller
 * @example openHypergeometric(10, random)(5, 10, 10) // 5: all are marked
 */
export function openHypergeometric(largest: number, random: () => number): DrawHypergeometric {
  const kept = new Float64Array(Math.min(largest, MOST_KEPT) + 1).map((_, k) => logFactorial(k));
  const logOf = (k: number) => (k < kept.length ? (kept[k] ?? 0) : logFactorial(k));
  const normal = openNormal(random);

  const drawNarrow: DrawHypergeometric = (draws, marked, population) => {
    const rest = population - marked;
    let chance = Math.exp(logOf(rest) - logOf(rest - draws) + logOf(population - draws) - logOf(population));
    let left = random();
    const most = Math.min(draws, marked);
    for (let hits = 0; hits < most; hits++) {
      if (left < chance) return hits;
      left -= chance;
      chance *= ((draws - hits) * (marked - hits)) / ((hits + 1) * (rest - draws + hits + 1));
    }
    return most;
  };

  return (draws, marked, population) => {
    if (draws === 0 || marked === 0) return 0;
    if (draws === population) return marked;
    if (marked === population) return draws;
    // Of the drawn and the left, and of the marked and the others, the fewer are looked at: both are at most half.
    const few = Math.min(draws, population - draws);
    const rare = Math.min(marked, population - marked);
    const share = rare / population;
    const variance = (few * share * (1 - share) * (population - few)) / (population - 1);
    let hits: number;
    if (variance > WIDE) {
      const z = normal();
      const bend = ((1 - 2 * share) * (1 - (2 * few) / population)) / 6;
      hits = Math.floor(few * share + Math.sqrt(variance) * z + bend * (z * z - 1) + 0.5);
      hits = Math.max(0, Math.min(hits, few, rare));
    } else hits = drawNarrow(few, rare, population);
    const marks = rare === marked ? hits : few - hits;
    return few === draws ? marks : marked - marks;
  };
}
