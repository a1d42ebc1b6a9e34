/**
 * One initiative for people outside it, in words: where it is, what was decided, what each timebox has delivered.
 * Nothing is worked out here that the report does not hold.
 */
import type { Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import type { GateDecision } from "../../../../src/domain/dsdm/phase.ts";
import { PHASE_FACTS } from "../../../../src/domain/dsdm/phase.ts";
import type { InitiativeReport, TimeboxFacts } from "../../../../src/domain/dsdm/report.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatShare } from "../../../ui/format.ts";
import { describePhases, type EffortUnit, formatEffort } from "../priority-words.ts";

export type Increment = Initiative["increments"][number];

const DECISIONS: Readonly<Record<GateDecision, string>> = {
  go: "done, it goes on",
  again: "worked on further",
  stop: "the initiative was stopped",
};

/** "Feasibility: done, it goes on"; after the last one nothing does. */
export function describeGate({ phase, decision }: Initiative["gates"][number]): string {
  const isEnd = phase === "post-project" && decision === "go";
  return `${PHASE_FACTS[phase].name}: ${isEnd ? "done" : DECISIONS[decision]}`;
}

/** Where it is now, in one sentence. */
export function describeState({ initiative, activePhases }: Pick<InitiativeReport, "initiative" | "activePhases">) {
  if (initiative.state === "closed") return "It is closed: all phases are behind it.";
  if (initiative.state === "stopped") return "It was stopped.";
  return activePhases.length === 0 ? "It has not begun its first phase." : `Now in: ${describePhases(activePhases)}.`;
}

/** "12 of 20 days (60 %)" of a priority; "none planned" without any. */
export function describeDelivered(
  { effort, done }: Pick<TimeboxFacts, "effort" | "done">,
  priority: "must" | "should" | "could",
  unit: EffortUnit,
): string {
  const [planned, delivered] = [effort[priority], done[priority]];
  if (planned <= 0) return "none planned";
  return `${formatEffort(delivered, unit).replace(/ .*$/u, "")} of ${formatEffort(planned, unit)} (${formatShare(delivered / planned, 0)})`;
}

export interface DeliveredTimebox {
  readonly timebox: Timebox;
  readonly facts: TimeboxFacts;
}

/** The timeboxes of an increment by their first day, without the cancelled ones. */
export function listTimeboxes(report: InitiativeReport, increment: number): readonly DeliveredTimebox[] {
  return report.initiative.timeboxes
    .filter((timebox) => timebox.increment === increment && timebox.state !== "cancelled")
    .toSorted((a, b) => a.start.localeCompare(b.start))
    .flatMap((timebox) => {
      const facts = report.timeboxes.find((one) => one.timebox === timebox.id);
      return facts ? [{ timebox, facts }] : [];
    });
}

/** "In use since 1 August 2025, by group B first", or that it is not. */
export function describeDeployment({ deployed }: Increment, day: (day: string) => string): string {
  if (deployed === null) return "Not in use yet.";
  return `In use since ${day(deployed.day)}${deployed.group === null ? "" : `, at first by ${deployed.group}`}.`;
}
