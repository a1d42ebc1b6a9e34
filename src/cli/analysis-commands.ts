/**
 * The commands that ask: map, variants, funnel, steps, sankey, kpis, retention, journeys.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import type { AnswerBasis } from "./basis-lines.ts";
import { readDays, readDuration, readShare, readWhole } from "./read-option.ts";
import { renderKpis } from "./render-kpis.ts";
import { renderMap } from "./render-map.ts";
import { renderRetention } from "./render-retention.ts";
import { renderSankey, renderSteps } from "./render-steps.ts";
import { renderCustomer, renderFunnel, renderVariants } from "./render-variants.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withPeriod, withScope } from "./scope-options.ts";

function hintWhenEmpty({ journeys, filter }: { readonly journeys: number; readonly filter: AnswerBasis["filter"] }) {
  if (journeys > 0) return undefined;
  const filtered = filter.from !== null || filter.to !== null || filter.where !== null;
  return filtered
    ? "No journey is left under this filter; look without it first."
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
        input: { ...readScope(options), ...said({ by: options.by, minShare: options.minShare }) },
        render: renderMap,
        hint: hintWhenEmpty,
      }),
    );
}

function addVariants(program: Command): void {
  withScope(program.command("variants"))
    .description("the distinct paths that journeys follow, the commonest first")
    .option("--top <n>", "how many paths are listed (10)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark variants --journey case --top 5")
    .action((options: ScopeOptions & { top?: number }) =>
      runQuestion(options, {
        operation: "variants",
        input: { ...readScope(options), ...said({ top: options.top }) },
        render: renderVariants,
        hint: hintWhenEmpty,
      }),
    );
}

interface FunnelOptions extends ScopeOptions {
  readonly per?: "journey" | "customer";
  readonly within?: number;
  readonly strict?: boolean;
}

function addFunnel(program: Command): void {
  withScope(program.command("funnel"))
    .description("how many pass these touchpoints in this order, and where they stop; `NAME?` is an optional step")
    .argument("<touchpoints...>", "names in order; quote names with blanks")
    .option("--per <unit>", "journey or customer (journey)")
    .option("--within <time>", "from the first step to the last, such as 30d, 12h, 45m", readDuration)
    .option("--strict", "nothing may happen between two steps")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark funnel "Product Viewed" "Product Added?" "Order Placed" --per customer --within 30d',
    )
    .action((steps: string[], options: FunnelOptions) =>
      runQuestion(options, {
        operation: "funnel",
        input: {
          steps,
          ...readScope(options),
          ...said({ per: options.per, withinMs: options.within, strict: options.strict }),
        },
        render: renderFunnel,
      }),
    );
}

function addSteps(program: Command): void {
  withScope(program.command("steps"))
    .description("the step matrix: what journeys do at their first, second, third … step")
    .option("--steps <n>", "how many steps (10)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark steps --journey visit --steps 6")
    .action((options: ScopeOptions & { steps?: number }) =>
      runQuestion(options, {
        operation: "steps",
        input: { ...readScope(options), ...said({ steps: options.steps }) },
        render: renderSteps,
        hint: hintWhenEmpty,
      }),
    );
}

function addSankey(program: Command): void {
  withScope(program.command("sankey"))
    .description("the levels and links of a Sankey diagram")
    .option("--levels <n>", "how many levels (5)", readWhole)
    .option("--top <n>", "touchpoints named on each level (10)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark sankey --journey visit --levels 4 --top 6 --json")
    .action((options: ScopeOptions & { levels?: number; top?: number }) =>
      runQuestion(options, {
        operation: "sankey",
        input: { ...readScope(options), ...said({ levels: options.levels, top: options.top }) },
        render: renderSankey,
        hint: hintWhenEmpty,
      }),
    );
}

function addKpis(program: Command): void {
  withScope(program.command("kpis"))
    .description("the defined numbers with their intervals and n; definitions in docs/kpis.md")
    .option("--target <touchpoint>", "what counts as converted (the touchpoints that stand for an order)")
    .option("--kpis <ids...>", "only these")
    .addHelpText("after", '\nExample:\n  $ waymark kpis --target "Order Placed" --from 2024-01-01 --to 2024-07-01')
    .action((options: ScopeOptions & { target?: string; kpis?: string[] }) =>
      runQuestion(options, {
        operation: "kpis",
        input: { ...readScope(options), ...said({ target: options.target, kpis: options.kpis }) },
        render: renderKpis,
      }),
    );
}

interface RetentionOptions extends ScopeOptions {
  readonly cohort?: "week" | "month";
  readonly event?: "any" | "order";
  readonly kind?: "n-day" | "unbounded" | "bracket";
  readonly days?: number[];
}

function addRetention(program: Command): void {
  withPeriod(program.command("retention"))
    .description("who comes back: cohorts by week or month, and the share that returns later")
    .option("--cohort <by>", "week or month (month)")
    .option("--event <what>", "any event, or order (any)")
    .option("--kind <kind>", "n-day, unbounded or bracket (bracket)")
    .option("--days <days>", "days since the first, such as 7,30,90", readDays)
    .addHelpText("after", "\nExample:\n  $ waymark retention --event order --days 30,90,180")
    .action((options: RetentionOptions) =>
      runQuestion(options, {
        operation: "retention",
        input: {
          ...said({ from: options.from, to: options.to, outside: options.outside, where: options.where }),
          ...said({ cohort: options.cohort, event: options.event, kind: options.kind, days: options.days }),
        },
        render: renderRetention,
      }),
    );
}

function addJourneys(program: Command): void {
  withCommonOptions(program.command("journeys"))
    .description("one customer's journeys, event by event")
    .argument("<customer>", "the customer's id, or a visitor's anonymous id")
    .option("--journey <name>", "life, visit, order-cycle, or an object such as case, session, order")
    .option("--limit <n>", "events at the most, the first ones (10,000)", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark journeys 17850 --journey order-cycle")
    .action((customer: string, options: CommonOptions & { journey?: string; limit?: number }) =>
      runQuestion(options, {
        operation: "journeys",
        input: { customer, ...said({ journey: options.journey, limit: options.limit }) },
        render: renderCustomer,
      }),
    );
}

export function addAnalysisCommands(program: Command): void {
  addMap(program);
  addVariants(program);
  addFunnel(program);
  addSteps(program);
  addSankey(program);
  addKpis(program);
  addRetention(program);
  addJourneys(program);
}
