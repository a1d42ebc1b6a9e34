/**
 * What every change of an initiative takes on the command line: who makes it and why; and how it is run and told.
 * Which change it is, is said by the commands; whether it may be made is decided by the operation.
 */
import { type Command, InvalidArgumentError } from "commander";
import type { Answer, Input, OperationName } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { findAuthor } from "../api/session.ts";
import { listPhases, listPriorities, listRoles, readPhase, readPriority, readRole } from "../domain/delivery-words.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { renderRules } from "./render-health.ts";
import { type CommonOptions, printAnswer, withCommonOptions, withSession } from "./run-command.ts";

export type Report = Answer<"initiative">;
export type Action = Input<"change-initiative">["action"];
export type Requirement = Report["initiative"]["requirements"][number];

/** What takes a value away. */
export const NONE = "none";
export const INITIATIVE = "the initiative's number, as `waymark initiatives` lists it";
export const REQUIREMENT = "the requirement's number within the initiative";

export interface ChangeOptions extends CommonOptions {
  readonly author?: string;
  readonly reason?: string;
}

/** Asks what a change needs to know, such as the version of a requirement that is there now. */
export type Ask = <Name extends OperationName>(operation: Name, input: Input<Name>) => Promise<Answer<Name>>;

export interface Change {
  readonly initiative: number;
  readonly makeAction: (ask: Ask) => Action | Promise<Action>;
  /** What was done, in one sentence. */
  readonly tell: (report: Report) => string;
  /** What was touched, as health rules name it; "initiative" when left out. */
  readonly subject?: (report: Report) => string;
}

/** Tests look at the change instead of making it. */
export type RunChange = (options: ChangeOptions, change: Change) => Promise<void>;

/** Adds who makes a change. */
export function withAuthor(command: Command): Command {
  return withCommonOptions(command).option("--author <name>", "who makes the change (default: WAYMARK_AUTHOR)");
}

/** Adds who makes a change, and why. */
export function withChange(command: Command): Command {
  return withAuthor(command).option(
    "--reason <text>",
    "why; stands in the records; asked for where priority, scope, date or gate change",
  );
}

/** @throws AppError invalid when nobody is named */
export function readAuthor({ author }: ChangeOptions, findDefault = findAuthor): string {
  const name = (author ?? findDefault() ?? "").trim();
  if (name === "") throw wrongUse("Say who makes the change: --author NAME, or WAYMARK_AUTHOR in the environment.");
  return name;
}

/** What is wrong with what was touched, right after it was. */
export function renderChange(report: Report, { tell, subject = () => "initiative" }: Change): string[] {
  const touched = subject(report);
  const { id } = report.initiative;
  const own = report.health.filter((rule) => rule.subject === touched);
  const others = report.health.length - own.length;
  return [
    tell(report),
    ...renderRules(own),
    ...(others > 0
      ? [`  Health: ${others} ${own.length > 0 ? "more " : ""}to look at: waymark health --initiative ${id}`]
      : []),
  ];
}

/** Makes one change of an initiative, and tells what it came to. */
export const runChange: RunChange = async (options, change) => {
  const author = readAuthor(options);
  const { reason } = options;
  const id = change.initiative;
  const report = await withSession(options, async (session, call) => {
    const action = await change.makeAction((operation, input) => session.run(operation, input, call));
    return session.run("change-initiative", { id, author, action, ...(reason === undefined ? {} : { reason }) }, call);
  });
  await printAnswer(options, report, (answer) => renderChange(answer, change));
};

/** The version that is there now; what is not there is told by the operation. */
export async function findVersion(ask: Ask, initiative: number, requirement: number): Promise<number> {
  const { initiative: found } = await ask("initiative", { id: initiative });
  return found.requirements.find(({ id }) => id === requirement)?.version ?? 1;
}

/** "3/1": timebox 1 of initiative 3. */
export interface TimeboxPlace {
  readonly initiative: number;
  readonly timebox: number;
}

export function readTimebox(text: string): TimeboxPlace {
  const [initiative = 0, timebox = 0] = (/^(\d{1,9})\/(\d{1,9})$/u.exec(text.trim()) ?? []).slice(1).map(Number);
  if (initiative < 1 || timebox < 1)
    throw new InvalidArgumentError("It must be an initiative and its timebox, such as 3/1.");
  return { initiative, timebox };
}

/** A word of the method, or the list of those there are. */
function readWord<Word>(read: (text: string) => Word | undefined, list: () => string) {
  return (text: string): Word => {
    const word = read(text);
    if (word === undefined) throw new InvalidArgumentError(`It must be one of: ${list()}.`);
    return word;
  };
}

export const readPhaseWord = readWord(readPhase, listPhases);
export const readRoleWord = readWord(readRole, listRoles);

/** A priority, or null for "none". */
export const readPriorityOrNone = readWord(
  (text) => (text === NONE ? null : readPriority(text)),
  () => `${listPriorities()}, ${NONE}`,
);

/** What was said, or null for "none". */
export const orNone = <Value extends string | number>(value: Value | typeof NONE): Value | null =>
  value === NONE ? null : (value as Value);

/** An id, or "none": the parser of options makes "" of null. */
export const readIdOrNone = (text: string): number | typeof NONE => (text === NONE ? NONE : readWhole(text));

/** A number, or "none". */
export const readAmountOrNone = (text: string): number | typeof NONE => (text === NONE ? NONE : readAmount(text));

/** Each time it is said adds one. */
export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];
export const collectWhole = (text: string, before: readonly number[] = []): number[] => [...before, readWhole(text)];

export const nameTimebox = ({ initiative, timebox }: TimeboxPlace): string => `Timebox ${initiative}/${timebox}`;
