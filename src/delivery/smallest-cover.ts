/**
 * The smallest set of requirements whose remaining effort covers what is missing. It knows no priorities:
 * which requirements may be taken at all is said in drop-proposal.ts.
 */
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { TINY } from "./must-risk.ts";

/** Sums that are kept apart; above that (a dozen efforts with no common grain) the search goes on from the greatest ones only. */
const MOST_SUMS = 2_000;
/** Efforts that differ by less are one sum. */
const GRAIN = 1e6;

interface Chosen {
  readonly sum: number;
  readonly count: number;
  readonly last: Requirement;
  readonly rest: Chosen | null;
}

function listChosen(chosen: Chosen | null): Requirement[] {
  const list: Requirement[] = [];
  for (let one = chosen; one !== null; one = one.rest) list.push(one.last);
  return list.reverse();
}

const isBetter = (one: Chosen, other: Chosen | null | undefined) =>
  other === null ||
  other === undefined ||
  one.sum < other.sum - TINY ||
  (one.sum <= other.sum + TINY && one.count < other.count);

/** Keeps the sums nearest to what is missing, where there are too many. */
function prune(sums: Map<number, Chosen>): Map<number, Chosen> {
  if (sums.size <= MOST_SUMS) return sums;
  return new Map([...sums].sort(([a], [b]) => b - a).slice(0, MOST_SUMS / 2));
}

/**
 * Least effort that is at least `missing`; among equal sums the fewest requirements, then the first of the list.
 * Method: all sums below `missing` that some set has, requirement by requirement (subset sum); exact unless more than 2,000
 * different sums come up, and then still a set that covers it.
 * @param requirements with remaining effort; in sum at least `missing`, or all of them come back
 * @example efforts 5, 3, 2 and 4 missing → 5; 3, 2, 2 and 4 missing → 2, 2
 */
export function findSmallestCover(requirements: readonly Requirement[], missing: number): Requirement[] {
  if (missing <= TINY) return [];
  const all = requirements.reduce((sum, { remaining }) => sum + remaining, 0);
  if (all <= missing + TINY) return [...requirements];
  let best: Chosen | null = null;
  let below = new Map<number, Chosen>();
  for (const last of requirements) {
    const grown = new Map(below);
    for (const rest of [null, ...below.values()]) {
      const chosen = { sum: (rest?.sum ?? 0) + last.remaining, count: (rest?.count ?? 0) + 1, last, rest };
      const key = Math.round(chosen.sum * GRAIN);
      if (chosen.sum >= missing - TINY) best = isBetter(chosen, best) ? chosen : best;
      else if (isBetter(chosen, grown.get(key))) grown.set(key, chosen);
    }
    below = prune(grown);
  }
  return listChosen(best);
}
