/**
 * The commands about what makes or breaks an outcome: moments, moment, expectations.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import { readAmount, readDuration } from "./read-option.ts";
import { renderExpectations, renderPromises } from "./render-expectations.ts";
import { renderMoment, renderMoments } from "./render-moments.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";

interface OutcomeOptions extends ScopeOptions {
  readonly outcome: string;
  readonly within?: number;
  readonly of?: "score" | "nps";
  readonly worth?: number;
}

interface MomentsOptions extends OutcomeOptions {
  readonly contrast?: "presence" | "experience" | "both";
  readonly property?: string;
}

interface MomentOptions extends OutcomeOptions {
  readonly contrast?: "presence" | "experience";
  readonly property?: string;
  readonly bad?: string;
  readonly segment?: string;
}

function withOutcome(command: Command): Command {
  return withScope(command)
    .requiredOption(
      "--outcome <expression>",
      "what is decided: 'touchpoint = \"Order Completed\"', or repurchase, or silence (no event at all)",
    )
    .option("--within <time>", "how long after a touch it may come, such as 30d, 12h (30d)", readDuration)
    .option("--of <what>", "score or nps: not whether it came, but how the first one was scored")
    .option("--worth <amount>", "what one outcome is worth (the mean order, when it is an order)", readAmount);
}

function readOutcome({ outcome, within, of, worth }: OutcomeOptions) {
  return { outcome, ...said({ withinMs: within, of, worth }) };
}

function addMoments(program: Command): void {
  withOutcome(program.command("moments"))
    .description("the touchpoints that make or break an outcome; what was rejected, and why (docs/moments.md)")
    .option("--contrast <kind>", "presence (did it happen), experience (did it go well) or both (both)")
    .option("--property <name>", "only this property's experience contrasts")
    .addHelpText(
      "after",
      `
Example:
  $ waymark moments --outcome 'touchpoint = "Order Completed"' --within 30d
  $ waymark moments --outcome 'touchpoint = "Review Answered"' --of score --within 60d --contrast experience`,
    )
    .action((options: MomentsOptions) =>
      runQuestion(options, {
        operation: "moments",
        input: {
          ...readScope(options),
          ...readOutcome(options),
          ...said({ contrast: options.contrast, property: options.property }),
        },
        render: renderMoments,
      }),
    );
}

function addMoment(program: Command): void {
  withOutcome(program.command("moment"))
    .description("one candidate in full: its effect, by segment, over time, and what happened instead")
    .argument("<touchpoint>", "its name; quote names with blanks")
    .option("--contrast <kind>", "presence or experience (experience with --property, else presence)")
    .option("--property <name>", "what tells good from bad")
    .option("--bad <condition>", "what counts as bad, such as '= \"true\"' or '> 48'")
    .option("--segment <trait>", "a trait of the customers to compare by")
    .addHelpText(
      "after",
      `
Example:
  $ waymark moment "Delivery Due" --outcome 'touchpoint = "Review Answered"' --of score \\
      --property overdue --bad '= "true"'`,
    )
    .action((touchpoint: string, options: MomentOptions) =>
      runQuestion(options, {
        operation: "moment",
        input: {
          ...readScope(options),
          ...readOutcome(options),
          touchpoint,
          contrast: options.contrast ?? (options.property === undefined ? "presence" : "experience"),
          ...said({ property: options.property, bad: options.bad, segment: options.segment }),
        },
        render: renderMoment,
      }),
    );
}

interface LimitOptions extends CommonOptions {
  readonly atMost?: number;
  readonly atLeast?: number;
}

function addExpectations(program: Command): void {
  const expectations = withScope(program.command("expectations"))
    .description("promises and how often they are met, missed, exceeded; `expectations set` makes one")
    .option("--touchpoint <name>", "only this touchpoint's promises")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark expectations\n  $ waymark expectations set "Ticket Answered" hoursWaited --at-most 48',
    );
  expectations.action((options: ScopeOptions & { touchpoint?: string }) =>
    runQuestion(options, {
      operation: "expectations",
      input: { ...readScope(options), ...said({ touchpoint: options.touchpoint }) },
      render: renderExpectations,
    }),
  );
  withCommonOptions(expectations.command("set"))
    .description("says what customers may expect of a property that holds a number; without both limits nothing")
    .argument("<touchpoint>", "its name; quote names with blanks")
    .argument("<property>", "such as hoursWaited; wait is the hours until the next event")
    .option("--at-most <number>", "kept up to here", readAmount)
    .option("--at-least <number>", "kept from here", readAmount)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark expectations set "Ticket Answered" hoursWaited --at-most 48\n  $ waymark expectations set "Order Completed" wait --at-most 72',
    )
    .action((touchpoint: string, property: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<LimitOptions>();
      return runQuestion(options, {
        operation: "set-promise",
        input: { touchpoint, property, atMost: options.atMost ?? null, atLeast: options.atLeast ?? null },
        render: renderPromises,
      });
    });
}

export function addMomentCommands(program: Command): void {
  addMoments(program);
  addMoment(program);
  addExpectations(program);
}
