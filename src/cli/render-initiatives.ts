/**
 * Initiatives on a terminal: the list, and one with its phases, people, requirements, timeboxes, health and effects.
 * A timebox in full is in render-timebox.ts; every figure comes from the answer.
 */
import type { Answer } from "../api/operations.ts";
import { namePhase, namePriority, nameRole, PRIORITY_ORDER } from "../domain/delivery-words.ts";
import { formatCount, formatDay, formatMoney, formatNumber, formatShare } from "./format.ts";
import { range, signed } from "./render-effect.ts";
import { countRules, renderPrinciples, renderRules } from "./render-health.ts";
import { renderTimeboxLine } from "./render-timebox.ts";
import { type Column, renderTable } from "./table.ts";

type Report = Answer<"initiative">;
type Summary = Answer<"initiatives">["initiatives"][number];
type Initiative = Report["initiative"];
type Requirement = Initiative["requirements"][number];

/** How much of each there should be: a rule of thumb of the method. */
const GUIDES = { must: "at most 60 %", should: "about 20 %", could: "about 20 %" } as const;

/** What its phase is, unless it is over. */
const describePhase = ({ state, activePhases }: Pick<Summary, "activePhases"> & { readonly state: string }): string =>
  state === "active" ? activePhases.map(namePhase).join(" + ") || "not begun" : state;

const SUMMARIES: readonly Column<Summary>[] = [
  { title: "Id", align: "right", value: ({ id }) => String(id) },
  { title: "Phase", value: describePhase },
  {
    title: "Effort done",
    align: "right",
    value: ({ done, effort, effortUnit }) => `${formatNumber(done)}/${formatNumber(effort)} ${effortUnit}`,
  },
  { title: "Must", align: "right", value: ({ shares }) => (shares ? formatShare(shares.must) : "–") },
  { title: "Health", value: ({ errors, warnings }) => (errors + warnings === 0 ? "ok" : `${errors} E ${warnings} W`) },
  { title: "Verdict", value: ({ verdicts }) => verdicts.at(-1) ?? "–" },
  { title: "Initiative", whole: true, value: ({ title }) => title.replace(/\s+/gu, " ") },
];

export function renderInitiatives({ initiatives }: { readonly initiatives: readonly Summary[] }): string[] {
  if (initiatives.length === 0) return ["There is no initiative here."];
  const broken = initiatives.filter(({ errors }) => errors > 0).length;
  return [
    formatCount(initiatives.length, "initiative"),
    ...renderTable(SUMMARIES, initiatives),
    ...(broken > 0 ? ["", `${formatNumber(broken)} with errors (E): waymark health says what to do.`] : []),
  ];
}

/** Each stay in a phase, and what was decided at its gate. */
function renderPhases({ initiative: { phases, gates, baseline }, zone }: Report): string[] {
  return [
    ...renderTable(
      [
        { title: "Phase", value: ({ phase }) => namePhase(phase) },
        { title: "From", value: ({ from }) => formatDay(from, zone) },
        { title: "Until", value: ({ until }) => (until === null ? "now" : formatDay(until, zone)) },
      ],
      phases,
    ),
    ...gates.map(
      ({ phase, decision, at, author, reason }) =>
        `  gate ${namePhase(phase)}: ${decision}, ${formatDay(at, zone)} ${author}: ${reason}`,
    ),
    baseline
      ? `  scope baselined ${formatDay(baseline.at, zone)} by ${baseline.author}: ${formatCount(baseline.scope.length, "requirement")}`
      : "  scope not baselined yet: the go of the business study does it",
  ];
}

