/**
 * A CSV of units over time read into typed columns: one row a unit and period, with the switch or the start of the treatment.
 * A panel with two rows for one cell, or with holes, is refused with the line; what the change did is the designs' matter.
 */
import {
  cellError,
  NEVER_TREATED,
  type Place,
  readNumber,
  readStart,
  readSwitch,
  readText,
  readTime,
  type TimeValue,
} from "./effect-cells.ts";
import type { EffectTable } from "./effect-table.ts";

export interface PanelColumnNames {
  /** Left out for one series. */
  readonly unit?: string | undefined;
  readonly time: string;
  readonly value: string;
  readonly treated?: string | undefined;
  readonly treatedFrom?: string | undefined;
  readonly offset?: string | undefined;
}

/** Columns of equal length, one entry a row. */
export interface EffectPanel {
  /** Names of the units. */
  readonly units: readonly string[];
  /** Distinct times, ascending. */
  readonly periods: readonly TimeValue[];
  /** Position in `units`. */
  readonly unit: Int32Array;
  /** Position in `periods`. */
  readonly time: Int32Array;
  readonly value: Float64Array;
  readonly treated: Uint8Array;
  readonly offset?: Float64Array;
}

/** A column that grows as rows come. */
class GrowingColumn {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Numbers names in the order they come. */
class NameList<Name> {
  readonly #numbers = new Map<Name, number>();

  number(name: Name): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  names(): Name[] {
    return [...this.#numbers.keys()];
  }
}

/** Rows as they are read. */
class PanelRows {
  readonly units = new NameList<string>();
  readonly times = new NameList<TimeValue>();
  readonly #names: PanelColumnNames;
  readonly #file: string;
  readonly line = new GrowingColumn();
  readonly unit = new GrowingColumn();
  readonly time = new GrowingColumn();
  readonly value = new GrowingColumn();
  readonly treated = new GrowingColumn();
  readonly offset = new GrowingColumn();
  readonly #starts = new Map<number, TimeValue>();
  #kind: "number" | "string" | undefined;

  constructor(file: string, names: PanelColumnNames) {
    this.#file = file;
    this.#names = names;
  }

  #place(line: number, column: string): Place {
    return { file: this.#file, line, column };
  }

