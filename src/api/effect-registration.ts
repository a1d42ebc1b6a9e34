/**
 * How a question becomes a registered measurement, and how that is measured: its times, baseline and power; the checks of
 * registration and stop date; its numbers. How an effect is estimated is in analysis/effect/.
 */
import { createHash } from "node:crypto";
import type { AnalysisContext } from "../analysis/context.ts";
import { readDataExtent } from "../analysis/data-extent.ts";
import { checkExpressions } from "../analysis/effect/check-expressions.ts";
import { measureBaseline } from "../analysis/effect/effect-baseline.ts";
import type { EffectReport } from "../analysis/effect/effect-report.ts";
import { foreseeEffect, foreseeFromTries, smallestOf } from "../analysis/effect/foresee-effect.ts";
import { measureEffect } from "../analysis/effect/measure-effect.ts";
import { type Rehearsal, rehearseEffect } from "../analysis/effect/rehearse-effect.ts";
import { AppError } from "../domain/app-error.ts";
import type { EffectQuestion } from "../domain/effect.ts";
import {
  checkRegistered,
  type EffectBaseline,
  type EffectMeasure,
  type EffectPlan,
  type ForeseenPower,
  findTimes,
  foreseeNothing,
  reachesStop,
  UNREGISTERED,
} from "../domain/effect-plan.ts";
import type { Platform } from "../platform.ts";
import { answer } from "./answer.ts";
import type { Call } from "./operation.ts";

/** A question and the zone in which it is read: a plan keeps both, so that it means the same in another zone. */
interface ZonedQuestion {
  readonly question: EffectQuestion;
  readonly zone: string;
}

type Registration = Omit<Parameters<Platform["state"]["effects"]["add"]>[0], "name" | "why" | "finding">;

/** What was there before, and what can be seen. */
interface Foresight {
  readonly baseline: EffectBaseline | null;
  readonly foreseen: ForeseenPower;
}

/** Fields in one order, at every depth: equal questions have equal texts. */
function sortFields(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const said = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    said.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sortFields(each)]),
  );
}

function hashQuestion(asked: ZonedQuestion): string {
  return createHash("sha256")
    .update(JSON.stringify(sortFields(asked)))
    .digest("hex");
}

const seesEnough = (question: EffectQuestion) => (one: Rehearsal) => smallestOf(one, question) <= question.minEffect;

async function analyzeForesight(context: AnalysisContext, { question, zone }: ZonedQuestion) {
  checkExpressions({ ...context, zone }, question);
  const measured = await measureBaseline({ ...context, zone }, question);
  const foreseen =
    question.design === "randomised"
      ? foreseeEffect(measured, question)
      : foreseeFromTries(await rehearseEffect({ ...context, zone }, question, seesEnough(question)), question);
  if (!measured) return { baseline: null, foreseen };
  const { value, n, low, high, variance, from, until } = measured;
  return { baseline: { value, n, low, high, variance, from, until }, foreseen };
}

/** Baseline and power of a question on the present data. */
export async function foresee(platform: Platform, asked: ZonedQuestion, { signal }: Call): Promise<Foresight> {
  const { baseline, foreseen, dataVersion } = await answer(platform, "foresee-effect", asked, analyzeForesight, signal);
  const measuredAt = platform.clock().toISOString();
  return { baseline: baseline && { ...baseline, measuredAt, dataVersion }, foreseen };
}

/** Before its switch-on a change may be told by touchpoints that do not exist yet: then there is nothing to foresee from. */
async function foreseeIfKnown(
  platform: Platform,
  asked: ZonedQuestion,
  switchOn: string,
  call: Call,
): Promise<Foresight> {
  try {
    return await foresee(platform, asked, call);
  } catch (error) {
    const awaited = error instanceof AppError && error.code === "not-found" && platform.clock() < new Date(switchOn);
    if (!awaited) throw error;
    const reason = `Nothing can be foreseen: ${error.message} Make sure that it will be called so.`;
    return { baseline: null, foreseen: foreseeNothing(reason) };
  }
}

/** @throws AppError invalid for a stop date that is not after the switch-on, and for a question that cannot be measured */
export async function register(platform: Platform, question: EffectQuestion, call: Call): Promise<Registration> {
  const zone = (await platform.state.getSetting<string>("zone")) ?? "UTC";
  const asked = { question, zone };
  const times = findTimes(question, zone);
  const foresight = await foreseeIfKnown(platform, asked, times.switchOn, call);
  return { ...asked, ...times, ...foresight, questionHash: hashQuestion(asked) };
}

type Check = EffectReport["checks"][number];

function replaceCheck(report: EffectReport, check: Check): EffectReport {
  return { ...report, checks: [...report.checks.filter(({ id }) => id !== check.id), check] };
}

/** A question that nobody registered, and the report says so. */
export async function measureUnregistered(context: AnalysisContext, question: EffectQuestion): Promise<EffectReport> {
  return replaceCheck(await measureEffect(context, question), UNREGISTERED);
}

/** What the report of one look before the stop date must not claim. */
function withholdVerdict(report: EffectReport, until: string): EffectReport {
  const detail = `The data end before the stop date ${until}: no verdict until then. The interval holds at every look.`;
  return { ...replaceCheck(report, { id: "stop-date", passed: false, detail }), verdict: "inconclusive" };
}

interface PlannedQuestion extends ZonedQuestion {
  readonly plan: Pick<EffectPlan, "zone" | "switchOn" | "until" | "registeredAt">;
}

async function measurePlanned(context: AnalysisContext, asked: PlannedQuestion): Promise<EffectReport> {
  const { question, zone, plan } = asked;
  const { last } = await readDataExtent(context);
  // Who looks before the stop date, and will look again, needs an interval that holds at every look; some designs have none.
  const early = !reachesStop(plan.until, last);
  const randomised = question.design === "randomised";
  const peeking = randomised && (question.peeking || early);
  const report = await measureEffect({ ...context, zone }, { ...question, peeking });
  const withheld = early && randomised && !question.peeking;
  return replaceCheck(withheld ? withholdVerdict(report, plan.until) : report, checkRegistered(plan));
}

interface Measurement {
  readonly measure: EffectMeasure;
  readonly report: EffectReport;
}

/** A registered measurement on the present data, in its own zone. @throws AppError what the analysis throws */
export async function measureRegistered(
  platform: Platform,
  { question, zone, switchOn, until, registeredAt }: EffectPlan,
  { signal }: Call,
): Promise<Measurement> {
  const asked = { question, zone, plan: { zone, switchOn, until, registeredAt } };
  const answered = await answer(platform, "measure-effect", asked, measurePlanned, signal);
  const { zone: _, filter: __, dataVersion, ...report } = answered;
  const { verdict, n, estimate, low, high, p, relative } = report;
  const measuredAt = platform.clock().toISOString();
  return { report, measure: { measuredAt, dataVersion, verdict, n, estimate, low, high, p, relative } };
}
