/**
 * The commands about re-purchase: repurchase, with fit, customers, products, signals and cohorts.
 * Each turns its words into one operation's input and names its renderer.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Input } from "../api/operations.ts";
import { LIFECYCLE_STATES, MODEL_WORDS, SEGMENTS } from "../domain/repurchase-words.ts";
import { readDuration, readWhole } from "./read-option.ts";
import { renderRepurchaseCohorts } from "./render-repurchase-cohorts.ts";
import { renderRepurchaseCustomers } from "./render-repurchase-customers.ts";
import { renderRepurchase } from "./render-repurchase-fit.ts";
import { renderRepurchaseProducts } from "./render-repurchase-products.ts";
import { renderRepurchaseSignals } from "./render-repurchase-signals.ts";
import { runQuestion } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withPeriod } from "./scope-options.ts";

type FitInput = Input<"repurchase">;
type Model = NonNullable<FitInput["models"]>[number];
type CustomersInput = Input<"repurchase-customers">;

interface ForecastOptions extends ScopeOptions {
  readonly model?: readonly Model[];
  readonly holdout?: number;
  readonly horizon?: number;
}

const MODELS = Object.keys(MODEL_WORDS) as Model[];
const DAY_MS = 86_400_000;

/** "39w", "90d" → whole days. */
export function readWholeDays(text: string): number {
  const days = readDuration(text) / DAY_MS;
  if (!Number.isInteger(days)) throw new InvalidArgumentError("It must be whole days or weeks, such as 39w or 90d.");
  return days;
}

/** One more model, each once. */
export function readModels(text: string, before: readonly Model[] = []): Model[] {
  const named = text.split(",").map((name) => {
    const model = MODELS.find((known) => known === name.trim());
    if (model === undefined) throw new InvalidArgumentError(`It must be one of: ${MODELS.join(", ")}.`);
    return model;
  });
  return [...new Set([...before, ...named])];
}

function withForecast(command: Command): Command {
  return withPeriod(command)
    .addOption(
      new Option("--model <name>", `only this model; may be said again: ${MODELS.join(", ")}`).argParser(readModels),
    )
    .option(
      "--holdout <time>",
      "how much of the end the forecasts are tried on, such as 39w (a third, 39w at most)",
      readWholeDays,
    )
    .option("--horizon <time>", "how far to look ahead, such as 13w (as long as the hold-out)", readWholeDays);
}

function readForecast(options: ForecastOptions): FitInput {
  const { model, holdout, horizon } = options;
  return {
    ...readScope(options),
    ...said({ models: model && [...model], holdoutDays: holdout, horizonDays: horizon }),
  };
}

function askForecast(_: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<ForecastOptions>();
  return runQuestion(options, { operation: "repurchase", input: readForecast(options), render: renderRepurchase });
}

function addFit(repurchase: Command): void {
  withForecast(repurchase.command("fit"))
    .description("how many orders to expect, by the model that did best on a hold-out, beside naive baselines")
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark repurchase fit --holdout 39w\n  $ waymark repurchase fit --model bg-nbd --model pareto-nbd --json",
    )
    .action(askForecast);
}

interface CustomersOptions extends ForecastOptions {
  readonly top?: number;
  readonly segment?: CustomersInput["segment"];
  readonly state?: CustomersInput["state"];
}

function addCustomers(repurchase: Command): void {
  withForecast(repurchase.command("customers"))
    .description("who will buy again, when, how often and for how much; the most expected orders first")
    .option("--top <number>", "how many are listed (100)", readWhole)
    .addOption(new Option("--segment <name>", "only this RFM segment").choices(SEGMENTS))
    .addOption(new Option("--state <name>", "only customers in this state").choices(LIFECYCLE_STATES))
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark repurchase customers --top 20\n  $ waymark repurchase customers --state 'at risk' --json",
    )
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<CustomersOptions>();
      const { top, segment, state } = options;
      return runQuestion(options, {
        operation: "repurchase-customers",
        input: { ...readForecast(options), ...said({ top, segment, state }) },
        render: renderRepurchaseCustomers,
      });
    });
}

function addProducts(repurchase: Command): void {
  withPeriod(repurchase.command("products"))
    .description("how soon each product is bought again, and how well next products are foretold")
    .option("--top <number>", "how many are listed (50)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark repurchase products --top 20")
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<ScopeOptions & { readonly top?: number }>();
      return runQuestion(options, {
        operation: "repurchase-products",
        input: { ...readScope(options), ...said({ top: options.top }) },
        render: renderRepurchaseProducts,
      });
    });
}

interface SignalsOptions extends ScopeOptions {
  readonly days?: number;
  readonly within?: number;
}

function addSignals(repurchase: Command): void {
  withPeriod(repurchase.command("signals"))
    .description("behaviours after the first order that go with a second one, and whether that survives adjustment")
    .option("--days <time>", "how long after the first order they count (30d)", readWholeDays)
    .option("--within <time>", "how long after that a second purchase counts (180d)", readWholeDays)
    .addHelpText("after", "\nExample:\n  $ waymark repurchase signals --days 30d --within 90d")
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignalsOptions>();
      return runQuestion(options, {
        operation: "repurchase-signals",
        input: { ...readScope(options), ...said({ days: options.days, withinDays: options.within }) },
        render: renderRepurchaseSignals,
      });
    });
}

interface CohortsOptions extends ScopeOptions {
  readonly cohort?: "month" | "quarter";
}

function addCohorts(repurchase: Command): void {
  withPeriod(repurchase.command("cohorts"))
    .description("repeat purchase, orders and revenue at fixed age by cohort; time to the second order; a projection")
    .addOption(new Option("--cohort <unit>", "cohorts by the first order's (month)").choices(["month", "quarter"]))
    .addHelpText("after", "\nExample:\n  $ waymark repurchase cohorts --cohort quarter")
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<CohortsOptions>();
      return runQuestion(options, {
        operation: "repurchase-cohorts",
        input: { ...readScope(options), ...said({ cohort: options.cohort }) },
        render: renderRepurchaseCohorts,
      });
    });
}

export function addRepurchaseCommands(program: Command): void {
  const repurchase = withForecast(program.command("repurchase"))
    .description(
      "who will buy again: fit (also meant without a subcommand), customers, products, signals, cohorts (docs/repurchase.md)",
    )
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark repurchase fit --holdout 39w\n  $ waymark repurchase customers --top 20",
    )
    .action(askForecast);
  addFit(repurchase);
  addCustomers(repurchase);
  addProducts(repurchase);
  addSignals(repurchase);
  addCohorts(repurchase);
}
