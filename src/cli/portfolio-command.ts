/**
 * The command about the portfolio: goals with their KPIs, what could be done next, the initiatives, what is in the calendar.
 * Goals are kept here too; initiatives have commands of their own.
 */
import type { Command } from "commander";
import { wrongUse } from "../api/problem.ts";
import { collect, orNone } from "./initiative-options.ts";
import { readWhole } from "./read-option.ts";
import { renderPortfolio } from "./render-portfolio.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { said } from "./scope-options.ts";

interface GoalOptions extends CommonOptions {
  readonly title?: string;
  readonly kpi?: readonly string[];
  readonly owner?: string;
}

function addGoals(portfolio: Command): void {
  withCommonOptions(portfolio.command("goal"))
    .description("adds a goal: what the company wants, and the KPIs that show it")
    .argument("<title>", "in one sentence")
    .option("--kpi <id>", "as `waymark kpis` lists it; may be given several times", collect)
    .option("--owner <name>", "who answers for it")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark portfolio goal "Customers come back" --kpi repeat-purchase-rate --owner Ada',
    )
    .action((title: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GoalOptions>();
      return runQuestion(options, {
        operation: "add-goal",
        input: { title, kpis: [...(options.kpi ?? [])], ...said({ owner: options.owner }) },
        render: ({ id }) => [`Goal ${id} stands: waymark portfolio`],
      });
    });
  withCommonOptions(portfolio.command("set-goal"))
    .description("changes a goal; --kpi replaces all its KPIs")
    .argument("<id>", "its number, as `waymark portfolio` lists it", readWhole)
    .option("--title <text>")
    .option("--kpi <id>", "may be given several times", collect)
    .option("--owner <name>", "who answers for it, or none")
    .addHelpText("after", "\nExample:\n  $ waymark portfolio set-goal 1 --kpi repeat-purchase-rate --kpi conversion")
    .action((id: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GoalOptions>();
      const { title, kpi, owner } = options;
      if (title === undefined && kpi === undefined && owner === undefined)
        throw wrongUse("Say what to set: --title, --kpi or --owner.");
      return runQuestion(options, {
        operation: "update-goal",
        input: {
          id,
          ...said({ title, kpis: kpi && [...kpi] }),
          ...(owner === undefined ? {} : { owner: orNone(owner) }),
        },
        render: () => [`Goal ${id} is changed.`],
      });
    });
}

export function addPortfolioCommand(program: Command): void {
  const portfolio = withCommonOptions(program.command("portfolio"))
    .description("goals with their KPIs, findings worth acting on, all initiatives, what is in the calendar")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark portfolio\n  $ waymark portfolio goal "Customers come back" --kpi repeat-purchase-rate',
    )
    .action((options: CommonOptions) =>
      runQuestion(options, { operation: "portfolio", input: {}, render: renderPortfolio }),
    );
  addGoals(portfolio);
}
