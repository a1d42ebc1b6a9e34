/**
 * What it means to put a card somewhere else on a timebox's board: which actions follow, in which order, and what is asked first.
 * Pure: sending is use-moves.ts, and whether an action is allowed in the end is decided by the API.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import { type EffortByPriority, PRIORITY_NAMES } from "../../../../../src/domain/dsdm/moscow.ts";
import { REQUIREMENT_STATES, type Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../../../../../src/domain/dsdm/timebox.ts";

export type Row = keyof EffortByPriority;
/** Downwards on the board. */
export const ROWS: readonly Row[] = ["must", "should", "could", "wont", "undecided"];
export const ROW_NAMES: Readonly<Record<Row, string>> = { ...PRIORITY_NAMES, undecided: "Undecided" };

export type Column = Requirement["state"];
export const COLUMNS: readonly Column[] = REQUIREMENT_STATES;
export const COLUMN_NAMES: Readonly<Record<Column, string>> = { "to-do": "To do", doing: "Doing", done: "Done" };
export const LIST_NAME = "Not in this timebox";

/** A cell of the board, or the list beside it, which has no rows: there `row` is where the card would go from it. */
export interface Place {
  readonly column: Column | "list";
  readonly row: Row;
}

type Weighed = Pick<Requirement, "priority">;

/** The row in which something from the list arrives: as it was last decided. */
function arrivalRow({ priority: { timebox, increment, project } }: Weighed): Row {
  return timebox ?? increment ?? project ?? "undecided";
}

export function findPlace(requirement: Requirement, timebox: number): Place {
  if (requirement.timebox !== timebox) return { column: "list", row: arrivalRow(requirement) };
  return { column: requirement.state, row: requirement.priority.timebox ?? "undecided" };
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.column === b.column && (a.column === "list" || a.row === b.row);
}

/** "Must, Doing". */
export function describePlace({ column, row }: Place): string {
  return column === "list" ? LIST_NAME : `${ROW_NAMES[row]}, ${COLUMN_NAMES[column]}`;
}

export type Direction = "left" | "right" | "up" | "down";

/** The next place in a direction; undefined at the edge. The list lies left of "To do" and has no rows. */
export function stepPlace({ column, row }: Place, direction: Direction): Place | undefined {
  if (direction === "left" || direction === "right") {
    const across: readonly Place["column"][] = ["list", ...COLUMNS];
    const next = across[across.indexOf(column) + (direction === "left" ? -1 : 1)];
    return next && { column: next, row };
  }
  const next = column === "list" ? undefined : ROWS[ROWS.indexOf(row) + (direction === "up" ? -1 : 1)];
  return next && { column, row: next };
}

export type StepKind = "plan-in" | "take-out" | "prioritise" | "progress";

export interface Move {
  readonly requirement: number;
  readonly from: Place;
  readonly to: Place;
  /** In the order they are sent. */
  readonly steps: readonly StepKind[];
  /** Whether a reason has to be said. */
  readonly asksReason: boolean;
  /** Done without a passed test on record: how it was tested is asked. */
  readonly asksEvidence: boolean;
}

export interface NoMove {
  readonly refused: string;
}

function findSteps(requirement: Requirement, from: Place, to: Place): StepKind[] {
  if (to.column === "list") return ["take-out"];
  const planned = from.column === "list";
  const row = planned ? (requirement.priority.timebox ?? "undecided") : from.row;
  return [
    ...(planned ? (["plan-in"] as const) : []),
    ...(row === to.row ? [] : (["prioritise"] as const)),
    ...(requirement.state === to.column ? [] : (["progress"] as const)),
  ];
}

const KEPT_MUST =
  "A Must stays in a running timebox. Drop Coulds, then Shoulds, to save it; split it; or raise an exception.";

/** What putting the card there means; undefined where it already is. */
export function planMove(
  requirement: Requirement,
  timebox: Pick<Timebox, "id" | "state">,
  to: Place,
): Move | NoMove | undefined {
  const from = findPlace(requirement, timebox.id);
  if (isSamePlace(from, to)) return undefined;
  if (timebox.state === "closed") return { refused: "This timebox is closed: nothing on its board moves any more." };
  if (timebox.state === "cancelled") return { refused: "This timebox was cancelled." };
  if (from.column === "done" && to.column === "list")
    return { refused: "It is done in this timebox. Put it back to Doing first if it is not." };
  if (to.column === "list" && timebox.state === "running" && from.row === "must") return { refused: KEPT_MUST };
  const steps = findSteps(requirement, from, to);
  return {
    requirement: requirement.id,
    ...{ from, to, steps },
    asksReason: steps.some((step) => step !== "progress"),
    asksEvidence: to.column === "done" && steps.includes("progress") && !isTested(requirement),
  };
}

/** Whether its last test was passed. */
export function isTested({ evidence }: Pick<Requirement, "evidence">): boolean {
  return evidence.at(-1)?.passed === true;
}

export type StepAction = ActionOf<"plan-requirement"> | ActionOf<"prioritise"> | ActionOf<"progress-requirement">;

/**
 * The action of one step. The requirement is the newest there is: each step before it has made a new version.
 * null: the step before has already brought it about.
 */
export function makeAction(
  step: StepKind,
  requirement: Requirement,
  { to }: Move,
  timebox: Pick<Timebox, "id" | "increment">,
): StepAction | null {
  const { id, version, increment, priority } = requirement;
  if (step === "plan-in")
    return {
      type: "plan-requirement",
      ...{ requirement: id, version, increment: timebox.increment, timebox: timebox.id },
    };
  if (step === "take-out")
    return { type: "plan-requirement", requirement: id, version, increment: increment, timebox: null };
  if (step === "prioritise") {
    const wanted = to.row === "undecided" ? null : to.row;
    if (priority.timebox === wanted) return null;
    return { type: "prioritise", requirement: id, version, level: "timebox", priority: wanted };
  }
  if (to.column === "list" || to.column === requirement.state) return null;
  return {
    type: "progress-requirement",
    ...{ requirement: id, state: to.column },
    ...(to.column === "done" ? { remaining: 0 } : {}),
  };
}

/** In a few words, as asked before it is done: "Plan it into the timebox as a Must". */
export function describeMove({ steps, to, from }: Pick<Move, "steps" | "to" | "from">): string {
  const words = steps.map((step) => {
    if (step === "plan-in") return "plan it into the timebox";
    if (step === "take-out") return "take it out of the timebox";
    if (step === "prioritise")
      return from.column === "list"
        ? `make it ${ROW_NAMES[to.row]} in it`
        : `change its priority in the timebox from ${ROW_NAMES[from.row]} to ${ROW_NAMES[to.row]}`;
    return to.column === "done" ? "set it to done" : to.column === "doing" ? "set it to doing" : "set it back to do";
  });
  const sentence = words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
