/**
 * What a change did that was switched on for groups at different times: group-time effects in one number, with pre-trends.
 * A single treated unit has another design: synthetic-effect.ts.
 */
import { estimateGroupTimeEffects, type GroupTimeEffects } from "../../stats/group-time-effects.ts";
import { isUntested, testPreTrends } from "../../stats/pre-trends.ts";
import { sampleFromPanel } from "../../stats/sample-from-panel.ts";
import { aggregateByGroup, aggregateEventStudy, aggregateSimple } from "../../stats/staged-aggregates.ts";
import type { Controls } from "../../stats/staged-controls.ts";
import { isUnstaged, readStagedPanel } from "../../stats/staged-panel.ts";
import { estimateRelativeStagedEffect } from "../../stats/staged-relative-effect.ts";
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

/** Below this p, groups did not move alike before the change, and no verdict is given. */
const PRE_TRENDS_LEVEL = 0.05;

function checksOf(staged: GroupTimeEffects): EffectReport["checks"] {
  const test = testPreTrends(staged);
  const trends = isUntested(test)
    ? { passed: true, detail: `Not tested. ${test.reason}` }
    : {
        passed: test.p >= PRE_TRENDS_LEVEL,
        detail: `${test.count} effects before the change, tested jointly: p ${test.p.toPrecision(2)}; below ${PRE_TRENDS_LEVEL} the groups did not move alike and no verdict is given.`,
      };
  return [
    { id: "pre-trends", ...trends },
    ...staged.notes.map(({ id, detail }) => ({ id, passed: id !== "no-spread", detail })),
  ];
}

function groupsOf(panel: UnitPanel, staged: GroupTimeEffects): EffectGroup[] {
  const nameOf = (at: number) => String(typeof panel.periods[0] === "number" ? at : (panel.periods[at] ?? at));
  const treated = aggregateByGroup(staged).parts.map(
    ({ at, n, value, low, high }): EffectGroup => ({
      ...{ name: `from ${nameOf(at)}`, role: "treatment", n, mean: null },
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
  const { controls, confidence } = question;
  const staged = estimateGroupTimeEffects(sample, { controls, confidence });
  if (isUnstaged(staged)) throw refuse(staged);
  const compared = controls === "never" ? "never treated" : "not yet treated";
  return completeReport(
    {
      ...{ design: "staged", method: `Callaway and Sant'Anna, compared with those ${compared}`, n: read.units },
      ...estimateOf(aggregateSimple(staged)),
      relative: relativeOf(estimateRelativeStagedEffect(staged)),
      checks: checksOf(staged),
      groups: groupsOf(panel, staged),
      eventStudy: aggregateEventStudy(staged).parts.map(({ at, value, low, high }) => ({
        ...{ at, estimate: value },
        ...{ low, high },
      })),
    },
    question,
  );
}
