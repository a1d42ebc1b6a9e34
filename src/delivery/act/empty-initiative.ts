/**
 * The document of an initiative in which nothing was done yet: what the first record is told against.
 * How one is started is in act.ts.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";

export function emptyInitiative(
  id: number,
  { author, at }: { readonly author: string; readonly at: string },
): Initiative {
  return {
    id,
    title: "",
    summary: null,
    goal: null,
    state: "active",
    findings: [],
    kpis: [],
    effects: [],
    benefit: null,
    effortUnit: "days",
    phases: [],
    gates: [],
    baseline: null,
    waiver: null,
    people: [],
    departments: [],
    requirements: [],
    increments: [],
    timeboxes: [],
    exceptions: [],
    feedback: [],
    workshops: [],
    questionnaire: { feasibility: [], foundations: [] },
    constraints: [],
    assessments: [],
    createdAt: at,
    createdBy: author,
    version: 0,
  };
}
