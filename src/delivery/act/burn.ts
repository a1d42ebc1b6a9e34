/**
 * Keeps the burn-down of running timeboxes: what is still to do in each, by timebox priority, whenever that changed.
 * How it is drawn, and what it forecasts, is in src/delivery/timebox-facts.ts.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { addEffort, type EffortByPriority } from "../../domain/dsdm/moscow.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";

/** The first entry is the kick-off's. Two changes of one instant leave one entry, the later one. */
export function keepBurn(initiative: Initiative, at: string): Initiative {
  const timeboxes = initiative.timeboxes.map((one) => (one.state === "running" ? burnDown(initiative, one, at) : one));
  return timeboxes.every((one, index) => one === initiative.timeboxes[index])
    ? initiative
    : { ...initiative, timeboxes };
}

function burnDown({ requirements }: Initiative, timebox: Timebox, at: string): Timebox {
  const held = requirements.filter((one) => one.timebox === timebox.id);
  const remaining = addEffort(
    held.map((one) => ({ effort: one.remaining, priority: one.priority })),
    "timebox",
  );
  const last = timebox.burn.at(-1);
  if (last && isSame(last.remaining, remaining)) return timebox;
  const earlier = last?.at === at ? timebox.burn.slice(0, -1) : timebox.burn;
  return { ...timebox, burn: [...earlier, { at, remaining }] };
}

function isSame(one: EffortByPriority, other: EffortByPriority): boolean {
  return (["must", "should", "could", "undecided", "wont"] as const).every((name) => one[name] === other[name]);
}
