/**
 * Timing for the benchmark: medians of runs that alternate, so that what slows the machine slows both sides.
 * It measures; what the numbers must be is in bench.proof.ts.
 */

/** Wall-clock seconds of one run. */
export async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs the sides in turn, `rounds` times, and gives each side's median. */
export async function alternate<Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<number>>>,
): Promise<Record<Side, number>> {
  const names = Object.keys(sides) as Side[];
  const seconds = new Map<Side, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const name of names) seconds.get(name)?.push(await sides[name]());
  return Object.fromEntries(names.map((name) => [name, median(seconds.get(name) ?? [])])) as Record<Side, number>;
}
