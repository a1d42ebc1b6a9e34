/**
 * The documents that DSDM asks for, as Markdown printed from the report of an initiative.
 * What each holds is in its own file; none of them is kept, so none is ever out of date.
 */
import { AppError } from "../../domain/app-error.ts";
import type { InitiativeReport } from "../../domain/dsdm/report.ts";
import { writeBenefits } from "./benefits-assessment.ts";
import { writeFeasibility } from "./feasibility-assessment.ts";
import { writeFoundations } from "./foundations-summary.ts";
import { writeTimeboxReview } from "./timebox-review.ts";

export const DOCUMENT_KINDS = ["feasibility", "foundations", "timebox-review", "benefits"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

function writeReview(report: InitiativeReport, id: number | undefined) {
  if (id === undefined)
    throw new AppError("invalid", "Which timebox? A timebox review record needs its number.", { field: "timebox" });
  const timebox = report.initiative.timeboxes.find((one) => one.id === id);
  const facts = report.timeboxes.find((one) => one.timebox === id);
  if (timebox === undefined || facts === undefined)
    throw new AppError("not-found", `Initiative ${report.initiative.id} has no timebox ${id}.`, { timebox: id });
  return writeTimeboxReview(report, timebox, facts);
}

/**
 * @param timebox which one, for a timebox review
 * @throws AppError invalid without it, not-found for one that does not exist
 */
export function writeDocument(
  kind: DocumentKind,
  report: InitiativeReport,
  timebox?: number,
): { title: string; markdown: string } {
  if (kind === "feasibility") return writeFeasibility(report);
  if (kind === "foundations") return writeFoundations(report);
  return kind === "benefits" ? writeBenefits(report) : writeReview(report, timebox);
}
