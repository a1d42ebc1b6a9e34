/**
 * A timebox on a terminal: its days, burn-down and forecast; its requirements; Musts at risk and what could be dropped for them.
 * Shares, forecast and proposal come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { namePriority, nameRole, PRIORITY_ORDER } from "../domain/delivery-words.ts";
import { formatCount, formatDay, formatNumber, formatShare } from "./format.ts";
import { renderRules } from "./render-health.ts";
import { type Column, renderTable } from "./table.ts";

type Report = Answer<"initiative">;
type Timebox = Report["initiative"]["timeboxes"][number];
type Requirement = Report["initiative"]["requirements"][number];
type Facts = Report["timeboxes"][number];
type Summary = Answer<"initiatives">["initiatives"][number];
type Proposal = NonNullable<Facts["proposal"]>;

const BARS = "▁▂▃▄▅▆▇█";

/** What is left, day by day, as a row of bars; days to come are dots. */
function drawBurnDown({ burnDown }: Facts): string {
  const most = Math.max(
    ...burnDown.map(({ ideal, must, should, could }) => Math.max(ideal, sum({ must, should, could }))),
    0,
  );
  return burnDown
    .map(({ must, should, could }) => {
      if (must === null) return "·";
      const height = most === 0 ? 0 : Math.round((sum({ must, should, could }) / most) * (BARS.length - 1));
      return BARS[height] ?? "·";
    })
    .join("");
}

const sum = ({ must, should, could }: Record<"must" | "should" | "could", number | null>) =>
  (must ?? 0) + (should ?? 0) + (could ?? 0);

/** "▇▆▅·· 12 of 20 days left (Must 6, Should 4, Could 2), 10 by the plan" */
function describeBurnDown(facts: Facts, unit: string): string {
  const { remaining, effort, burnDown } = facts;
  const today = burnDown.findLast(({ must }) => must !== null);
  const kinds = [
    `Must ${formatNumber(remaining.must)}`,
    `Should ${formatNumber(remaining.should)}`,
    `Could ${formatNumber(remaining.could)}`,
  ];
  const ideal = today ? `; ${formatNumber(today.ideal)} by the plan` : "";
  const bars = burnDown.length === 0 ? "" : `${drawBurnDown(facts)} `;
  return `${bars}${formatNumber(sum(remaining))} of ${formatNumber(sum(effort))} ${unit} left (${kinds.join(", ")})${ideal}`;
}

/** One line in its initiative. */
export function renderTimeboxLine({ timeboxes, initiative }: Report, timebox: Timebox): string {
  const { id, title, state, start, end } = timebox;
  const facts = timeboxes.find((one) => one.timebox === id);
  const risk = facts && facts.atRisk.length > 0 ? `; ${formatCount(facts.atRisk.length, "Must")} AT RISK` : "";
  const burnDown = facts ? `: ${describeBurnDown(facts, initiative.effortUnit)}` : "";
  return `  ${id} ${title}, ${state} ${start} to ${end}${burnDown}${risk}`;
}

const CURRENT: readonly Column<Summary & { readonly timebox: NonNullable<Summary["timebox"]> }>[] = [
  { title: "Timebox", value: ({ id, timebox }) => `${id}/${timebox.id}` },
  { title: "State", value: ({ timebox }) => timebox.state },
  { title: "Start", value: ({ timebox }) => timebox.start },
  { title: "End", value: ({ timebox }) => timebox.end },
  { title: "Initiative", value: ({ title }) => title },
  { title: "Title", whole: true, value: ({ timebox }) => timebox.title.replace(/\s+/gu, " ") },
];

/** The running or next timebox of each initiative. */
export function renderCurrentTimeboxes({ initiatives }: { readonly initiatives: readonly Summary[] }): string[] {
  const current = initiatives.flatMap(({ timebox, ...one }) => (timebox === null ? [] : [{ ...one, timebox }]));
  return current.length === 0 ? ["No timebox is running or planned."] : renderTable(CURRENT, current);
}

