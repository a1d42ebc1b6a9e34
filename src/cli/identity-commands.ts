/**
 * The commands about identities: identities, identities show.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import { readWhole } from "./read-option.ts";
import { renderIdentities, renderIdentity } from "./render-identities.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { said } from "./scope-options.ts";

export function addIdentityCommands(program: Command): void {
  const identities = withCommonOptions(program.command("identities"))
    .description("who is known by which ids: counts and the newest links; `identities show ID` explains one")
    .option("--limit <n>", "links at the most, the newest ones (20)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark identities\n  $ waymark identities show 17850");
  identities.action((options: CommonOptions & { limit?: number }) =>
    runQuestion(options, {
      operation: "identities",
      input: said({ limit: options.limit }),
      render: renderIdentities,
    }),
  );
  withCommonOptions(identities.command("show"))
    .description("which anonymous ids belong to a customer, or to whom an anonymous id belongs over time")
    .argument("<id>", "a customer's id, or an anonymous one")
    .addHelpText("after", "\nExample:\n  $ waymark identities show 17850")
    .action((id: string, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "identity",
        input: { id },
        render: renderIdentity,
      }),
    );
}
