/**
 * How many random cases a property is tried on: few in `npm test`, as many as WAYMARK_PROPERTY_RUNS says in `npm run prove`.
 */
export function countRuns(inTests: number): number {
  return Number(process.env.WAYMARK_PROPERTY_RUNS ?? inTests);
}
