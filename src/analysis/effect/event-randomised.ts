/**
 * What a change did that some customers or objects got by chance, read from the events: report, checks, and the answer over time.
 * The units are in event-units.ts, their sums in event-arms.ts, the comparison in randomised-effect.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { PERSON } from "../../domain/journey-definition.ts";
import { parseMoment } from "../../domain/moment.ts";
import { plural } from "../../domain/moment-words.ts";
import type { UnitColumn } from "../../stats/arm-moments.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import type { AnalysisContext } from "../context.ts";
import type { CollectedArm } from "./collect-arms.ts";
import { completeReport, type EffectBasis, type EffectReport } from "./effect-report.ts";
import { chooseColumns, type EventArms, keepColumns, readArms, readLooks } from "./event-arms.ts";
import { type ArmRule, type EffectSpan, findTeller } from "./event-assignment.ts";
import { refuseForeign } from "./event-basis.ts";
import { listValues, refuseUnknown } from "./event-sides.ts";
import { checkStopDate, type EffectStop, findStop, isoOf } from "./event-stop.ts";
import { type CompiledUnits, compileUnits } from "./event-units.ts";
import { compareArms, measureRandomisedEffect } from "./randomised-effect.ts";

type ChosenArms = ReturnType<ArmRule["choose"]>;

const DAY_MS = 86_400_000;

/** Looks in `overTime`: half a year of weeks. */
const MOST_LOOKS = 26;

const invalid = (field: string, message: string) => new AppError("invalid", message, { field });

/** @throws AppError invalid: the stop date, or the end of the data, is not after the switch-on */
function findSpan({ zone }: AnalysisContext, question: EffectQuestion, stop: EffectStop): EffectSpan {
  const moment = (text: string | undefined) => (text === undefined ? null : parseMoment(text, zone));
  const [since, from] = [moment(question.since), moment(question.from)];
  if (since !== null && stop.planned !== null && stop.planned <= since)
    throw invalid("until", "The stop date must be after the switch-on.");
  if (since !== null && since >= stop.until)
    throw invalid("since", `The data end ${isoOf(stop.endOfData)}, before the switch-on: nothing can be measured yet.`);
  if (since !== null && from !== null && from >= since)
    throw invalid("from", "What is known from before must begin before the switch-on.");
  return { since, until: stop.until, from };
}

/** @throws AppError invalid: nobody took part; not-found: a value named as an arm that nobody has */
async function chooseFound(
  context: AnalysisContext,
  question: EffectQuestion,
  { frame, choose }: CompiledUnits,
  { labels }: EventArms,
): Promise<ChosenArms> {
  const { by, at, control = [], treatment = [] } = question;
  if (labels.length === 0)
    throw invalid(at === undefined ? "by" : "at", "Nobody took part: no event or value puts a unit into an arm.");
  const chosen = choose(labels);
  const complete = labels.includes(chosen.control.label) && labels.includes(chosen.treatment.label);
  const teller = findTeller(question);
  if (!complete && by !== undefined && teller !== null)
    refuseUnknown(by, [...control, ...treatment], await listValues(context, frame, teller));
  return chosen;
}

const EMPTY_ARM = { n: 0, columns: ["value"], means: new Float64Array(1), products: new Float64Array(1) } as const;

function findArms({ arms, open }: EventArms, { control, treatment }: ChosenArms): [CollectedArm, CollectedArm] {
  const found = [control, treatment].map(({ label, name }): CollectedArm => {
    const arm = arms.get(label);
    return { ...(arm ?? { moments: EMPTY_ARM, hits: 0 }), name };
  });
  for (const { name, moments } of found)
    if (moments.n < 2)
      throw invalid(
        "by",
        `${plural(moments.n, "unit counts", "units count")} in the arm «${name}», and two are the least. ${
          open > 0
            ? `${plural(open, "unit is", "units are")} still open: wait until their time is over.`
            : "Look at the values that tell the arms apart, and at the time that counts."
        }`,
      );
  return found as [CollectedArm, CollectedArm];
}

/** More than this share of units in two arms, and the assignment itself is in doubt. */
const MOST_MIXED = 0.01;

