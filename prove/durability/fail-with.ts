/** What a proof found wrong, and how it ends: every failure with its place, then one line with the count. */
export class Findings {
  readonly #failures: string[] = [];

  /** Notes a failure unless both are equal as JSON. */
  equal(place: string, found: unknown, expected: unknown): void {
    const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
    if (left !== right) this.fail(place, `${left} instead of ${right}`);
  }

  fail(place: string, what: string): void {
    this.#failures.push(place);
    process.stdout.write(`FAILED ${place}: ${what}\n`);
  }

  /** Sets the exit code. @param done in words: what was tried how often */
  end(done: string, started: number): void {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(`${done}: ${this.#failures.length} failures, ${seconds} s\n`);
    if (this.#failures.length > 0) process.exitCode = 1;
  }
}
