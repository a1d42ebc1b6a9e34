/**
 * The command that measures what a change did, by the design that was possible: from the workspace's events, or from a CSV
 * file without any workspace. What it does is in api/effect-operations.ts and api/effect-from-csv.ts; plans are in effect-plan-commands.ts.
 */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { EffectRequest } from "../api/effect-from-csv.ts";
import { wrongUse } from "../api/problem.ts";
import {
  addCertaintyOptions,
  addDesignOption,
  addEventOptions,
  addGroupOptions,
  type CertaintyOptions,
  type EventOptions,
  type GroupOptions,
  readWholeQuestion,
} from "./effect-options.ts";
import { renderEffect } from "./render-effect.ts";
import { type CommonOptions, printAnswer, runQuestion, withCommonOptions } from "./run-command.ts";
import { said } from "./scope-options.ts";

interface FileOptions {
  readonly value?: string;
  readonly time?: string;
  readonly group?: string;
  readonly treated?: string;
  readonly treatedFrom?: string;
  readonly denominator?: string;
  readonly before?: string;
  readonly offset?: string;
  readonly dropIncomplete?: true;
  readonly delimiter?: string;
}

interface EffectOptions extends CommonOptions, CertaintyOptions, GroupOptions, FileOptions, EventOptions {
  readonly csv?: string;
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t" };

function readDelimiter(text: string): string {
  const delimiter = DELIMITER_WORDS[text] ?? text;
  if (delimiter.length !== 1) throw new InvalidArgumentError("It must be one character, such as ; or tab.");
  return delimiter;
}

/** The options by the kind of source that knows them, as they are written. */
const FILE_OPTIONS: Readonly<Record<keyof FileOptions, string>> = {
  ...{ value: "--value", time: "--time", group: "--group", treated: "--treated", treatedFrom: "--treated-from" },
  ...{ denominator: "--denominator", before: "--before", offset: "--offset" },
  ...{ dropIncomplete: "--drop-incomplete", delimiter: "--delimiter" },
};
const EVENT_OPTIONS: Readonly<Record<keyof EventOptions, string>> = {
  ...{ metric: "--metric", event: "--event", per: "--per", of: "--of", by: "--by", audience: "--audience" },
  ...{ at: "--at", since: "--since", switchOn: "--switch-on", from: "--from", until: "--until" },
  ...{ within: "--within", period: "--period", where: "--where", adjust: "--adjust" },
};

function findSaid(options: EffectOptions, names: Readonly<Record<string, string>>): string | undefined {
  const [, strange] = Object.entries(names).find(([name]) => name in options) ?? [];
  return strange;
}

async function measureFile(csv: string, options: EffectOptions): Promise<void> {
  const strange = findSaid(options, EVENT_OPTIONS);
  if (strange !== undefined) throw wrongUse(`${strange} asks the events; it means nothing to a file (--csv).`);
  const { design, value, control, treatment, treatedFrom, dropIncomplete, unit, time, group } = options;
  if (design === undefined) throw wrongUse("Say how the change came to be: --design.");
  if (value === undefined) throw wrongUse("Say which column is measured: --value.");
  const { treated, denominator, before, offset, delimiter } = options;
  const { peeking, split, controls, season, minEffect, lowerIsBetter, confidence } = options;
  const request: EffectRequest = {
    ...{ design, value, csv: resolve(csv) },
    ...said({ unit, time, group, control: control?.at(-1), treatment: treatment?.at(-1), treated, denominator }),
    ...said({ before, offset, delimiter, "treated-from": treatedFrom, "drop-incomplete": dropIncomplete }),
    ...said({ peeking, split, controls, season, minEffect, lowerIsBetter, confidence }),
  };
  // Loaded here: the other commands do without it.
  const { measureEffectFromCsv } = await import("../api/effect-from-csv.ts");
  await printAnswer(options, await measureEffectFromCsv(request), (report) => renderEffect(report));
}

async function runEffect(options: EffectOptions): Promise<void> {
  if (options.csv !== undefined) return measureFile(options.csv, options);
  const strange = findSaid(options, FILE_OPTIONS);
  if (strange !== undefined) throw wrongUse(`${strange} names a column of a file: give --csv, or leave it out.`);
  return runQuestion(options, {
    operation: "estimate-effect",
    input: readWholeQuestion(options),
    render: (report) => renderEffect(report, report.zone),
  });
}

const HELP = `
Designs, from events and from a file:
  randomised  chance decided who got the change: --by (--at); --group
  staged      groups got it at different times, others never: --by --switch-on; --unit --time --treated-from (or --treated)
  synthetic   one group got it, many like it did not: --by --treatment --since; --unit --time --treated
  series      everybody got it at once: --since; --time --treated; at most "indicative"

Example:
  $ waymark effect --design staged --metric ratio --event 'touchpoint = "Order Completed"' --per 'touchpoint = "Checkout Started"' --by customer.group --switch-on B=2025-08-01 --min-effect 0.02
  $ waymark effect --design randomised --metric share --event 'touchpoint = "Order Completed"' --by prop.variant --at 'touchpoint = "Assigned"' --within 30d
  $ waymark effect --design randomised --csv test.csv.gz --group arm --control old --treatment new --value ordered --min-effect 0.005
  $ waymark effect --design staged --csv shops.csv --unit shop --time month --treated-from since --value revenue
  $ waymark effect --design synthetic --csv states.csv --unit State --time Year --treated treated --value packs
  $ waymark effect --design series --csv tickets.csv --time month --treated after --value tickets --season 12`;

function addFileOptions(command: Command): Command {
  return command
    .optionsGroup("From a file instead:")
    .option("--csv <file>", "rows with a header line; also gzipped")
    .option("--value <column>", "what is measured; only 0 and 1: a share")
    .option("--time <column>", "the period: a number, or a date such as 2024-03-01")
    .option("--group <column>", "randomised: the arm of a row")
    .option("--treated <column>", "1 in the periods in which the unit has the change, otherwise 0")
    .option("--treated-from <column>", "the first period in which the unit has it; 0 or empty: never")
    .option("--denominator <column>", "randomised: what the value is divided by, sum by sum")
    .option("--before <column>", "randomised: a number of each unit from before the change (CUPED)")
    .option("--offset <column>", "series: what counts are taken over, such as people or visits")
    .option("--drop-incomplete", "leave units out that lack a period")
    .option("--delimiter <c>", "what parts the columns (default: found)", readDelimiter);
}

export function addEffectCommand(program: Command): void {
  const command = withCommonOptions(program.command("effect")).description(
    "what did a change do? Its effect with interval, verdict and checks, from the events or a CSV file",
  );
  addDesignOption(command);
  addGroupOptions(
    command,
    "customer (default), an object such as order, or day; of a file the column of who is measured",
    "a value of --by, or of --group",
  );
  addCertaintyOptions(command);
  addEventOptions(command.optionsGroup("From events:"));
  addFileOptions(command)
    .addHelpText("after", HELP)
    .action((options: EffectOptions) => runEffect(options));
}
