/**
 * The command that measures what a change did, from a CSV file, by the design that was possible.
 * It opens no workspace; what it does is in api/effect-from-csv.ts.
 */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { EffectRequest } from "../api/effect-from-csv.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { renderEffect } from "./render-effect.ts";
import { printAnswer } from "./run-command.ts";
import { said } from "./scope-options.ts";

interface EffectOptions {
  readonly design: EffectRequest["design"];
  readonly csv: string;
  readonly value: string;
  readonly unit?: string;
  readonly time?: string;
  readonly group?: string;
  readonly control?: string;
  readonly treatment?: string;
  readonly treated?: string;
  readonly treatedFrom?: string;
  readonly controls?: "never" | "not-yet";
  readonly denominator?: string;
  readonly before?: string;
  readonly offset?: string;
  readonly season?: number;
  readonly split?: [number, number];
  readonly peeking?: true;
  readonly dropIncomplete?: true;
  readonly lowerIsBetter?: boolean;
  readonly minEffect?: number;
  readonly confidence?: number;
  readonly delimiter?: string;
  readonly json?: boolean;
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t" };

function readDelimiter(text: string): string {
  const delimiter = DELIMITER_WORDS[text] ?? text;
  if (delimiter.length !== 1) throw new InvalidArgumentError("It must be one character, such as ; or tab.");
  return delimiter;
}

/** 0.95 or 95% */
function readConfidence(text: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (!(share >= 0.5 && share < 1))
    throw new InvalidArgumentError("It must be a share from 0.5 to 0.999, such as 0.95.");
  return share;
}

/** "90:10" → [90, 10], control first. */
function readSplit(text: string): [number, number] {
  const [control = 0, treatment = 0, ...rest] = text.split(":").map(Number);
  if (!(control > 0 && treatment > 0) || rest.length > 0)
    throw new InvalidArgumentError("It must be two numbers above 0, control first, such as 90:10.");
  return [control, treatment];
}

async function runEffect({ json, csv, treatedFrom, dropIncomplete, ...rest }: EffectOptions): Promise<void> {
  // Loaded here: the other commands do without it.
  const { measureEffectFromCsv } = await import("../api/effect-from-csv.ts");
  const request = said({ ...rest, "treated-from": treatedFrom, "drop-incomplete": dropIncomplete });
  const { design, value } = rest;
  const report = await measureEffectFromCsv({ ...request, design, value, csv: resolve(csv) });
  await printAnswer(said({ json }), report, renderEffect);
}

const HELP = `
Designs:
  randomised  chance decided who got the change: --group
  staged      groups got it at different times, others never: --unit --time --treated-from (or --treated)
  synthetic   one unit got it, many like it did not: --unit --time --treated
  series      everybody got it at once: --time --treated; at most "indicative"

Example:
  $ waymark effect --design randomised --csv test.csv.gz --group arm --control old --treatment new --value ordered --min-effect 0.005
  $ waymark effect --design staged --csv shops.csv --unit shop --time month --treated-from since --value revenue
  $ waymark effect --design synthetic --csv states.csv --unit State --time Year --treated treated --value packs
  $ waymark effect --design series --csv tickets.csv --time month --treated after --value tickets --season 12`;

function addColumnOptions(command: Command): Command {
  return command
    .option("--unit <column>", "who is measured; in a randomised design rows of one unit are added up")
    .option("--time <column>", "the period: a number, or a date such as 2024-03-01")
    .option("--group <column>", "randomised: the arm of a row")
    .option("--control <name>", "the group without the change")
    .option("--treatment <name>", "the group with it")
    .option("--treated <column>", "1 in the periods in which the unit has the change, otherwise 0")
    .option("--treated-from <column>", "the first period in which the unit has it; 0 or empty: never")
    .addOption(new Option("--controls <who>", "staged: compare with").choices(["never", "not-yet"]))
    .option("--denominator <column>", "randomised: what the value is divided by, sum by sum")
    .option("--before <column>", "randomised: a number of each unit from before the change (CUPED)")
    .option("--offset <column>", "series: what counts are taken over, such as people or visits");
}

export function addEffectCommand(program: Command): void {
  const command = program
    .command("effect")
    .description("what did a change do? Its effect with interval, verdict and checks, from a CSV file")
    .addOption(
      new Option("--design <design>", "how the change came to be")
        .choices([...["randomised", "staged", "synthetic", "series"]])
        .makeOptionMandatory(),
    )
    .requiredOption("--csv <file>", "rows with a header line; also gzipped")
    .requiredOption("--value <column>", "what is measured; only 0 and 1: a share");
  addColumnOptions(command)
    .option("--min-effect <x>", "the least effect worth having, in the unit of the value", readAmount)
    .option("--lower-is-better", "a fall is an improvement")
    .option("--confidence <share>", "of the interval (default: 0.95)", readConfidence)
    .option("--peeking", "randomised: an interval that holds however often you look")
    .option("--split <a:b>", "randomised: how units were to be split, control first (default: 50:50)", readSplit)
    .option("--season <n>", "series: periods of one season, 1 for none (default: by the dates)", readWhole)
    .option("--drop-incomplete", "leave units out that lack a period")
    .option("--delimiter <c>", "what parts the columns (default: found)", readDelimiter)
    .option("--json", "print the answer as JSON, alone on stdout")
    .addHelpText("after", HELP)
    .action(runEffect);
}
