/**
 * What the Pareto/NBD expects: of customers with a history, of new ones, and how the counts of new ones spread.
 * Fits and P(alive) are in pareto-nbd.ts and pareto-likelihood.ts; what holds for all models alike is in order-outlook.ts.
 */
import type { ParetoParameters } from "./pareto-integral.ts";
import { paretoAlive } from "./pareto-likelihood.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** Weeks that somebody alive at age T stays within the next `weeks`: (β + T)/(s − 1) · [1 − ((β + T)/(β + T + t))^(s−1)]. */
function expectStay({ s, beta }: ParetoParameters, age: number, weeks: number): number {
  const scale = beta + age;
  const stretch = Math.log1p(weeks / scale);
  const power = (1 - s) * stretch;
  // s = 1 is no pole: expm1(z)/z → 1, and the stay is the logarithm.
  return scale * stretch * (Math.abs(power) < 1e-12 ? 1 : Math.expm1(power) / power);
}

/**
 * Expected purchase days in the next `weeks`, by pattern.
 * Source: Schmittlein, Morrison & Colombo (1987), eq. 22; Fader & Hardie (2005), "A note on deriving the Pareto/NBD model".
 */
export function paretoExpected(p: ParetoParameters, patterns: PurchasePatterns, weeks: number): Float64Array {
  return paretoAlive(p, patterns).map((alive, i) => {
    const [x, age] = [patterns.x[i] ?? 0, patterns.age[i] ?? 0];
    return ((alive * (p.r + x)) / (p.alpha + age)) * expectStay(p, age, weeks);
  });
}

/** Expected repeat-purchase days of a new customer within `weeks`. Source: Schmittlein, Morrison & Colombo (1987), eq. 17. */
export function paretoExpectedOfNew(p: ParetoParameters, weeks: number): number {
  return (p.r / p.alpha) * expectStay(p, 0, weeks);
}

/** Adds weight · P(n purchases within `weeks` | a customer throughout), n = 0, 1 …: the NBD's terms one after the other. */
function addCounts({ r, alpha }: ParetoParameters, weeks: number, weight: number, counts: Float64Array): void {
  const share = weeks / (alpha + weeks);
  let term = weight * Math.exp(-r * Math.log1p(weeks / alpha));
  for (let n = 0; n < counts.length; n++) {
    counts[n] = (counts[n] ?? 0) + term;
    term *= ((r + n) / (n + 1)) * share;
  }
}

/** Two-point Gauss-Legendre is exact to the fourth power of a panel's width; the panels are many and cheap. */
const NODES = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)] as const;

/**
 * P(X(weeks) = n) of a new customer, n = 0 … most: who stays, and who leaves at τ, over all τ.
 * Source: Fader & Hardie (2006), "Deriving an expression for P(X(t) = x) under the Pareto/NBD", here by quadrature.
 */
export function paretoCountsOfNew(p: ParetoParameters, weeks: number, most: number): Float64Array {
  const counts = new Float64Array(most + 1);
  const stays = (time: number) => Math.exp(-p.s * Math.log1p(time / p.beta));
  addCounts(p, weeks, stays(weeks), counts);
  // Panels even in ln(c + τ), where both kinds of customers change evenly;
  const nearest = Math.min(p.alpha, p.beta);
  const stretch = Math.log1p(weeks / nearest);
  const panels = Math.min(20_000, Math.ceil(40 * stretch * (1 + Math.sqrt(most))));
  const width = stretch / panels;
  for (let panel = 0; panel < panels; panel++) {
    for (const node of NODES) {
      const time = nearest * Math.expm1(width * (panel + node));
      const density = (p.s / (p.beta + time)) * stays(time);
      addCounts(p, time, (density * (nearest + time) * width) / 2, counts);
    }
  }
  return counts;
}
