/**
 * What a report will say once a move is through, as far as the board shows it: so that the card is there at once.
 * Forecast, risks and health are left as they were until the API has answered.
 */
import { addEffort, findShares } from "../../../../../src/domain/dsdm/moscow.ts";
import type { InitiativeReport, TimeboxFacts } from "../../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import type { Move } from "./move.ts";

function moveRequirement(requirement: Requirement, { to }: Move, timebox: number): Requirement {
  if (to.column === "list")
    return { ...requirement, timebox: null, priority: { ...requirement.priority, timebox: null } };
  const { effort, state, remaining } = requirement;
  const left = to.column === "done" ? 0 : state === "done" || to.column === "to-do" ? effort : remaining;
  return {
    ...requirement,
    ...{ timebox, state: to.column, remaining: left },
    priority: { ...requirement.priority, timebox: to.row === "undecided" ? null : to.row },
  };
}

function foreseeFacts(facts: TimeboxFacts, requirements: readonly Requirement[]): TimeboxFacts {
  const own = requirements.filter(({ timebox }) => timebox === facts.timebox);
  const effort = addEffort(own, "timebox");
  const remaining = addEffort(
    own.map((one) => ({ effort: one.remaining, priority: one.priority })),
    "timebox",
  );
  const done = addEffort(
    own.filter(({ state }) => state === "done"),
    "timebox",
  );
  return { ...facts, requirements: own.map(({ id }) => id), effort, remaining, done, shares: findShares(effort) };
}

/** Everything that did not move stays the same object, so that only touched cards are drawn again. */
export function foreseeMove(report: InitiativeReport, move: Move, timebox: number): InitiativeReport {
  const requirements = report.initiative.requirements.map((one) =>
    one.id === move.requirement ? moveRequirement(one, move, timebox) : one,
  );
  const timeboxes = report.timeboxes.map((facts) =>
    facts.timebox === timebox ? foreseeFacts(facts, requirements) : facts,
  );
  return { ...report, initiative: { ...report.initiative, requirements }, timeboxes };
}
