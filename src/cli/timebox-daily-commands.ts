/**
 * The daily commands of a timebox: stand-up, progress, blockers, and what is dropped to save a Must.
 * Planning and closing are in timebox-commands.ts.
 */
import { type Command, Option } from "commander";
import { wrongUse } from "../api/problem.ts";
import {
  type Action,
  type Ask,
  type ChangeOptions,
  INITIATIVE,
  nameTimebox,
  REQUIREMENT,
  type Requirement,
  type RunChange,
  readTimebox,
  type TimeboxPlace,
  withChange,
} from "./initiative-options.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { findTimebox } from "./render-timebox.ts";
import { said } from "./scope-options.ts";

export const TIMEBOX = "its initiative and its number, such as 1/2";

interface StandUpOptions extends ChangeOptions {
  readonly done: string;
  readonly next: string;
  readonly inTheWay?: string;
  readonly day?: string;
  readonly hours?: number;
}

/** Today as the workspace has it, unless a day was said. */
async function makeStandUp(ask: Ask, { initiative, timebox }: TimeboxPlace, options: StandUpOptions): Promise<Action> {
  const { done, next, inTheWay = null, hours = null } = options;
  const day = options.day ?? (await ask("initiative", { id: initiative })).today;
  return { type: "stand-up", timebox, day, done, next, inTheWay, hours };
}

