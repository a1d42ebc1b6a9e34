/**
 * What delivery has to know besides the initiatives themselves: the day in the workspace's zone, thresholds, findings, effects
 * and goals as they stand, and how far the data reach. What follows from it is worked out in src/delivery.
 */
import { z } from "zod";
import { type ReportContext, reportInitiative } from "../delivery/initiative-report.ts";
import { findPortfolioVelocity, findVelocity } from "../delivery/velocity.ts";
import type { ActionContext } from "../domain/dsdm/action.ts";
import { type HealthThresholds, healthThresholdsSchema } from "../domain/dsdm/health.ts";
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { EffectState, FindingState, InitiativeReport } from "../domain/dsdm/report.ts";
import { type EffectPlan, findStatus } from "../domain/effect-plan.ts";
import { type Finding, isWaiting } from "../domain/finding.ts";
import { writeMoment } from "../domain/moment.ts";
import type { Platform } from "../platform.ts";
import { ANALYSIS_OPERATIONS } from "./analysis-operations.ts";
import type { Call } from "./operation.ts";

const THRESHOLDS_SETTING = "healthThresholds";
/** What a later version dropped is read over. */
const storedThresholds = z.object(healthThresholdsSchema.shape);

export async function readThresholds({ state }: Pick<Platform, "state">): Promise<HealthThresholds> {
  return storedThresholds.parse((await state.getSetting(THRESHOLDS_SETTING)) ?? {});
}

/** No answer about the data depends on them: the data version stays. */
export async function writeThresholds({ state }: Platform, thresholds: HealthThresholds): Promise<void> {
  await state.setSetting(THRESHOLDS_SETTING, thresholds, { changesAnswers: false });
}

export async function readZone({ state }: Pick<Platform, "state">): Promise<string> {
  return (await state.getSetting<string>("zone")) ?? "UTC";
}

/** A moment, and the calendar day that it is in the zone. @param zone IANA name */
export function readClock(now: Date, zone: string): Pick<ActionContext, "at" | "today"> {
  const at = now.toISOString();
  return { at, today: toDay(at, zone) };
}

/** YYYY-MM-DD. @param iso ISO 8601 */
const toDay = (iso: string, zone: string) => writeMoment(iso, zone).slice(0, 10);

function toFindingState(finding: Finding, now: Date): FindingState {
  const { id, title, status } = finding;
  const newest = finding.measures.at(-1);
  return {
    ...{ id, title, status, waiting: isWaiting(finding, now) },
    ...{ reach: newest?.reach ?? 0, money: newest?.money ?? null, effect: newest?.effect ?? null },
    ...{ low: newest?.low ?? null, high: newest?.high ?? null, claimed: newest?.claimed ?? false },
    ...{ q: newest?.q ?? null, months: newest?.months ?? null },
  };
}

interface Now {
  readonly now: Date;
  readonly zone: string;
  readonly dataEnd: string | null;
}

/** Its days in the workspace's zone, in which the calendar of timeboxes is read. */
function toEffectState(plan: EffectPlan, { now, zone, dataEnd }: Now): EffectState {
  const { id, name, finding, question } = plan;
  const newest = plan.measures.at(-1);
  return {
    ...{ id, name, finding, minEffect: question.minEffect, status: findStatus(plan, now, dataEnd) },
    ...{ switchOn: toDay(plan.switchOn, zone), until: toDay(plan.until, zone) },
    newest: newest
      ? {
          ...{ measuredAt: newest.measuredAt, verdict: newest.verdict, n: newest.n },
          ...{ estimate: newest.estimate, low: newest.low, high: newest.high },
        }
      : null,
  };
}

const byId = <One extends { readonly id: number }>(list: readonly One[]) => new Map(list.map((one) => [one.id, one]));

/** Everything but the initiatives, as it stands now. */
export async function readSurroundings(platform: Platform, call: Call): Promise<Omit<ReportContext, "velocity">> {
  const { state, clock } = platform;
  const [goals, findings, effects, thresholds, zone, extent] = await Promise.all([
    state.initiatives.goals(),
    state.findings.list(),
    state.effects.list(),
    readThresholds(platform),
    readZone(platform),
    ANALYSIS_OPERATIONS.extent.run(platform, {}, call),
  ]);
  const now = { now: clock(), zone, dataEnd: extent.last };
  const { at, today } = readClock(now.now, zone);
  return {
    ...{ now: at, today, zone, thresholds, dataEnd: extent.last, currency: extent.currency },
    findings: byId(findings.map((finding) => toFindingState(finding, now.now))),
    effects: byId(effects.map((plan) => toEffectState(plan, now))),
    goals: byId(goals),
  };
}

interface Delivery {
  /** All of them, in the order they were begun. */
  readonly initiatives: readonly Initiative[];
  readonly context: ReportContext;
}

export async function readDelivery(platform: Platform, call: Call): Promise<Delivery> {
  const initiatives = await platform.state.initiatives.list();
  const surroundings = await readSurroundings(platform, call);
  return { initiatives, context: { ...surroundings, velocity: findPortfolioVelocity(initiatives) } };
}

/** One initiative with everything that is worked out of it, as it stands now. */
export async function readReport(platform: Platform, initiative: Initiative, call: Call): Promise<InitiativeReport> {
  const surroundings = await readSurroundings(platform, call);
  // The others are read only where it has no past of its own to be forecast by: the board asks with every card it moves.
  const hasPast = findVelocity(initiative.timeboxes) !== null;
  const velocity = hasPast ? null : findPortfolioVelocity(await platform.state.initiatives.list());
  return reportInitiative(initiative, { ...surroundings, velocity });
}
