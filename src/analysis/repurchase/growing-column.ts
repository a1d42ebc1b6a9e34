/**
 * A column of numbers that grows while an answer streams in: eight bytes a number at the most, where objects take a hundred.
 * It knows nothing of what the numbers mean.
 */

type NumberArray = Float64Array | Uint32Array | Uint16Array;

export class GrowingColumn<Column extends NumberArray> {
  readonly #make: new (
    length: number,
  ) => Column;
  #numbers: Column;
  #length = 0;

  constructor(make: new (length: number) => Column) {
    this.#make = make;
    this.#numbers = new make(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const wider = new this.#make(this.#length * 2);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.#length++] = number;
  }

  /** The numbers so far, in memory of their own size. */
  toArray(): Column {
    return this.#numbers.slice(0, this.#length) as Column;
  }
}
