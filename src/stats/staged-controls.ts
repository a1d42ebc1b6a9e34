/**
 * Who is compared with whom in a staged design: for each group and period the base period and the groups that serve as controls.
 * The comparison itself is in group-time-effects.ts.
 */
import type { StagedNote, Unstaged } from "./staged-panel.ts";
import type { StagedSample } from "./staged-sample.ts";

/** `never`: units that are never treated. `not-yet`: those too, and units of other groups as long as they are untreated. */
export type Controls = "never" | "not-yet";
/**
 * What a period before treatment is compared with. `varying`: the period before it, so that each pre-treatment effect is a
 * change from one period to the next. `universal`: the last period before treatment, as for the periods after it.
 * `all-before`: the mean of all periods before treatment. It takes groups to have moved alike through all of them, where the
 * others need the last one alone, and in return the chance of a single period does not stay in every effect: with twenty
 * noisy weeks before the change intervals are a third as wide.
 */
export type Base = "varying" | "universal" | "all-before";

/** One group in one period: positions of groups and periods in the sample. */
export interface Comparison {
  readonly group: number;
  readonly time: number;
  /** Positions of the periods whose mean it starts from, ascending. */
  readonly bases: readonly number[];
  readonly controls: readonly number[];
}

interface Setting {
  /** Positions of the groups that get treated within the periods in use. */
  readonly treated: readonly number[];
  /** How many periods are in use: the first ones. */
  readonly periods: number;
  readonly notes: readonly StagedNote[];
}

function settle({ groups, periods }: StagedSample, controls: Controls): Setting | Unstaged {
  const last = periods.at(-1) ?? 0;
  const treated = [...groups.keys()].filter((at) => (groups[at]?.firstTreated ?? last) <= last);
  if (treated.length === 0) {
    const reason =
      "No group of at least two units is first treated after the first period and within the data; one treated unit alone is for a synthetic control.";
    return { unstaged: "no-treated", field: "firstTreated", reason };
  }
  if (treated.length < groups.length) return { treated, periods: periods.length, notes: [] };
  if (controls === "never") {
    const reason = "No two units are never treated; take units that are not yet treated as controls.";
    return { unstaged: "no-controls", field: "controls", reason };
  }
  const end = groups.at(-1)?.firstTreated ?? last;
  const left = periods.filter((period) => period < end).length;
  const others = treated.filter((at) => (groups[at]?.firstTreated ?? last) <= (periods[left - 1] ?? 0));
  if (others.length === 0) {
    const reason = "All units are first treated at the same time: while one is treated, none is left to compare with.";
    return { unstaged: "no-controls", field: "firstTreated", reason };
  }
  const detail = `Nobody is never treated: the group first treated in ${end} is a control only, and periods from ${end} on are left out.`;
  return { treated: others, periods: left, notes: [{ id: "last-group-as-control", detail }] };
}

/** What a group's effect at `time` starts from: the last period before treatment, or before `time` where that is earlier; or all. */
function findBases(base: Base, time: number, lastUntreated: number): number[] {
  if (base === "all-before") return Array.from({ length: lastUntreated + 1 }, (_, at) => at);
  return [base === "varying" && time <= lastUntreated ? time - 1 : lastUntreated];
}

/**
 * All comparisons, by group, then period. A group first treated after the last period counts as never treated. With
 * controls not yet treated and nobody never treated, the last group is a control only and its treated periods are left out.
 * Source: Callaway & Sant'Anna (2021), Journal of Econometrics 225, 200–230, assumptions 4 and 5, and R's `did` 2.1; all
 * periods before as a base: Borusyak, Jaravel & Spiess (2024), Review of Economic Studies 91, 3253–3285, where it follows
 * from taking parallel trends in all of them, with one group of controls never treated.
 * @returns why there are none: nobody treated, nobody to compare with
 */
export function listComparisons(
  sample: StagedSample,
  controls: Controls,
  base: Base,
): { readonly comparisons: readonly Comparison[]; readonly notes: readonly StagedNote[] } | Unstaged {
  const setting = settle(sample, controls);
  if ("unstaged" in setting) return setting;
  const { groups, periods } = sample;
  const firstTreated = (at: number) => groups[at]?.firstTreated ?? Number.POSITIVE_INFINITY;
  const end = periods[setting.periods - 1] ?? 0;
  const comparisons: Comparison[] = [];
  for (const group of setting.treated) {
    const lastUntreated = periods.findIndex((period) => period >= firstTreated(group)) - 1;
    // The first period has nothing before it, so a varying base has no effect there.
    for (let time = base === "varying" ? 1 : 0; time < setting.periods; time++) {
      const bases = findBases(base, time, lastUntreated);
      const untreatedAfter = controls === "never" ? end : (periods[Math.max(time, ...bases)] ?? end);
      const pool = [...groups.keys()].filter((at) => at !== group && firstTreated(at) > untreatedAfter);
      comparisons.push({ group, time, bases, controls: pool });
    }
  }
  return { comparisons, notes: setting.notes };
}