/** One line a person, with all the roles held now; then who is missing. */
function renderPeople({ initiative: { people, departments }, missingRoles }: Report): string[] {
  const held = people.filter(({ until }) => until === null);
  const names = [...new Set(held.map(({ person }) => person))];
  const roles = (name: string) => held.filter(({ person }) => person === name).map(({ role }) => nameRole(role));
  return [
    ...names.map((name) => `  ${name}: ${roles(name).join(", ")}`),
    ...missingRoles.map(({ role, why }) => `  missing: ${nameRole(role)} (${why})`),
    ...departments.map(
      ({ department, stakeholder, interest }) =>
        `  ${department}: ${stakeholder ?? "nobody speaks for it"}${interest === null ? "" : ` (${interest})`}`,
    ),
  ];
}

/** Effort by priority against 60/20/20. */
function renderShares({ effort, shares }: Report["project"], unit: string): string[] {
  const kinds = ["must", "should", "could"] as const;
  return [
    ...renderTable(
      [
        { title: "Priority", value: namePriority },
        { title: `Effort (${unit})`, align: "right", value: (kind) => formatNumber(effort[kind]) },
        { title: "Share", align: "right", value: (kind) => (shares ? formatShare(shares[kind]) : "–") },
        { title: "Guide", value: (kind) => GUIDES[kind] },
      ],
      kinds,
    ),
    `  outside the shares: ${formatNumber(effort.undecided)} undecided, ${formatNumber(effort.wont)} Won’t`,
  ];
}

const REQUIREMENTS: readonly Column<Requirement>[] = [
  { title: "Id", align: "right", value: ({ id }) => String(id) },
  { title: "Project", value: ({ priority }) => namePriority(priority.project) },
  { title: "Increment", value: ({ priority, increment }) => place(increment, priority.increment) },
  { title: "Timebox", value: ({ priority, timebox }) => place(timebox, priority.timebox) },
  { title: "State", value: ({ state }) => state },
  { title: "Left", align: "right", value: ({ remaining }) => formatNumber(remaining) },
  { title: "Effort", align: "right", value: ({ effort }) => formatNumber(effort) },
  { title: "Owner", value: ({ owner }) => owner ?? "–" },
  { title: "Requirement", whole: true, value: ({ title }) => title.replace(/\s+/gu, " ") },
];

/** "2 Must": where it is, and as what. */
function place(at: number | null, priority: Requirement["priority"]["project"]): string {
  return at === null ? "–" : `${at}${priority === null ? "" : ` ${namePriority(priority)}`}`;
}

function renderRequirements({ initiative, project, increments, suggestions }: Report): string[] {
  const { requirements, effortUnit } = initiative;
  if (requirements.length === 0) return ["  none yet: waymark initiatives require --help"];
  const sorted = PRIORITY_ORDER.flatMap((one) => requirements.filter(({ priority }) => priority.project === one));
  const present = new Map(requirements.map(({ id, priority }) => [id, priority.project]));
  const pending = requirements.filter(({ breadth }) => breadth !== null && breadth.approvedBy === null);
  return [
    ...renderShares(project, effortUnit),
    ...increments.flatMap(({ increment, shares }) =>
      shares
        ? [
            `  increment ${increment}: Must ${formatShare(shares.must)}, Should ${formatShare(shares.should)}, Could ${formatShare(shares.could)}`,
          ]
        : [],
    ),
    "",
    ...renderTable(REQUIREMENTS, sorted),
    ...pending.map(({ id, breadth }) => `  requirement ${id} waits for the visionary: ${breadth?.what ?? ""}`),
    ...suggestions
      .filter(({ requirement, priority }) => present.get(requirement) !== priority)
      .map(
        ({ requirement, priority, because }) =>
          `  suggested for ${requirement}: ${namePriority(priority)}, because ${because}`,
      ),
  ];
}

