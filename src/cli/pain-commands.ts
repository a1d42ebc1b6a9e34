/**
 * The commands about where customers suffer: pain-points, with show and cost; unanswered.
 * Each turns its words into one operation's input and names its renderer.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { wrongUse } from "../api/problem.ts";
import { type FrictionKind, KINDS, readKind, readKinds } from "./read-kind.ts";
import { readAmount, readDuration, readWhole } from "./read-option.ts";
import { renderPainPoint } from "./render-pain-point.ts";
import { renderHandlingCosts, renderPainPoints } from "./render-pain-points.ts";
import { renderUnanswered } from "./render-unanswered.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withPeriod, withScope } from "./scope-options.ts";

interface PainOptions extends ScopeOptions {
  readonly outcome?: string;
  readonly within?: number;
  readonly worth?: number;
  readonly kind?: readonly FrictionKind[];
  readonly segment?: string;
  readonly property?: string;
  readonly bad?: string;
}

/** What takes a price away. */
const NONE = "none";

function withOutcome(command: Command): Command {
  return withScope(command)
    .option(
      "--outcome <expression>",
      "what is lost: 'touchpoint = \"Order Completed\"', or repurchase, or silence (which is bad when it comes)",
    )
    .option("--within <time>", "how long after a touch it may come, such as 30d, 12h (30d)", readDuration)
    .option("--worth <amount>", "what one outcome is worth (the mean order, when it is an order)", readAmount)
    .option("--segment <property>", "where incidents are looked for: channel, customer.TRAIT or prop.NAME");
}

function readOutcome(options: PainOptions) {
  const { outcome, within, worth, segment } = options;
  // Not required of the whole command: a price is set without.
  if (outcome === undefined) throw wrongUse("Say what is lost: --outcome EXPRESSION.");
  return { ...readScope(options), outcome, ...said({ withinMs: within, worth, segment }) };
}

function addList(program: Command): Command {
  return withOutcome(program.command("pain-points"))
    .description(
      "where customers meet trouble and what it costs a month; subcommands show and cost (docs/pain-points.md)",
    )
    .addOption(new Option("--kind <kinds>", `only these kinds: ${KINDS}`).argParser(readKinds))
    .addHelpText(
      "after",
      `
Example:
  $ waymark pain-points --outcome 'touchpoint = "Order Completed"' --within 30d
  $ waymark pain-points show rework "Checkout Started" --outcome 'touchpoint = "Order Completed"'
  $ waymark pain-points cost "Ticket Opened" 8.50`,
    )
    .action((options: PainOptions) =>
      runQuestion(options, {
        operation: "pain-points",
        input: { ...readOutcome(options), ...said({ kinds: options.kind && [...options.kind] }) },
        render: renderPainPoints,
      }),
    );
}

function addShow(painPoints: Command): void {
  withOutcome(painPoints.command("show"))
    .description("one friction in full: how often, what it costs, how sure; where, for whom, since when")
    .argument("<kind>", KINDS, readKind)
    .argument("<touchpoint>", "its name; quote names with blanks")
    .option("--property <name>", "what tells it, where several properties do")
    .option("--bad <condition>", "its bad side, such as '= \"true\"' or '<= 2'")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark pain-points show wait "Ticket Opened" --outcome repurchase --within 90d',
    )
    .action((kind: FrictionKind, touchpoint: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PainOptions>();
      return runQuestion(options, {
        operation: "pain-point",
        input: { ...readOutcome(options), kind, touchpoint, ...said({ property: options.property, bad: options.bad }) },
        render: renderPainPoint,
      });
    });
}

/** 8.50, or none */
export function readPrice(text: string): number | null {
  if (text === NONE) return null;
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError("It must be an amount from 0, such as 8.50, or none.");
  return amount;
}

function addCost(painPoints: Command): void {
  withCommonOptions(painPoints.command("cost"))
    .description("what handling one event of a touchpoint costs the company; without arguments all that is set")
    .argument("[touchpoint]", "its name; quote names with blanks")
    .argument("[amount]", "in the workspace's currency; none takes it away", readPrice)
    .addHelpText("after", '\nExample:\n  $ waymark pain-points cost "Ticket Opened" 8.50\n  $ waymark pain-points cost')
    .action((touchpoint: string | undefined, amount: number | null | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      if (touchpoint === undefined)
        return runQuestion(options, { operation: "handling-costs", input: {}, render: renderHandlingCosts });
      if (amount === undefined) throw wrongUse("Say what one event costs: an amount, or none.");
      return runQuestion(options, {
        operation: "set-handling-cost",
        input: { touchpoint, amount },
        render: renderHandlingCosts,
      });
    });
}

interface UnansweredOptions extends ScopeOptions {
  readonly within?: number;
  readonly days?: number;
  readonly top?: number;
}

function addUnanswered(program: Command): void {
  withPeriod(program.command("unanswered"))
    .description("negative feedback that nobody at the company answered in time")
    .option("--within <time>", "an answer comes within this time (7d)", readDuration)
    .option("--days <number>", "feedback of so many days before the end of the data (90)", readWhole)
    .option("--top <number>", "how many are listed (10)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark unanswered --within 2d --days 30")
    .action((options: UnansweredOptions) =>
      runQuestion(options, {
        operation: "unanswered",
        input: {
          ...readScope(options),
          ...said({ withinMs: options.within, days: options.days, limit: options.top }),
        },
        render: renderUnanswered,
      }),
    );
}

export function addPainCommands(program: Command): void {
  const painPoints = addList(program);
  addShow(painPoints);
  addCost(painPoints);
  addUnanswered(program);
}
