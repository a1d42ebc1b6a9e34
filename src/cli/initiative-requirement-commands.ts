/**
 * The commands about requirements: require, edit, prioritise, put, evidence, approve.
 * They fetch the version that is there now, unless --version says which was read: then a newer one is a conflict.
 */
import { type Command, Option } from "commander";
import { wrongUse } from "../api/problem.ts";
import { listPriorities, namePriority } from "../domain/delivery-words.ts";
import {
  type Action,
  type Ask,
  type ChangeOptions,
  collect,
  findVersion,
  INITIATIVE,
  NONE,
  orNone,
  REQUIREMENT,
  type Requirement,
  type RunChange,
  readAmountOrNone,
  readIdOrNone,
  readPriorityOrNone,
  withChange,
} from "./initiative-options.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { said } from "./scope-options.ts";

type Level = keyof Requirement["priority"];
type Priority = Requirement["priority"]["project"];

interface FieldOptions extends ChangeOptions {
  readonly needFinding?: number | typeof NONE;
  readonly needKpi?: string;
  readonly needGoal?: number | typeof NONE;
  readonly kind?: Requirement["kind"];
  readonly accept?: readonly string[];
  readonly effort?: number;
  readonly value?: number | typeof NONE;
  readonly owner?: string;
  readonly developer?: string;
  readonly tester?: string;
  readonly ifNotMet?: string;
  readonly risk?: "low" | "medium" | "high" | typeof NONE;
  readonly riskText?: string;
}

interface EditOptions extends FieldOptions {
  readonly title?: string;
  readonly version?: number;
}

function addFields(command: Command): Command {
  return command
    .option("--need-finding <id>", "the finding it is done for, or none", readIdOrNone)
    .option("--need-kpi <id>", "the KPI it is done for, or none")
    .option("--need-goal <id>", "the goal it is done for, or none", readIdOrNone)
    .addOption(new Option("--kind <kind>", "what is changed").choices(["product", "process", "people"]))
    .option("--accept <text>", "an acceptance criterion; may be given several times", collect)
    .option("--effort <n>", "in the initiative's unit", readAmount)
    .option("--value <amount>", "in money a month, or none", readAmountOrNone)
    .option("--owner <person>", "who answers for the need, or none")
    .option("--developer <person>", "who builds it, or none")
    .option("--tester <person>", "who tests it, or none")
    .option("--if-not-met <text>", "what happens if it is not met, or none")
    .addOption(new Option("--risk <level>", "how likely it goes wrong").choices(["low", "medium", "high", NONE]))
    .option("--risk-text <text>", "why");
}

/** An absent option leaves the field as it is; "none" takes it away. */
function readFields(options: FieldOptions) {
  const { needFinding, needKpi, needGoal, kind, accept, effort, value, risk, riskText } = options;
  const { owner, developer, tester, ifNotMet } = options;
  if (riskText === undefined ? risk !== undefined && risk !== NONE : risk === undefined || risk === NONE)
    throw wrongUse("A risk has a level and a reason: --risk medium --risk-text TEXT.");
  const need = {
    ...(needFinding === undefined ? {} : { finding: orNone(needFinding) }),
    ...(needKpi === undefined ? {} : { kpi: orNone(needKpi) }),
    ...(needGoal === undefined ? {} : { goal: orNone(needGoal) }),
  };
  const names = Object.entries({ owner, developer, tester, ifNotMet }).flatMap(([field, text]) =>
    text === undefined ? [] : [[field, orNone(text)] as const],
  );
  return {
    ...(Object.keys(need).length === 0 ? {} : { need }),
    ...said({ kind, effort }),
    ...(accept === undefined ? {} : { acceptance: [...accept] }),
    ...(value === undefined ? {} : { value: orNone(value) }),
    ...(Object.fromEntries(names) as { [Name in "owner" | "developer" | "tester" | "ifNotMet"]?: string | null }),
    ...(risk === undefined ? {} : { risk: risk === NONE ? null : { level: risk, text: riskText ?? "" } }),
  };
}

function addRequire(initiatives: Command, change: RunChange): void {
  addFields(withChange(initiatives.command("require")))
    .description("adds a requirement to the list, in no priority: `initiatives prioritise` decides it")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<title>")
    .option("--split-from <requirement>", "the Must it is split from", readWhole)
    .addHelpText(
      "after",
      `
Example:
  $ waymark initiatives require 1 "Warn before a late delivery" --effort 5 --need-finding 3 \\
      --accept "a mail within 1 h of the scan" --accept "names the new day" --owner Ada --author Ada`,
    )
    .action((initiative: number, title: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<FieldOptions & { splitFrom?: number }>();
      return change(options, {
        initiative,
        makeAction: () => ({
          type: "add-requirement",
          title,
          ...readFields(options),
          ...said({ splitFrom: options.splitFrom }),
        }),
        tell: ({ initiative: { requirements } }) =>
          `Requirement ${requirements.at(-1)?.id} of initiative ${initiative} is on the list.`,
        subject: ({ initiative: { requirements } }) => `requirement ${requirements.at(-1)?.id}`,
      });
    });
}

const VERSION = "the version that was read: a newer one is a conflict (default: the present one)";

/** What every change of one requirement takes. */
function withRequirement(command: Command): Command {
  return withChange(command)
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<requirement>", REQUIREMENT, readWhole)
    .option("--version <n>", VERSION, readWhole);
}

/** The action with the version of the requirement that is there now, unless one was said. */
function atVersion(
  initiative: number,
  requirement: number,
  { version }: { readonly version?: number },
  make: (at: { readonly requirement: number; readonly version: number }) => Action,
) {
  return async (ask: Ask) =>
    make({ requirement, version: version ?? (await findVersion(ask, initiative, requirement)) });
}

