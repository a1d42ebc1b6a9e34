/**
 * Adds up the rows of a randomised experiment, one at a time: moments an arm, and for shares the hits.
 * Rows of one unit are first added up to one, where units have a name; comparing the arms is in randomised-effect.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import { type ArmMoments, MomentCollector, type UnitColumn } from "../../stats/arm-moments.ts";

export interface CollectedArm {
  readonly name: string;
  readonly moments: ArmMoments;
  /** Units with the value 1 when all values are 0 or 1; null otherwise. */
  readonly hits: number | null;
}

class Arm {
  readonly #collector: MomentCollector;
  #hits = 0;
  #binary = true;

  constructor(columns: readonly UnitColumn[]) {
    this.#collector = new MomentCollector(columns);
  }

  /** @param unit value first */
  add(unit: ArrayLike<number>): void {
    const value = unit[0] ?? 0;
    if (value === 1) this.#hits++;
    else if (value !== 0) this.#binary = false;
    this.#collector.add(unit);
  }

  collected(name: string): CollectedArm {
    return { name, moments: this.#collector.moments(), hits: this.#binary ? this.#hits : null };
  }
}

interface Unit {
  readonly group: string;
  readonly sums: Float64Array;
}

/** More groups than this are no arms but, most likely, the column of the units. */
const MOST_GROUPS = 1_000;

export class ArmCollector {
  readonly #columns: readonly UnitColumn[];
  readonly #arms = new Map<string, Arm>();
  readonly #units = new Map<string, Unit>();

  /** @param columns value first, then denominator and before where there are such */
  constructor(columns: readonly UnitColumn[]) {
    this.#columns = columns;
  }

  /**
   * @param unit its name, when several rows may be of one unit: values and denominators are added up, `before` must not change
   * @throws AppError invalid for a unit in two groups or with two numbers from before, and for too many groups
   */
  add(group: string, numbers: ArrayLike<number>, unit?: string): void {
    if (unit === undefined) {
      this.#armOf(group).add(numbers);
      return;
    }
    const known = this.#units.get(unit);
    if (known === undefined) this.#units.set(unit, { group, sums: Float64Array.from(numbers) });
    else this.#addUp(known, group, numbers, unit);
  }

  #addUp(known: Unit, group: string, numbers: ArrayLike<number>, unit: string): void {
    const refusal = (what: string) => new AppError("invalid", `unit "${unit}" ${what}`, { unit });
    if (known.group !== group)
      throw refusal(`is in "${known.group}" and in "${group}"; a unit is in one group: take out those that changed.`);
    for (const [at, column] of this.#columns.entries()) {
      const number = numbers[at] ?? 0;
      if (column !== "before") known.sums[at] = (known.sums[at] ?? 0) + number;
      else if (known.sums[at] !== number)
        throw refusal(`has ${known.sums[at]} and ${number} from before the experiment; say the same in all its rows.`);
    }
  }

  #armOf(group: string): Arm {
    const known = this.#arms.get(group);
    if (known) return known;
    if (this.#arms.size === MOST_GROUPS) {
      const reason = `the column has more than ${MOST_GROUPS} values; name the one that says which arm a unit is in.`;
      throw new AppError("invalid", reason);
    }
    const arm = new Arm(this.#columns);
    this.#arms.set(group, arm);
    return arm;
  }

  /** The arms so far, in the order they came. To be called once, at the end. */
  collected(): CollectedArm[] {
    for (const { group, sums } of this.#units.values()) this.#armOf(group).add(sums);
    this.#units.clear();
    return [...this.#arms].map(([name, arm]) => arm.collected(name));
  }
}