function renderRequirements(requirements: readonly Requirement[], { atRisk }: Facts): string[] {
  if (requirements.length === 0) return ["  none: waymark initiatives put --help"];
  const risky = new Set(atRisk.map(({ requirement }) => requirement));
  const sorted = PRIORITY_ORDER.flatMap((one) => requirements.filter(({ priority }) => priority.timebox === one));
  return renderTable<Requirement>(
    [
      { title: "Id", align: "right", value: ({ id }) => String(id) },
      { title: "Priority", value: ({ priority }) => namePriority(priority.timebox) },
      { title: "State", value: ({ state }) => state },
      { title: "Left", align: "right", value: ({ remaining }) => formatNumber(remaining) },
      { title: "Effort", align: "right", value: ({ effort }) => formatNumber(effort) },
      { title: "Developer", value: ({ developer }) => developer ?? "–" },
      { title: "", value: ({ id }) => (risky.has(id) ? "AT RISK" : "") },
      { title: "Requirement", whole: true, value: ({ title }) => title.replace(/\s+/gu, " ") },
    ],
    sorted,
  );
}

/** What to drop for a Must, what that changes, and whom to ask. */
function renderProposal(
  proposal: Proposal,
  { requirements, effortUnit: unit }: Report["initiative"],
  place: string,
): string[] {
  const { saves, needed, freed, enough, drop, sharesAfter, ask } = proposal;
  const title = (id: number) => requirements.find((one) => one.id === id)?.title ?? "";
  const isEmpty = drop.length === 0;
  const after =
    sharesAfter && !isEmpty
      ? [
          `  then: Must ${formatShare(sharesAfter.must)}, Should ${formatShare(sharesAfter.should)}, Could ${formatShare(sharesAfter.could)}`,
        ]
      : [];
  const people = ask.map(({ person, role }) => `${person} (${nameRole(role)})`);
  return [
    isEmpty
      ? `  At this pace ${formatNumber(needed)} ${unit} stay undone, and no Could or Should is left to drop for requirement ${saves}.`
      : `  At this pace ${formatNumber(needed)} ${unit} stay undone. To save requirement ${saves}, drop ${formatNumber(freed)} ${unit}:`,
    ...drop.map(
      ({ requirement, priority, frees, started }) =>
        `    ${namePriority(priority)} ${requirement}, ${title(requirement)}: ${formatNumber(frees)}${started ? ", started" : ""}`,
    ),
    ...after,
    ...(enough
      ? []
      : [
          `  ${isEmpty ? "What is left:" : "That is not enough:"} split the Must, then raise an exception (waymark initiatives exception).`,
        ]),
    people.length === 0
      ? "  Nobody holds a business role who could choose: assign one."
      : `  Ask: ${people.join(", ")}.`,
    ...(isEmpty ? [] : [`  When they agree: waymark timebox drop ${place} --proposed --by NAME --reason TEXT`]),
  ];
}

function describeForecast({ forecast }: Facts, unit: string): string {
  if (forecast === null) return "nothing to tell from yet";
  const { low, middle, high, basis, n } = forecast;
  return `${formatNumber(middle)} ${unit} done by the end (${formatNumber(low)} to ${formatNumber(high)}), from ${basis} (n ${n})`;
}

