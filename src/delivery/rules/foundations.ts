/**
 * Rules 26–29 protect the fifth principle, build incrementally from firm foundations: a baseline first, then small deliveries.
 * What belongs to the foundations' gate itself, constraints and the questionnaire, is in control.ts.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { ITERATIONS, PHASE_FACTS } from "../../domain/dsdm/phase.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { countDays } from "../working-days.ts";
import { quote, writeCount, writeList, writeNumber } from "./figures.ts";
import { dayOf, hasDeveloped, isOpen, isStarted, listRunning } from "./progress.ts";
import type { HealthContext, Rule } from "./rule.ts";

/** Of the Gregorian calendar, on average. */
const MONTH_DAYS = 30.436875;

const baselineRule: Rule = {
  id: 26,
  principle: 5,
  severity: "error",
  title: "Development before the foundations baseline",
  when: "an iteration was entered, a timebox kicked off or a requirement started, and the business study has not passed its gate",
  why: "What is built has no agreed scope that it can be measured against.",
  action: "Finish the business study and decide its gate; until then, build nothing.",
  check: (initiative) => {
    if (initiative.baseline !== null || !hasDeveloped(initiative)) return [];
    const entered = ITERATIONS.filter((phase) => initiative.phases.some((stay) => stay.phase === phase));
    const boxes = initiative.timeboxes.filter(({ kickOff }) => kickOff !== null).length;
    const started = initiative.requirements.filter(isStarted).length;
    const parts = [
      ...entered.map((phase) => `${PHASE_FACTS[phase].name} entered`),
      ...(boxes > 0 ? [`${writeCount(boxes, "timebox", "timeboxes")} kicked off`] : []),
      ...(started > 0 ? [`${started} of ${writeCount(initiative.requirements.length, "requirement")} started`] : []),
    ];
    return [
      { subject: "initiative", message: `There is no baseline, and development has begun: ${writeList(parts)}.` },
    ];
  },
};

/** Which levels have to be decided by now. */
function listMissingLevels(one: Requirement, initiative: Initiative, planned: ReadonlySet<number>): string[] {
  const running = initiative.timeboxes.some(({ id, state }) => id === one.timebox && state === "running");
  const { project, increment, timebox } = one.priority;
  return [
    ...(project === null && (initiative.baseline !== null || hasDeveloped(initiative)) ? ["project"] : []),
    ...(increment === null && one.increment !== null && planned.has(one.increment) ? ["increment"] : []),
    ...(timebox === null && running ? ["timebox"] : []),
  ];
}

const priorityRule: Rule = {
  id: 27,
  principle: 5,
  severity: "warning",
  title: "Requirement misses a priority that its phase needs",
  when: "requirements that are not done: the project’s priority once there is a baseline or development has begun, the increment’s once one of its timeboxes is planned, the timebox’s once it runs",
  why: "Without one, nobody knows what may be dropped when time gets short.",
  action: "Decide it with the business roles; everything starts as Won’t.",
  check: (initiative) => {
    const planned = new Set(
      initiative.timeboxes.filter(({ state }) => state !== "cancelled").map(({ increment }) => increment),
    );
    return initiative.requirements.flatMap((one) => {
      if (one.state === "done") return [];
      const missing = listMissingLevels(one, initiative, planned);
      if (missing.length === 0) return [];
      return [
        {
          subject: `requirement ${one.id}`,
          message: `${quote(one.title)} has no priority for the ${writeList(missing)}.`,
        },
      ];
    });
  },
};

const breadthRule: Rule = {
  id: 28,
  principle: 5,
  severity: "error",
  title: "Change of breadth without the visionary’s approval",
  when: "requirements added, or moved to or from Must, after the baseline, until the visionary agreed",
  why: "What the initiative is about was agreed; only the visionary may change it.",
  action: "Ask the visionary, who agrees or has it taken back; a new request may also swap out equal effort.",
  check: ({ requirements }, context) =>
    requirements.flatMap(({ id, title, breadth }) => {
      if (breadth === null || breadth.approvedBy !== null) return [];
      return [
        {
          subject: `requirement ${id}`,
          message: `${quote(title)}: ${breadth.what} (${breadth.author}, ${dayOf(breadth.at, context)}), and the visionary has not agreed.`,
        },
      ];
    }),
};

/** From when on the next deployment is waited for; null while nothing is being developed. */
function findWaitStart(initiative: Initiative, context: HealthContext): { day: string; what: string } | null {
  const isDeveloping = ITERATIONS.some((phase) => isOpen(initiative, phase)) || listRunning(initiative).length > 0;
  if (!isDeveloping) return null;
  const deployed = initiative.increments.flatMap(({ deployed }) => (deployed === null ? [] : [deployed.day])).sort();
  const last = deployed.at(-1);
  if (last !== undefined) return { day: last, what: "the last deployment" };
  const begun = [
    ...initiative.phases.filter(({ phase }) => ITERATIONS.includes(phase)).map(({ from }) => from),
    ...initiative.timeboxes.flatMap(({ kickOff }) => (kickOff === null ? [] : [kickOff.at])),
  ].sort();
  return begun[0] === undefined ? null : { day: dayOf(begun[0], context), what: "development began" };
}

const incrementRule: Rule = {
  id: 29,
  principle: 5,
  severity: "warning",
  title: "No deployed increment for a long time",
  when: "{incrementMonths} months after the last deployment, or after development began, while an iteration is open or a timebox runs",
  why: "What is not in use brings no benefit and no feedback, and its effect cannot be measured.",
  action: "Deploy what is done, to a part of the customers first; or cut the increment.",
  check: (initiative, context) => {
    const { today, thresholds } = context;
    const since = findWaitStart(initiative, context);
    if (since === null) return [];
    const months = countDays(since.day, today) / MONTH_DAYS;
    if (months < thresholds.incrementMonths) return [];
    const done = initiative.increments.filter(({ deployed }) => deployed !== null).length;
    return [
      {
        subject: "initiative",
        message: `${writeNumber(Math.floor(months * 10) / 10)} months since ${since.what} (${since.day}) without a deployment; ${done} of ${writeCount(initiative.increments.length, "increment")} ${done === 1 ? "is" : "are"} deployed.`,
      },
    ];
  },
};

export const FOUNDATIONS: readonly Rule[] = [baselineRule, priorityRule, breadthRule, incrementRule];
