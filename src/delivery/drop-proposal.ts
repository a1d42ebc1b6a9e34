/**
 * What to drop from a running timebox so that its Musts are met: Coulds first, then Shoulds, never a Must.
 * It proposes; the business roles choose, and the action drop-requirements does it.
 */
import { findHolders, type Initiative } from "../domain/dsdm/initiative.ts";
import { addEffort, findShares, type Priority } from "../domain/dsdm/moscow.ts";
import type { DropProposal, TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { BUSINESS_ROLES } from "../domain/dsdm/role.ts";
import { addRemaining, TINY } from "./must-risk.ts";
import { findSmallestCover } from "./smallest-cover.ts";

const addUp = (requirements: readonly Requirement[]) => requirements.reduce((sum, { remaining }) => sum + remaining, 0);

/**
 * From one priority: as little started work as can be, then as little effort as covers what is missing.
 * All of them where even they do not cover it.
 */
function chooseFrom(candidates: readonly Requirement[], missing: number): Requirement[] {
  const untouched = candidates.filter(({ state }) => state === "to-do");
  const started = candidates.filter(({ state }) => state !== "to-do");
  const stopped = findSmallestCover(started, missing - addUp(untouched));
  const chosen = new Set([...findSmallestCover(untouched, missing - addUp(stopped)), ...stopped]);
  return candidates.filter((one) => chosen.has(one));
}

function chooseDrops(requirements: readonly Requirement[], needed: number): Requirement[] {
  const open = (priority: Priority) =>
    requirements.filter((one) => one.priority.timebox === priority && one.state !== "done" && one.remaining > 0);
  const coulds = chooseFrom(open("could"), needed);
  return [...coulds, ...chooseFrom(open("should"), needed - addUp(coulds))];
}

/** Who holds a business role now. */
function listDeciders(initiative: Initiative): DropProposal["ask"] {
  return BUSINESS_ROLES.flatMap((role) => findHolders(initiative, role).map((person) => ({ person, role })));
}

/**
 * Missing is all that the forecast does not reach of the Must, Should and Could effort: what is freed below that would only
 * have been late itself. So it is enough when the Musts alone fit into the forecast; else the Must has to be split.
 * Of each priority as little started work as can be, then the least effort that covers what is missing (smallest-cover.ts);
 * every open Could goes before any Should.
 * @param requirements of the timebox
 * @param still effort that the middle forecast does by the end
 * @returns null while no Must misses effort: one that is only blocked is not helped by dropping others
 */
export function proposeDrops(
  initiative: Initiative,
  requirements: readonly Requirement[],
  atRisk: TimeboxFacts["atRisk"],
  still: number,
): DropProposal | null {
  const saved = atRisk.find(({ missing }) => missing > 0);
  if (saved === undefined) return null;
  const needed = addRemaining(requirements, ["must", "should", "could"]) - still;
  const dropped = chooseDrops(requirements, needed);
  const freed = addUp(dropped);
  const gone = new Set(dropped);
  const kept = requirements.filter((one) => !gone.has(one));
  return {
    saves: saved.requirement,
    needed,
    freed,
    enough: freed >= needed - TINY,
    drop: dropped.map(({ id, priority, remaining, state }) => ({
      requirement: id,
      priority: priority.timebox ?? "could",
      frees: remaining,
      started: state !== "to-do",
    })),
    sharesAfter: findShares(addEffort(kept, "timebox")),
    ask: listDeciders(initiative),
  };
}
