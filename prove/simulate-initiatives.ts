/**
 * Initiatives in mid-work, for the proof of the health rules' speed: each with 25 requirements and 4 timeboxes, with all that
 * gathers around them. They are copies of the healthy one of the tests, and all but one in ten have something wrong.
 */
import { caseRequirement, caseStandUp, doneOn, healthyInitiative } from "../src/delivery/initiative.case.ts";
import type { Initiative } from "../src/domain/dsdm/initiative.ts";
import { PRIORITIES, type Priority } from "../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../src/domain/dsdm/timebox.ts";

const REQUIREMENTS = 25;
const AT = "2026-02-25T09:00:00.000Z";

const pick = <One>(list: readonly One[], index: number): One => {
  const one = list[index % list.length];
  if (one === undefined) throw new Error("pick from an empty list");
  return one;
};

/** A fourth timebox, closed before the running one, with a day's notes on each of its days. */
function addTimebox(initiative: Initiative): void {
  const copy: Timebox = structuredClone(pick(initiative.timeboxes, 0));
  copy.id = 4;
  copy.title = "Timebox 4";
  copy.start = "2026-02-16";
  copy.end = "2026-02-27";
  copy.standups = copy.standups.map(({ day }, index) =>
    caseStandUp(day.replace("-02-0", "-02-1"), pick(["Anna", "Dan"], index)),
  );
  if (copy.closeOut) copy.closeOut.at = "2026-02-27T17:00:00.000Z";
  initiative.timeboxes.push(copy);
}

function makeRequirement(id: number, initiative: number): Requirement {
  const priority: Priority = pick(PRIORITIES, id + initiative);
  const isDone = (id + initiative) % 3 === 0;
  return caseRequirement(id, priority, 1 + (id % 5), {
    ...{ increment: 1 + (id % 2), timebox: 1 + (id % 4) },
    ...(isDone ? doneOn("2026-02-24", "2026-02-17") : {}),
    acceptance: ["It works on a phone.", "It takes at most two seconds.", "Its errors say what to do."],
    history: (["project", "increment", "timebox"] as const).map((level) => ({
      ...{ level, from: null, to: priority, author: "Viktor", reason: "agreed in the workshop", at: AT },
    })),
    carried:
      id % 7 === 0
        ? [
            { from: 1, at: AT, reprioritised: false },
            { from: 4, at: AT, reprioritised: false },
          ]
        : [],
  });
}

/** Something wrong, another thing in each: what a rule has to say takes time too. */
const FAULTS: readonly ((initiative: Initiative) => void)[] = [
  (one) => {
    for (const each of one.requirements) Object.assign(each, { owner: null });
  },
  (one) => {
    for (const each of one.requirements) each.need = { finding: null, kpi: null, goal: null };
  },
  (one) => {
    for (const each of one.requirements) Object.assign(each, { acceptance: [], tester: "Dan", evidence: [] });
  },
  (one) => {
    for (const each of one.requirements) each.history = each.history.map((entry) => ({ ...entry, author: null }));
  },
  (one) => {
    one.baseline = null;
    one.people = one.people.filter(({ role }) => role !== "business-visionary" && role !== "business-ambassador");
  },
  (one) => {
    one.questionnaire = { feasibility: [], foundations: [] };
    for (const box of one.timeboxes) Object.assign(box, { standups: [], capacity: 3 });
  },
  (one) => {
    for (const box of one.timeboxes) for (const note of box.standups) note.author = "Lena";
  },
  (one) => {
    for (const each of one.feedback) each.decision = null;
    for (const each of one.exceptions) each.answer = null;
    for (const each of one.constraints) each.settled = null;
  },
  (one) => {
    for (const each of one.requirements) each.priority = { project: "must", increment: "must", timebox: "must" };
  },
];

/** @param count how many, with 25 requirements and 4 timeboxes each */
export function simulateInitiatives(count: number): Initiative[] {
  return Array.from({ length: count }, (_, index) =>
    healthyInitiative((one) => {
      one.id = index + 1;
      addTimebox(one);
      while (one.requirements.length < REQUIREMENTS)
        one.requirements.push(makeRequirement(one.requirements.length + 1, index));
      FAULTS[index % (FAULTS.length + 1)]?.(one);
    }),
  );
}
