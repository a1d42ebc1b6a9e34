/**
 * The command that writes a report: Markdown on stdout, or a file, Markdown or HTML by its ending.
 * What stands in it is the operation's matter.
 */
import type { Command } from "commander";
import type { Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readAmount, readDuration } from "./read-option.ts";
import { printAnswer, withSession } from "./run-command.ts";
import { readScope, type ScopeOptions, said, withScope } from "./scope-options.ts";
import { writeWhole } from "./write-whole.ts";

interface ReportOptions extends ScopeOptions {
  readonly out?: string;
  readonly outcome?: string;
  readonly within?: number;
  readonly worth?: number;
}

type Format = NonNullable<Input<"report">["format"]>;

/** @throws AppError invalid for a file of another kind */
export function readFormat(out: string | undefined): Format {
  if (out === undefined || /\.(?:md|markdown)$/iu.test(out)) return "markdown";
  if (/\.html?$/iu.test(out)) return "html";
  throw wrongUse(`«${out}» must end in .md or .html: that says how it is written.`, { out });
}

async function runReport(options: ReportOptions): Promise<void> {
  const { out, outcome, within, worth } = options;
  const format = readFormat(out);
  const input = { format, ...readScope(options), ...said({ outcome, withinMs: within, worth }) };
  const answer = await withSession(options, (session, call) => session.run("report", input, call));
  if (out !== undefined) await writeWhole(out, answer.text);
  await printAnswer(options, answer, ({ title, text }) =>
    out === undefined ? [text.trimEnd()] : [`${title}: ${out}`],
  );
}

export function addReportCommand(program: Command): void {
  withScope(program.command("report"))
    .description("KPIs, pain points, themes, findings and initiatives in one document that needs no server")
    .option("--out <file>", "write it there: FILE.md, or FILE.html as one self-contained file (Markdown on stdout)")
    .option("--outcome <expression>", "what journeys are for (the order that most journeys have)")
    .option("--within <time>", "how long after a touch it may come, such as 30d, 12h (30d)", readDuration)
    .option("--worth <amount>", "what one outcome is worth (the mean order, when it is an order)", readAmount)
    .addHelpText(
      "after",
      `
Example:
  $ waymark report --out report.html
  $ waymark report --outcome 'touchpoint = "Order Completed"' --out report.md`,
    )
    .action((options: ReportOptions) => runReport(options));
}
