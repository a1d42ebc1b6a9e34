/**
 * Group-time effects averaged into one number, and by group, by time since the change and by period.
 * The effects themselves are in group-time-effects.ts; bands that hold for all points at once in uniform-band.ts.
 */
import { type GroupTimeEffect, type GroupTimeEffects, isTreated } from "./group-time-effects.ts";
import { combineInfluences, estimateFrom, type Influence, type StagedEstimate } from "./influence-function.ts";

/** An average at one group, one period, or so many periods since the first treated one. */
export interface StagedPart extends StagedEstimate {
  readonly at: number;
  /** True where it is 0 by construction: the base period of a universal base. */
  readonly reference: boolean;
}

export interface StagedAggregate {
  readonly overall: StagedEstimate;
  /** Ascending by `at`. */
  readonly parts: readonly StagedPart[];
}

interface Averaged {
  readonly value: number;
  readonly influence: Influence;
}

/** Items weighted by the size of their groups; the sizes are estimates too, and their influence is added. */
export function averageBySize(
  { sample }: GroupTimeEffects,
  items: readonly (Averaged & { readonly group: number })[],
): Averaged {
  const sizeOf = (group: number) => sample.groups[group]?.n ?? 0;
  const total = items.reduce((sum, { group }) => sum + sizeOf(group), 0);
  const value = items.reduce((sum, item) => sum + sizeOf(item.group) * item.value, 0) / total;
  // Σ_k (1{G = g_k} − p_k)/P·θ_k − (θ/P)·Σ_k(1{G = g_k} − p_k), in which all but this cancels.
  const constants = new Map<number, number>();
  for (const { group, value: own } of items) constants.set(group, (constants.get(group) ?? 0) + (own - value) / total);
  const parts = items.map(({ influence, group }) => ({ influence, factor: sizeOf(group) / total }));
  return { value, influence: combineInfluences(parts, constants) };
}

function averagePlainly(items: readonly Averaged[]): Averaged {
  const factor = 1 / items.length;
  return {
    value: items.reduce((sum, { value }) => sum + value, 0) * factor,
    influence: combineInfluences(items.map(({ influence }) => ({ influence, factor }))),
  };
}

/** Units of the distinct groups among the effects. */
function countTreated({ sample }: GroupTimeEffects, effects: readonly GroupTimeEffect[]): number {
  return [...new Set(effects.map(({ group }) => group))].reduce((sum, at) => sum + (sample.groups[at]?.n ?? 0), 0);
}

/** Treated group-time effects; there is at least one, since every treated group has its first treated period in the data. */
export function listTreated({ effects }: GroupTimeEffects): GroupTimeEffect[] {
  return effects.filter(isTreated);
}

function estimate(staged: GroupTimeEffects, averaged: Averaged, of: readonly GroupTimeEffect[]): StagedEstimate {
  return estimateFrom(staged.sample, { ...averaged, n: countTreated(staged, of) }, staged.confidence);
}

function partsBy(
  staged: GroupTimeEffects,
  effects: readonly GroupTimeEffect[],
  keyOf: (effect: GroupTimeEffect) => number,
  average: (effects: readonly GroupTimeEffect[]) => Averaged,
): StagedPart[] {
  const byKey = new Map<number, GroupTimeEffect[]>();
  for (const effect of effects) {
    const key = keyOf(effect);
    const alike = byKey.get(key);
    if (alike) alike.push(effect);
    else byKey.set(key, [effect]);
  }
  return [...byKey]
    .toSorted(([a], [b]) => a - b)
    .map(([at, alike]) => ({
      at,
      reference: alike.every(({ reference }) => reference),
      ...estimate(staged, average(alike), alike),
    }));
}

/**
 * One number: the mean of all treated group-time effects, weighted by group size. Long treated groups count in more periods.
 * Source: Callaway & Sant'Anna (2021), section 3, θ_W^O.
 * @example minimum wages (mpdta): −.0400, error .0120
 */
export function aggregateSimple(staged: GroupTimeEffects): StagedEstimate {
  const treated = listTreated(staged);
  return estimate(staged, averageBySize(staged, treated), treated);
}

/**
 * For each group the mean over its treated periods; overall, these weighted by group size.
 * Source: Callaway & Sant'Anna (2021), section 3, θ_sel.
 * @example minimum wages (mpdta): overall −.0310
 */
export function aggregateByGroup(staged: GroupTimeEffects): StagedAggregate {
  const treated = listTreated(staged);
  const parts = partsBy(staged, treated, ({ firstTreated }) => firstTreated, averagePlainly);
  const groupOf = new Map(treated.map(({ firstTreated, group }) => [firstTreated, group]));
  const items = parts.map((part) => ({ ...part, group: groupOf.get(part.at) ?? 0 }));
  return { overall: estimate(staged, averageBySize(staged, items), treated), parts };
}

/**
 * The event study: for each time since the first treated period, below 0 before it, the mean over the groups seen then,
 * weighted by size; overall, the plain mean from 0 on. Different times rest on different groups.
 * Source: Callaway & Sant'Anna (2021), section 3, θ_es.
 * @example minimum wages (mpdta): −.0199 at 0, −.0510 at 1; overall −.0772
 */
export function aggregateEventStudy(staged: GroupTimeEffects): StagedAggregate {
  const sinceTreated = ({ time, firstTreated }: GroupTimeEffect) => time - firstTreated;
  const parts = partsBy(staged, staged.effects, sinceTreated, (effects) => averageBySize(staged, effects));
  const after = parts.filter(({ at }) => at >= 0);
  return { overall: estimate(staged, averagePlainly(after), listTreated(staged)), parts };
}

/**
 * For each period the mean over the groups treated by then, weighted by size; overall, the plain mean over periods.
 * Source: Callaway & Sant'Anna (2021), section 3, θ_c.
 * @example minimum wages (mpdta): overall −.0417
 */
export function aggregateByPeriod(staged: GroupTimeEffects): StagedAggregate {
  const treated = listTreated(staged);
  const parts = partsBy(
    staged,
    treated,
    ({ time }) => time,
    (effects) => averageBySize(staged, effects),
  );
  return { overall: estimate(staged, averagePlainly(parts), treated), parts };
}
