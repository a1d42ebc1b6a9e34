/**
 * Runs one operation for the command line: opens the workspace, shows progress, prints the answer, sets the exit code.
 * Which operation, with which input and in which words, is said by the commands.
 */
import type { Command } from "commander";
import type { Call } from "../api/operation.ts";
import type { Answer, Input, OperationName } from "../api/operations.ts";
import { openSession, type Session } from "../api/session.ts";
import { EXIT } from "./exit-code.ts";
import { openProgressLine } from "./progress.ts";
import { forTerminal, toSafeJson, write } from "./terminal.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

export interface Question<Name extends OperationName> {
  readonly operation: Name;
  readonly input: Input<Name>;
  /** Lines for people. */
  readonly render: (answer: Answer<Name>) => readonly string[];
  /** What to do next, for people, on stderr; also beside JSON. */
  readonly hint?: (answer: Answer<Name>) => string | undefined;
}

/** A call whose progress is shown on the terminal. */
export interface TerminalCall extends Call {
  /** Clears the progress line, before something else is written. */
  readonly onRest: () => void;
}

/** Adds what every command takes. */
export function withCommonOptions(command: Command): Command {
  return command
    .option("--workspace <dir>", "folder of the workspace (default: WAYMARK_WORKSPACE or ./waymark-data/main)")
    .option("--json", "print the answer as JSON, alone on stdout");
}

/** Opens the workspace, gives it to `work`, and closes it whatever happens. SIGINT and SIGTERM stop the work first. */
export async function withSession<Result>(
  { workspace }: CommonOptions,
  work: (session: Session, call: TerminalCall) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  let signals = 0;
  const onSignal = () => {
    signals++;
    // The work takes its time to stop: nothing acknowledged is lost by ending at once.
    if (signals > 1) process.kill(process.pid, "SIGKILL");
    process.stderr.write("\nwaymark: stopping in order; once more ends at once.\n");
    abort.abort(new Error("interrupted"));
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const progress = openProgressLine(process.stderr, () => performance.now());
  try {
    const session = await openSession({ workspace });
    try {
      return await work(session, { signal: abort.signal, onProgress: progress.show, onRest: progress.stop });
    } finally {
      progress.stop();
      await session.close({ abort: abort.signal.aborted });
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
    throw new InterruptedError();
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** The user stopped the command; there is nothing to explain. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** The part of an answer that says "not enough data" for all of it. */
interface Insufficient {
  readonly status: "insufficient-data";
  readonly reason: string;
  readonly n: number;
  readonly required: number;
}

function isInsufficient(answer: unknown): answer is Insufficient {
  return typeof answer === "object" && answer !== null && "status" in answer && answer.status === "insufficient-data";
}

/** Prints an answer; the exit code says whether it is one. */
export async function printAnswer<Value>(
  options: CommonOptions,
  answer: Value,
  render: (answer: Value) => readonly string[],
): Promise<void> {
  const lines = isInsufficient(answer)
    ? [`Not enough data: ${answer.reason} (n = ${answer.n}, takes ${answer.required})`]
    : render(answer);
  await write(process.stdout, `${options.json ? toSafeJson(answer) : forTerminal(lines.join("\n"))}\n`);
  if (isInsufficient(answer)) process.exitCode = EXIT.insufficientData;
}

/** The whole of an ordinary command. */
export async function runQuestion<Name extends OperationName>(
  options: CommonOptions,
  { operation, input, render, hint }: Question<Name>,
): Promise<void> {
  const answer = await withSession(options, (session, call) => session.run(operation, input, call));
  await printAnswer(options, answer, render);
  const next = hint?.(answer);
  if (next) await write(process.stderr, `${forTerminal(next)}\n`);
}
