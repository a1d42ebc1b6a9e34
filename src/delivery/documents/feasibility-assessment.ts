/**
 * The feasibility assessment: whether an initiative is worth a business study, printed from what is recorded of it.
 * It decides nothing; the gate does, and is printed with its reason.
 */
import type { InitiativeReport } from "../../domain/dsdm/report.ts";
import {
  assemble,
  describeBenefit,
  describeConstraints,
  describeFindings,
  describeGates,
  describeKpis,
  describePeople,
  describePurpose,
  describeQuestionnaire,
} from "./common-parts.ts";

export function writeFeasibility(report: InitiativeReport): { title: string; markdown: string } {
  const title = `Feasibility assessment: ${report.initiative.title}`;
  const markdown = assemble(title, report, [
    describePurpose(report),
    describeFindings(report),
    describeBenefit(report),
    describeKpis(report),
    describeConstraints(report),
    describePeople(report),
    describeQuestionnaire(report, "feasibility"),
    describeGates(report, "feasibility"),
  ]);
  return { title, markdown };
}
