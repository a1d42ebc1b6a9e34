/**
 * The commands about how an initiative is run: phases, gates, the waiver of the Must share, roles and departments,
 * exceptions and feedback. Requirements and timeboxes have files of their own.
 */
import { type Command, Option } from "commander";
import type { Answer } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { listPhases, listRoles, namePhase, nameRole } from "../domain/delivery-words.ts";
import {
  type Action,
  type ChangeOptions,
  INITIATIVE,
  NONE,
  orNone,
  type RunChange,
  readPhaseWord,
  readRoleWord,
  withChange,
} from "./initiative-options.ts";
import { readWhole } from "./read-option.ts";

type Phase = Answer<"initiative">["activePhases"][number];
type Role = Answer<"initiative">["missingRoles"][number]["role"];
type Decision = Answer<"initiative">["initiative"]["gates"][number]["decision"];

function addPhases(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("enter"))
    .description(
      "enters a phase; the two iterations may run side by side, and every earlier phase may be entered again",
    )
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<phase>", listPhases(), readPhaseWord)
    .addHelpText("after", "\nExample:\n  $ waymark initiatives enter 1 business-study --author Ada")
    .action((initiative: number, phase: Phase, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "enter-phase", phase }),
        tell: () => `Initiative ${initiative} is in ${namePhase(phase)}.`,
      }),
    );
  withChange(initiatives.command("gate"))
    .description(
      "decides at a phase's gate: go on, work on it again, or stop; the go of the business study baselines the scope",
    )
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<phase>", listPhases(), readPhaseWord)
    .argument("<decision>", "go, again or stop")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives gate 1 business-study go --reason "scope and case agreed" --author Ada',
    )
    .action((initiative: number, phase: Phase, decision: Decision, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "decide-gate", phase, decision }),
        tell: () => `Gate of ${namePhase(phase)}: ${decision}.`,
      }),
    );
}

interface WaiverOptions extends ChangeOptions {
  readonly accurate?: true;
  readonly understood?: true;
  readonly performing?: true;
  readonly lowRisk?: true;
}

function addWaiver(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("waive-must"))
    .description("allows more than 60 % Must, when all four hold")
    .argument("<id>", INITIATIVE, readWhole)
    .option("--accurate", "the estimates are accurate")
    .option("--understood", "the approach is well understood")
    .option("--performing", "the team performs")
    .option("--low-risk", "the environment is one of low risk")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives waive-must 1 --accurate --understood --performing --low-risk --reason "third of its kind" --author Ada',
    )
    .action((initiative: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<WaiverOptions>();
      const { accurate, understood, performing, lowRisk } = options;
      if (!(accurate && understood && performing && lowRisk))
        throw wrongUse("It takes all four: --accurate, --understood, --performing and --low-risk.");
      return change(options, {
        initiative,
        makeAction: () => ({ type: "waive-must", accurate, understood, performing, lowRisk }),
        tell: () => `Initiative ${initiative} may hold more than 60 % Must.`,
      });
    });
}

function addRoles(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("role"))
    .description("gives a person one of the thirteen roles, or with --release takes it away")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<person>")
    .argument("<role>", listRoles(), readRoleWord)
    .option("--release", "the person holds it no more")
    .addHelpText("after", '\nExample:\n  $ waymark initiatives role 1 "Ada" business-visionary --author Ada')
    .action((initiative: number, person: string, role: Role, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { release?: true }>();
      const type = options.release ? "release-role" : "assign-role";
      return change(options, {
        initiative,
        makeAction: () => ({ type, person, role }),
        tell: () =>
          `${person} ${options.release ? "is no more" : "is"} ${nameRole(role).toLowerCase()} of initiative ${initiative}.`,
        subject: () => `role ${role}`,
      });
    });
}

interface DepartmentOptions extends ChangeOptions {
  readonly stakeholder?: string;
  readonly interest?: string;
  readonly remove?: true;
}

/** What is not said is as good as none: the whole line is written anew. */
function readDepartment(department: string, { stakeholder, interest, remove }: DepartmentOptions): Action {
  if (remove) return { type: "remove-department", department };
  return {
    type: "set-department",
    department,
    stakeholder: orNone(stakeholder ?? NONE),
    interest: orNone(interest ?? NONE),
  };
}

