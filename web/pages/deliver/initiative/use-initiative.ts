/**
 * The initiative that a page shows, for all of its parts: the report, and how times, money and effort are said.
 * Changing it is act/use-act.tsx.
 */
import { createContext, useContext } from "react";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { formatDay, formatMoment, formatValue } from "../../../ui/format.ts";
import { formatEffort } from "../priority-words.ts";

export interface InitiativeFacts {
  readonly report: InitiativeReport;
  readonly initiative: InitiativeReport["initiative"];
  /** A day in the workspace's zone; a plain date stays that date. */
  readonly day: (iso: string | null) => string;
  readonly moment: (iso: string) => string;
  readonly money: (value: number | null) => string;
  readonly effort: (value: number | null) => string;
}

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/u;

export function speakOfInitiative(report: InitiativeReport): InitiativeFacts {
  const { initiative, currency, zone } = report;
  return {
    report,
    initiative,
    day: (iso) => formatDay(iso, iso !== null && PLAIN_DATE.test(iso) ? "UTC" : zone),
    moment: (iso) => formatMoment(iso, zone),
    money: (value) => formatValue(value, currency),
    effort: (value) => formatEffort(value, initiative.effortUnit),
  };
}

const Shown = createContext<InitiativeFacts | undefined>(undefined);
export const InitiativeProvider = Shown.Provider;

/** @throws Error outside of the page of one initiative */
export function useInitiative(): InitiativeFacts {
  const facts = useContext(Shown);
  if (!facts) throw new Error("there is no initiative around this");
  return facts;
}
