/**
 * Rows (unit, period, value, first treated period) read into a balanced panel for a staged design, or the reason why not.
 * Which group serves which as control is decided in staged-controls.ts; nothing is estimated here.
 */

/** The first treated period of a unit that is never treated. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Columns of equal length, one entry a row, rows in any order. */
export interface PanelColumns {
  readonly unit: ArrayLike<string | number>;
  /** Periods as numbers: years, months counted through … They need not be evenly spaced. */
  readonly time: ArrayLike<number>;
  /** The outcome; NaN where it is missing. */
  readonly value: ArrayLike<number>;
  /** The first period in which the unit is treated, the same in all its rows; `NEVER` if there is none. */
  readonly firstTreated: ArrayLike<number>;
  /** A coarser unit inside which rows may depend on each other, the same in all rows of a unit: the shop of a till. */
  readonly cluster?: ArrayLike<string | number>;
}

/** Something the reader of the result should know about the data, with a sentence. */
export interface StagedNote {
  readonly id:
    | "missing-values"
    | "unbalanced-units"
    | "treated-from-start"
    | "lone-group"
    | "small-group"
    | "last-group-as-control"
    | "no-spread";
  readonly detail: string;
}

/** Why the data carry no staged design: what is wrong, where, and what would help. */
export interface Unstaged {
  readonly unstaged:
    | "no-rows"
    | "not-a-number"
    | "doubled"
    | "contradiction"
    | "too-few-periods"
    | "never-whole"
    | "misshapen"
    | "no-treated"
    | "no-controls";
  readonly reason: string;
  /** The column or argument it is about. */
  readonly field: string;
}

export function isUnstaged(result: object): result is Unstaged {
  return "unstaged" in result;
}

export interface StagedPanel {
  /** Ascending. */
  readonly periods: readonly number[];
  readonly units: number;
  /** units × periods, unit by unit. */
  readonly values: Float64Array;
  /** One a unit. */
  readonly firstTreated: Float64Array;
  /** One a unit, numbered from 0; null when units are independent of each other. */
  readonly cluster: Int32Array | null;
  readonly notes: readonly StagedNote[];
}

/** Numbers the distinct entries of a column from 0, in the order of their first appearance. */
function numberNames(column: ArrayLike<string | number>): { ids: Int32Array; names: (string | number)[] } {
  const numbers = new Map<string | number, number>();
  const ids = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const name = column[row] ?? "";
    let id = numbers.get(name);
    if (id === undefined) {
      id = numbers.size;
      numbers.set(name, id);
    }
    ids[row] = id;
  }
  return { ids, names: [...numbers.keys()] };
}

function findBadRow({ unit, time, value, firstTreated, cluster }: PanelColumns): Unstaged | null {
  const rows = unit.length;
  if (rows === 0) return { unstaged: "no-rows", field: "unit", reason: "There are no rows." };
  const lengths = [time.length, value.length, firstTreated.length, cluster?.length ?? rows];
  if (lengths.some((length) => length !== rows))
    return { unstaged: "misshapen", field: "unit", reason: "The columns are not equally long." };
  for (let row = 0; row < rows; row++) {
    const bad = (field: string, what: string): Unstaged => ({
      unstaged: "not-a-number",
      field,
      reason: `Unit ${unit[row]} has ${what} in row ${row + 1}; correct it or leave the row out.`,
    });
    if (!Number.isFinite(time[row])) return bad("time", "a period that is no number");
    if (Math.abs(value[row] ?? 0) === Number.POSITIVE_INFINITY) return bad("value", "an infinite value");
    if (Number.isNaN(firstTreated[row])) return bad("firstTreated", "a first treated period that is no number");
  }
  return null;
}

/** One number a unit out of a column that must say the same in all rows of the unit. */
function readConstant(
  column: ArrayLike<number>,
  units: { ids: Int32Array; names: (string | number)[] },
  field: string,
  what: string,
): Float64Array | Unstaged {
  const constants = new Float64Array(units.names.length).fill(Number.NaN);
  for (let row = 0; row < units.ids.length; row++) {
    const unit = units.ids[row] ?? 0;
    const own = column[row] ?? 0;
    const before = constants[unit];
    if (before !== own && !Number.isNaN(before))
      return {
        unstaged: "contradiction",
        field,
        reason: `Unit ${units.names[unit]} has more than one ${what}; a unit has one, in all its rows.`,
      };
    constants[unit] = own;
  }
  return constants;
}

