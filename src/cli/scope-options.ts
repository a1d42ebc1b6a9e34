/**
 * The options that say which journeys, which period and which events a question is about.
 * Every command that asks takes them.
 */
import type { Command } from "commander";
import { type CommonOptions, withCommonOptions } from "./run-command.ts";

export interface ScopeOptions extends CommonOptions {
  readonly journey?: string;
  readonly from?: string;
  readonly to?: string;
  readonly outside?: boolean;
  readonly where?: string;
}

/** Adds which journeys, which period and which events a question is about. */
export function withScope(command: Command): Command {
  return withPeriod(command).option("--journey <name>", "life, visit, order-cycle, or an object such as case, session");
}

export function withPeriod(command: Command): Command {
  return withCommonOptions(command)
    .option("--from <time>", "journeys that start at this time or later, such as 2024-05-19 or 2024-05-19T12:00:00Z")
    .option("--to <time>", "journeys that start before this time")
    .option("--outside", "the other way round: journeys that start outside this period")
    .option(
      "--where <expression>",
      'which events or journeys, such as \'channel = "web" and has("Checkout Started")\'',
    );
}

/** Only what was said: an absent option leaves the choice to the analysis. */
export function said<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: NonNullable<Options[Name]>;
  };
}

export function readScope({ journey, from, to, outside, where }: ScopeOptions) {
  return said({ journey, from, to, outside, where });
}
