/**
 * The integral over the unseen time of leaving in the Pareto/NBD, and what its derivatives need, from every point to the last.
 * Likelihoods and their gradients are put together from it in pareto-likelihood.ts.
 */
import type { ParetoTimeline } from "./pareto-timeline.ts";

export interface ParetoParameters {
  readonly r: number;
  /** Weeks. */
  readonly alpha: number;
  readonly s: number;
  /** Weeks. */
  readonly beta: number;
}

/**
 * By point u of a timeline with x purchases, with g(u) = (1 + u/α)^−(r+x) · (1 + u/β)^−s and f(u) = g(u)/(β + u). All
 * integrals are over f/g(u) from u to the last point of that x, so none under- or overflows.
 */
export interface ParetoIntegrals {
  readonly logG: Float64Array;
  readonly plain: Float64Array;
  /** Weighted with ln(1 + v/α), ln(1 + v/β) and v/(α + v). */
  readonly logAlpha: Float64Array;
  readonly logBeta: Float64Array;
  readonly share: Float64Array;
}

interface Nodes {
  readonly at: readonly number[];
  readonly weight: readonly number[];
}

// Gauss-Legendre on [0, 1]: three, four and five nodes (Abramowitz & Stegun table 25.4).
const three = Math.sqrt(0.6) / 2;
const THREE: Nodes = { at: [0.5 - three, 0.5, 0.5 + three], weight: [5 / 18, 4 / 9, 5 / 18] };
const [inner4, outer4] = [0.33998104358485626 / 2, 0.8611363115940526 / 2];
const [heavy4, light4] = [0.6521451548625461 / 2, 0.34785484513745385 / 2];
const FOUR: Nodes = {
  at: [0.5 - outer4, 0.5 - inner4, 0.5 + inner4, 0.5 + outer4],
  weight: [light4, heavy4, heavy4, light4],
};
const [inner5, outer5] = [0.5384693101056831 / 2, 0.906179845938664 / 2];
const [heavy5, light5] = [0.47862867049936647 / 2, 0.23692688505618908 / 2];
const FIVE: Nodes = {
  at: [0.5 - outer5, 0.5 - inner5, 0.5, 0.5 + inner5, 0.5 + outer5],
  weight: [light5, heavy5, 64 / 225, heavy5, light5],
};
/** What is left of the integrand where the rest of a cell no longer counts: e^−45. */
const NOTHING = -45;

/** ∫ over one cell from `a` to `b`: plain, logAlpha, logBeta, share into `sums`, all relative to g(a). */
function integrateCell(p: ParetoParameters, x: number, a: number, b: number, logGa: number, sums: Float64Array): void {
  const shape = p.r + x;
  const nearest = Math.min(p.alpha, p.beta);
  // How far the logarithm of the integrand can move within the cell decides how many nodes are enough for 1e-13.
  const stretch = Math.log1p((b - a) / (nearest + a));
  const swing = shape * Math.log1p((b - a) / (p.alpha + a)) + (p.s + 1) * Math.log1p((b - a) / (p.beta + a)) + stretch;
  const panels = Math.ceil(swing / 1.2);
  const nodes = swing < 0.05 ? THREE : swing < 0.3 ? FOUR : FIVE;
  // Near a pole the logarithm of the distance to it is the even scale; far from it the time itself is, and cheaper.
  const even = stretch < 0.14;
  const width = (even ? b - a : stretch) / panels;
  sums.fill(0);
  for (let panel = 0; panel < panels; panel++) {
    let height = NOTHING;
    for (let k = 0; k < nodes.at.length; k++) {
      const step = width * (panel + (nodes.at[k] ?? 0));
      const u = even ? a + step : (nearest + a) * Math.exp(step) - nearest;
      const logAlpha = Math.log1p(u / p.alpha);
      const logBeta = Math.log1p(u / p.beta);
      height = -shape * logAlpha - p.s * logBeta - logGa;
      const measure = width * (nodes.weight[k] ?? 0) * (even ? 1 : nearest + u);
      const mass = (measure * Math.exp(height)) / (p.beta + u);
      sums[0] = (sums[0] ?? 0) + mass;
      sums[1] = (sums[1] ?? 0) + mass * logAlpha;
      sums[2] = (sums[2] ?? 0) + mass * logBeta;
      sums[3] = (sums[3] ?? 0) + (mass * u) / (p.alpha + u);
    }
    if (height < NOTHING) return;
  }
}

/**
 * All integrals of a timeline, one pass from the last point to the first of each number of purchases. The dead branch of
 * a pattern is then s · (g(t_x)·plain(t_x) − g(T)·plain(T)) (Schmittlein, Morrison & Colombo 1987, eq. A15 before its ₂F₁).
 */
export function integrateTimeline(timeline: ParetoTimeline, p: ParetoParameters): ParetoIntegrals {
  const { frequencies, starts, points } = timeline;
  const zeros = () => new Float64Array(points.length);
  const [logG, plain, logAlpha, logBeta, share] = [zeros(), zeros(), zeros(), zeros(), zeros()];
  const sums = new Float64Array(4);
  for (let g = 0; g < frequencies.length; g++) {
    const x = frequencies[g] ?? 0;
    const last = (starts[g + 1] ?? 0) - 1;
    for (let i = last; i >= (starts[g] ?? 0); i--) {
      const a = points[i] ?? 0;
      const logGa = -(p.r + x) * Math.log1p(a / p.alpha) - p.s * Math.log1p(a / p.beta);
      logG[i] = logGa;
      if (i === last) continue;
      integrateCell(p, x, a, points[i + 1] ?? 0, logGa, sums);
      const fall = Math.exp((logG[i + 1] ?? 0) - logGa);
      plain[i] = (sums[0] ?? 0) + fall * (plain[i + 1] ?? 0);
      logAlpha[i] = (sums[1] ?? 0) + fall * (logAlpha[i + 1] ?? 0);
      logBeta[i] = (sums[2] ?? 0) + fall * (logBeta[i + 1] ?? 0);
      share[i] = (sums[3] ?? 0) + fall * (share[i + 1] ?? 0);
    }
  }
  return { logG, plain, logAlpha, logBeta, share };
}
