/**
 * The commands that set things side by side: compare (two scopes on one map, or one step by a field) and funnel-exits.
 * Each turns its words into one operation's input and names its renderer.
 */
import type { Command } from "commander";
import { wrongUse } from "../api/problem.ts";
import { readDuration, readWhole } from "./read-option.ts";
import { renderBreakdown, renderComparison, renderExits } from "./render-compare.ts";
import { runQuestion } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";

export interface CompareOptions extends ScopeOptions {
  readonly vsFrom?: string;
  readonly vsTo?: string;
  readonly vsOutside?: boolean;
  readonly vsWhere?: string;
  readonly by?: "touchpoint" | "stage";
  readonly step?: string[];
  readonly breakdown?: string;
  readonly top?: number;
}

/**
 * The other scope. It differs from the first in what is said: a period as a whole (its ends belong together), a filter.
 * `--vs-outside` alone is the time outside the first's period.
 */
export function readVersus({ from, to, where, vsFrom, vsTo, vsOutside, vsWhere }: CompareOptions) {
  if (!vsFrom && !vsTo && !vsOutside && !vsWhere) return undefined;
  const period = vsFrom || vsTo ? { from: vsFrom, to: vsTo } : { from, to };
  return said({ ...period, outside: vsOutside, where: vsWhere ?? where });
}

function compareMaps(options: CompareOptions) {
  const vs = readVersus(options);
  if (!vs)
    throw wrongUse(
      "Say with what to compare: --vs-from, --vs-to, --vs-outside or --vs-where, such as --from 2024-05-19 --to 2024-06-08 --vs-outside.",
      { field: "vs" },
    );
  return runQuestion(options, {
    operation: "compare",
    input: { ...readScope(options), vs, ...said({ by: options.by }) },
    render: (answer) => renderComparison(answer, options.top),
  });
}

function breakStep(options: CompareOptions, step: readonly string[]) {
  const [from, to] = step;
  if (from === undefined || to === undefined || step.length > 2)
    throw wrongUse('A step has two ends: --step "payment_details" "purchase".', { field: "step" });
  if (options.breakdown === undefined)
    throw wrongUse("Say by what to split the step: --breakdown channel, prop.NAME or customer.TRAIT.", {
      field: "breakdown",
    });
  return runQuestion(options, {
    operation: "step-breakdown",
    input: {
      ...readScope(options),
      step: { from, to },
      by: options.breakdown,
      ...said({ vs: readVersus(options), limit: options.top }),
    },
    render: renderBreakdown,
  });
}

function addCompare(program: Command): void {
  withScope(program.command("compare"))
    .description("two periods, segments or outcomes on one map, with differences; or one step of it by a field")
    .option("--vs-from <time>", "the others: journeys that start at this time or later")
    .option("--vs-to <time>", "the others: journeys that start before this time")
    .option(
      "--vs-outside",
      "the others: journeys that start outside the period (that of --vs-from, --vs-to, or the first)",
    )
    .option("--vs-where <expression>", "the others: which events or journeys (the same as the first)")
    .option("--by <what>", "touchpoint or stage")
    .option("--step <ends...>", "only this step, from its beginning to its end, split by --breakdown")
    .option("--breakdown <field>", "channel, prop.NAME or customer.TRAIT")
    .option("--top <n>", "how many rows are listed (15 touchpoints and 25 steps, or 50 values)", readWhole)
    .addHelpText(
      "after",
      `
A period or filter of the others that is not said is the same as the first's.

Example:
  $ waymark compare --journey session --from 2024-05-19 --to 2024-06-08 --vs-outside
  $ waymark compare --journey session --from 2024-05-19 --to 2024-06-08 --vs-outside \\
      --step payment_details purchase --breakdown prop.platform`,
    )
    .action((options: CompareOptions) => (options.step ? breakStep(options, options.step) : compareMaps(options)));
}

interface ExitOptions extends ScopeOptions {
  readonly per?: "journey" | "customer";
  readonly within?: number;
  readonly strict?: boolean;
}

function addExits(program: Command): void {
  withScope(program.command("funnel-exits"))
    .description("where they went instead: what came right after, of those who reach a step but not the next")
    .argument("<touchpoints...>", "names in order; quote names with blanks; `NAME?` is an optional step")
    .option("--per <unit>", "journey or customer (journey)")
    .option("--within <time>", "from the first step to the last, such as 30d, 12h, 45m", readDuration)
    .option("--strict", "nothing may happen between two steps")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark funnel-exits "Product Viewed" "Product Added" "Order Placed" --journey visit',
    )
    .action((steps: string[], options: ExitOptions) =>
      runQuestion(options, {
        operation: "funnel-exits",
        input: {
          steps,
          ...readScope(options),
          ...said({ per: options.per, withinMs: options.within, strict: options.strict }),
        },
        render: renderExits,
      }),
    );
}

export function addCompareCommands(program: Command): void {
  addCompare(program);
  addExits(program);
}
