/**
 * One phase as the board shows it: its stays, its gate's decisions, what is unsettled at its gate, and its product's document. Pure.
 */
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import type { GateDecision, Phase } from "../../../../../src/domain/dsdm/phase.ts";
import type { DocumentKind } from "../initiative-search.ts";

export interface PhaseFacts {
  readonly phase: Phase;
  readonly stays: Initiative["phases"];
  /** In it now. */
  readonly open: boolean;
  /** The newest last. */
  readonly gates: Initiative["gates"];
  readonly unsettled: Initiative["constraints"];
}

export function readPhase({ phases, gates, constraints }: Initiative, phase: Phase): PhaseFacts {
  const stays = phases.filter((stay) => stay.phase === phase);
  return {
    phase,
    stays,
    open: stays.some(({ until }) => until === null),
    gates: gates.filter((gate) => gate.phase === phase),
    unsettled: constraints.filter((one) => one.phase === phase && one.settled === null),
  };
}

/** What the product of a phase is printed as; an implementation's are the reviews of its increments. */
export const PHASE_DOCUMENTS: Readonly<Record<Phase, DocumentKind | null>> = {
  feasibility: "feasibility",
  "business-study": "foundations",
  "functional-model": "timebox-review",
  "design-and-build": "timebox-review",
  implementation: null,
  "post-project": "benefits",
};

export const DECISION_WORDS: Readonly<Record<GateDecision, string>> = {
  go: "go",
  again: "work on it further",
  stop: "stop",
};

/** What a decision does, in words, before it is made. */
export function describeDecision(decision: GateDecision, phase: Phase, { requirements }: Initiative): string {
  if (decision === "again") return "The phase is worked on further; nothing else changes.";
  if (decision === "stop") return "The initiative ends here. What it was is kept.";
  if (phase === "business-study") {
    const n = requirements.length;
    return `The scope of today is baselined: ${n} ${n === 1 ? "requirement" : "requirements"} with their priorities. From then on the visionary approves a change of breadth.`;
  }
  return phase === "post-project" ? "The initiative is closed." : "The phase is done.";
}
