/**
 * What a change did that was switched on for groups at different times: group-time effects in one number, with pre-trends.
 * A single treated unit has another design: synthetic-effect.ts.
 */
import { estimateGroupTimeEffects, type GroupTimeEffects } from "../../stats/group-time-effects.ts";
import { isUntested, testPreTrends } from "../../stats/pre-trends.ts";
import { sampleFromPanel } from "../../stats/sample-from-panel.ts";
import { aggregateByGroup, aggregateEventStudy, aggregateSimple } from "../../stats/staged-aggregates.ts";
import type { Base, Controls } from "../../stats/staged-controls.ts";
import { isUnstaged, readStagedPanel } from "../../stats/staged-panel.ts";
import { estimateRelativeStagedEffect } from "../../stats/staged-relative-effect.ts";
import type { StagedSample } from "../../stats/staged-sample.ts";
import { findStarts, numberPeriods, type UnitPanel } from "./effect-panel.ts";
import {
  completeReport,
  type EffectGroup,
  type EffectQuestion,
  type EffectReport,
  estimateOf,
  refuse,
  relativeOf,
} from "./effect-report.ts";

export interface StagedQuestion extends EffectQuestion {
  readonly controls: Controls;
}

/** Below this p, groups did not move alike before the change: the verdict stands, and says that it rests on little. */
const PRE_TRENDS_LEVEL = 0.05;

/** What the numbers of a sample stand for. */
export interface StagedNames {
  /** Units in all. */
  readonly n: number;
  /** A period, or the start of a group, as people call it. */
  readonly nameOf: (period: number) => string;
  /** A group of equal start; "from …" when left out. */
  readonly nameGroup?: (firstTreated: number) => string;
}

/** How a sample is compared, where the way of R's `did` is not the best one. */
export interface StagedOptions {
  /** `varying` when left out. */
  readonly base?: Base;
  /** The same units in periods that are coarse enough to be tested before the change. */
  readonly tested?: StagedSample | undefined;
}

/** Tested are changes from one period to the next, whatever effects are compared with. */
function testChanges(staged: GroupTimeEffects, question: StagedQuestion, { base, tested }: StagedOptions) {
  const { controls, confidence } = question;
  if (tested === undefined && base === "varying") return testPreTrends(staged);
  const changes = estimateGroupTimeEffects(tested ?? staged.sample, { controls, confidence });
  return testPreTrends(isUnstaged(changes) ? staged : changes);
}

function checksOf(
  staged: GroupTimeEffects,
  test: ReturnType<typeof testPreTrends>,
  { nameOf }: StagedNames,
): EffectReport["checks"] {
  const trends = isUntested(test)
    ? { passed: true, detail: `Not tested. ${test.reason}` }
    : {
        passed: test.p >= PRE_TRENDS_LEVEL,
        detail: `${test.count} effects before the change, tested jointly: p ${test.p.toPrecision(2)}; below ${PRE_TRENDS_LEVEL} the groups did not move alike, and the effect may be that difference going on.`,
      };
  const named = (detail: string) =>
    detail.replace(/first treated in (\d+)/gu, (_, at: string) => `first treated in ${nameOf(Number(at))}`);
  return [
    { id: "pre-trends", ...trends },
    ...staged.notes.map(({ id, detail }) => ({ id, passed: id !== "no-spread", detail: named(detail) })),
  ];
}

function groupsOf(staged: GroupTimeEffects, { nameOf, nameGroup }: StagedNames): EffectGroup[] {
  const treated = aggregateByGroup(staged).parts.map(
    ({ at, n, value, low, high }): EffectGroup => ({
      ...{ name: nameGroup?.(at) ?? `from ${nameOf(at)}`, role: "treatment", n, mean: null },
      ...{ estimate: value, low, high },
    }),
  );
  const last = staged.sample.periods.at(-1) ?? 0;
  const never = staged.sample.groups.filter(({ firstTreated }) => firstTreated > last);
  const n = never.reduce((sum, group) => sum + group.n, 0);
  const control: EffectGroup = {
    ...{ name: "never treated", role: "control", n, mean: null },
    ...{ estimate: null, low: null, high: null },
  };
  return n > 0 ? [control, ...treated] : treated;
}

/** How a design was compared, in words. */
function describeMethod(controls: Controls, base: Base): string {
  const compared = controls === "never" ? "never treated" : "not yet treated";
  return base === "all-before"
    ? `difference-in-differences by group and period, since all periods before, compared with those ${compared}`
    : `Callaway and Sant'Anna, compared with those ${compared}`;
}

/**
 * The answer from a sample, wherever it comes from.
 * @throws AppError invalid where there is nobody treated, or nobody to compare with
 */
export function reportStagedSample(
  sample: StagedSample,
  question: StagedQuestion,
  names: StagedNames,
  { base = "varying", tested }: StagedOptions = {},
): EffectReport {
  const { controls, confidence } = question;
  const staged = estimateGroupTimeEffects(sample, { controls, confidence, base });
  if (isUnstaged(staged)) throw refuse(staged);
  return completeReport(
    {
      ...{ design: "staged", method: describeMethod(controls, base), n: names.n },
      ...estimateOf(aggregateSimple(staged)),
      relative: relativeOf(estimateRelativeStagedEffect(staged)),
      checks: checksOf(staged, testChanges(staged, question, { base, tested }), names),
      groups: groupsOf(staged, names),
      eventStudy: aggregateEventStudy(staged).parts.map(({ at, value, low, high }) => ({
        ...{ at, estimate: value },
        ...{ low, high },
      })),
    },
    question,
  );
}

/** @throws AppError invalid where there is nobody treated, nobody to compare with, or a change that ends */
export function measureStagedEffect(panel: UnitPanel, question: StagedQuestion): EffectReport {
  const starts = findStarts(panel);
  const numbers = numberPeriods(panel);
  const read = readStagedPanel({
    unit: panel.unit,
    time: Float64Array.from(panel.time, (at) => numbers[at] ?? 0),
    value: panel.value,
    firstTreated: Float64Array.from(panel.unit, (id) => starts[id] ?? 0),
  });
  if (isUnstaged(read)) throw refuse(read);
  const sample = sampleFromPanel(read);
  if (isUnstaged(sample)) throw refuse(sample);
  const nameOf = (at: number) => String(typeof panel.periods[0] === "number" ? at : (panel.periods[at] ?? at));
  return reportStagedSample(sample, question, { n: read.units, nameOf });
}
