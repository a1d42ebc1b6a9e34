/**
 * Rules 43 and 44, of the eighth principle: what decisions rest on. Data that are older than the decision they carry, and
 * constraints that a gate passed over. Whether a baseline was measured well is not asked here.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { PHASE_FACTS, type Phase } from "../../domain/dsdm/phase.ts";
import { countDays } from "../working-days.ts";
import { quote, writeList } from "./figures.ts";
import { dayOf, findEarlier, isOpen } from "./progress.ts";
import type { HealthContext, Rule } from "./rule.ts";

/** Whether to go on is decided there by what was measured; later gates are decided by what was built. */
const GATES_ON_DATA: readonly Phase[] = ["feasibility", "business-study"];

interface Waiting {
  readonly what: string;
  /** The day up to which its data should reach. */
  readonly day: string;
}

function listMeasurements({ effects }: Initiative, context: HealthContext): Waiting[] {
  const { today, effects: states } = context;
  return effects.flatMap((id) => {
    const state = states.get(id);
    if (state === undefined || state.status === "planned") return [];
    // What happened after its last day is no part of it.
    const until = dayOf(state.until, context);
    return [{ what: `the measurement ${quote(state.name)} (until ${until})`, day: findEarlier(until, today) }];
  });
}

function listGates(initiative: Initiative, { today }: HealthContext): Waiting[] {
  if (!initiative.kpis.some(({ baseline }) => baseline !== null)) return [];
  return GATES_ON_DATA.filter((phase) => isOpen(initiative, phase)).map((phase) => ({
    what: `the gate of ${PHASE_FACTS[phase].name}`,
    day: today,
  }));
}

const dataRule: Rule = {
  id: 43,
  principle: 8,
  severity: "warning",
  title: "Old data behind a decision",
  when: "the newest event is over {dataDays} days behind what needs it: a measurement that has begun, to today or its last day; the open gate of feasibility or business study where a KPI has a baseline. Silent while there are no events",
  why: "What is decided holds for the customers of then, and a measurement cannot end without data.",
  action: "Import the newer events, then measure again.",
  check: (initiative, context) => {
    const { dataEnd, thresholds } = context;
    if (dataEnd === null) return [];
    const end = dayOf(dataEnd, context);
    const waiting = [...listMeasurements(initiative, context), ...listGates(initiative, context)]
      .map((one) => ({ ...one, behind: countDays(end, one.day) }))
      .filter(({ behind }) => behind > thresholds.dataDays);
    if (waiting.length === 0) return [];
    const most = Math.max(...waiting.map(({ behind }) => behind));
    return [
      {
        subject: "initiative",
        message: `The data end on ${end}, ${most} days before what ${writeList(waiting.map(({ what }) => what))} needs; at most ${thresholds.dataDays} are allowed.`,
      },
    ];
  },
};

const constraintRule: Rule = {
  id: 44,
  principle: 8,
  severity: "error",
  title: "Gate passed with a constraint unsettled",
  when: "constraints bound to a phase whose newest gate decision is go, unless the phase is open again",
  why: "A law, a budget or a technology that stands against it does so later at a higher price.",
  action: "Settle the constraint now, or go back into the phase until it is settled.",
  check: (initiative, context) =>
    initiative.constraints.flatMap(({ id, kind, text, phase, settled }) => {
      const gate = initiative.gates.findLast((one) => one.phase === phase);
      if (settled !== null || gate?.decision !== "go" || isOpen(initiative, phase)) return [];
      return [
        {
          subject: `constraint ${id}`,
          message: `${PHASE_FACTS[phase].name} passed its gate on ${dayOf(gate.at, context)} (${gate.author}) with a ${kind} constraint unsettled: ${quote(text)}.`,
        },
      ];
    }),
};

export const GATE_BASIS: readonly Rule[] = [dataRule, constraintRule];
