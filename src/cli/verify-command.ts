/**
 * The command that puts the methods for moments of truth and pain points to the test, on worlds whose truth is known.
 * It opens no workspace; what it does is in api/verify.ts.
 */
import { resolve } from "node:path";
import type { Command } from "commander";
import { EXIT } from "./exit-code.ts";
import { openProgressLine } from "./progress.ts";
import { readWhole } from "./read-option.ts";
import { renderVerify } from "./render-verify.ts";
import { InterruptedError, printAnswer } from "./run-command.ts";
import { said } from "./scope-options.ts";

interface VerifyOptions {
  readonly seeds: number;
  readonly customers: number;
  readonly scenario?: string;
  readonly write?: string;
  readonly json?: boolean;
}

async function runVerify({ seeds, customers, scenario, write, json }: VerifyOptions): Promise<void> {
  const abort = new AbortController();
  const onSignal = () => abort.abort(new Error("interrupted"));
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  const progress = openProgressLine(process.stderr, () => performance.now());
  const folder = write === undefined ? undefined : resolve(write);
  try {
    // Loaded here: the other commands do without the engines.
    const { verify } = await import("../api/verify.ts");
    const request = { seeds, customers, ...said({ scenario, write: folder }) };
    const report = await verify(request, { signal: abort.signal, onProgress: progress.show });
    progress.stop();
    await printAnswer(said({ json }), report, renderVerify);
  } catch (error) {
    progress.stop();
    if (!abort.signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
    throw new InterruptedError();
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

export function addVerifyCommand(program: Command): void {
  program
    .command("verify")
    .description(
      "plants moments of truth and frictions among decoys, and scores Waymark's method and the usual ones against the truth",
    )
    .option("--seeds <n>", "how many worlds of each scenario", readWhole, 3)
    .option("--customers <n>", "customers of each world", readWhole, 10_000)
    .option(
      "--scenario <name>",
      "mixed, late-step, simpson, loyalty, hidden-intent, followers, null, frictions or frictions-null; default: all of them",
    )
    .option("--write <dir>", "also write events.csv, mapping.yaml and truth.json of every world, a folder each")
    .option("--json", "print the answer as JSON, alone on stdout")
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark verify --seeds 2 --customers 10000\n  $ waymark verify --seeds 1 --scenario simpson --write worlds",
    )
    .action(runVerify);
}
