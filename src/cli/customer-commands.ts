/**
 * The commands about the people behind a number: customers (who they are by name), profile (what tells them apart), fields.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import type { Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readDuration, readWhole } from "./read-option.ts";
import { renderCustomers, renderFields, renderProfile } from "./render-customers.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";

type Selection = NonNullable<Input<"customers">["select"]>;

interface SelectionOptions extends ScopeOptions {
  readonly by?: "touchpoint" | "stage";
  readonly touchpoint?: string;
  readonly start?: string;
  readonly end?: string;
  readonly step?: string[];
  readonly path?: string[];
  readonly kpi?: string;
  readonly funnel?: string[];
  readonly reached?: number;
  readonly stopped?: boolean;
  readonly next?: string;
  readonly per?: "journey" | "customer";
  readonly within?: number;
  readonly strict?: boolean;
}

function withSelection(command: Command): Command {
  return withScope(command)
    .option("--touchpoint <name>", "journeys with this touchpoint")
    .option("--start <name>", "journeys that start with it")
    .option("--end <name>", "journeys that end with it")
    .option("--step <ends...>", "journeys that go from the first to the second with nothing between")
    .option("--path <names...>", "journeys of exactly this path")
    .option("--by <what>", "whether these names are touchpoints or stages (touchpoint)")
    .option("--kpi <id>", "who is behind the n of a KPI, such as repeat-purchase-rate")
    .option("--funnel <names...>", "who reaches a step of this funnel; `NAME?` is an optional step")
    .option("--reached <n>", "which step of the funnel, from 1 (the last)", readWhole)
    .option("--stopped", "only those who do not reach the next required step")
    .option("--next <name>", "of those who stopped, only who went there instead")
    .option("--per <unit>", "the funnel per journey or customer (journey)")
    .option("--within <time>", "from the funnel's first step to the last, such as 30d, 12h, 45m", readDuration)
    .option("--strict", "nothing may happen between two steps of the funnel");
}

function readStep([from, to, ...more]: readonly string[]): Selection {
  if (from === undefined || to === undefined || more.length > 0)
    throw wrongUse('A step has two ends: --step "payment_details" "purchase".', { field: "step" });
  return { kind: "step", from, to };
}

function readFunnel(steps: string[], { reached, stopped, next, per, within, strict }: SelectionOptions): Selection {
  return {
    kind: "funnel",
    steps,
    reached: (reached ?? steps.length) - 1,
    ...said({ per, withinMs: within, strict, next }),
    // Only who stopped went somewhere instead.
    ...(stopped || next !== undefined ? { stopped: true } : {}),
  };
}

/** What was chosen; all journeys in scope when nothing was. */
export function readSelection(options: SelectionOptions): Selection {
  const { touchpoint, start, end, step, path, kpi, funnel } = options;
  const said: Selection[] = [
    ...(touchpoint === undefined ? [] : [{ kind: "touchpoint" as const, touchpoint }]),
    ...(start === undefined ? [] : [{ kind: "start" as const, touchpoint: start }]),
    ...(end === undefined ? [] : [{ kind: "end" as const, touchpoint: end }]),
    ...(step === undefined ? [] : [readStep(step)]),
    ...(path === undefined ? [] : [{ kind: "path" as const, path }]),
    ...(kpi === undefined ? [] : [{ kind: "kpi" as const, id: kpi }]),
    ...(funnel === undefined ? [] : [readFunnel(funnel, options)]),
  ];
  if (said.length > 1)
    throw wrongUse("Say one of --touchpoint, --start, --end, --step, --path, --kpi and --funnel; --where narrows it.", {
      field: "select",
    });
  return said[0] ?? { kind: "all" };
}

function readSelected(options: SelectionOptions) {
  return { ...readScope(options), ...said({ by: options.by }), select: readSelection(options) };
}

function addCustomers(program: Command): void {
  withSelection(program.command("customers"))
    .description("the journeys, or customers, behind a number: how many, and the newest of them")
    .option("--limit <n>", "rows at the most (100)", readWhole)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark customers --journey case --step "Take in charge ticket" "Wait" --limit 20\n' +
        '  $ waymark customers --funnel "Checkout Started" "Order Completed" --reached 1 --stopped',
    )
    .action((options: SelectionOptions & { limit?: number }) =>
      runQuestion(options, {
        operation: "customers",
        input: { ...readSelected(options), ...said({ limit: options.limit }) },
        render: renderCustomers,
      }),
    );
}

function addProfile(program: Command): void {
  withSelection(program.command("profile"))
    .description("who they are: channels, properties and traits of these journeys against all others in scope")
    .addHelpText("after", '\nExample:\n  $ waymark profile --journey case --touchpoint "Wait"')
    .action((options: SelectionOptions) =>
      runQuestion(options, { operation: "profile", input: readSelected(options), render: renderProfile }),
    );
}

function addFields(program: Command): void {
  withCommonOptions(program.command("fields"))
    .description("what --where and --breakdown can name: touchpoints, channels, properties, traits")
    .addHelpText("after", "\nExample:\n  $ waymark fields")
    .action((options: CommonOptions) => runQuestion(options, { operation: "fields", input: {}, render: renderFields }));
}

export function addCustomerCommands(program: Command): void {
  addCustomers(program);
  addProfile(program);
  addFields(program);
}
