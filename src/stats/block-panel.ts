/**
 * Rows of units over time put into a block: controls above, treated units below, periods before the change on the left.
 * It says why rows are no such block; what the change did is estimated in synthetic-difference.ts.
 */
import { isNoAnswer, type NoAnswer, noAnswer } from "./no-answer.ts";

/** One unit in one period. Times are all numbers or all texts that sort as time does, such as 2024-03. */
export interface PanelRow {
  readonly unit: string;
  readonly time: number | string;
  readonly value: number;
  readonly treated: boolean;
}

export interface BlockPanel {
  /** Names of the rows: controls in the order of their names, then treated units in theirs. */
  readonly units: readonly string[];
  readonly periods: readonly (number | string)[];
  /** How many of the units are controls: the first ones. */
  readonly controls: number;
  /** How many of the periods lie before the change: the first ones. */
  readonly before: number;
  /** units × periods, unit by unit. */
  readonly values: Float64Array;
}

/** Rows of a unit at a time that stand in the way of a block. */
const notBlock = (field: keyof PanelRow, reason: string) => noAnswer("not-a-block", field, reason);

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);

/** Cells of the rectangle units × periods: value and whether it is treated. */
interface Rectangle {
  readonly units: readonly string[];
  readonly periods: readonly (number | string)[];
  readonly values: Float64Array;
  readonly treated: Uint8Array;
}

function fillRectangle(rows: readonly PanelRow[]): Rectangle | NoAnswer {
  const units = [...new Set(rows.map(({ unit }) => unit))].sort(compare);
  const periods = [...new Set(rows.map(({ time }) => time))].sort(compare);
  const unitAt = new Map(units.map((unit, at) => [unit, at]));
  const periodAt = new Map(periods.map((time, at) => [time, at]));
  const values = new Float64Array(units.length * periods.length);
  const [treated, seen] = [new Uint8Array(values.length), new Uint8Array(values.length)];
  for (const { unit, time, value, treated: on } of rows) {
    const at = (unitAt.get(unit) ?? 0) * periods.length + (periodAt.get(time) ?? 0);
    if (!Number.isFinite(value))
      return noAnswer("not-finite", "value", `${unit} has no number at ${time}; leave the unit or the period out.`);
    if (seen[at] === 1)
      return notBlock("time", `${unit} has more than one row at ${time}; add them up or average them first.`);
    values[at] = value;
    treated[at] = on ? 1 : 0;
    seen[at] = 1;
  }
  const hole = seen.indexOf(0);
  if (hole < 0) return { units, periods, values, treated };
  const [unit = "", time = ""] = [units[Math.floor(hole / periods.length)], periods[hole % periods.length]];
  const reason = `${unit} has no row at ${time}; every unit needs every period: leave the unit or the period out.`;
  return notBlock("time", reason);
}

/** For each unit the first treated period, `periods.length` when never; or why there is no one start. */
function findStarts({ units, periods, treated }: Rectangle): number[] | NoAnswer {
  const width = periods.length;
  const starts: number[] = [];
  for (const [at, unit] of units.entries()) {
    const own = treated.subarray(at * width, (at + 1) * width);
    const first = own.indexOf(1);
    const start = first < 0 ? width : first;
    const stop = own.indexOf(0, start);
    if (stop >= 0) {
      const time = periods[stop] ?? "";
      return notBlock("treated", `The change of ${unit} ends at ${time}; this design needs one that stays.`);
    }
    starts.push(start);
  }
  return starts;
}

/**
 * @param rows every unit in every period once, in any order
 * @returns the block, or the first reason why there is none: a hole, a double row, no number, units that start at different
 *   times (that is the staged design), a change that ends, nobody or everybody treated
 */
export function buildBlockPanel(rows: readonly PanelRow[]): BlockPanel | NoAnswer {
  const rectangle = fillRectangle(rows);
  if (isNoAnswer(rectangle)) return rectangle;
  const starts = findStarts(rectangle);
  if (isNoAnswer(starts)) return starts;
  const { units, periods, values } = rectangle;
  const width = periods.length;
  const order = [...units.keys()].sort((a, b) => Number(starts[a] !== width) - Number(starts[b] !== width));
  const controls = starts.filter((start) => start === width).length;
  const before = Math.min(width, ...starts);
  if (controls === units.length)
    return noAnswer("too-few", "treated", "No unit is ever treated: say which one is, and from when.");
  if (controls === 0) return noAnswer("too-few", "treated", "Every unit is treated: there is nothing to compare with.");
  const late = units.find((_, at) => starts[at] !== width && starts[at] !== before);
  if (late !== undefined) return notBlock("treated", `${late} starts later than others; use the staged design.`);
  const sorted = new Float64Array(values.length);
  for (const [to, from] of order.entries()) sorted.set(values.subarray(from * width, (from + 1) * width), to * width);
  return { units: order.map((at) => units[at] ?? ""), periods, controls, before, values: sorted };
}