/** Whether a unit stays in its arm; not asked where it cannot change. */
function checkOneArm({ mixed }: EventArms, arms: readonly CollectedArm[]): EffectReport["checks"] {
  const seen = mixed + arms.reduce((sum, { moments }) => sum + moments.n, 0);
  const share = (100 * mixed) / seen;
  return [
    {
      id: "one-arm",
      passed: mixed <= MOST_MIXED * seen,
      detail: `${plural(mixed, "unit was", "units were")} seen in two arms (${share.toFixed(1)} %) and left out; above ${100 * MOST_MIXED} % the assignment is in doubt.`,
    },
  ];
}

function listLeftOut({ mixed, none, open }: EventArms): EffectBasis["leftOut"] {
  return [
    { reason: "seen in two arms", n: mixed },
    { reason: "in neither arm", n: none },
    { reason: "still open: the time they are watched for is not over", n: open },
  ].filter(({ n }) => n > 0);
}

/** Moments at which one would have looked: equal steps of whole days, the last one at the end. */
export function listLooks(start: number, end: number): number[] {
  const step = Math.ceil((end - start) / MOST_LOOKS / DAY_MS) * DAY_MS;
  const looks: number[] = [];
  for (let at = start + step; step > 0 && at < end; at += step) looks.push(at);
  return [...looks, end];
}

async function measureOverTime(
  context: AnalysisContext,
  question: EffectQuestion,
  found: { readonly units: CompiledUnits; readonly start: number; readonly until: number },
  chosen: ChosenArms,
  columns: readonly UnitColumn[],
): Promise<NonNullable<EffectReport["overTime"]>> {
  // Where all have the same time zero and a fixed time, there is one look: when that is over.
  const common = question.unit === PERSON && !found.units.changeable && question.at === undefined;
  const start = found.start + (question.withinMs ?? 0);
  const end = common && question.withinMs !== undefined ? start : found.until;
  const looks = listLooks(start, end);
  const arms = await readLooks(context, found.units, looks);
  return looks.flatMap((at, look) => {
    const [control, treatment] = [chosen.control, chosen.treatment].map(({ label }) => arms.get(label)?.[look]);
    if (!control || !treatment) return [];
    // Who looks so often needs an interval that holds at every look, also where the answer is that of one look at the end.
    const compared = compareArms(...keepColumns([control, treatment], columns), { ...question, peeking: true });
    if (isNoAnswer(compared) || isNoAnswer(compared.absolute)) return [];
    const { value, low, high, n } = compared.absolute;
    return [{ at: isoOf(at), estimate: value, low, high, n }];
  });
}

function describeBasis({ unit }: EffectQuestion, units: number, found: EventArms, span: EffectSpan): EffectBasis {
  const moment = (ms: number | null) => (ms === null ? null : isoOf(ms));
  return {
    ...{ unit, units, leftOut: listLeftOut(found), period: null },
    ...{ from: moment(span.from), switchOn: moment(span.since), until: isoOf(span.until) },
  };
}

/**
 * The effect of a change that was given by chance. A unit's time begins with the first event that puts it into an arm, or with
 * `since`; what it showed in as long a time before adjusts the comparison where it tells something (CUPED).
 * @throws AppError invalid: no events, no switch-on, arms that are not clear or hold fewer than two units, no spread; not-found: a
 *   touchpoint, an object type or a value of an arm
 */
export async function measureRandomisedOnEvents(
  context: AnalysisContext,
  question: EffectQuestion,
): Promise<EffectReport> {
  refuseForeign(question);
  const stop = await findStop(context, question);
  if (stop === null) throw invalid("metric", "There are no events yet: import some first.");
  const span = findSpan(context, question, stop);
  const units = compileUnits(context, question, span);
  const found = await readArms(context, units);
  const chosen = await chooseFound(context, question, units, found);
  const whole = findArms(found, chosen);
  const columns = chooseColumns(...whole);
  const arms = keepColumns(whole, columns);
  const report = measureRandomisedEffect(...arms, question);
  const start = span.since ?? found.first ?? stop.until;
  const overTime = await measureOverTime(context, question, { units, start, until: stop.until }, chosen, columns);
  const oneArm = units.changeable ? checkOneArm(found, arms) : [];
  const checks = [...report.checks, ...oneArm, ...checkStopDate(stop, question)];
  const basis = describeBasis(question, report.n, found, span);
  return completeReport({ ...report, checks, overTime, basis }, question);
}