/** What it moves and where it stood; what it acts on. */
function renderAims({ initiative: { kpis, benefit }, goal, findings, currency }: Report): string[] {
  const baselines = kpis.map(({ kpi, baseline, target }) => {
    const span =
      baseline && baseline.low !== null && baseline.high !== null
        ? ` (${formatNumber(baseline.low)} to ${formatNumber(baseline.high)})`
        : "";
    const from = baseline ? `${formatNumber(baseline.value)}${span}, n ${formatNumber(baseline.n)}` : "no baseline";
    return `  KPI ${kpi}: ${from} → ${target === null ? "no target" : formatNumber(target)}`;
  });
  const money =
    benefit?.monthly === null || benefit === null ? "" : `${formatMoney(benefit.monthly, currency)} a month: `;
  return [
    ...(goal ? [`  goal ${goal.id}: ${goal.title}`] : []),
    ...findings.map(({ id, status, title }) => `  finding ${id} (${status}): ${title}`),
    ...baselines,
    ...(benefit ? [`  benefit ${benefit.expected ? "expected" : "NO LONGER expected"}: ${money}${benefit.text}`] : []),
  ];
}

/** What was measured, or will be; and what was made of it. */
function renderEffects({ effects, initiative: { increments, assessments }, zone }: Report): string[] {
  const last = assessments.at(-1);
  const deployed = increments.flatMap(({ id, title, deployed: live }) =>
    live
      ? [`  increment ${id} (${title}) live since ${live.day}${live.group === null ? "" : ` for ${live.group}`}`]
      : [],
  );
  return [
    ...deployed,
    ...(effects.length === 0 ? ["  no measurement is registered: waymark initiatives effect --help"] : []),
    ...effects.map(({ id, name, status, switchOn, until, newest }) => {
      const verdict = newest
        ? `${newest.verdict}, ${signed(newest.estimate)} (${range(newest.low, newest.high)}), n ${formatNumber(newest.n)}`
        : "not measured yet";
      return `  effect ${id} (${name}), ${status}, ${formatDay(switchOn, zone)} to ${formatDay(until, zone)}: ${verdict}`;
    }),
    ...(last ? [`  assessed ${formatDay(last.at, zone)} by ${last.author}: ${last.text}`] : []),
    ...(last?.decision ? [`  decided: ${last.decision}`] : []),
  ];
}

/** A heading over what there is to say; nothing over nothing. */
const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", heading, ...lines];

/** What waits for somebody, each with the number by which it is answered. */
function renderOpen({ initiative: { exceptions, feedback, constraints }, zone }: Report): string[] {
  const tell = ({ id, at, author, text }: Pick<Initiative["feedback"][number], "id" | "at" | "author" | "text">) =>
    `  ${id}, ${formatDay(at, zone)} ${author}: ${text}`;
  return [
    ...section("Exceptions without an answer", exceptions.filter(({ answer }) => answer === null).map(tell)),
    ...section("Feedback without a decision", feedback.filter(({ decision }) => decision === null).map(tell)),
    ...section(
      "Constraints not settled",
      constraints.flatMap(({ id, kind, text, phase, settled }) =>
        settled === null ? [`  ${id}, ${kind}, by the gate of ${namePhase(phase)}: ${text}`] : [],
      ),
    ),
  ];
}

export function renderInitiative(report: Report): string[] {
  const { initiative, health, principles, activePhases, zone } = report;
  const { id, title, summary, state, requirements, timeboxes } = initiative;
  return [
    `Initiative ${id}: ${title}`,
    `  ${describePhase({ state, activePhases })}; begun ${formatDay(initiative.createdAt, zone)} by ${initiative.createdBy}; days of ${zone}`,
    ...(summary === null ? [] : [`  ${summary}`]),
    ...renderAims(report),
    ...section("Phases", renderPhases(report)),
    ...section("People", renderPeople(report)),
    ...section(`Requirements (${formatNumber(requirements.length)})`, renderRequirements(report)),
    ...section(
      "Timeboxes",
      timeboxes.map((timebox) => renderTimeboxLine(report, timebox)),
    ),
    ...renderOpen(report),
    ...section(`Health: ${countRules(health)}`, [...renderPrinciples(principles), ...renderRules(health)]),
    ...section("Effects", renderEffects(report)),
  ];
}
