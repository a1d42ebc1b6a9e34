/**
 * The commands about the workspace's conventions: settings, settings set.
 * What they may be is decided by the operation.
 */
import type { Command } from "commander";
import { renderSettings } from "./render-kpi-parts.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { said } from "./scope-options.ts";

interface SettingsOptions extends CommonOptions {
  readonly zone?: string;
  readonly journey?: string;
}

export function addSettingsCommands(program: Command): void {
  const settings = withCommonOptions(program.command("settings"))
    .description("the time zone in which days are counted, and the journey that is meant when none is named")
    .addHelpText("after", "\nExample:\n  $ waymark settings\n  $ waymark settings set --zone Europe/Berlin");
  settings.action((options: CommonOptions) =>
    runQuestion(options, { operation: "settings", input: {}, render: renderSettings }),
  );
  withCommonOptions(settings.command("set"))
    .description("changes them; answers are then computed anew")
    .option("--zone <zone>", "an IANA name, such as Europe/Berlin")
    .option("--journey <name>", "life, visit, order-cycle, or an object such as case, session")
    .addHelpText("after", "\nExample:\n  $ waymark settings set --zone Europe/Berlin --journey case")
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SettingsOptions>();
      return runQuestion(options, {
        operation: "set-settings",
        input: said({ zone: options.zone, defaultJourney: options.journey }),
        render: renderSettings,
      });
    });
}
