/**
 * The commands about how it goes: overview, trend, breakdown, annotate, annotations, targets.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import { readAmount, readWhole } from "./read-option.ts";
import { renderAnnotations, renderBreakdown, renderTargets, renderTrend } from "./render-kpi-parts.ts";
import { renderOverview } from "./render-overview.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";

function addOverview(program: Command): void {
  withCommonOptions(program.command("overview"))
    .description("what is in the workspace, its headline numbers, what changed, and where data are missing")
    .addHelpText("after", "\nExample:\n  $ waymark overview")
    .action((options: CommonOptions) =>
      runQuestion(options, {
        operation: "overview",
        input: {},
        render: renderOverview,
        hint: ({ events }) =>
          events > 0 ? undefined : "Bring events in with: waymark import PATH … (or try: waymark demo --no-serve)",
      }),
    );
}

interface TrendOptions extends ScopeOptions {
  readonly every?: "day" | "week" | "month";
  readonly target?: string;
}

function addTrend(program: Command): void {
  withScope(program.command("trend"))
    .description("one KPI over time, each point with its interval and n")
    .argument("<kpi>", "its id, as `waymark kpis` lists it")
    .option("--every <bucket>", "day, week (from Monday) or month (month)")
    .option("--target <touchpoint>", "what counts as converted, for conversion")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark trend revenue --every week\n  $ waymark trend "csat:Review Answered"',
    )
    .action((kpi: string, options: TrendOptions) =>
      runQuestion(options, {
        operation: "kpi-trend",
        input: { kpi, ...readScope(options), ...said({ every: options.every, target: options.target }) },
        render: renderTrend,
      }),
    );
}

function addBreakdown(program: Command): void {
  withScope(program.command("breakdown"))
    .description("one KPI by channel, stage, a property of the event or a trait of the customer")
    .argument("<kpi>", "its id, as `waymark kpis` lists it")
    .requiredOption("--by <field>", "channel, stage, prop.NAME or customer.NAME")
    .option("--target <touchpoint>", "what counts as converted, for conversion")
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark breakdown conversion --by channel\n  $ waymark breakdown revenue --by customer.region",
    )
    .action((kpi: string, options: ScopeOptions & { by: string; target?: string }) =>
      runQuestion(options, {
        operation: "kpi-breakdown",
        input: { kpi, by: options.by, ...readScope(options), ...said({ target: options.target }) },
        render: renderBreakdown,
      }),
    );
}

function addAnnotations(program: Command): void {
  withCommonOptions(program.command("annotate"))
    .description("notes something about a day, shown beside the trends")
    .argument("<day>", "such as 2025-03-31")
    .argument("<text>", "what happened; quote it")
    .addHelpText("after", '\nExample:\n  $ waymark annotate 2025-03-31 "new checkout"')
    .action((date: string, text: string, options: CommonOptions) =>
      runQuestion(options, {
        operation: "annotate",
        input: { date, text },
        render: ({ id }) => [`Annotation ${id} stands at ${date}.`],
      }),
    );
  const annotations = withCommonOptions(program.command("annotations"))
    .description("what was noted, by day; `annotations remove ID` takes one away")
    .addHelpText("after", "\nExample:\n  $ waymark annotations\n  $ waymark annotations remove 3");
  annotations.action((options: CommonOptions) =>
    runQuestion(options, { operation: "annotations", input: {}, render: renderAnnotations }),
  );
  withCommonOptions(annotations.command("remove"))
    .description("takes one annotation away")
    .argument("<id>", "its number, as `waymark annotations` lists it", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark annotations remove 3")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "remove-annotation",
        input: { id },
        render: () => [`Annotation ${id} is gone.`],
      }),
    );
}

function addTargets(program: Command): void {
  const targets = withCommonOptions(program.command("targets"))
    .description("targets and baselines of KPIs; `targets set KPI` sets them, without amounts it takes them away")
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark targets\n  $ waymark targets set conversion --target 12% --baseline 10.5%",
    );
  targets.action((options: CommonOptions) =>
    runQuestion(options, { operation: "targets", input: {}, render: renderTargets }),
  );
  withCommonOptions(targets.command("set"))
    .description("sets what a KPI shall reach, and where it stood; without both it has no target")
    .argument("<kpi>", "its id, as `waymark kpis` lists it")
    .option("--target <amount>", "in the KPI's unit", readAmount)
    .option("--baseline <amount>", "in the KPI's unit", readAmount)
    .addHelpText("after", "\nExample:\n  $ waymark targets set revenue --target 250000")
    .action((kpi: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { target?: number; baseline?: number }>();
      return runQuestion(options, {
        operation: "set-target",
        input: { kpi, target: options.target ?? null, baseline: options.baseline ?? null },
        render: renderTargets,
      });
    });
}

export function addKpiCommands(program: Command): void {
  addOverview(program);
  addTrend(program);
  addBreakdown(program);
  addAnnotations(program);
  addTargets(program);
}
