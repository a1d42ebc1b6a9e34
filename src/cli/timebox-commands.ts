/**
 * The commands about timeboxes: what runs now, show, plan, edit, kick-off, review, close, move-end, cancel.
 * The daily ones (stand-up, progress, blockers, drops) are in timebox-daily-commands.ts.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { wrongUse } from "../api/problem.ts";
import { readRole } from "../domain/delivery-words.ts";
import {
  type Action,
  type ChangeOptions,
  INITIATIVE,
  NONE,
  nameTimebox,
  type Report,
  type RunChange,
  readTimebox,
  runChange,
  type TimeboxPlace,
  withChange,
} from "./initiative-options.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { renderCurrentTimeboxes, renderTimebox } from "./render-timebox.ts";
import { type CommonOptions, runQuestion, withCommonOptions } from "./run-command.ts";
import { said } from "./scope-options.ts";
import { addTimeboxDailyCommands, TIMEBOX } from "./timebox-daily-commands.ts";

type Stage = Report["initiative"]["timeboxes"][number]["reviews"][number]["stage"];
type CloseOut = Extract<Action, { type: "close-out" }>;

function addList(program: Command): Command {
  return withCommonOptions(program.command("timebox"))
    .description("the running or next timebox of each initiative; subcommands plan, run and close them")
    .addHelpText(
      "after",
      `
A timebox is named by its initiative and its number: 1/2 is timebox 2 of initiative 1.

Example:
  $ waymark timebox plan 1 --increment 1 --title "Mail" --objective "warnings go out" \\
      --start 2026-03-02 --end 2026-03-20 --capacity 20 --author Ada
  $ waymark timebox kick-off 1/1 --author Ada
  $ waymark timebox show 1/1`,
    )
    .action((options: CommonOptions) =>
      runQuestion(options, {
        operation: "initiatives",
        input: { state: "active" },
        render: renderCurrentTimeboxes,
        hint: ({ initiatives }) =>
          initiatives.some(({ timebox }) => timebox !== null) ? undefined : "Plan one: waymark timebox plan --help",
      }),
    );
}

function addShow(timebox: Command): void {
  withCommonOptions(timebox.command("show"))
    .description("one in full: burn-down, forecast, requirements, Musts at risk and what to drop for them")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .addHelpText("after", "\nExample:\n  $ waymark timebox show 1/2")
    .action((place: TimeboxPlace, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "initiative",
        input: { id: place.initiative },
        render: (report) => renderTimebox(report, place.timebox),
      }),
    );
}

interface PlanOptions extends ChangeOptions {
  readonly increment: number;
  readonly title: string;
  readonly objective?: string;
  readonly format: "structured" | "free";
  readonly start: string;
  readonly end: string;
  readonly capacity: number;
}

const formatOption = () => new Option("--format <format>", "how it is run").choices(["structured", "free"]);

function addPlan(timebox: Command, change: RunChange): void {
  withChange(timebox.command("plan"))
    .description("plans a timebox in an increment; days and capacity are fixed from its kick-off on")
    .argument("<id>", INITIATIVE, readWhole)
    .requiredOption("--increment <number>", "as `waymark initiatives increment` told it", readWhole)
    .requiredOption("--title <text>")
    .option("--objective <text>", "what it shall reach (default: its title)")
    .addOption(formatOption().default("structured"))
    .requiredOption("--start <day>", "first day, such as 2026-03-02")
    .requiredOption("--end <day>", "last day, such as 2026-03-20; two to four weeks are usual")
    .requiredOption("--capacity <n>", "effort the team can do in it", readAmount)
    .addHelpText(
      "after",
      `
Example:
  $ waymark timebox plan 1 --increment 1 --title "Mail" --objective "warnings go out" \\
      --start 2026-03-02 --end 2026-03-20 --capacity 20 --author Ada`,
    )
    .action((initiative: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PlanOptions>();
      const { increment, title, objective = title, format, start, end, capacity } = options;
      return change(options, {
        initiative,
        makeAction: () => ({ type: "plan-timebox", increment, title, objective, format, start, end, capacity }),
        tell: (report) =>
          `Timebox ${initiative}/${newestTimebox(report)} is planned: waymark timebox show ${initiative}/${newestTimebox(report)}`,
        subject: (report) => `timebox ${newestTimebox(report)}`,
      });
    });
}

const newestTimebox = ({ initiative: { timeboxes } }: Report) => timeboxes.at(-1)?.id;

function addEdit(timebox: Command, change: RunChange): void {
  withChange(timebox.command("edit"))
    .description("changes a timebox: title and objective until its close-out, days and capacity until its kick-off")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .option("--title <text>")
    .option("--objective <text>", "what it shall reach")
    .addOption(formatOption())
    .option("--start <day>", "first day")
    .option("--end <day>", "last day")
    .option("--capacity <n>", "effort the team can do in it", readAmount)
    .addHelpText("after", "\nExample:\n  $ waymark timebox edit 1/2 --end 2026-04-17 --capacity 18 --author Ada")
    .action((place: TimeboxPlace, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & Partial<PlanOptions>>();
      const { title, objective, format, start, end, capacity } = options;
      const edit = said({ title, objective, format, start, end, capacity });
      if (Object.keys(edit).length === 0)
        throw wrongUse("Say what to change: --title, --objective, --format, --start, --end or --capacity.");
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "edit-timebox", timebox: place.timebox, ...edit }),
        tell: () => `${nameTimebox(place)} is changed.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

function addKickOff(timebox: Command, change: RunChange): void {
  withChange(timebox.command("kick-off"))
    .description("begins a timebox: its end, its team and its scope are agreed now")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .addHelpText("after", "\nExample:\n  $ waymark timebox kick-off 1/1 --author Ada")
    .action((place: TimeboxPlace, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative: place.initiative,
        makeAction: () => ({ type: "kick-off", timebox: place.timebox }),
        tell: () => `${nameTimebox(place)} is running.`,
        subject: () => `timebox ${place.timebox}`,
      }),
    );
}

function addReview(timebox: Command, change: RunChange): void {
  withChange(timebox.command("review"))
    .description("a stage of a timebox is reviewed, and what people said of it")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .argument("<stage>", "investigation, refinement, consolidation; iteration in a free one")
    .option("--feedback <text>", "what was said")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark timebox review 1/1 investigation --feedback "the wording is right" --author Ada',
    )
    .action((place: TimeboxPlace, stage: Stage, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { feedback?: string }>();
      const { feedback = null } = options;
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "review-stage", timebox: place.timebox, stage, feedback }),
        tell: () => `${nameTimebox(place)}: ${stage} is reviewed.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

/** "Ada=business-visionary" */
export function readAccepter(text: string, before: CloseOut["accepters"] = []): CloseOut["accepters"] {
  const at = text.lastIndexOf("=");
  const role = readRole(text.slice(at + 1));
  if (at < 1 || role === undefined)
    throw new InvalidArgumentError("It must be a person and the role, such as Ada=business-visionary.");
  return [...before, { person: text.slice(0, at), role }];
}

