/**
 * `waymark mapping check`: whether a mapping file is right, with the line of whatever is not.
 * The checks are made in ingest; here they become lines and an exit code.
 */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Answer } from "../api/operations.ts";
import { EXIT } from "./exit-code.ts";
import { formatCount } from "./format.ts";
import { type CommonOptions, printAnswer, withCommonOptions, withSession } from "./run-command.ts";

interface CheckOptions extends CommonOptions {
  readonly with?: readonly string[];
}

function renderCheck({ file, ok, rules, problems, warnings, files }: Answer<"check-mapping">): string[] {
  const against = files.length > 0 ? `shape, expressions, columns of ${files.join(", ")}` : "shape and expressions";
  const verdict = ok
    ? `${file} is right: ${formatCount(rules, "event rule")}; checked: ${against}.`
    : `${file} is not right: ${formatCount(problems.length, "problem")}.`;
  return [
    ...problems.flatMap(({ line, column, place, field, message, advice }) => [
      `${file}:${line}:${column}  ${place}${field === "" ? "" : `, field ${field}`}: ${message}.`,
      `  ${advice}`,
    ]),
    verdict,
    ...warnings.map((warning) => `note: ${warning}`),
    ...(ok && files.length === 0 ? ["With --with DATA also the columns are checked."] : []),
  ];
}

async function check(file: string, options: CheckOptions): Promise<void> {
  const input = { file: resolve(file), paths: (options.with ?? []).map((path) => resolve(path)) };
  const answer =
    input.paths.length > 0
      ? await withSession(options, (session, call) => session.run("check-mapping", input, call))
      : await import("../api/mapping-operations.ts").then((api) => api.checkMappingAlone(input.file));
  await printAnswer(options, answer, renderCheck);
  if (!answer.ok) process.exitCode = EXIT.wrongUse;
}

export function addMappingCommands(program: Command): void {
  const mapping = withCommonOptions(program.command("mapping"))
    .description("your own mapping files: `mapping check FILE` says whether one is right")
    .addHelpText("after", "\nExample:\n  $ waymark mapping check my.yaml");
  withCommonOptions(mapping.command("check"))
    .description("says whether a mapping file is right, and imports nothing")
    .argument("<file>", "the mapping, a YAML file")
    .option("--with <paths...>", "data that it shall fit: checks its columns too")
    .addHelpText(
      "after",
      `
Names the line of everything that is wrong, and what to do. Exit code 0 when it is right, 2 when it is not.

Example:
  $ waymark recipes show generic > my.yaml
  $ waymark mapping check my.yaml
  $ waymark mapping check my.yaml --with events.csv --json`,
    )
    .action((file: string, _: unknown, command: Command) => check(file, command.optsWithGlobals<CheckOptions>()));
}
