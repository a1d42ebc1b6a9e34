/**
 * How a part of the document is replaced, and how fields that were left out of an action stay as they were.
 * The document itself is never changed: each function gives a new one that shares what stayed.
 */
import type { ActionContext } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import type { Priority, PriorityLevel } from "../../domain/dsdm/moscow.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";

/** Ids are counted from 1 and never used again: nothing that carries one is ever taken away. */
export const nextId = (parts: readonly { readonly id: number }[]) => Math.max(0, ...parts.map(({ id }) => id)) + 1;

/** To a millionth: sums of decimal fractions are a little off. */
export const roundEffort = (effort: number) => Math.round(effort * 1e6) / 1e6;

/** Without the fields that were left out; null stays, it takes away. */
export function givenFields<Fields extends object>(fields: Fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
}

export const replacePart = <Part extends { readonly id: number }>(
  parts: readonly Part[],
  id: number,
  change: (part: Part) => Part,
): Part[] => parts.map((part) => (part.id === id ? change(part) : part));

/** A changed requirement is one version further, whatever was changed. */
export function changeRequirement(
  initiative: Initiative,
  id: number,
  { author, at }: ActionContext,
  change: (requirement: Requirement) => Requirement,
): Initiative {
  const requirements = replacePart(initiative.requirements, id, (one) => ({
    ...change(one),
    version: one.version + 1,
    changedAt: at,
    changedBy: author,
  }));
  return { ...initiative, requirements };
}

export const changeTimebox = (initiative: Initiative, id: number, change: (timebox: Timebox) => Timebox) => ({
  ...initiative,
  timeboxes: replacePart(initiative.timeboxes, id, change),
});

/** With an entry in the history, even when it was confirmed as it is. */
export function decidePriority(
  requirement: Requirement,
  level: PriorityLevel,
  to: Priority | null,
  context: ActionContext,
  reason = context.reason,
): Requirement {
  const entry = { level, from: requirement.priority[level], to, author: context.author, reason, at: context.at };
  return {
    ...requirement,
    priority: { ...requirement.priority, [level]: to },
    history: [...requirement.history, entry],
  };
}

/** A priority holds for one increment or timebox only: who leaves it has none there. */
export function losePriority(requirement: Requirement, level: PriorityLevel, context: ActionContext, why: string) {
  if (requirement.priority[level] === null) return requirement;
  return decidePriority(requirement, level, null, context, context.reason ?? why);
}

/**
 * Puts it into another timebox, or none, with that timebox's increment. Priorities of what it leaves are taken away; those
 * decided beforehand for where it goes stay. Leaving a running timebox unfinished is remembered in `carried`.
 */
export function moveRequirement(
  requirement: Requirement,
  to: { readonly increment: number | null; readonly timebox: number | null },
  left: Timebox | null,
  context: ActionContext,
): Requirement {
  let moved: Requirement = { ...requirement, ...to };
  if (requirement.increment !== null && requirement.increment !== to.increment)
    moved = losePriority(moved, "increment", context, `Left increment ${requirement.increment}.`);
  if (requirement.timebox === null || requirement.timebox === to.timebox) return moved;
  moved = losePriority(moved, "timebox", context, `Left timebox ${requirement.timebox}.`);
  if (left?.state !== "running" || requirement.state === "done") return moved;
  return { ...moved, carried: [...moved.carried, { from: left.id, at: context.at, reprioritised: false }] };
}
