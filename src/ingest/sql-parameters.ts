/**
 * Collects the values of one statement while its text is being written, each under a name of its own.
 * It knows nothing of what the statement asks.
 */
import type { QueryParams, QueryValue } from "../store/event-store.ts";

export class SqlParameters {
  readonly #values: Record<string, QueryValue> = {};
  #count = 0;

  /** The placeholder that stands for this text, e.g. `{p3:String}`. */
  text(value: string): string {
    return this.#add(value, "String");
  }

  number(value: number): string {
    return this.#add(value, "Float64");
  }

  texts(values: readonly string[]): string {
    return this.#add(values, "Array(String)");
  }

  #add(value: QueryValue, type: string): string {
    const name = `p${++this.#count}`;
    this.#values[name] = value;
    return `{${name}:${type}}`;
  }

  get values(): QueryParams {
    return { ...this.#values };
  }
}
