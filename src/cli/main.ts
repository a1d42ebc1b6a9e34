/**
 * The command line's entry: parses the arguments, runs one command, ends with its exit code.
 * The commands are in program.ts; nothing here knows what they do.
 */
import { CommanderError } from "commander";
import { toProblem, wrongUse } from "../api/problem.ts";
import { EXIT, toExitCode } from "./exit-code.ts";
import { buildProgram } from "./program.ts";
import { InterruptedError } from "./run-command.ts";
import { describeProblem, write } from "./terminal.ts";

/** An open handle of an engine must not keep a finished command alive. */
const GRACE_MS = 2_000;

async function main(args: readonly string[]): Promise<void> {
  // A reader that closes early (| head) ends the command quietly.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exitCode ??= EXIT.done;
  });
  try {
    await buildProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    await explain(error, args.includes("--json"));
  }
  setTimeout(() => process.exit(), GRACE_MS).unref();
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
    if (json && error.exitCode !== 0) await write(process.stderr, `${JSON.stringify(problem)}\n`);
    return;
  }
  const problem = toProblem(error);
  process.exitCode = toExitCode(problem);
  const stack = error instanceof Error ? error.stack : undefined;
  await write(process.stderr, describeProblem(problem, { json, ...(stack ? { stack } : {}) }));
}

await main(process.argv.slice(2));
