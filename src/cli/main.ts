/**
 * The command line's entry: runs one command and ends with its exit code.
 * What a run does is in run-command-line.ts; nothing here knows the commands.
 */
import { EXIT } from "./exit-code.ts";
import { runCommandLine } from "./run-command-line.ts";

/** An open handle of an engine must not keep a finished command alive. */
const GRACE_MS = 2_000;

// A reader that closes early (| head) ends the command quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exitCode ??= EXIT.done;
});
await runCommandLine(process.argv.slice(2));
setTimeout(() => process.exit(), GRACE_MS).unref();
