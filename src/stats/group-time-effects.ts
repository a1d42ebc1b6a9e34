/**
 * What a change switched on at different times did to each group in each period: group-time average treatment effects.
 * Averages over groups and periods are in staged-aggregates.ts, the look at periods before treatment in pre-trends.ts.
 */
import { CONFIDENCE } from "./estimate.ts";
import { estimateFrom, type GroupForm, type Influence, type StagedEstimate } from "./influence-function.ts";
import { type Base, type Comparison, type Controls, listComparisons } from "./staged-controls.ts";
import { isUnstaged, type StagedNote, type Unstaged } from "./staged-panel.ts";
import type { StagedSample } from "./staged-sample.ts";

export interface StagedOptions {
  readonly controls?: Controls;
  readonly base?: Base;
  readonly confidence?: number;
}

export interface GroupTimeEffect extends StagedEstimate {
  /** The group's first treated period. */
  readonly firstTreated: number;
  readonly time: number;
  /** The period it starts from, or the last of them. */
  readonly base: number;
  /** Units it is compared with. */
  readonly controls: number;
  /** True for a universal base period itself: 0 by construction. */
  readonly reference: boolean;
  /** Position of the group in the sample. */
  readonly group: number;
  /** The treated group's mean in the period. */
  readonly level: number;
}

export interface GroupTimeEffects {
  readonly sample: StagedSample;
  readonly confidence: number;
  /** By group, then period. */
  readonly effects: readonly GroupTimeEffect[];
  readonly notes: readonly StagedNote[];
}

/** Whether the group is treated in the period. */
export function isTreated({ firstTreated, time }: GroupTimeEffect): boolean {
  return time >= firstTreated;
}

/** y_time less the mean of y in the base periods, times `weight`, around its mean in the group, plus what that deviates from the pool's. */
function formOf({ time, bases }: Comparison, weight: number, constant: number): GroupForm {
  const share = weight / bases.length;
  if (!bases.includes(time))
    return { periods: [time, ...bases], weights: [weight, ...bases.map(() => -share)], constant };
  return { periods: bases, weights: bases.map((at) => (at === time ? weight - share : -share)), constant };
}

const isReference = ({ time, bases }: Comparison) => bases.length === 1 && bases[0] === time;

function compare(
  sample: StagedSample,
  comparison: Comparison,
): { value: number; influence: Influence; controls: number } {
  const { group, time, bases } = comparison;
  const levelOf = (at: number, period: number) => sample.groups[at]?.mean[period] ?? 0;
  const changeOf = (at: number) =>
    levelOf(at, time) - bases.reduce((sum, base) => sum + levelOf(at, base), 0) / bases.length;
  const sizeOf = (at: number) => sample.groups[at]?.n ?? 0;
  const controls = comparison.controls.reduce((sum, at) => sum + sizeOf(at), 0);
  const untreated = comparison.controls.reduce((sum, at) => sum + sizeOf(at) * changeOf(at), 0) / controls;
  const influence = new Map<number, GroupForm>();
  if (!isReference(comparison)) {
    influence.set(group, formOf(comparison, 1 / sizeOf(group), 0));
    for (const at of comparison.controls)
      influence.set(at, formOf(comparison, -1 / controls, -(changeOf(at) - untreated) / controls));
  }
  return { value: changeOf(group) - untreated, influence, controls };
}

function describeSpread(effects: readonly GroupTimeEffect[]): StagedNote[] {
  const flat = effects.filter(({ error, reference }) => error === 0 && !reference);
  if (flat.length === 0) return [];
  const detail = `In ${flat.length} of ${effects.length} comparisons all units change alike: there is no spread, and an interval of no width says nothing.`;
  return [{ id: "no-spread", detail }];
}

/**
 * ATT(g, t): the mean change of group g from its base period to t, minus that of the controls; no covariates. With φ the
 * influence of a unit, (1/n_g)·(Δy − mean) if treated, −(1/n_C)·(Δy − mean) if a control, the error is √Σφ²: of units, or
 * of clusters where the sample has them.
 * Source: Callaway & Sant'Anna (2021), Journal of Econometrics 225, 200–230, section 2.3 and theorem 2, without covariates.
 * @param options controls never treated, varying base and 95 % unless said otherwise, as in R's `did`
 * @returns why there are none: nobody treated within the data, nobody to compare with
 * @example minimum wages (mpdta): ATT(2004, 2004) = −.0105, error .0233
 */
export function estimateGroupTimeEffects(
  sample: StagedSample,
  { controls = "never", base = "varying", confidence = CONFIDENCE }: StagedOptions = {},
): GroupTimeEffects | Unstaged {
  const listed = listComparisons(sample, controls, base);
  if (isUnstaged(listed)) return listed;
  const effects = listed.comparisons.map((comparison): GroupTimeEffect => {
    const { value, influence, controls: pool } = compare(sample, comparison);
    const own = sample.groups[comparison.group];
    return {
      ...estimateFrom(sample, { value, influence, n: own?.n ?? 0 }, confidence),
      firstTreated: own?.firstTreated ?? 0,
      time: sample.periods[comparison.time] ?? 0,
      base: sample.periods[comparison.bases.at(-1) ?? 0] ?? 0,
      controls: pool,
      reference: isReference(comparison),
      group: comparison.group,
      level: own?.mean[comparison.time] ?? 0,
    };
  });
  return { sample, confidence, effects, notes: [...sample.notes, ...listed.notes, ...describeSpread(effects)] };
}