function addEdit(initiatives: Command, change: RunChange): void {
  addFields(withRequirement(initiatives.command("edit")))
    .description("changes what stands in a requirement; --accept replaces all criteria; `none` takes a value away")
    .option("--title <text>")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives edit 1 3 --effort 8 --if-not-met "we pay refunds" --author Ada',
    )
    .action((initiative: number, requirement: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<EditOptions>();
      const fields = { ...readFields(options), ...said({ title: options.title }) };
      if (Object.keys(fields).length === 0)
        throw wrongUse("Say what to change, such as --title, --effort or --accept.");
      return change(options, {
        initiative,
        makeAction: atVersion(initiative, requirement, options, (at) => ({
          type: "edit-requirement",
          ...at,
          ...fields,
        })),
        tell: () => `Requirement ${requirement} is changed.`,
        subject: () => `requirement ${requirement}`,
      });
    });
}

interface PrioritiseOptions extends ChangeOptions {
  readonly level: Level;
  readonly version?: number;
}

function addPrioritise(initiatives: Command, change: RunChange): void {
  withRequirement(initiatives.command("prioritise"))
    .description("decides the MoSCoW priority of a requirement on one of three levels")
    .argument("<priority>", `${listPriorities()}, or none`, readPriorityOrNone)
    .addOption(
      new Option("--level <level>", "where it holds").choices(["project", "increment", "timebox"]).default("project"),
    )
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives prioritise 1 3 must --level project --reason "half of the cost" --author Ada',
    )
    .action((initiative: number, requirement: number, priority: Priority, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PrioritiseOptions>();
      const { level } = options;
      return change(options, {
        initiative,
        makeAction: atVersion(initiative, requirement, options, (at) => ({
          type: "prioritise",
          ...at,
          level,
          priority,
        })),
        tell: () => `Requirement ${requirement} on the level of the ${level}: ${namePriority(priority)}.`,
        subject: () => `requirement ${requirement}`,
      });
    });
}

interface PutOptions extends ChangeOptions {
  readonly increment?: number | typeof NONE;
  readonly timebox?: number | typeof NONE;
  readonly version?: number;
}

/** A timebox brings its increment; without one, the increment stays unless it is named. */
async function makePlan(ask: Ask, initiative: number, requirement: number, options: PutOptions): Promise<Action> {
  const { initiative: found } = await ask("initiative", { id: initiative });
  const present = found.requirements.find(({ id }) => id === requirement);
  const { version = present?.version ?? 1 } = options;
  const timebox = orNone(options.timebox ?? NONE);
  const stays = timebox === null ? (present?.increment ?? null) : null;
  const increment = options.increment === undefined ? stays : orNone(options.increment);
  return { type: "plan-requirement", requirement, version, timebox, increment };
}

function addPut(initiatives: Command, change: RunChange): void {
  withRequirement(initiatives.command("put"))
    .description("puts a requirement into a timebox or an increment, or with `none` takes it out")
    .option("--timebox <number>", "of the initiative, or none", readIdOrNone)
    .option("--increment <number>", "of the initiative, or none", readIdOrNone)
    .addHelpText("after", '\nExample:\n  $ waymark initiatives put 1 3 --timebox 1 --reason "goes first" --author Ada')
    .action((initiative: number, requirement: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PutOptions>();
      if (options.timebox === undefined && options.increment === undefined)
        throw wrongUse("Say where it goes: --timebox or --increment, or none.");
      return change(options, {
        initiative,
        makeAction: (ask) => makePlan(ask, initiative, requirement, options),
        tell: () => `Requirement ${requirement} is ${describePlace(options)}.`,
        subject: () => `requirement ${requirement}`,
      });
    });
}

const describePlace = ({ timebox, increment }: PutOptions): string => {
  if (typeof timebox === "number") return `in timebox ${timebox}`;
  return typeof increment === "number" ? `in increment ${increment}, in no timebox` : "in no timebox";
};

function addEvidence(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("evidence"))
    .description("notes how a requirement was tried against its criteria")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<requirement>", REQUIREMENT, readWhole)
    .argument("<text>", "what was tried, and what came out")
    .option("--failed", "it does not meet them")
    .addHelpText("after", '\nExample:\n  $ waymark initiatives evidence 1 3 "20 late parcels, 20 mails" --author Cem')
    .action((initiative: number, requirement: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { failed?: true }>();
      return change(options, {
        initiative,
        makeAction: () => ({ type: "add-evidence", requirement, text, passed: !options.failed }),
        tell: () => `Requirement ${requirement}: ${options.failed ? "failed" : "passed"}, noted.`,
        subject: () => `requirement ${requirement}`,
      });
    });
  withChange(initiatives.command("approve"))
    .description("the visionary agrees to a change of the baselined scope")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<requirement>", REQUIREMENT, readWhole)
    .addHelpText("after", '\nExample:\n  $ waymark initiatives approve 1 9 --reason "the law asks for it" --author Ada')
    .action((initiative: number, requirement: number, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "approve-breadth", requirement }),
        tell: () => `The change of requirement ${requirement} is approved.`,
        subject: () => `requirement ${requirement}`,
      }),
    );
}

export function addInitiativeRequirementCommands(initiatives: Command, change: RunChange): void {
  addRequire(initiatives, change);
  addEdit(initiatives, change);
  addPrioritise(initiatives, change);
  addPut(initiatives, change);
  addEvidence(initiatives, change);
}
