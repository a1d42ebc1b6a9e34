/**
 * The commands that ask: map, variants, funnel, steps, sankey, kpis, retention, journeys.
 * Each turns its words into one operation's input and names its renderer.
 */
import { type Command, InvalidArgumentError } from "commander";
import { renderMap } from "./render-map.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";

export interface ScopeOptions extends CommonOptions {
  readonly journey?: string;
  readonly from?: string;
  readonly to?: string;
  readonly where?: string;
}

function readShare(text: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (!(share >= 0 && share <= 1))
    throw new InvalidArgumentError("It must be a share from 0 to 1, such as 0.05 or 5%.");
  return share;
}

/** Adds which journeys, which period and which events a question is about. */
function withScope(command: Command): Command {
  return withCommonOptions(command)
    .option("--journey <name>", "life, visit, order-cycle, or an object such as case, session, order")
    .option("--from <time>", "journeys that start at this time or later, such as 2024-05-19 or 2024-05-19T12:00:00Z")
    .option("--to <time>", "journeys that start before this time")
    .option(
      "--where <expression>",
      'which events or journeys, such as \'channel = "web" and has("Checkout Started")\'',
    );
}

/** Only what was said: an absent option leaves the choice to the analysis. */
function readScope({ journey, from, to, where }: ScopeOptions) {
  return {
    ...(journey === undefined ? {} : { journey }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(where === undefined ? {} : { where }),
  };
}

function hintWhenEmpty({ journeys }: { readonly journeys: number }): string | undefined {
  return journeys > 0
    ? undefined
    : "No journeys here. Bring events in with: waymark import PATH … (or try: waymark demo --no-serve)";
}

function addMap(program: Command): void {
  withScope(program.command("map"))
    .description("the measured journey: touchpoints, steps between them, how often and how fast")
    .option("--by <what>", "touchpoint or stage")
    .option("--min-share <share>", "leave steps out that a smaller share of the journeys takes", readShare)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark map --journey case --where \'prop."lifecycle:transition" = "COMPLETE"\' --min-share 0.01',
    )
    .action((options: ScopeOptions & { by?: "touchpoint" | "stage"; minShare?: number }) =>
      runQuestion(options, {
        operation: "map",
        input: {
          ...readScope(options),
          ...(options.by === undefined ? {} : { by: options.by }),
          ...(options.minShare === undefined ? {} : { minShare: options.minShare }),
        },
        render: renderMap,
        hint: hintWhenEmpty,
      }),
    );
}

export function addAnalysisCommands(program: Command): void {
  addMap(program);
}
