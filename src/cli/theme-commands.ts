/**
 * The command about what customers write: themes.
 * It turns its words into the operation's input and names its renderer.
 */
import type { Command } from "commander";
import { readWhole } from "./read-option.ts";
import { renderThemes } from "./render-themes.ts";
import { runQuestion } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";

interface ThemesOptions extends ScopeOptions {
  readonly touchpoint?: string;
  readonly property?: string;
  readonly limit?: number;
}

export function addThemeCommands(program: Command): void {
  withScope(program.command("themes"))
    .description("what customers write about: themes of comments and subjects, counted and scored (docs/themes.md)")
    .option("--touchpoint <name>", "only texts of this touchpoint")
    .option("--property <name>", "only this property, whatever it is called")
    .option("--limit <number>", "at most so many themes, the largest first (20)", readWhole)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark themes\n  $ waymark themes --touchpoint "Review Answered" --property comment --limit 10',
    )
    .action((options: ThemesOptions) =>
      runQuestion(options, {
        operation: "themes",
        input: {
          ...readScope(options),
          ...said({ touchpoint: options.touchpoint, property: options.property, limit: options.limit }),
        },
        render: renderThemes,
      }),
    );
}