  add(line: number, cell: (column: string) => string): void {
    const { unit, time, value, offset } = this.#names;
    const id = this.units.number(unit === undefined ? "" : readText(cell(unit), this.#place(line, unit)));
    const at = this.#readTime(line, cell(time));
    this.line.push(line);
    this.unit.push(id);
    this.time.push(this.times.number(at));
    this.value.push(readNumber(cell(value), this.#place(line, value)));
    this.treated.push(this.#isTreated(line, cell, id, at) ? 1 : 0);
    if (offset !== undefined) this.offset.push(this.#readOffset(line, cell(offset), offset));
  }

  #readTime(line: number, text: string): TimeValue {
    const place = this.#place(line, this.#names.time);
    const time = readTime(text, place);
    this.#kind ??= typeof time as "number" | "string";
    if (typeof time !== this.#kind)
      throw cellError(
        place,
        `"${text}" is ${typeof time === "number" ? "a number" : "a date"}, unlike the rows before.`,
      );
    return time;
  }

  #readOffset(line: number, text: string, column: string): number {
    const place = this.#place(line, column);
    const offset = readNumber(text, place);
    if (offset > 0) return offset;
    throw cellError(place, `${text} is nothing to take a count over; it must be above 0.`);
  }

  #isTreated(line: number, cell: (column: string) => string, unit: number, time: TimeValue): boolean {
    const { treated, treatedFrom = "" } = this.#names;
    if (treated !== undefined) return readSwitch(cell(treated), this.#place(line, treated));
    const place = this.#place(line, treatedFrom);
    const start = readStart(cell(treatedFrom), place);
    const before = this.#starts.get(unit) ?? start;
    if (before !== start)
      throw cellError(
        place,
        `it says ${start} where a row before says ${before}; a unit has one start in all its rows.`,
      );
    this.#starts.set(unit, start);
    if (start === NEVER_TREATED) return false;
    if (typeof start !== typeof time)
      throw cellError(place, `"${start}" cannot be compared with the times, such as ${time}; write both alike.`);
    return time >= start;
  }
}

const compare = (a: TimeValue, b: TimeValue) => (a < b ? -1 : a > b ? 1 : 0);

interface Cells {
  readonly units: readonly string[];
  readonly periods: readonly TimeValue[];
  readonly unit: Int32Array;
  readonly time: Int32Array;
  readonly line: Float64Array;
}

/** How many rows each unit has. Two of one unit in one period are refused. */
function countRows({ units, periods, unit, time, line }: Cells, file: string, names: PanelColumnNames): Int32Array {
  const counts = new Int32Array(units.length);
  const seen = new Map<number, number>();
  for (let row = 0; row < unit.length; row++) {
    const [id = 0, at = 0] = [unit[row], time[row]];
    const cell = id * periods.length + at;
    const first = seen.get(cell);
    const who = units[id] === "" ? "there is" : `unit "${units[id]}" has`;
    if (first !== undefined)
      throw cellError(
        { file, line: line[row] ?? 0, column: names.time },
        `${who} a second row at ${periods[at]}, after line ${first}; add them up or average them first.`,
      );
    seen.set(cell, line[row] ?? 0);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

function refuseHoles({ units, periods, unit, time, line }: Cells, counts: Int32Array, file: string, column: string) {
  const lacking = counts.findIndex((count) => count < periods.length);
  if (lacking < 0) return;
  const own = new Set(time.filter((_, row) => unit[row] === lacking));
  const hole = periods.findIndex((_, at) => !own.has(at));
  const incomplete = counts.filter((count) => count < periods.length).length;
  const where = { file, line: line[unit.indexOf(lacking)] ?? 0, column };
  throw cellError(
    where,
    `the panel is not balanced: unit "${units[lacking]}" has no row at ${periods[hole]} (${incomplete} of ${units.length} units lack some); ` +
      "fill in the rows, or leave such units out with --drop-incomplete.",
  );
}

/** The panel without the units that lack a period. */
function dropIncomplete({ units, periods, unit, time, value, treated }: EffectPanel, counts: Int32Array): EffectPanel {
  const numbers = new Int32Array(units.length).fill(-1);
  const whole = [...units.keys()].filter((id) => counts[id] === periods.length);
  for (const [to, from] of whole.entries()) numbers[from] = to;
  const kept = Int32Array.from(unit.keys()).filter((row) => (numbers[unit[row] ?? 0] ?? -1) >= 0);
  return {
    units: whole.map((id) => units[id] ?? ""),
    periods,
    unit: kept.map((row) => numbers[unit[row] ?? 0] ?? 0),
    time: kept.map((row) => time[row] ?? 0),
    value: Float64Array.from(kept, (row) => value[row] ?? 0),
    treated: Uint8Array.from(kept, (row) => treated[row] ?? 0),
  };
}

/**
 * @param names of the columns; with `treated` or `treatedFrom`
 * @param dropUnits leaves units out that lack a period, which is an error otherwise
 * @throws AppError invalid naming file, line and column: a cell that is no number or time or is empty, a unit twice in a
 *   period or with two starts, a unit without a row in some period
 */
export async function readEffectPanel(
  table: EffectTable,
  names: PanelColumnNames,
  dropUnits = false,
): Promise<EffectPanel> {
  const wanted = [names.unit, names.time, names.value, names.treated ?? names.treatedFrom, names.offset].filter(
    (column) => column !== undefined,
  );
  const rows = new PanelRows(table.name, names);
  for await (const { line, cells } of table.rows(wanted))
    rows.add(line, (column) => cells[wanted.indexOf(column)] ?? "");
  const found = rows.times.names();
  const periods = found.toSorted(compare);
  const position = new Map(periods.map((period, at) => [period, at]));
  const order = found.map((period) => position.get(period) ?? 0);
  const panel: EffectPanel = {
    units: rows.units.names(),
    periods,
    unit: Int32Array.from(rows.unit.values()),
    time: Int32Array.from(rows.time.values(), (at) => order[at] ?? 0),
    value: rows.value.values(),
    treated: Uint8Array.from(rows.treated.values()),
    ...(names.offset === undefined ? {} : { offset: rows.offset.values() }),
  };
  const cells = { ...panel, line: rows.line.values() };
  const counts = countRows(cells, table.name, names);
  if (names.unit === undefined) return panel;
  if (dropUnits) return dropIncomplete(panel, counts);
  refuseHoles(cells, counts, table.name, names.unit);
  return panel;
}