/** "3=2": requirement 3 goes to timebox 2; "3=none" back to the list. */
export function readCarry(text: string, before: CloseOut["carry"] = []): CloseOut["carry"] {
  const [, requirement, to] = /^(\d{1,9})=(\d{1,9}|none)$/u.exec(text) ?? [];
  if (requirement === undefined)
    throw new InvalidArgumentError("It must be a requirement and where it goes, such as 3=2 or 3=none.");
  return [...before, { requirement: Number(requirement), to: to === NONE ? null : Number(to) }];
}

interface CloseOptions extends ChangeOptions {
  readonly accepted?: CloseOut["accepters"];
  readonly retrospective?: string;
  readonly carry?: CloseOut["carry"];
}

function addClose(timebox: Command, change: RunChange): void {
  withChange(timebox.command("close"))
    .description("closes a timebox: who accepts what was delivered, what was learnt, where the rest goes")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .option(
      "--accepted <person=role>",
      "such as Ada=business-visionary; visionary and technical coordinator do",
      readAccepter,
    )
    .option("--retrospective <text>", "what went well, what is done another way")
    .option("--carry <requirement=timebox>", "where what is undone goes; the rest goes back to the list", readCarry)
    .addHelpText(
      "after",
      `
Example:
  $ waymark timebox close 1/1 --accepted Ada=business-visionary --accepted Cem=technical-coordinator \\
      --retrospective "test mails earlier" --carry 5=2 --author Ada`,
    )
    .action((place: TimeboxPlace, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CloseOptions>();
      const { accepted: accepters = [], retrospective = null, carry = [] } = options;
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "close-out", timebox: place.timebox, accepters, retrospective, carry }),
        tell: () => `${nameTimebox(place)} is closed.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

function addRare(timebox: Command, change: RunChange): void {
  withChange(timebox.command("move-end"))
    .description("moves the end after the kick-off; only with an exception that was granted for this timebox")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .requiredOption("--end <day>", "the new last day")
    .requiredOption("--exception <number>", "as `waymark initiatives exception` told it", readWhole)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark timebox move-end 1/1 --end 2026-03-25 --exception 1 --reason "as granted" --author Ada',
    )
    .action((place: TimeboxPlace, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { end: string; exception: number }>();
      const { end, exception } = options;
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "move-end", timebox: place.timebox, end, exception }),
        tell: () => `${nameTimebox(place)} ends on ${end}.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
  withChange(timebox.command("cancel"))
    .description("cancels a timebox; what is in it goes back to the list")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .addHelpText("after", '\nExample:\n  $ waymark timebox cancel 1/2 --reason "the supplier left" --author Ada')
    .action((place: TimeboxPlace, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative: place.initiative,
        makeAction: () => ({ type: "cancel-timebox", timebox: place.timebox }),
        tell: () => `${nameTimebox(place)} is cancelled.`,
        subject: () => `timebox ${place.timebox}`,
      }),
    );
}

/** @param change tests look at the change instead of making it */
export function addTimeboxCommands(program: Command, change: RunChange = runChange): void {
  const timebox = addList(program);
  addShow(timebox);
  addPlan(timebox, change);
  addEdit(timebox, change);
  addKickOff(timebox, change);
  addTimeboxDailyCommands(timebox, change);
  addReview(timebox, change);
  addClose(timebox, change);
  addRare(timebox, change);
}
