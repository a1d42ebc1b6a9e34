/**
 * The benefits assessment: what was expected, what went live, and what the registered measurements say of it.
 * "Inconclusive" is printed as such, with the decision it asked for; nothing is estimated here.
 */
import type { InitiativeReport } from "../../domain/dsdm/report.ts";
import { assemble, describeBenefit, describeFindings, describeGates, describeKpis, writeDay } from "./common-parts.ts";
import { NOT_RECORDED, write, writeInterval, writeNumber, writeSection, writeTable, writeText } from "./markdown.ts";

const EFFECT_HEAD = ["Effect", "Estimate (interval):", "n:", "Verdict"];

function describeDeployments({ initiative: { increments } }: InitiativeReport): string {
  const rows = increments.map(({ title, deployed, caseReview }) => [
    write(title),
    deployed === null ? "not deployed" : deployed.day,
    deployed === null ? "–" : deployed.group === null ? "all" : write(deployed.group),
    caseReview === null
      ? NOT_RECORDED
      : `${write(caseReview.text)} (${caseReview.stillExpected ? "still expected" : "no longer expected"})`,
  ]);
  return writeSection("What went live", writeTable(["Increment", "Day", "For", "Business case looked at again"], rows));
}

function describePlans(report: InitiativeReport): string {
  const rows = report.effects.map(({ name, status, switchOn, until, minEffect, newest }) => [
    write(name),
    status,
    `${writeDay(switchOn, report)} to ${writeDay(until, report)}`,
    writeNumber(minEffect),
    newest === null
      ? "not measured yet"
      : `${writeInterval(newest.estimate, newest.low, newest.high)}, n ${writeNumber(newest.n)}: ${write(newest.verdict)}`,
  ]);
  return writeSection(
    "Registered measurements",
    writeTable(["Effect", "Status", "Measured", "Least worth having:", "Newest measurement"], rows),
  );
}

function describeAssessments(report: InitiativeReport): string {
  const { initiative, effects } = report;
  const { assessments } = initiative;
  if (assessments.length === 0) return writeSection("Assessments", NOT_RECORDED);
  const parts = assessments.flatMap(({ at, author, text, effects: measured, decision }) => [
    `### ${writeDay(at, report)}, by ${write(author)}`,
    writeText(text),
    writeTable(
      EFFECT_HEAD,
      measured.map(({ effect, estimate, low, high, n, verdict }) => [
        write(effects.find(({ id }) => id === effect)?.name ?? `Effect ${effect}`),
        writeInterval(estimate, low, high),
        writeNumber(n),
        write(verdict),
      ]),
    ),
    `Decision: ${write(decision)}`,
  ]);
  return writeSection("Assessments", ...parts);
}

export function writeBenefits(report: InitiativeReport): { title: string; markdown: string } {
  const title = `Benefits assessment: ${report.initiative.title}`;
  const markdown = assemble(title, report, [
    describeBenefit(report),
    describeKpis(report),
    describeDeployments(report),
    describePlans(report),
    describeAssessments(report),
    describeFindings(report),
    describeGates(report, "post-project"),
  ]);
  return { title, markdown };
}
