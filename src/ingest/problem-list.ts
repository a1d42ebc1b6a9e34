/**
 * The reasons for which a record does not become an event, each with a small number that travels through the engine.
 * A reject is a fault in the data, a skip was asked for by the mapping, a repeat has the key of an earlier record.
 */
export interface Problem {
  readonly kind: "reject" | "skip" | "repeat";
  readonly field: string;
  readonly reason: string;
}

export class ProblemList {
  readonly #problems: Problem[] = [];

  /** The number of this problem, from 1. */
  code(kind: Problem["kind"], field: string, reason: string): number {
    const at = this.#problems.findIndex((one) => one.kind === kind && one.field === field && one.reason === reason);
    if (at >= 0) return at + 1;
    return this.#problems.push({ kind, field, reason });
  }

  get(code: number): Problem {
    const problem = this.#problems[code - 1];
    if (!problem) throw new Error(`no problem has the number ${code}`);
    return problem;
  }

  /** The numbers of all faults in the data. */
  rejects(): readonly number[] {
    return this.#problems.flatMap((problem, at) => (problem.kind === "reject" ? [at + 1] : []));
  }
}
