/**
 * The timebox that the page is about, for everything on it. Where it comes from is timebox-page.tsx.
 */
import { createContext, useContext } from "react";
import type { Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import type { InitiativeReport, TimeboxFacts } from "../../../../src/domain/dsdm/report.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";

export interface TimeboxView {
  readonly report: InitiativeReport;
  readonly initiative: Initiative;
  readonly timebox: Timebox;
  readonly facts: TimeboxFacts;
  /** The workspace's zone. */
  readonly zone: string;
}

export const TimeboxContext = createContext<TimeboxView | undefined>(undefined);

/** @throws Error outside the page of a timebox */
export function useTimebox(): TimeboxView {
  const view = useContext(TimeboxContext);
  if (!view) throw new Error("There is no timebox around this.");
  return view;
}

/** undefined when the initiative has no such timebox. */
export function findTimebox(report: InitiativeReport, id: number): TimeboxView | undefined {
  const { initiative, zone } = report;
  const timebox = initiative.timeboxes.find((one) => one.id === id);
  const facts = report.timeboxes.find((one) => one.timebox === id);
  return timebox && facts && { report, initiative, timebox, facts, zone };
}