function addStandUp(timebox: Command, change: RunChange): void {
  withChange(timebox.command("stand-up"))
    .description("the three questions of the day: what was done, what comes next, what is in the way")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .requiredOption("--done <text>", "since the last one")
    .requiredOption("--next <text>", "until the next one")
    .option("--in-the-way <text>", "left out: nothing")
    .option("--day <day>", "such as 2026-03-04 (default: today)")
    .option("--hours <n>", "worked; counted nowhere, hours are no progress", readAmount)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark timebox stand-up 1/1 --done "mail text" --next "sending" --in-the-way "no test account" --author Cem',
    )
    .action((place: TimeboxPlace, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<StandUpOptions>();
      return change(options, {
        initiative: place.initiative,
        makeAction: (ask) => makeStandUp(ask, place, options),
        tell: () => `The stand-up of ${nameTimebox(place).toLowerCase()} is noted.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

interface ProgressOptions extends ChangeOptions {
  readonly state?: Requirement["state"];
  readonly remaining?: number;
}

/** What is left says the state, unless it was said. */
export function readProgress(requirement: number, { state, remaining }: ProgressOptions): Action {
  if (state === undefined && remaining === undefined)
    throw wrongUse("Say how far it is: --remaining N, or --state to-do, doing or done.");
  const implied = remaining === 0 ? "done" : "doing";
  return { type: "progress-requirement", requirement, state: state ?? implied, ...said({ remaining }) };
}

function addProgress(timebox: Command, change: RunChange): void {
  withChange(timebox.command("progress"))
    .description("says how far a requirement is, in effort still to do")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<requirement>", REQUIREMENT, readWhole)
    .option("--remaining <n>", "effort still to do; 0 is done", readAmount)
    .addOption(new Option("--state <state>", "instead, or as well").choices(["to-do", "doing", "done"]))
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark timebox progress 1 3 --remaining 2 --author Cem\n  $ waymark timebox progress 1 3 --state done --author Cem",
    )
    .action((initiative: number, requirement: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ProgressOptions>();
      const action = readProgress(requirement, options);
      return change(options, {
        initiative,
        makeAction: () => action,
        tell: ({ initiative: { requirements, effortUnit } }) => {
          const found = requirements.find(({ id }) => id === requirement);
          return `Requirement ${requirement}: ${found?.state}, ${found?.remaining} of ${found?.effort} ${effortUnit} left.`;
        },
        subject: () => `requirement ${requirement}`,
      });
    });
}

function addBlockers(timebox: Command, change: RunChange): void {
  withChange(timebox.command("block"))
    .description("notes what is in the way")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .argument("<text>", "quote it")
    .option("--requirement <number>", "that it blocks", readWhole)
    .addHelpText("after", '\nExample:\n  $ waymark timebox block 1/1 "no test account" --requirement 3 --author Cem')
    .action((place: TimeboxPlace, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { requirement?: number }>();
      const { requirement = null } = options;
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "raise-blocker", timebox: place.timebox, requirement, text }),
        tell: ({ initiative: { timeboxes } }) =>
          `Blocker ${timeboxes.find(({ id }) => id === place.timebox)?.blockers.at(-1)?.id} is noted.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
  withChange(timebox.command("unblock"))
    .description("a blocker is out of the way")
    .argument("<timebox>", TIMEBOX, readTimebox)
    .argument("<blocker>", "its number", readWhole)
    .option("--outcome <text>", "what came of it")
    .addHelpText("after", '\nExample:\n  $ waymark timebox unblock 1/1 1 --outcome "account given" --author Cem')
    .action((place: TimeboxPlace, blocker: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { outcome?: string }>();
      const { outcome = null } = options;
      return change(options, {
        initiative: place.initiative,
        makeAction: () => ({ type: "clear-blocker", timebox: place.timebox, blocker, outcome }),
        tell: () => `Blocker ${blocker} is out of the way.`,
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

interface DropOptions extends ChangeOptions {
  readonly saves?: number;
  readonly by: string;
  readonly proposed?: true;
}

/** What was named, or what is proposed now. */
async function makeDrop(
  ask: Ask,
  { initiative, timebox }: TimeboxPlace,
  requirements: readonly number[],
  { saves, by: decidedBy, proposed }: DropOptions,
): Promise<Action> {
  if (!proposed && saves !== undefined)
    return { type: "drop-requirements", timebox, requirements: [...requirements], saved: saves, decidedBy };
  const { facts } = findTimebox(await ask("initiative", { id: initiative }), timebox);
  const { proposal } = facts;
  if (!proposal || proposal.drop.length === 0)
    throw wrongUse(`Nothing is proposed to be dropped from timebox ${initiative}/${timebox}.`, { initiative, timebox });
  const drop = proposal.drop.map(({ requirement }) => requirement);
  return { type: "drop-requirements", timebox, requirements: drop, saved: proposal.saves, decidedBy };
}

function addDrop(timebox: Command, change: RunChange): void {
  withChange(timebox.command("drop"))
    .description(
      "takes Coulds, then Shoulds out of a running timebox to save a Must; somebody with a business role chooses",
    )
    .argument("<timebox>", TIMEBOX, readTimebox)
    .argument("[requirements...]", "their numbers")
    .option("--proposed", "those that `waymark timebox show` proposes")
    .option("--saves <requirement>", "the Must that is saved", readWhole)
    .requiredOption("--by <person>", "who chose: sponsor, visionary or ambassador")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark timebox drop 1/1 --proposed --by Ada --reason "the mail must go out" --author Ada\n  $ waymark timebox drop 1/1 5 6 --saves 3 --by Ada --reason "the mail must go out" --author Ada',
    )
    .action((place: TimeboxPlace, words: readonly string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<DropOptions>();
      const requirements = words.map(Number);
      if (requirements.some((one) => !Number.isSafeInteger(one) || one < 1))
        throw wrongUse("Name requirements by their numbers.");
      const named = requirements.length > 0 && options.saves !== undefined;
      if (options.proposed ? words.length > 0 || options.saves !== undefined : !named)
        throw wrongUse("Say what is dropped for which Must: REQUIREMENT … --saves MUST, or --proposed alone.");
      return change(options, {
        initiative: place.initiative,
        makeAction: (ask) => makeDrop(ask, place, requirements, options),
        tell: ({ initiative: { timeboxes } }) => {
          const drop = timeboxes.find(({ id }) => id === place.timebox)?.drops.at(-1);
          return `Dropped from ${nameTimebox(place).toLowerCase()} to save requirement ${drop?.saved}: ${drop?.requirements.join(", ")}.`;
        },
        subject: () => `timebox ${place.timebox}`,
      });
    });
}

export function addTimeboxDailyCommands(timebox: Command, change: RunChange): void {
  addStandUp(timebox, change);
  addProgress(timebox, change);
  addBlockers(timebox, change);
  addDrop(timebox, change);
}
