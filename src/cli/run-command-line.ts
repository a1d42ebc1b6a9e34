/**
 * One run of the command line: parses the arguments, runs the command, and sets the exit code whatever happened.
 * How the process ends is main.ts; the commands are in program.ts.
 */
import { CommanderError } from "commander";
import { toProblem, wrongUse } from "../api/problem.ts";
import { EXIT, toExitCode } from "./exit-code.ts";
import { buildProgram } from "./program.ts";
import { InterruptedError } from "./run-command.ts";
import { describeProblem, toSafeJson, write } from "./terminal.ts";

/** @param args without the program's own name */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    await explain(error, args.includes("--json"));
  }
}

async function explain(error: unknown, json: boolean): Promise<void> {
  if (error instanceof InterruptedError) {
    process.exitCode = EXIT.interrupted;
    return;
  }
  if (error instanceof CommanderError) {
    // Commander has written its own sentence; help and version are no mistakes.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    const problem = toProblem(wrongUse(error.message.replace(/^error: /u, ""), { usage: error.code }));
    if (json && error.exitCode !== 0) await write(process.stderr, `${toSafeJson(problem)}\n`);
    return;
  }
  const problem = toProblem(error);
  process.exitCode = toExitCode(problem);
  const stack = error instanceof Error ? error.stack : undefined;
  await write(process.stderr, describeProblem(problem, { json, ...(stack ? { stack } : {}) }));
}
