/**
 * What every part of an effect's page needs to know: the report, the question it answers, and how its numbers are said.
 */
import { useAnswer } from "../../../api/use-answer.ts";
import { formatDay } from "../../../ui/format.ts";
import type { Report } from "./effect-words.ts";
import { type Question, type Spoken, speakOf } from "./metric-words.ts";

export interface ReportFacts {
  readonly report: Report;
  readonly question: Question;
  readonly spoken: Spoken;
  /** A day in the zone of the workspace or of the plan. */
  readonly day: (iso: string) => string;
  /** The stop date: ISO, or null. */
  readonly until: string | null;
}

/** How times and amounts are said here. */
export function useTold(zone?: string): { readonly currency: string; readonly day: (iso: string) => string } {
  const { data: extent } = useAnswer("extent", {});
  const shown = zone ?? extent?.zone ?? "UTC";
  return { currency: extent?.currency ?? "", day: (iso) => formatDay(iso, shown) };
}

export function useReportFacts(
  report: Report,
  question: Question,
  plan?: { zone: string; until: string },
): ReportFacts {
  const { currency, day } = useTold(plan?.zone);
  return { report, question, spoken: speakOf(question, currency), day, until: plan?.until ?? null };
}
