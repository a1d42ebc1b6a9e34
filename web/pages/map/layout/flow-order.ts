/**
 * Where in the flow each node of a graph stands: a number that grows from the start of journeys to their end.
 * It places nothing on a page; layout-graph.ts does.
 */

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  /** How strongly it pulls `to` behind `from`; above 0. */
  readonly weight: number;
}

const ROUNDS = 300;
const ENOUGH = 1e-6;

interface Pull {
  readonly other: number;
  readonly offset: 1 | -1;
  readonly weight: number;
}

function collectPulls(ids: readonly string[], edges: readonly FlowEdge[]): Pull[][] {
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const pulls: Pull[][] = ids.map(() => []);
  for (const { from, to, weight } of edges) {
    const [a, b] = [indexes.get(from), indexes.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    pulls[b]?.push({ other: a, offset: 1, weight });
    pulls[a]?.push({ other: b, offset: -1, weight });
  }
  return pulls;
}

/**
 * The ranks that minimise Σ weight · (rank(to) − rank(from) − 1)², the first id held at 0, by Gauss–Seidel sweeps:
 * steps that go forth and back equally leave their ends side by side. The unit is one step.
 * Source: the least-squares ranking of De Bacco, Larremore and Moore (SpringRank, 2018), without its field.
 * Example: a → b → c with equal weights gives 0, 1, 2.
 */
export function rankByFlow(ids: readonly string[], edges: readonly FlowEdge[]): Map<string, number> {
  const pulls = collectPulls(ids, edges);
  const ranks = ids.map((_, index) => index * 1e-3);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let index = 1; index < ids.length; index++) {
      let sum = 0;
      let weights = 0;
      for (const { other, offset, weight } of pulls[index] ?? []) {
        sum += weight * ((ranks[other] ?? 0) + offset);
        weights += weight;
      }
      if (weights === 0) continue;
      const rank = sum / weights;
      moved = Math.max(moved, Math.abs(rank - (ranks[index] ?? 0)));
      ranks[index] = rank;
    }
    if (moved < ENOUGH) break;
  }
  return new Map(ids.map((id, index) => [id, ranks[index] ?? 0]));
}
