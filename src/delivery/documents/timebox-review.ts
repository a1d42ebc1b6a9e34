/**
 * The record of a timebox: what was agreed, what was delivered, what reviews said and how it was closed.
 * Worked hours are not in it: they are no progress.
 */
import { PRIORITY_NAMES } from "../../domain/dsdm/moscow.ts";
import type { InitiativeReport, TimeboxFacts } from "../../domain/dsdm/report.ts";
import { ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { assemble, writeDay } from "./common-parts.ts";
import {
  NOT_RECORDED,
  write,
  writeFacts,
  writeList,
  writeNumber,
  writeSection,
  writeShare,
  writeTable,
  writeText,
} from "./markdown.ts";

function describeAgreement(report: InitiativeReport, timebox: Timebox): string {
  const { kickOff, start, end, capacity, state, format, increment } = timebox;
  const { increments, effortUnit } = report.initiative;
  const team = (kickOff?.members ?? []).map(
    ({ person, role }) => `${write(person)}, ${ROLE_FACTS[role].name.toLowerCase()}`,
  );
  return [
    writeSection(
      "What was agreed",
      writeText(timebox.objective),
      writeFacts([
        ["Increment", write(increments.find(({ id }) => id === increment)?.title)],
        ["Days", `${start} to ${end}`],
        ["Format", format],
        ["State", state],
        ["Capacity", `${writeNumber(capacity)} ${effortUnit}`],
        ["Kick-off", kickOff === null ? NOT_RECORDED : `${writeDay(kickOff.at, report)} by ${write(kickOff.author)}`],
      ]),
    ),
    writeSection("Team at the kick-off", writeList(team)),
  ].join("\n\n");
}

function describeDelivery({ effort, done }: TimeboxFacts, { closeOut }: Timebox): string {
  const rows = (["must", "should", "could"] as const).map((priority) => [
    PRIORITY_NAMES[priority],
    writeNumber(effort[priority]),
    writeNumber(done[priority]),
    effort[priority] > 0 ? writeShare(done[priority] / effort[priority]) : "–",
  ]);
  const failed = closeOut !== null && done.must < effort.must;
  return writeSection(
    "Delivered",
    writeTable(["Priority", "Planned effort:", "Done:", "Share:"], rows),
    ...(failed ? ["A Must was not done: this timebox failed, and the business case is looked at again."] : []),
  );
}

function describeRequirements({ initiative }: InitiativeReport, facts: TimeboxFacts, timebox: Timebox): string {
  const agreed = new Map(timebox.kickOff?.scope.map(({ requirement, priority }) => [requirement, priority]));
  const rows = initiative.requirements
    .filter(({ id }) => facts.requirements.includes(id))
    .map(({ id, title, priority, effort, state, evidence, timebox: now }) => {
      const decided = (now === timebox.id ? priority.timebox : agreed.get(id)) ?? null;
      const passed = evidence.filter((one) => one.passed).length;
      return [
        String(id),
        write(title),
        decided === null ? NOT_RECORDED : PRIORITY_NAMES[decided],
        writeNumber(effort),
        now === timebox.id ? state : "left undone",
        evidence.length === 0 ? NOT_RECORDED : `${passed} of ${evidence.length} trials passed`,
      ];
    });
  return writeSection(
    "Requirements",
    writeTable(["No.:", "Requirement", "Priority", "Effort:", "State", "Test evidence"], rows),
  );
}

function describeReviews(report: InitiativeReport, { id, reviews }: Timebox): string {
  const held = reviews.map(({ stage, at, author, feedback }) => [
    stage,
    writeDay(at, report),
    write(author),
    write(feedback),
  ]);
  const feedback = report.initiative.feedback
    .filter(({ timebox }) => timebox === id)
    .map(({ at, author, text, decision }) => [writeDay(at, report), write(author), write(text), write(decision?.text)]);
  return [
    writeSection("Reviews", writeTable(["Stage", "Day", "By", "Feedback"], held)),
    writeSection("Other feedback", writeTable(["Day", "By", "Feedback", "Decision"], feedback)),
  ].join("\n\n");
}

function describeTroubles(report: InitiativeReport, { id, blockers, drops, moves }: Timebox): string {
  const blocked = blockers.map(({ requirement, text, at, clearedAt, outcome }) => [
    requirement === null ? "–" : String(requirement),
    write(text),
    writeDay(at, report),
    clearedAt === null ? "open" : `${writeDay(clearedAt, report)}: ${write(outcome)}`,
  ]);
  const dropped = drops.map(
    ({ at, requirements, saved, decidedBy, reason }) =>
      `${writeDay(at, report)}: requirements ${requirements.join(", ")} left it to save requirement ${saved}; ${write(decidedBy)} chose: ${write(reason)}`,
  );
  const moved = moves.map(
    ({ at, from, to, exception, reason }) =>
      `${writeDay(at, report)}: the end moved from ${from} to ${to} by exception ${exception}: ${write(reason)}`,
  );
  const raised = report.initiative.exceptions
    .filter(({ timebox }) => timebox === id)
    .map(({ id: number, text, answer }) => {
      const said = answer === null ? "unanswered" : `${answer.granted ? "granted" : "refused"}: ${write(answer.text)}`;
      return `Exception ${number}: ${write(text)} – ${said}`;
    });
  return [
    writeSection("Blockers", writeTable(["Requirement:", "What was in the way", "Since", "Cleared"], blocked)),
    writeSection("Drops, exceptions and moves of the end", writeList([...dropped, ...raised, ...moved])),
  ].join("\n\n");
}

function describeCloseOut(report: InitiativeReport, { closeOut }: Timebox): string {
  if (closeOut === null) return writeSection("Close-out", NOT_RECORDED);
  const accepted = closeOut.accepters.map(
    ({ person, role }) => `${write(person)}, ${ROLE_FACTS[role].name.toLowerCase()}`,
  );
  const carried = closeOut.undone.map(({ requirement, to }) => {
    const where =
      to === null ? "back to the list" : `to ${write(report.initiative.timeboxes.find(({ id }) => id === to)?.title)}`;
    return `Requirement ${requirement}: ${where}`;
  });
  return [
    writeSection(
      "Close-out",
      `${writeDay(closeOut.at, report)} by ${write(closeOut.author)}.`,
      "Accepted by:",
      writeList(accepted),
    ),
    "Carried over:",
    carried.length === 0 ? "nothing" : writeList(carried),
    writeSection("Retrospective", writeText(closeOut.retrospective)),
  ].join("\n\n");
}

export function writeTimeboxReview(
  report: InitiativeReport,
  timebox: Timebox,
  facts: TimeboxFacts,
): { title: string; markdown: string } {
  const title = `Timebox review record: ${timebox.title} (${report.initiative.title})`;
  const markdown = assemble(title, report, [
    describeAgreement(report, timebox),
    describeDelivery(facts, timebox),
    describeRequirements(report, facts, timebox),
    describeReviews(report, timebox),
    describeTroubles(report, timebox),
    describeCloseOut(report, timebox),
  ]);
  return { title, markdown };
}
