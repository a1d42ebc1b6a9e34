/**
 * The commands about rejected records: imports rejects, imports retry.
 * They stand below `imports`, in import-commands.
 */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Answer, Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readWhole } from "./read-option.ts";
import { renderRejects, renderRetry } from "./render-rejects.ts";
import { type CommonOptions, printAnswer, withCommonOptions, withSession } from "./run-command.ts";
import { writeWhole } from "./write-whole.ts";

interface RejectsOptions extends CommonOptions {
  readonly out?: string;
}

interface RetryOptions extends CommonOptions {
  readonly file?: string;
  readonly mapping?: string;
  readonly group?: number;
  readonly set?: readonly string[];
  readonly timeFormat?: string;
  readonly suggested?: boolean;
}

const IMPORT_ID = "its number, as `waymark imports` lists it";

export function addRejectCommands(imports: Command): void {
  withCommonOptions(imports.command("rejects"))
    .description("the rejected records of an import by what is wrong with them, and what to do")
    .argument("<id>", IMPORT_ID, readWhole)
    .option("--out <file>", "write them as CSV, to be corrected and given to `imports retry --file`")
    .addHelpText("after", "\nExample:\n  $ waymark imports rejects 3\n  $ waymark imports rejects 3 --out rejects.csv")
    .action((id: number, _: unknown, command: Command) => showRejects(id, command.optsWithGlobals<RejectsOptions>()));
  withCommonOptions(imports.command("retry"))
    .description("reads rejected records again, corrected or under a corrected mapping; what is there is not doubled")
    .argument("<id>", IMPORT_ID, readWhole)
    .option("--file <csv>", "the corrected CSV that `imports rejects --out` wrote")
    .option("--mapping <file>", "a corrected mapping, a YAML file: the same recipe and rules, read otherwise")
    .option("--group <number>", "only this group, as `imports rejects` numbers them", readWhole)
    .option("--suggested", "do what the group proposes")
    .option("--time-format <pattern>", "read their times so, such as dd/MM/yyyy HH:mm")
    .option("--set <column=value>", "write this value into the column of all these records", collect, [])
    .addHelpText(
      "after",
      `
Example:
  $ waymark imports retry 3 --group 1 --suggested
  $ waymark imports retry 3 --group 2 --set "customer_id=walk-in"
  $ waymark imports retry 3 --file rejects.csv`,
    )
    .action((id: number, _: unknown, command: Command) => retryRejects(id, command.optsWithGlobals<RetryOptions>()));
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function showRejects(id: number, options: RejectsOptions): Promise<void> {
  const { out } = options;
  const answer = await withSession(options, (session, call) =>
    session.run("rejects", { id, table: out !== undefined }, call),
  );
  const { csv, ...rest } = answer;
  if (out !== undefined && csv !== null) await writeWhole(resolve(out), csv, 0o600);
  await printAnswer(options, rest, (rejects) => [
    ...renderRejects(rejects),
    ...(out === undefined ? [] : [csv === null ? "No record is rejected: nothing was written." : `Written to ${out}.`]),
  ]);
}

/** @example readSet("plan=pro") // { column: "plan", find: "", replace: "pro" } */
function readSet(text: string): { column: string; find: string; replace: string } {
  const at = text.indexOf("=");
  if (at < 1) throw wrongUse(`--set takes «column=value», not «${text}».`);
  return { column: text.slice(0, at), find: "", replace: text.slice(at + 1) };
}

/** The group's problem, and what its proposal adds to the request. */
function readGroup(
  { groups, import: id }: Answer<"rejects">,
  { group, suggested }: RetryOptions,
): Pick<Input<"retry">, "group" | "changes" | "timeFormat"> {
  const chosen = groups.find(({ number }) => number === group);
  if (!chosen)
    throw wrongUse(`Import ${id} has no group ${group} of rejects; waymark imports rejects ${id} lists them.`);
  const { field, reason, suggestion } = chosen;
  if (!suggested) return { group: { field, reason } };
  if (suggestion === null) throw wrongUse(`For group ${group} nothing can be proposed. ${chosen.advice}`);
  return suggestion.kind === "time-format"
    ? { group: { field, reason }, timeFormat: suggestion.timeFormat }
    : { group: { field, reason }, changes: [...suggestion.changes] };
}

async function retryRejects(id: number, options: RetryOptions): Promise<void> {
  const { file, mapping, group, set = [], timeFormat, suggested = false } = options;
  if (file === undefined && mapping === undefined && set.length === 0 && timeFormat === undefined && !suggested)
    throw wrongUse(
      "Say what is to be different: --file, --mapping, --time-format, --set, or --group with --suggested.",
    );
  if (suggested && group === undefined) throw wrongUse("--suggested is about one group: add --group NUMBER.");
  const changes = set.map(readSet);
  const answer = await withSession(options, async (session, call) => {
    const about: ReturnType<typeof readGroup> =
      group === undefined ? {} : readGroup(await session.run("rejects", { id, rows: 0 }, call), options);
    const proposed = about.changes ?? [];
    const input: Input<"retry"> = {
      id,
      ...about,
      ...(changes.length + proposed.length > 0 ? { changes: [...proposed, ...changes] } : {}),
      ...(timeFormat === undefined ? {} : { timeFormat }),
      ...(file === undefined ? {} : { file: resolve(file) }),
      ...(mapping === undefined ? {} : { mappingFile: resolve(mapping) }),
    };
    return session.run("retry", input, call);
  });
  await printAnswer(options, answer, renderRetry);
}
