/**
 * The commands about what came in: import, imports, imports rollback, recipes, touchpoints.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import { renderImports, renderTouchpoints } from "./render-imports.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";

const BRING_EVENTS =
  "This workspace is empty. Bring events in with: waymark import PATH … (or try: waymark demo --no-serve)";

function addImports(program: Command): void {
  const imports = withCommonOptions(program.command("imports"))
    .description("what was imported, with its counts; `imports rollback ID` takes one out again")
    .addHelpText("after", "\nExample:\n  $ waymark imports --json\n  $ waymark imports rollback 3");
  imports.action((options: CommonOptions) =>
    runQuestion(options, {
      operation: "imports",
      input: {},
      render: renderImports,
      hint: ({ imports: list }) => (list.length === 0 ? BRING_EVENTS : undefined),
    }),
  );
}

function addTouchpoints(program: Command): void {
  withCommonOptions(program.command("touchpoints"))
    .description("the catalogue of touchpoints: stage, channel, role; those without a stage are listed")
    .addHelpText("after", "\nExample:\n  $ waymark touchpoints --json")
    .action((options: CommonOptions) =>
      runQuestion(options, {
        operation: "touchpoints",
        input: {},
        render: renderTouchpoints,
        hint: ({ touchpoints }) => (touchpoints.length === 0 ? BRING_EVENTS : undefined),
      }),
    );
}

export function addImportCommands(program: Command): void {
  addImports(program);
  addTouchpoints(program);
}
