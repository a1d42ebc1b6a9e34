/**
 * Any action at all, for property tests: small ids, so that most name something, and days within March 2026.
 * Each type of action has a generator: a new one without it does not compile.
 */
import fc from "fast-check";
import type { ActionContext, ActionOf, ActionType, DeliveryAction } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { PRIORITIES, PRIORITY_LEVELS } from "../../domain/dsdm/moscow.ts";
import { GATE_DECISIONS, PHASES } from "../../domain/dsdm/phase.ts";
import { REQUIREMENT_STATES, RISK_LEVELS } from "../../domain/dsdm/requirement.ts";
import { DELIVERY_ROLES } from "../../domain/dsdm/role.ts";
import { TIMEBOX_STAGES } from "../../domain/dsdm/timebox.ts";
import { onDay } from "./act.case.ts";

const id = fc.constantFrom(1, 1, 2, 3);
/** Mostly those that the running timebox began with. */
const requirement = fc.constantFrom(1, 1, 2, 2, 3, 3, 4, 5, 6, 7);
const word = fc.constantFrom("a", "b", 'odd "name".x[1]');
const person = fc.constantFrom("Sam", "Vera", "Theo", "Pia", "Amal", "Dan");
const day = fc.integer({ min: 1, max: 31 }).map((one) => `2026-03-${String(one).padStart(2, "0")}`);
/** Mostly gone by. */
const early = fc.constantFrom("2026-03-02", "2026-03-05", "2026-03-20");
/** Tenths, whose sums are a little off. */
const effort = fc.integer({ min: 0, max: 80 }).map((tenths) => tenths / 10);
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const role = fc.constantFrom(...DELIVERY_ROLES);
const phase = fc.constantFrom(...PHASES);
const priority = orNull(fc.constantFrom(...PRIORITIES));
/** Filled with the one it has, or the one before it, when the action is done. */
const version = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, -1);

const FIELDS = {
  need: fc.record({ finding: orNull(id), kpi: orNull(word), goal: orNull(id) }, { requiredKeys: [] }),
  kind: fc.constantFrom("product", "process", "people"),
  acceptance: fc.subarray(["it works", "in 2 s", "on phones"]),
  effort,
  value: orNull(effort),
  owner: orNull(person),
  developer: orNull(person),
  tester: orNull(person),
  ifNotMet: orNull(word),
  risk: orNull(fc.record({ level: fc.constantFrom(...RISK_LEVELS), text: word })),
} as const;

type Made<Type extends ActionType> = fc.Arbitrary<Omit<ActionOf<Type>, "type">>;

