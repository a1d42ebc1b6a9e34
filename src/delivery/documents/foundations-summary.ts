/**
 * The foundations summary: business case, prioritised requirements list, delivery plan, people and approach, as they stand.
 * The scope that was baselined is named; what changed since is in the records.
 */
import { type EffortByPriority, PRIORITY_NAMES } from "../../domain/dsdm/moscow.ts";
import type { InitiativeReport } from "../../domain/dsdm/report.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
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
  writeDay,
} from "./common-parts.ts";
import {
  NOT_RECORDED,
  write,
  writeAll,
  writeFacts,
  writeNumber,
  writeSection,
  writeShare,
  writeTable,
} from "./markdown.ts";

type Level = keyof EffortByPriority;

const LEVELS: readonly (readonly [level: Level, name: string])[] = [
  ["must", PRIORITY_NAMES.must],
  ["should", PRIORITY_NAMES.should],
  ["could", PRIORITY_NAMES.could],
  ["wont", PRIORITY_NAMES.wont],
  ["undecided", "Without a priority"],
];
const GUIDE: Readonly<Partial<Record<Level, string>>> = {
  must: "at most 60 %",
  should: "about 20 %",
  could: "about 20 %",
};

function describeNeed({ need }: Requirement, { findings, goal }: InitiativeReport): string {
  const finding = findings.find(({ id }) => id === need.finding);
  return writeAll([
    ...(need.finding === null ? [] : [`finding ${need.finding}${finding === undefined ? "" : `: ${finding.title}`}`]),
    ...(need.kpi === null ? [] : [`KPI ${need.kpi}`]),
    ...(need.goal === null ? [] : [`goal ${need.goal}${goal?.id === need.goal ? `: ${goal.title}` : ""}`]),
  ]);
}

function describeBalance(report: InitiativeReport): string {
  const { project, initiative } = report;
  const rows = LEVELS.map(([level, name]) => [
    name,
    String(initiative.requirements.filter(({ priority }) => (priority.project ?? "undecided") === level).length),
    writeNumber(project.effort[level]),
    level === "wont" || level === "undecided" ? "–" : writeShare(project.shares?.[level]),
    GUIDE[level] ?? "–",
  ]);
  const { waiver, effortUnit } = initiative;
  return [
    writeTable(["Priority", "Requirements:", `Effort (${effortUnit}):`, "Share:", "Guide:"], rows),
    ...(waiver === null
      ? []
      : [
          `More than 60 % Must was waived by ${write(waiver.author)} on ${writeDay(waiver.at, report)}: ${write(waiver.reason)}`,
        ]),
  ].join("\n\n");
}

function listRequirements(report: InitiativeReport, level: Level, name: string): string[] {
  const { requirements, effortUnit } = report.initiative;
  const listed = requirements.filter(({ priority }) => (priority.project ?? "undecided") === level);
  if (listed.length === 0) return [];
  const rows = listed.map((one) => [
    String(one.id),
    write(one.title),
    one.kind,
    writeNumber(one.effort),
    describeNeed(one, report),
    writeAll(one.acceptance),
    write(one.owner),
    ...(level === "must" ? [write(one.ifNotMet)] : []),
  ]);
  const head = ["No.:", "Requirement", "Kind", `Effort (${effortUnit}):`, "Need", "Acceptance criteria", "Owner"];
  return [`### ${name}`, writeTable(level === "must" ? [...head, "If it is not met"] : head, rows)];
}

function describeList(report: InitiativeReport): string {
  const { requirements, baseline } = report.initiative;
  if (requirements.length === 0) return writeSection("Prioritised requirements list", NOT_RECORDED);
  const agreed =
    baseline === null
      ? NOT_RECORDED
      : `${writeDay(baseline.at, report)} by ${write(baseline.author)}, ${baseline.scope.length} requirements`;
  return writeSection(
    "Prioritised requirements list",
    writeFacts([["Baselined", agreed]]),
    describeBalance(report),
    ...LEVELS.flatMap(([level, name]) => listRequirements(report, level, name)),
  );
}

function describePlan({ initiative, timeboxes }: InitiativeReport): string {
  const rows = initiative.timeboxes.map(({ id, increment, title, start, end, capacity, state }) => {
    const effort = timeboxes.find((facts) => facts.timebox === id)?.effort;
    const promised = effort === undefined ? [] : [effort.must, effort.should, effort.could];
    return [
      write(initiative.increments.find((one) => one.id === increment)?.title),
      write(title),
      `${start} to ${end}`,
      state,
      writeNumber(capacity),
      promised.length === 0 ? NOT_RECORDED : promised.map(writeNumber).join(" / "),
    ];
  });
  return writeSection(
    "Delivery plan",
    writeTable(["Increment", "Timebox", "Days", "State", "Capacity:", "Must / Should / Could effort:"], rows),
  );
}

function describeRisks({ initiative }: InitiativeReport): string {
  const rows = initiative.requirements.flatMap(({ id, title, risk }) =>
    risk === null ? [] : [[`${id}. ${write(title)}`, risk.level, write(risk.text)]],
  );
  return writeSection("Risks", writeTable(["Requirement", "Level", "Risk"], rows));
}

export function writeFoundations(report: InitiativeReport): { title: string; markdown: string } {
  const title = `Foundations summary: ${report.initiative.title}`;
  const markdown = assemble(title, report, [
    describePurpose(report),
    describeFindings(report),
    describeBenefit(report),
    describeKpis(report),
    describeList(report),
    describePlan(report),
    describeRisks(report),
    describeConstraints(report),
    describePeople(report),
    describeQuestionnaire(report, "foundations"),
    describeGates(report, "business-study"),
  ]);
  return { title, markdown };
}
