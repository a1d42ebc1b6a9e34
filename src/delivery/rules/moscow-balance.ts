/**
 * Rules 9 and 10: whether the Musts leave room to move, on the project, its increments and its timeboxes, by effort.
 * What to drop when a Must gets late is rule 15's matter (on-time.ts).
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { addEffort, type EffortByPriority, findShares, type PriorityLevel } from "../../domain/dsdm/moscow.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { quote, writeEffort, writeShare } from "./figures.ts";
import { groupByTimebox, hasReached, listAhead } from "./progress.ts";
import type { Rule } from "./rule.ts";

/** Sums of floats: 0.6 of 0.3 days is not more than 60 %. */
const TINY = 1e-9;

interface Balance {
  readonly subject: string;
  readonly name: string;
  readonly effort: EffortByPriority;
  readonly total: number;
  readonly shares: NonNullable<ReturnType<typeof findShares>>;
}

function weigh(subject: string, name: string, requirements: Iterable<Requirement>, level: PriorityLevel): Balance[] {
  const effort = addEffort(requirements, level);
  const shares = findShares(effort);
  return shares === null ? [] : [{ subject, name, effort, total: effort.must + effort.should + effort.could, shares }];
}

/** What is agreed or being agreed; what is over cannot be balanced any more. */
function listBalances(initiative: Initiative): Balance[] {
  const { requirements, increments } = initiative;
  const ahead = listAhead(initiative);
  const groups = groupByTimebox(initiative);
  const live = new Set(ahead.map(({ increment }) => increment));
  const isProject = hasReached(initiative, "business-study");
  return [
    ...(isProject ? weigh("initiative", "the project", requirements, "project") : []),
    ...increments
      .filter(({ id }) => live.has(id))
      .flatMap(({ id, title }) =>
        weigh(
          `increment ${id}`,
          `increment ${quote(title)}`,
          requirements.filter((one) => one.increment === id),
          "increment",
        ),
      ),
    ...ahead.flatMap(({ id, title }) =>
      weigh(`timebox ${id}`, `timebox ${quote(title)}`, groups.get(id) ?? [], "timebox"),
    ),
  ];
}

const mustShareRule: Rule = {
  id: 9,
  principle: 2,
  severity: "warning",
  title: "Too much Must",
  when: "Must effort over {mostMust} of Must, Should and Could: of the project from the business study on, of increments with a planned or running timebox, and of these timeboxes; not with a waiver of the four criteria",
  why: "Time and cost are fixed, so features have to give way; Musts cannot.",
  action:
    "Make Musts smaller or Shoulds of them; or state the four criteria: accurate estimates, understood approach, performing team, low risk.",
  check: (initiative, { thresholds: { mostMust } }) => {
    if (initiative.waiver !== null) return [];
    return listBalances(initiative)
      .filter(({ shares }) => shares.must > mostMust + TINY)
      .map(({ subject, name, effort, total, shares }) => ({
        subject,
        message: `In ${name}, Must is ${writeShare(shares.must, mostMust)} of the effort (${writeEffort(effort.must, initiative)} of ${writeEffort(total, initiative)}); at most ${writeShare(mostMust, 0)} leaves room to move.`,
        action: `Take at least ${writeEffort(effort.must - mostMust * total, initiative)} out of the Musts: make them smaller, or Shoulds of them; or state the four criteria of the waiver.`,
      }));
  },
};

const couldShareRule: Rule = {
  id: 10,
  principle: 2,
  severity: "warning",
  title: "Too little Could",
  when: "Could effort under {leastCould} of Must, Should and Could, where rule 9 looks; not with a waiver of the four criteria",
  why: "Coulds are what is dropped first; without them, a delay reaches Shoulds and Musts at once.",
  action: "Find what could be left out without much pain, and plan it as Could.",
  check: (initiative, { thresholds: { leastCould } }) => {
    if (initiative.waiver !== null) return [];
    return listBalances(initiative)
      .filter(({ shares }) => shares.could < leastCould - TINY)
      .map(({ subject, name, effort, total, shares }) => ({
        subject,
        message: `In ${name}, Could is ${writeShare(shares.could, leastCould)} of the effort (${writeEffort(effort.could, initiative)} of ${writeEffort(total, initiative)}); under ${writeShare(leastCould, 0)} there is little to drop.`,
      }));
  },
};

export const MOSCOW_BALANCE: readonly Rule[] = [mustShareRule, couldShareRule];
