/**
 * One initiative with everything that is worked out of it on a day, and its one-line summary. Nothing here is kept:
 * the same document, findings and measurements give the same report.
 */
import type { BrokenRule } from "../domain/dsdm/health.ts";
import type { Initiative } from "../domain/dsdm/initiative.ts";
import { addEffort, findShares, type PriorityLevel } from "../domain/dsdm/moscow.ts";
import type { EffectState, InitiativeReport, InitiativeSummary } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import { listMissingRoles } from "./missing-roles.ts";
import { suggestPriorities } from "./moscow-suggestion.ts";
import { checkHealth } from "./rules/check-health.ts";
import { tallyPrinciples } from "./rules/principles.ts";
import type { HealthContext } from "./rules/rule.ts";
import { describeTimebox } from "./timebox-facts.ts";
import { choosePace, findVelocity, sumPromised, type Velocity } from "./velocity.ts";

export interface ReportContext extends HealthContext {
  /** Of the portfolio (findPortfolioVelocity): what an initiative without a past in days is forecast by. */
  readonly velocity: Velocity | null;
  /** "" where nobody has said. */
  readonly currency: string;
  /** IANA name of the workspace's zone, in which entries of a burn-down have a day; UTC when left out. */
  readonly zone?: string;
}

function weigh(requirements: readonly Requirement[], level: PriorityLevel) {
  const effort = addEffort(requirements, level);
  return { effort, shares: findShares(effort) };
}

function listActivePhases({ phases }: Initiative): InitiativeReport["activePhases"] {
  return [...new Set(phases.filter(({ until }) => until === null).map(({ phase }) => phase))];
}

function pick<State>(ids: Iterable<number>, states: ReadonlyMap<number, State>): State[] {
  return [...new Set(ids)].flatMap((id) => states.get(id) ?? []);
}

/** Those it acts on, and those its requirements name. */
export function listFindings({ findings, requirements }: Initiative): number[] {
  return [...new Set([...findings, ...requirements.flatMap(({ need }) => need.finding ?? [])])];
}

export function reportInitiative(initiative: Initiative, context: ReportContext): InitiativeReport {
  const { today, zone = "UTC" } = context;
  const pace = choosePace(initiative, context.velocity);
  const health = checkHealth([initiative], context);
  return {
    initiative,
    today,
    zone,
    currency: context.currency,
    goal: initiative.goal === null ? null : (context.goals.get(initiative.goal) ?? null),
    activePhases: listActivePhases(initiative),
    project: weigh(initiative.requirements, "project"),
    increments: initiative.increments.map(({ id }) => ({
      increment: id,
      ...weigh(
        initiative.requirements.filter(({ increment }) => increment === id),
        "increment",
      ),
    })),
    timeboxes: initiative.timeboxes.map((timebox) => describeTimebox(initiative, timebox, pace, today, zone)),
    velocity: findVelocity(initiative.timeboxes),
    missingRoles: listMissingRoles(initiative),
    suggestions: suggestPriorities(initiative, context.findings, context.currency),
    health,
    principles: tallyPrinciples(health),
    findings: pick(listFindings(initiative), context.findings),
    effects: pick(initiative.effects, context.effects),
  };
}

/** The running timebox that ends first, else the planned one that begins first. */
function findTimebox({ timeboxes }: Initiative): InitiativeSummary["timebox"] {
  const first = (state: string, day: "start" | "end") =>
    timeboxes.filter((one) => one.state === state).toSorted((a, b) => (a[day] < b[day] ? -1 : 1))[0];
  const found = first("running", "end") ?? first("planned", "start");
  if (found === undefined) return null;
  const { id, title, state, start, end } = found;
  return { id, title, state, start, end };
}

/** What its Musts, Shoulds and Coulds bring as far as it was said, else what the whole is expected to bring. */
function findValue({ requirements, benefit }: Initiative): number | null {
  const said = requirements.flatMap(({ value, priority }) =>
    value === null || priority.project === null || priority.project === "wont" ? [] : [value],
  );
  return said.length > 0 ? said.reduce((sum, value) => sum + value, 0) : (benefit?.monthly ?? null);
}

function listVerdicts(effects: readonly EffectState[]): string[] {
  const measured = effects.flatMap(({ newest }) => newest ?? []);
  return measured.toSorted((a, b) => (a.measuredAt < b.measuredAt ? -1 : 1)).map(({ verdict }) => verdict);
}

/** @param health its broken rules, where they are known already */
export function summariseInitiative(
  initiative: Initiative,
  context: HealthContext,
  health: readonly BrokenRule[] = checkHealth([initiative], context),
): InitiativeSummary {
  const { requirements } = initiative;
  const { effort, shares } = weigh(requirements, "project");
  const done = requirements.filter(({ state }) => state === "done");
  const count = (severity: BrokenRule["severity"]) => health.filter((rule) => rule.severity === severity).length;
  return {
    id: initiative.id,
    title: initiative.title,
    state: initiative.state,
    goal: initiative.goal,
    findings: initiative.findings,
    activePhases: listActivePhases(initiative),
    effortUnit: initiative.effortUnit,
    effort: sumPromised(effort),
    done: sumPromised(addEffort(done, "project")),
    value: findValue(initiative),
    shares,
    errors: count("error"),
    warnings: count("warning"),
    principles: tallyPrinciples(health),
    timebox: findTimebox(initiative),
    verdicts: listVerdicts(pick(initiative.effects, context.effects)),
  };
}