interface Filled {
  readonly periods: readonly number[];
  /** units × periods; NaN where there is no row. */
  readonly values: Float64Array;
  readonly missing: number;
}

function fillPeriods(
  { time, value }: PanelColumns,
  { ids, names }: { ids: Int32Array; names: (string | number)[] },
): Filled | Unstaged {
  const present = new Set<number>();
  let missing = 0;
  for (let row = 0; row < ids.length; row++) {
    if (Number.isNaN(value[row])) missing++;
    else present.add(time[row] ?? 0);
  }
  const periods = [...present].sort((a, b) => a - b);
  const at = new Map(periods.map((period, index) => [period, index]));
  const values = new Float64Array(names.length * periods.length).fill(Number.NaN);
  for (let row = 0; row < ids.length; row++) {
    const own = value[row] ?? 0;
    if (Number.isNaN(own)) continue;
    const unit = ids[row] ?? 0;
    const cell = unit * periods.length + (at.get(time[row] ?? 0) ?? 0);
    if (!Number.isNaN(values[cell]))
      return {
        unstaged: "doubled",
        field: "time",
        reason: `Unit ${names[unit]} has more than one value in period ${time[row]}; add them up or average them first.`,
      };
    values[cell] = own;
  }
  return { periods, values, missing };
}

/** The units with a value in every period. */
function findWholeUnits({ periods, values }: Filled, units: number): Int32Array | Unstaged {
  const width = periods.length;
  const counts = new Int32Array(width);
  const whole: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    let known = 0;
    for (let period = 0; period < width; period++) {
      if (Number.isNaN(values[unit * width + period])) continue;
      known++;
      counts[period] = (counts[period] ?? 0) + 1;
    }
    if (known === width) whole.push(unit);
  }
  if (whole.length > 0) return Int32Array.from(whole);
  const fewest = counts.indexOf(Math.min(...counts));
  const reason = `No unit has a value in each of the ${width} periods; period ${periods[fewest]} has the fewest, ${counts[fewest]} of ${units}. Leave that period out, or take longer periods.`;
  return { unstaged: "never-whole", field: "unit", reason };
}

function describeGaps(missing: number, units: number, whole: number): StagedNote[] {
  const notes: StagedNote[] = [];
  if (missing > 0) notes.push({ id: "missing-values", detail: `${missing} rows without a value are left out.` });
  if (whole < units)
    notes.push({
      id: "unbalanced-units",
      detail: `${units - whole} of ${units} units lack a value in some period and are left out.`,
    });
  return notes;
}

function pickUnits(filled: Filled, whole: Int32Array): Float64Array {
  const width = filled.periods.length;
  if (whole.length * width === filled.values.length) return filled.values;
  const values = new Float64Array(whole.length * width);
  for (const [to, from] of whole.entries())
    values.set(filled.values.subarray(from * width, (from + 1) * width), to * width);
  return values;
}

/**
 * The balanced panel of the rows, in time linear in them. Units without a value in some period are left out with a note, as
 * R's `did` does by default: a unit that comes and goes changes who is compared with whom.
 * @returns why there is none: a number that is none, two values in one period, a unit with two first treated periods or
 *   two clusters, fewer than two periods, no unit that is whole
 */
export function readStagedPanel(columns: PanelColumns): StagedPanel | Unstaged {
  const bad = findBadRow(columns);
  if (bad) return bad;
  const units = numberNames(columns.unit);
  const firstTreated = readConstant(columns.firstTreated, units, "firstTreated", "first treated period");
  if (isUnstaged(firstTreated)) return firstTreated;
  const cluster = columns.cluster && readConstant(numberNames(columns.cluster).ids, units, "cluster", "cluster");
  if (cluster && isUnstaged(cluster)) return cluster;
  const filled = fillPeriods(columns, units);
  if (isUnstaged(filled)) return filled;
  if (filled.periods.length < 2) {
    const reason = `A staged design needs a period before and one after; the data have ${filled.periods.length}.`;
    return { unstaged: "too-few-periods", field: "time", reason };
  }
  const whole = findWholeUnits(filled, units.names.length);
  if (isUnstaged(whole)) return whole;
  return {
    periods: filled.periods,
    units: whole.length,
    values: pickUnits(filled, whole),
    firstTreated: Float64Array.from(whole, (unit) => firstTreated[unit] ?? NEVER),
    cluster: cluster ? Int32Array.from(whole, (unit) => cluster[unit] ?? 0) : null,
    notes: describeGaps(filled.missing, units.names.length, whole.length),
  };
}
