/**
 * Parts that several documents have: what it is for, who takes part, the questionnaire, constraints, gates.
 * Each is Markdown of one report; which document has which is said in the files beside it.
 */
import { PHASE_FACTS, type Phase } from "../../domain/dsdm/phase.ts";
import { STATEMENTS, WEAK_SCORE } from "../../domain/dsdm/questionnaire.ts";
import type { FindingState, InitiativeReport } from "../../domain/dsdm/report.ts";
import { ROLE_FACTS } from "../../domain/dsdm/role.ts";
import { amountPerMonth } from "../../domain/finding.ts";
import { findDay } from "../instant-day.ts";
import {
  NOT_RECORDED,
  write,
  writeFacts,
  writeInterval,
  writeList,
  writeMoney,
  writeNumber,
  writeSection,
  writeTable,
  writeText,
} from "./markdown.ts";

/** The day of an instant in the workspace's zone. */
export const writeDay = (instant: string, { zone }: Pick<InitiativeReport, "zone">) => findDay(instant, zone);

/** Title, parts, and where it comes from. */
export function assemble(title: string, report: InitiativeReport, sections: readonly string[]): string {
  const { initiative, today, zone } = report;
  const source = `Follows DSDM. Printed by Waymark from the records of initiative ${initiative.id}, version ${initiative.version}, on ${today} (days of ${zone}).`;
  return `${[`# ${write(title)}`, ...sections, "---", source].join("\n\n")}\n`;
}

export function describePurpose(report: InitiativeReport): string {
  const { initiative, goal } = report;
  return writeSection(
    "What it is for",
    writeText(initiative.summary),
    writeFacts([
      ["Goal", write(goal?.title)],
      ["Goal’s owner", write(goal?.owner)],
      ["State", initiative.state],
      ["Begun", `${writeDay(initiative.createdAt, report)} by ${write(initiative.createdBy)}`],
    ]),
  );
}

export function describeBenefit({ initiative: { benefit }, currency }: InitiativeReport): string {
  if (benefit === null) return writeSection("Expected benefit", NOT_RECORDED);
  return writeSection(
    "Expected benefit",
    writeText(benefit.text),
    writeFacts([
      ["A month", writeMoney(benefit.monthly, currency)],
      ["Still expected", benefit.expected ? "yes" : "no"],
    ]),
  );
}

export function describeKpis(report: InitiativeReport): string {
  const rows = report.initiative.kpis.map(({ kpi, baseline, target }) => [
    write(kpi),
    baseline === null ? NOT_RECORDED : writeInterval(baseline.value, baseline.low, baseline.high),
    writeNumber(baseline?.n),
    baseline === null ? NOT_RECORDED : writeDay(baseline.at, report),
    writeNumber(target),
  ]);
  return writeSection("KPIs", writeTable(["KPI", "Baseline (interval):", "n:", "Measured", "Target:"], rows));
}

/** What it costs or brings a month; in all, where nobody says over how many months. */
function writeCost({ money, months }: Pick<FindingState, "money" | "months">, currency: string): string {
  const monthly = amountPerMonth(money, months);
  if (monthly !== null) return `${writeMoney(Number(monthly.toPrecision(3)), currency)} a month`;
  return money === null ? writeMoney(null, currency) : `${writeMoney(money, currency)} in all`;
}

export function describeFindings({ findings, currency }: InitiativeReport): string {
  const rows = findings.map(({ id, title, status, reach, money, months, effect, low, high, claimed }) => [
    String(id),
    write(title),
    status,
    writeNumber(reach),
    writeInterval(effect, low, high),
    writeCost({ money, months }, currency),
    claimed ? "yes" : "no",
  ]);
  return writeSection(
    "Findings behind it",
    writeTable(["No.:", "Finding", "Status", "Reach:", "Effect (interval):", "Money:", "Claimed"], rows),
  );
}

export function describePeople({ initiative, missingRoles }: InitiativeReport): string {
  const held = initiative.people.filter(({ until }) => until === null);
  const roles = held.map(({ person, role }) => [ROLE_FACTS[role].name, write(person), ROLE_FACTS[role].decides]);
  const departments = initiative.departments.map((one) => [
    write(one.department),
    write(one.stakeholder),
    write(one.interest),
  ]);
  const missing = missingRoles.map(({ role, why }) => `${ROLE_FACTS[role].name}: ${write(why)}`);
  return [
    writeSection("Roles", writeTable(["Role", "Person", "Decides"], roles)),
    ...(missing.length > 0 ? ["Missing or held wrongly:", writeList(missing)] : []),
    writeSection("Departments concerned", writeTable(["Department", "Stakeholder", "Interest"], departments)),
  ].join("\n\n");
}

export function describeQuestionnaire({ initiative }: InitiativeReport, stage: "feasibility" | "foundations"): string {
  const answers = initiative.questionnaire[stage];
  if (answers.length === 0) return writeSection("Project approach questionnaire", NOT_RECORDED);
  const weak = answers.filter(({ score }) => score <= WEAK_SCORE);
  const rows = weak.map(({ statement, score, action }) => [
    `${statement}. ${STATEMENTS[statement - 1] ?? ""}`,
    String(score),
    write(action),
  ]);
  return writeSection(
    "Project approach questionnaire",
    `${answers.length} of ${STATEMENTS.length} statements were answered; ${weak.length} of them with ${WEAK_SCORE} of 5 or less.`,
    ...(weak.length > 0 ? [writeTable(["Weak statement", "Score:", "What is done about it"], rows)] : []),
  );
}

export function describeConstraints(report: InitiativeReport): string {
  const rows = report.initiative.constraints.map(({ kind, text, phase, settled }) => [
    kind,
    write(text),
    PHASE_FACTS[phase].name,
    settled === null
      ? "not settled"
      : `${write(settled.text)} (${write(settled.author)}, ${writeDay(settled.at, report)})`,
  ]);
  return writeSection(
    "Constraints",
    writeTable(["Kind", "Constraint", "To be settled by the gate of", "Settled"], rows),
  );
}

export function describeGates(report: InitiativeReport, phase: Phase) {
  const rows = report.initiative.gates
    .filter((gate) => gate.phase === phase)
    .map(({ decision, at, author, reason }) => [decision, writeDay(at, report), write(author), write(reason)]);
  return writeSection(
    `Gate: ${PHASE_FACTS[phase].name.toLowerCase()}`,
    writeTable(["Decision", "Day", "By", "Reason"], rows),
  );
}