const MADE: { readonly [Type in ActionType]: Made<Type> } = {
  "edit-initiative": fc.record(
    {
      title: word,
      summary: orNull(word),
      goal: orNull(id),
      benefit: orNull(fc.record({ monthly: orNull(effort), text: word, expected: fc.boolean() })),
      effortUnit: fc.constantFrom("days" as const, "points" as const),
    },
    { requiredKeys: [] },
  ),
  "link-finding": fc.record({ finding: id, linked: fc.boolean() }),
  "set-kpi": fc.record({ kpi: word, baseline: fc.constant(null), target: orNull(effort) }),
  "remove-kpi": fc.record({ kpi: word }),
  "register-effect": fc.record({ effect: id }),
  "enter-phase": fc.record({ phase }),
  "decide-gate": fc.record({ phase, decision: fc.constantFrom("go" as const, "again" as const, ...GATE_DECISIONS) }),
  "waive-must": fc.constant({ accurate: true, understood: true, performing: true, lowRisk: true }),
  "add-constraint": fc.record({ kind: fc.constantFrom("regulatory", "budget", "technology"), text: word, phase }),
  "settle-constraint": fc.record({ constraint: id, text: word }),
  "answer-questionnaire": fc.record({
    stage: fc.constantFrom("feasibility", "foundations"),
    statement: fc.integer({ min: 1, max: 4 }),
    score: fc.integer({ min: 1, max: 5 }),
    action: orNull(word),
  }),
  "hold-workshop": fc.record({
    title: word,
    day,
    objective: orNull(word),
    facilitator: orNull(person),
    participants: fc.subarray(["Sam", "Vera"]),
    outcome: orNull(word),
  }),
  "assign-role": fc.record({ person, role }),
  "release-role": fc.constantFrom(
    { person: "Dan", role: "solution-developer" } as const,
    { person: "Sam", role: "business-sponsor" } as const,
    { person: "Sam", role: "team-leader" } as const,
  ),
  "set-department": fc.record({ department: word, stakeholder: orNull(person), interest: orNull(word) }),
  "remove-department": fc.record({ department: word }),
  "add-requirement": fc.record({ title: word, splitFrom: requirement, ...FIELDS }, { requiredKeys: ["title"] }),
  "edit-requirement": fc.record(
    { requirement, version, title: word, ...FIELDS },
    { requiredKeys: ["requirement", "version"] },
  ),
  prioritise: fc.record({ requirement, version, level: fc.constantFrom(...PRIORITY_LEVELS), priority }),
  "plan-requirement": fc.record({
    requirement,
    version,
    increment: fc.constantFrom(null, null, 1, 2),
    timebox: orNull(id),
  }),
  "progress-requirement": fc.record(
    { requirement, state: fc.constantFrom("done" as const, ...REQUIREMENT_STATES), remaining: effort },
    { requiredKeys: ["requirement", "state"] },
  ),
  "add-evidence": fc.record({ requirement, text: word, passed: fc.boolean() }),
  "approve-breadth": fc.record({ requirement }),
  "add-increment": fc.record({ title: word }),
  "deploy-increment": fc.record({ increment: id, day: early, group: orNull(word) }),
  "review-case": fc.record({ increment: id, text: word, stillExpected: fc.boolean() }),
  "plan-timebox": fc.record({
    increment: id,
    title: word,
    objective: word,
    format: fc.constantFrom("structured", "free"),
    start: day,
    end: day,
    capacity: effort,
  }),
  "edit-timebox": fc.record(
    {
      timebox: id,
      title: word,
      objective: word,
      format: fc.constantFrom("structured" as const, "free" as const),
      start: day,
      end: day,
      capacity: effort,
    },
    { requiredKeys: ["timebox"] },
  ),
  "cancel-timebox": fc.record({ timebox: id }),
  "kick-off": fc.record({ timebox: id }),
  "move-end": fc.record({ timebox: id, end: day, exception: id }),
  "review-stage": fc.record({ timebox: id, stage: fc.constantFrom(...TIMEBOX_STAGES), feedback: orNull(word) }),
  "stand-up": fc.record({
    timebox: id,
    day: early,
    done: word,
    next: word,
    inTheWay: orNull(word),
    hours: orNull(effort),
  }),
  "raise-blocker": fc.record({ timebox: id, requirement: orNull(requirement), text: word }),
  "clear-blocker": fc.record({
    timebox: fc.constantFrom(1, 1, 2),
    blocker: fc.constantFrom(1, 1, 2),
    outcome: orNull(word),
  }),
  "drop-requirements": fc.record({
    timebox: fc.constantFrom(1, 1, 2),
    requirements: fc.array(fc.constantFrom(2, 3, 3, 4), { minLength: 1, maxLength: 2 }),
    saved: fc.constantFrom(1, 1, 2),
    decidedBy: person,
  }),
  "close-out": fc.record({
    timebox: fc.constantFrom(1, 1, 2),
    accepters: fc.subarray([{ person: "Vera", role: "business-visionary" } as const]),
    retrospective: orNull(word),
    carry: fc.array(fc.record({ requirement, to: orNull(id) }), { maxLength: 2 }),
  }),
  "raise-exception": fc.record({ text: word, timebox: orNull(id) }),
  "answer-exception": fc.record({ exception: id, text: word, granted: fc.boolean() }),
  "give-feedback": fc.record({ text: word, negative: fc.boolean(), timebox: orNull(id) }),
  "decide-feedback": fc.record({ feedback: id, text: word }),
  "assess-benefits": fc.record({
    text: word,
    decision: orNull(word),
    effects: fc.array(
      fc.record({
        effect: fc.constantFrom(4, 5, 5),
        verdict: fc.constantFrom("better", "worse", "inconclusive"),
        n: fc.constant(900),
        estimate: effort,
        low: effort,
        high: effort,
      }),
      { maxLength: 2 },
    ),
  }),
};

export const ACTION_TYPES = Object.keys(MADE) as ActionType[];

/** What a timebox is about comes up most. */
const OFTEN: ReadonlySet<ActionType> = new Set<ActionType>([
  "edit-requirement",
  "prioritise",
  "plan-requirement",
  "progress-requirement",
  "drop-requirements",
  "move-end",
  "answer-exception",
  "approve-breadth",
]);

const action: fc.Arbitrary<DeliveryAction> = fc.oneof(
  ...ACTION_TYPES.map((type) => ({
    weight: OFTEN.has(type) ? 6 : type === "close-out" ? 2 : 1,
    arbitrary: (MADE[type] as fc.Arbitrary<object>).map((fields) => ({ type, ...fields }) as DeliveryAction),
  })),
);

export interface Step {
  readonly action: DeliveryAction;
  readonly author: string;
  /** Now and then nobody says why. */
  readonly reason: string | null;
  /** Days since the step before. */
  readonly later: number;
}

export const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  action,
  author: person,
  reason: fc.constantFrom("as agreed", "as agreed", "as agreed", "as agreed", null),
  later: fc.constantFrom(0, 0, 0, 0, 0, 1),
});

/** With the version that was read, mostly the present one. */
export function fillVersion(before: Initiative, one: DeliveryAction): DeliveryAction {
  if (!("version" in one)) return one;
  const current = before.requirements.find(({ id }) => id === one.requirement)?.version ?? 1;
  return { ...one, version: current + one.version };
}

export const contextOf = (today: number, { author, reason }: Step): ActionContext =>
  onDay(Math.min(31, today), author, reason);
