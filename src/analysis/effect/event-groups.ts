/**
 * Parts of customers put into groups of equal switch-on, as the sample that a staged design is estimated from.
 * What the sums of a part are is in event-cells.ts; which side a part is on in event-sides.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { linearizeBuckets } from "../../stats/bucket-ratios.ts";
import { mergePeriods } from "../../stats/coarser-periods.ts";
import { isUnstaged, NEVER } from "../../stats/staged-panel.ts";
import { type ClusterCell, type StagedSample, sampleFromClusters } from "../../stats/staged-sample.ts";
import { refuse } from "./effect-report.ts";
import { addUpPeriods, BUCKETS, type PartCells } from "./event-cells.ts";
import type { PeriodGrid } from "./event-periods.ts";
import { namePart, type Sides } from "./event-sides.ts";

/** Parts added up. */
function mergeCells(parts: readonly PartCells[], periods: number): PartCells {
  const merged = {
    units: new Float64Array(BUCKETS),
    numerators: new Float64Array(BUCKETS * periods),
    denominators: new Float64Array(BUCKETS * periods),
  };
  for (const part of parts)
    for (const name of ["units", "numerators", "denominators"] as const)
      for (const [at, one] of part[name].entries()) merged[name][at] = (merged[name][at] ?? 0) + one;
  return merged;
}

/** Groups of equal start: the first period that has the change, at least in part; NEVER where it comes after the data. */
function firstTreated({ borders, names }: PeriodGrid, start: number): number {
  const at = borders.findLastIndex((border) => border <= start);
  return start === NEVER || at >= names.length ? NEVER : at;
}

export interface Group {
  readonly firstTreated: number;
  readonly parts: string[];
}

/** Parts by the first period that has the change; those that are left out are in no group. */
export function groupParts(parts: Iterable<string>, { startOf }: Sides, grid: PeriodGrid): Group[] {
  const groups = new Map<number, string[]>();
  for (const part of parts) {
    const start = startOf(part);
    if (start === null) continue;
    const first = firstTreated(grid, start);
    groups.set(first, [...(groups.get(first) ?? []), part]);
  }
  return [...groups].map(([first, members]) => ({ firstTreated: first, parts: members.toSorted() }));
}

/** @throws AppError invalid where nobody got the change, or nobody is without it */
export function refuseOneSided(groups: readonly Group[], { of }: Sides, controls: EffectQuestion["controls"]): void {
  const refusal = (field: string, what: string) => new AppError("invalid", what, { field });
  if (groups.every(({ firstTreated: first }) => first === NEVER))
    throw refusal("treatment", `Nobody who got the change is seen: ${of} tells no customer with it from the others.`);
  if (controls === "never" && groups.every(({ firstTreated: first }) => first !== NEVER))
    throw refusal(
      "control",
      `Everybody got the change, by ${of}: nobody is left to compare with. Compare with those who got it later (controls not-yet), or measure one series.`,
    );
}

/** Groups as a design takes them. */
export interface GroupSample {
  readonly sample: StagedSample;
  /** In periods that are coarse enough before the change to be tested. */
  readonly tested: StagedSample;
  /** What a group's number in one period is divided by, at the least. */
  readonly least: number;
}

/**
 * Blocks before the last switch-on. In simulated logs of 60 to 3,000 customers a group (30 to 90 periods) the joint test of the
 * changes between 8 blocks rejects 3 to 9 % where nothing differs, between 16 up to 14 %: few events make it rough.
 */
const MOST_TESTED = 8;

function sampleOf(periods: readonly number[], cells: readonly ClusterCell[]): StagedSample {
  const sample = sampleFromClusters(periods, cells);
  if (isUnstaged(sample)) throw refuse(sample);
  return sample;
}

/**
 * @param shared whether customers may stand in several groups
 * @throws AppError invalid where a group has nothing to divide by in a period
 */
export function sampleGroups(
  groups: readonly Group[],
  cells: ReadonlyMap<string, PartCells>,
  { names }: PeriodGrid,
  shared: boolean,
): GroupSample {
  let least = Number.POSITIVE_INFINITY;
  const rows = groups.flatMap(({ firstTreated: first, parts }, at): ClusterCell[] => {
    const members = parts.flatMap((part) => cells.get(part) ?? []);
    const own = { ...mergeCells(members, names.length), firstTreated: first };
    least = Math.min(least, ...addUpPeriods(own, names.length).denominators);
    // Customers with several values stand in several groups; their bucket then holds what they do in all of them.
    const clusterOf = (bucket: number) => (shared ? bucket : at * BUCKETS + bucket);
    const found = linearizeBuckets(own, names.length, clusterOf, (period) => names[period] ?? "");
    if (!isUnstaged(found)) return found;
    const who = parts.map((part) => `«${namePart(part)}»`).join(", ");
    throw new AppError("invalid", `${who}: ${found.reason} Take longer periods, or begin later (from).`, {
      field: "period",
    });
  });
  const coarser = mergePeriods(rows, names.length, MOST_TESTED);
  return { sample: sampleOf([...names.keys()], rows), tested: sampleOf(coarser.periods, coarser.cells), least };
}