/** What happened to its days, and how it ended. */
function renderCourse({ moves, drops, blockers, standups, closeOut, reviews }: Timebox, zone: string): string[] {
  const last = standups.at(-1);
  return [
    ...moves.map(({ from, to, author, reason }) => `  END MOVED from ${from} to ${to} by ${author}: ${reason}`),
    ...reviews.map(
      ({ stage, author, feedback }) => `  ${stage} reviewed by ${author}: ${feedback ?? "no feedback noted"}`,
    ),
    ...drops.map(
      ({ requirements, saved, decidedBy, reason }) =>
        `  dropped ${requirements.join(", ")} to save ${saved}, decided by ${decidedBy}: ${reason}`,
    ),
    ...blockers
      .filter(({ clearedAt }) => clearedAt === null)
      .map(
        ({ id, requirement, text }) =>
          `  BLOCKER ${id}${requirement === null ? "" : ` of requirement ${requirement}`}: ${text}`,
      ),
    ...(last
      ? [
          `  last stand-up ${last.day}: ${last.done} / next: ${last.next}${last.inTheWay === null ? "" : ` / in the way: ${last.inTheWay}`}`,
        ]
      : []),
    ...(closeOut ? [`  closed ${formatDay(closeOut.at, zone)}: ${describeClosing(closeOut)}`] : []),
    ...(closeOut?.retrospective ? [`  retrospective: ${closeOut.retrospective}`] : []),
  ];
}

function describeClosing({ planned, delivered, accepters }: NonNullable<Timebox["closeOut"]>): string {
  const kinds = (["must", "should", "could"] as const).map(
    (kind) => `${namePriority(kind)} ${formatNumber(delivered[kind])}/${formatNumber(planned[kind])}`,
  );
  const failed = delivered.must < planned.must ? "FAILED, a Must is open; " : "";
  const people = accepters.map(({ person, role }) => `${person} (${nameRole(role)})`).join(", ");
  return `${failed}delivered ${kinds.join(", ")}; accepted by ${people || "nobody"}`;
}

/** One timebox of an initiative, as it is. @throws AppError invalid when there is none */
export function findTimebox({ initiative, timeboxes }: Report, id: number): { timebox: Timebox; facts: Facts } {
  const timebox = initiative.timeboxes.find((one) => one.id === id);
  const facts = timeboxes.find((one) => one.timebox === id);
  if (timebox && facts) return { timebox, facts };
  throw wrongUse(`Initiative ${initiative.id} has no timebox ${id}.`, { initiative: initiative.id, timebox: id });
}

function renderRisk({ initiative }: Report, { atRisk, proposal, timebox }: Facts): string[] {
  if (atRisk.length === 0) return [];
  const { id, requirements } = initiative;
  const title = (wanted: number) => requirements.find((one) => one.id === wanted)?.title ?? "";
  return [
    "",
    "Musts at risk",
    ...atRisk.map(({ requirement, why }) => `  ${requirement} ${title(requirement)}: ${why}`),
    ...(proposal ? renderProposal(proposal, initiative, `${id}/${timebox}`) : []),
  ];
}

export function renderTimebox(report: Report, id: number): string[] {
  const { initiative, health } = report;
  const { timebox, facts } = findTimebox(report, id);
  const { effortUnit, requirements } = initiative;
  const { shares, workingDays, elapsedDays } = facts;
  const own = new Set(facts.requirements);
  const rules = health.filter(({ subject }) => subject === `timebox ${id}`);
  return [
    `Timebox ${initiative.id}/${id}: ${timebox.title}`,
    `  ${timebox.state}, ${timebox.format}; ${timebox.start} to ${timebox.end}, ${elapsedDays} of ${formatCount(workingDays, "working day")} gone; increment ${timebox.increment}`,
    `  capacity ${formatNumber(timebox.capacity)} ${effortUnit}; ${shares ? `Must ${formatShare(shares.must)}, Should ${formatShare(shares.should)}, Could ${formatShare(shares.could)}` : "no priority decided"}`,
    `  objective: ${timebox.objective}`,
    `  burn-down: ${describeBurnDown(facts, effortUnit)}`,
    ...(timebox.closeOut ? [] : [`  forecast: ${describeForecast(facts, effortUnit)}`]),
    ...renderCourse(timebox, report.zone),
    "",
    "Requirements",
    ...renderRequirements(
      requirements.filter((one) => own.has(one.id)),
      facts,
    ),
    ...renderRisk(report, facts),
    ...(rules.length === 0 ? [] : ["", "Health", ...renderRules(rules)]),
  ];
}
