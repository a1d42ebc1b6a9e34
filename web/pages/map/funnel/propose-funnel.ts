/**
 * A funnel to begin with: the commonest path to an order, or else the commonest path, without what says the same twice.
 * It is a proposal that people change; nothing is counted here.
 */

const MOST_STEPS = 6;
/** Two neighbours that differ by less say the same. */
const SAME = 0.01;

/**
 * @param path the commonest path (to an order)
 * @param journeysWith journeys that pass each touchpoint
 */
export function proposeFunnel(path: readonly string[], journeysWith: ReadonlyMap<string, number>): string[] {
  const once = [...new Set(path)];
  const count = (name: string | undefined) => journeysWith.get(name ?? "") ?? 0;
  // What fewer pass than something later is a detour or a rare way in: most would stop there for nothing.
  const common = once.filter((name, index) =>
    once.slice(index + 1).every((later) => count(name) >= (1 - SAME) * count(later)),
  );
  const telling = common.filter((name, index) => {
    const next = common[index + 1];
    if (index === 0 || next === undefined) return true;
    return Math.abs(count(name) - count(next)) > SAME * count(next);
  });
  if (telling.length <= MOST_STEPS) return telling;
  return [...telling.slice(0, MOST_STEPS - 1), telling.at(-1) ?? ""];
}