function addDepartments(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("department"))
    .description("a department that feels it, and who speaks for it")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<department>")
    .option("--stakeholder <person>", "who speaks for it, or none")
    .option("--interest <text>", "what it wants or fears, or none")
    .option("--remove", "it is not affected after all")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives department 1 Warehouse --stakeholder Ben --interest "fewer returns" --author Ada',
    )
    .action((initiative: number, department: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<DepartmentOptions>();
      return change(options, {
        initiative,
        makeAction: () => readDepartment(department, options),
        tell: () => `${department} is ${options.remove ? "taken off" : "noted at"} initiative ${initiative}.`,
      });
    });
}

interface AnswerOptions extends ChangeOptions {
  readonly grant?: true;
  readonly refuse?: true;
}

function addExceptions(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("exception"))
    .description(
      "raises an exception to project manager, visionary and sponsor, such as when a timebox's end cannot be held",
    )
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<text>", "quote it")
    .option("--timebox <number>", "the timebox that it is about", readWhole)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives exception 1 "the supplier is a week late" --timebox 2 --author Ada',
    )
    .action((initiative: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { timebox?: number }>();
      return change(options, {
        initiative,
        makeAction: () => ({ type: "raise-exception", text, timebox: options.timebox ?? null }),
        tell: ({ initiative: { exceptions } }) => `Exception ${exceptions.at(-1)?.id} waits for an answer.`,
        subject: ({ initiative: { exceptions } }) => `exception ${exceptions.at(-1)?.id}`,
      });
    });
  withChange(initiatives.command("answer"))
    .description("answers an exception; by the project manager, the visionary or the sponsor")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<exception>", "its number", readWhole)
    .argument("<text>", "quote it")
    .addOption(new Option("--grant", "as asked").conflicts("refuse"))
    .option("--refuse", "it stays as it is")
    .addHelpText("after", '\nExample:\n  $ waymark initiatives answer 1 1 "until Friday" --grant --author Ben')
    .action((initiative: number, exception: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AnswerOptions>();
      if (!options.grant && !options.refuse) throw wrongUse("Say how it is answered: --grant or --refuse.");
      return change(options, {
        initiative,
        makeAction: () => ({ type: "answer-exception", exception, text, granted: options.grant === true }),
        tell: () => `Exception ${exception} is ${options.grant ? "granted" : "refused"}.`,
        subject: () => `exception ${exception}`,
      });
    });
}

function addFeedback(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("feedback"))
    .description("notes what somebody said of what was shown; `initiatives decide` says what came of it")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<text>", "quote it")
    .option("--negative", "it was no praise")
    .option("--timebox <number>", "the timebox whose work was shown", readWhole)
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives feedback 1 "the mail is too long" --negative --timebox 1 --author Ben',
    )
    .action((initiative: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { negative?: true; timebox?: number }>();
      const { negative = false, timebox = null } = options;
      return change(options, {
        initiative,
        makeAction: () => ({ type: "give-feedback", text, negative, timebox }),
        tell: ({ initiative: { feedback } }) => `Feedback ${feedback.at(-1)?.id} is noted.`,
        subject: ({ initiative: { feedback } }) => `feedback ${feedback.at(-1)?.id}`,
      });
    });
  withChange(initiatives.command("decide"))
    .description("says what came of a feedback")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<feedback>", "its number", readWhole)
    .argument("<text>", "quote it")
    .addHelpText("after", '\nExample:\n  $ waymark initiatives decide 1 1 "half as long, requirement 4" --author Ada')
    .action((initiative: number, feedback: number, text: string, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "decide-feedback", feedback, text }),
        tell: () => `Feedback ${feedback} is decided.`,
        subject: () => `feedback ${feedback}`,
      }),
    );
}

export function addInitiativePhaseCommands(initiatives: Command, change: RunChange): void {
  addPhases(initiatives, change);
  addWaiver(initiatives, change);
  addRoles(initiatives, change);
  addDepartments(initiatives, change);
  addExceptions(initiatives, change);
  addFeedback(initiatives, change);
}
