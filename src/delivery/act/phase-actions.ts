/**
 * Phases, their gates, and what is asked before one: constraints, the questionnaire, workshops and the waiver for Musts.
 * No sequence is forced: what is passed too early is told by the health rules.
 */
import type { ActionContext } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { PHASE_FACTS, type Phase } from "../../domain/dsdm/phase.ts";
import { nextId, replacePart } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { findPart, invalid } from "./refusal.ts";

export const PHASE_ACTIONS: Handlers<
  | "enter-phase"
  | "decide-gate"
  | "waive-must"
  | "add-constraint"
  | "settle-constraint"
  | "answer-questionnaire"
  | "hold-workshop"
> = {
  "enter-phase": (before, { phase }, { at, reason }) => {
    if (before.phases.some((stay) => stay.phase === phase && stay.until === null))
      throw invalid("phase", `«phase»: ${PHASE_FACTS[phase].name} is open already; decide its gate (decide-gate).`);
    if (before.state !== "active" && reason === null)
      throw invalid("reason", `«reason»: the initiative is ${before.state}; say why it is taken up again.`);
    return { ...before, state: "active", phases: [...before.phases, { phase, from: at, until: null }] };
  },
  "decide-gate": (before, { phase, decision }, context) => {
    const { at, author, reason } = context;
    const gate = { phase, decision, at, author, reason: reason ?? "" };
    const decided = { ...before, gates: [...before.gates, gate], phases: enterForGate(before, phase, at) };
    if (decision === "again") return decided;
    if (decision === "stop") return { ...leavePhases(decided, at), state: "stopped" };
    if (phase === "post-project") return { ...leavePhases(decided, at), state: "closed" };
    const passed = leavePhases(decided, at, phase);
    return phase === "business-study" ? setBaseline(passed, context) : passed;
  },
  "waive-must": (before, _action, { at, author, reason }) => ({
    ...before,
    waiver: { at, author, reason: reason ?? "" },
  }),
  "add-constraint": (before, { kind, text, phase }) => ({
    ...before,
    constraints: [...before.constraints, { id: nextId(before.constraints), kind, text, phase, settled: null }],
  }),
  "settle-constraint": (before, { constraint, text }, { at, author }) => {
    const { settled } = findPart(before.constraints, "constraint", constraint);
    if (settled)
      throw invalid(
        "constraint",
        `«constraint»: ${settled.author} settled constraint ${constraint}: “${settled.text}”.`,
      );
    const constraints = replacePart(before.constraints, constraint, (one) => ({
      ...one,
      settled: { at, author, text },
    }));
    return { ...before, constraints };
  },
  "answer-questionnaire": (before, { stage, statement, score, action }, { at, author }) => {
    const answer = { statement, score, action, at, author };
    const answers = before.questionnaire[stage];
    const isNew = answers.every((one) => one.statement !== statement);
    const after = isNew ? [...answers, answer] : answers.map((one) => (one.statement === statement ? answer : one));
    return { ...before, questionnaire: { ...before.questionnaire, [stage]: after } };
  },
  "hold-workshop": (before, { type: _type, ...workshop }) => ({
    ...before,
    workshops: [...before.workshops, { id: nextId(before.workshops), ...workshop }],
  }),
};

/** A gate belongs to a stay: one that nobody ever entered was passed in no time, one that was left is entered first. */
function enterForGate({ phases }: Initiative, phase: Phase, at: string) {
  const stays = phases.filter((stay) => stay.phase === phase);
  if (stays.some((stay) => stay.until === null)) return phases;
  if (stays.length === 0) return [...phases, { phase, from: at, until: null }];
  const { name } = PHASE_FACTS[phase];
  throw invalid("phase", `«phase»: ${name} has passed its gate; enter it again first (enter-phase).`);
}

function leavePhases(initiative: Initiative, at: string, only?: Phase): Initiative {
  const phases = initiative.phases.map((stay) =>
    stay.until === null && (only === undefined || stay.phase === only) ? { ...stay, until: at } : stay,
  );
  return { ...initiative, phases };
}

/** The scope as it is now. Passing the business study again agrees anew. */
function setBaseline(initiative: Initiative, { at, author }: ActionContext): Initiative {
  const scope = initiative.requirements.map(({ id, priority, effort }) => ({
    requirement: id,
    priority: priority.project,
    effort,
  }));
  return { ...initiative, baseline: { at, author, scope } };
}
