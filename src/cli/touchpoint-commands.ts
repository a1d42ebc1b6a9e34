/**
 * The commands about the catalogue of touchpoints: list, set, rename, merge, split.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import type { Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { BRING_EVENTS } from "./import-commands.ts";
import { renderEdited, renderTouchpoints } from "./render-touchpoints.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";

/** What takes a value away. */
const NONE = "none";

interface SetOptions extends CommonOptions {
  readonly stage?: string;
  readonly channel?: string;
  readonly role?: string;
  readonly owner?: string;
  readonly hide?: boolean;
  readonly show?: boolean;
}

function addList(program: Command): Command {
  return withCommonOptions(program.command("touchpoints"))
    .description("the catalogue of touchpoints: events, stage, channel, role, owner; subcommands change it")
    .addHelpText(
      "after",
      `
Example:
  $ waymark touchpoints --json
  $ waymark touchpoints set "Checkout Started" --stage purchase --owner Ada
  $ waymark touchpoints merge "checkout" "begin_checkout" --into "Checkout Started"`,
    )
    .action((options: CommonOptions) =>
      runQuestion(options, {
        operation: "touchpoints",
        input: {},
        render: renderTouchpoints,
        hint: ({ touchpoints }) => (touchpoints.length === 0 ? BRING_EVENTS : undefined),
      }),
    );
}

function addSet(touchpoints: Command): void {
  withCommonOptions(touchpoints.command("set"))
    .description("sets stage, channel, role or owner; `none` takes it away; hides it from the journey's views")
    .argument("<name>")
    .option("--stage <stage>", "awareness, consideration, evaluation, purchase, setup, support, loyalty, or none")
    .option("--channel <channel>", "web, app, store, e-mail, chat, phone …, or none")
    .option("--role <role>", "order, cancellation, refund, delivery, or none")
    .option("--owner <owner>", "who answers for it, or none")
    .option("--hide", "leave it out of map, variants, steps, funnel …; KPIs still count it")
    .option("--show", "take it in again")
    .addHelpText("after", '\nExample:\n  $ waymark touchpoints set "Ticket Opened" --stage support --owner Ada')
    .action((name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SetOptions>();
      return runQuestion(options, {
        operation: "set-touchpoint",
        input: readChange(name, options),
        render: renderEdited,
      });
    });
}

function readChange(name: string, options: SetOptions): Input<"set-touchpoint"> {
  const { hide = false, show = false } = options;
  if (hide && show) throw wrongUse("Give --hide or --show, not both.");
  const change: Record<string, string | boolean | null> = hide || show ? { hidden: hide } : {};
  for (const field of ["stage", "channel", "role", "owner"] as const) {
    const value = options[field];
    if (value !== undefined) change[field] = value === NONE ? null : value;
  }
  if (Object.keys(change).length === 0)
    throw wrongUse("Say what to set: --stage, --channel, --role, --owner, --hide or --show.");
  // The operation's schema says which stages and roles there are.
  return { name, ...change } as Input<"set-touchpoint">;
}

function addRename(touchpoints: Command): void {
  withCommonOptions(touchpoints.command("rename"))
    .description("gives it another name; later events of the old name still count for it")
    .argument("<name>")
    .argument("<to>")
    .addHelpText("after", '\nExample:\n  $ waymark touchpoints rename begin_checkout "Checkout Started"')
    .action((name: string, to: string, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "rename-touchpoint",
        input: { name, to },
        render: renderEdited,
      }),
    );
}

function addMerge(touchpoints: Command): void {
  withCommonOptions(touchpoints.command("merge"))
    .description("counts several touchpoints as one; `touchpoints split` takes it back")
    .argument("<names...>")
    .requiredOption("--into <name>", "the touchpoint that stays, with its stage, channel, role and owner")
    .addHelpText("after", '\nExample:\n  $ waymark touchpoints merge checkout begin_checkout --into "Checkout Started"')
    .action((names: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { into: string }>();
      return runQuestion(options, {
        operation: "merge-touchpoints",
        input: { names, into: options.into },
        render: renderEdited,
      });
    });
}

function addSplit(touchpoints: Command): void {
  withCommonOptions(touchpoints.command("split"))
    .description("takes a merge back: events that came in under this name have a touchpoint of their own again")
    .argument("<name>")
    .requiredOption("--raw <name>", "the name the events came in with, as `waymark touchpoints` lists it")
    .addHelpText("after", '\nExample:\n  $ waymark touchpoints split "Checkout Started" --raw begin_checkout')
    .action((name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { raw: string }>();
      return runQuestion(options, {
        operation: "split-touchpoint",
        input: { name, rawName: options.raw },
        render: renderEdited,
      });
    });
}

export function addTouchpointCommands(program: Command): void {
  const touchpoints = addList(program);
  addSet(touchpoints);
  addRename(touchpoints);
  addMerge(touchpoints);
  addSplit(touchpoints);
}
