/**
 * A story of an initiative as a list of actions with their days, and what it becomes when they are done one by one.
 * The demo's three stories are beside it; what actions do is in ../act.
 */
import type { ActionContext, DeliveryAction } from "../../domain/dsdm/action.ts";
import type { DeliveryRecord, Initiative } from "../../domain/dsdm/initiative.ts";
import type { Priority } from "../../domain/dsdm/moscow.ts";
import { STATEMENTS } from "../../domain/dsdm/questionnaire.ts";
import type { DeliveryRole } from "../../domain/dsdm/role.ts";
import { act, startInitiative } from "../act/act.ts";
import { writeRecord } from "../act/record.ts";

export interface Step {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly author: string;
  readonly reason?: string;
  readonly action: DeliveryAction;
}

export interface Story {
  readonly title: string;
  readonly summary: string;
  readonly goal: number | null;
  /** The day it is begun, and by whom. */
  readonly day: string;
  readonly author: string;
  readonly steps: readonly Step[];
}

/** @param reason where the action needs one */
export function on(day: string, author: string, action: DeliveryAction, reason?: string): Step {
  return { day, author, action, ...(reason === undefined ? {} : { reason }) };
}

/** Minutes of the working day, so that no two steps of a day share an instant. */
const FIRST_MINUTE = 7 * 60;

function* listContexts(steps: readonly Pick<Step, "day" | "author" | "reason">[]): Generator<ActionContext> {
  let [today, minute] = ["", FIRST_MINUTE];
  for (const { day, author, reason } of steps) {
    minute = day === today ? minute + 1 : FIRST_MINUTE;
    today = day;
    const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    yield { author, at: `${day}T${time}:00.000Z`, today: day, reason: reason ?? null };
  }
}

/** The document as it is after the last step, and a record of each. @throws AppError when a step is refused */
export function tellStory(
  id: number,
  { steps, day, author, ...fields }: Story,
): {
  initiative: Initiative;
  records: readonly DeliveryRecord[];
} {
  const contexts = listContexts([{ day, author }, ...steps]);
  const started = contexts.next().value as ActionContext;
  let initiative = startInitiative({ id, ...fields, findings: [] }, started);
  const records = [writeRecord(null, initiative, "create-initiative", started)];
  for (const { action } of steps) {
    const context = contexts.next().value as ActionContext;
    const after = act(initiative, action, context);
    records.push(writeRecord(initiative, after, action.type, context));
    initiative = after;
  }
  return { initiative, records };
}

/** Everybody gets a role on one day. */
export function castRoles(
  day: string,
  author: string,
  cast: readonly (readonly [person: string, role: DeliveryRole])[],
): Step[] {
  return cast.map(([person, role]) => ({ day, author, action: { type: "assign-role", person, role } }));
}

/** All seventeen statements: 4 of 5, but for those named. */
export function answerAll(
  day: string,
  author: string,
  stage: "feasibility" | "foundations",
  others: Readonly<Record<number, { readonly score: number; readonly action: string | null }>> = {},
): Step[] {
  return STATEMENTS.map((_, at) => {
    const { score, action } = others[at + 1] ?? { score: 4, action: null };
    return { day, author, action: { type: "answer-questionnaire", stage, statement: at + 1, score, action } };
  });
}

export interface PlannedRequirement {
  readonly title: string;
  readonly priority: Priority;
  readonly effort: number;
  readonly value: number | null;
  readonly owner: string;
  readonly developer?: string;
  readonly tester?: string;
  readonly acceptance: readonly string[];
  readonly ifNotMet?: string;
  readonly kind?: "product" | "process" | "people";
  readonly because: string;
}

/** Written down and prioritised for the project: the initiative's first, numbered in their order. */
export function writeRequirements(
  day: string,
  author: string,
  need: { readonly kpi: string; readonly goal: number },
  planned: readonly PlannedRequirement[],
): Step[] {
  return planned.flatMap(({ priority, because, acceptance, ...fields }, at): Step[] => {
    const requirement = at + 1;
    const written = { ...fields, need, acceptance: [...acceptance] };
    return [
      { day, author, action: { type: "add-requirement", ...written } },
      {
        ...{ day, author, reason: because },
        action: { type: "prioritise", requirement, version: 1, level: "project", priority },
      },
    ];
  });
}

/** Into a timebox, with priorities of increment and timebox. Each requirement is as writeRequirements left it: version 2. */
export function planInto(
  day: string,
  author: string,
  timebox: number,
  chosen: readonly (readonly [requirement: number, priority: Priority])[],
): Step[] {
  const reason = "agreed when the timebox was planned";
  return chosen.flatMap(([requirement, priority]): Step[] => [
    { day, author, reason, action: { type: "plan-requirement", requirement, version: 2, increment: null, timebox } },
    { day, author, reason, action: { type: "prioritise", requirement, version: 3, level: "increment", priority } },
    { day, author, reason, action: { type: "prioritise", requirement, version: 4, level: "timebox", priority } },
  ]);
}

/** Started, half done, tested and done, on three days. */
export function workOn(
  requirement: number,
  effort: number,
  days: readonly [started: string, halfway: string, done: string],
  by: { readonly developer: string; readonly tester: string; readonly evidence: string },
): Step[] {
  const [started, halfway, done] = days;
  return [
    { day: started, author: by.developer, action: { type: "progress-requirement", requirement, state: "doing" } },
    {
      ...{ day: halfway, author: by.developer },
      action: { type: "progress-requirement", requirement, state: "doing", remaining: effort / 2 },
    },
    { day: done, author: by.tester, action: { type: "add-evidence", requirement, text: by.evidence, passed: true } },
    { day: done, author: by.developer, action: { type: "progress-requirement", requirement, state: "done" } },
  ];
}

/** By day; steps of one day keep their order. */
export function inOrder(steps: readonly Step[]): Step[] {
  return steps.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
