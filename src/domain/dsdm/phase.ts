/**
 * The phases of a DSDM initiative by the names our users use, those of the 2014 handbook, and what ends each.
 * They are no sequence: the two iterations run side by side, and every earlier phase may be entered again.
 */
import { z } from "zod";

export const PHASES = [
  "feasibility",
  "business-study",
  "functional-model",
  "design-and-build",
  "implementation",
  "post-project",
] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

interface PhaseFacts {
  readonly name: string;
  /** In the handbook of 2014. */
  readonly alias: string;
  /** What is shown at its gate. */
  readonly product: string;
}

export const PHASE_FACTS: Readonly<Record<Phase, PhaseFacts>> = {
  feasibility: { name: "Feasibility", alias: "Feasibility", product: "feasibility assessment" },
  "business-study": {
    name: "Business study",
    alias: "Foundations",
    product: "foundations summary with the prioritised requirements list",
  },
  "functional-model": {
    name: "Functional model iteration",
    alias: "Evolutionary Development",
    product: "timebox review records",
  },
  "design-and-build": {
    name: "Design and build iteration",
    alias: "Evolutionary Development",
    product: "timebox review records",
  },
  implementation: { name: "Implementation", alias: "Deployment", product: "review of each increment" },
  "post-project": { name: "Post-project review", alias: "Post-Project", product: "benefits assessment" },
};

/** Development proper: before it, the foundations are baselined. */
export const ITERATIONS: readonly Phase[] = ["functional-model", "design-and-build"];

/** go: the phase is done; again: it is worked on further; stop: the initiative ends here. */
export const GATE_DECISIONS = ["go", "again", "stop"] as const;
export const gateDecisionSchema = z.enum(GATE_DECISIONS);
export type GateDecision = z.infer<typeof gateDecisionSchema>;
