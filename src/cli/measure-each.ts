/**
 * Measures what was kept or planned again, one after the other: each may take long, and one that cannot be asked any more
 * must not keep the others. What is measured is said by the commands.
 */
import { type Problem, toProblem } from "../api/problem.ts";
import { toExitCode } from "./exit-code.ts";
import type { TerminalCall } from "./run-command.ts";
import { describeProblem, write } from "./terminal.ts";

/** One whose question cannot be asked any more, such as when its touchpoint was renamed. */
export interface Failure {
  readonly id: number;
  readonly problem: Problem;
}

export async function measureEach<Measured>(
  ids: readonly number[],
  measure: (id: number) => Promise<Measured>,
  { signal }: TerminalCall,
): Promise<{ readonly measured: readonly Measured[]; readonly failed: readonly Failure[] }> {
  const [measured, failed]: [Measured[], Failure[]] = [[], []];
  for (const id of ids)
    try {
      measured.push(await measure(id));
    } catch (error) {
      const problem = toProblem(error);
      if (signal.aborted || problem.code === "bug" || problem.code === "unavailable") throw error;
      failed.push({ id, problem });
    }
  return { measured, failed };
}

/** Tells each on stderr; the exit code says that not all were measured. @param noun such as "finding" */
export async function tellFailures(
  noun: string,
  failed: readonly Failure[],
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  for (const { id, problem } of failed) {
    process.exitCode = toExitCode(problem);
    const told = { ...problem, detail: `${noun} ${id}: ${problem.detail}` };
    await write(process.stderr, describeProblem(told, { json }));
  }
}
