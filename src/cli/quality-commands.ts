/**
 * The command about the data themselves: quality.
 */
import type { Command } from "commander";
import { BRING_EVENTS } from "./import-commands.ts";
import { renderQuality } from "./render-quality.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";

export function addQualityCommand(program: Command): void {
  withCommonOptions(program.command("quality"))
    .description("how good the data are: what may be wrong, and what to do about it (docs/data-quality.md)")
    .addHelpText("after", "\nExample:\n  $ waymark quality\n  $ waymark quality --json")
    .action((options: CommonOptions) =>
      runQuestion(options, {
        operation: "quality",
        input: {},
        render: renderQuality,
        hint: ({ imports }) => (imports === 0 ? BRING_EVENTS : undefined),
      }),
    );
}
