/**
 * Units over time as typed columns, as the designs over time take them, and the rows of one series or block among them.
 * How they are read from a file is in ingest/read-effect-panel.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { PanelRow } from "../../stats/block-panel.ts";
import type { SeriesRow } from "../../stats/series-rows.ts";
import { NEVER } from "../../stats/staged-panel.ts";

/** Columns of equal length, one entry a row; every unit in every period once. */
export interface UnitPanel {
  readonly units: readonly string[];
  /** Distinct times, ascending: all numbers, or all texts that sort as time does. */
  readonly periods: readonly (number | string)[];
  /** Where each period begins, ISO: known of events, and then the report tells its course. */
  readonly moments?: readonly string[];
  /** Position in `units`. */
  readonly unit: Int32Array;
  /** Position in `periods`. */
  readonly time: Int32Array;
  readonly value: Float64Array;
  readonly treated: Uint8Array;
  readonly offset?: Float64Array;
}

export function listBlockRows({ units, periods, unit, time, value, treated }: UnitPanel): PanelRow[] {
  return Array.from(unit, (id, row) => ({
    unit: units[id] ?? "",
    time: periods[time[row] ?? 0] ?? 0,
    value: value[row] ?? 0,
    treated: treated[row] === 1,
  }));
}

export function listSeriesRows({ periods, time, value, treated, offset }: UnitPanel): SeriesRow[] {
  return Array.from(time, (at, row) => ({
    time: periods[at] ?? 0,
    value: value[row] ?? 0,
    treated: treated[row] === 1,
    ...(offset ? { offset: offset[row] ?? 0 } : {}),
  }));
}

/** Periods as numbers: themselves, or for dates their position. */
export function numberPeriods({ periods }: UnitPanel): number[] {
  return periods.map((period, at) => (typeof period === "number" ? period : at));
}

/**
 * For each unit its first treated period, as numbered.
 * @throws AppError invalid for a unit whose treatment ends again
 */
export function findStarts(panel: UnitPanel): Float64Array {
  const { units, periods, unit, time, treated } = panel;
  const numbers = numberPeriods(panel);
  const first = new Int32Array(units.length).fill(periods.length);
  for (const [row, id] of unit.entries()) if (treated[row] === 1) first[id] = Math.min(first[id] ?? 0, time[row] ?? 0);
  for (const [row, id] of unit.entries()) {
    if (treated[row] === 1 || (time[row] ?? 0) < (first[id] ?? 0)) continue;
    const reason = `The change of ${units[id]} ends at ${periods[time[row] ?? 0]}; this design needs one that stays.`;
    throw new AppError("invalid", reason, { field: "treated" });
  }
  return Float64Array.from(first, (at) => numbers[at] ?? NEVER);
}
